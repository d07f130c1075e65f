"""Every stage a case can show so far, each as one function of a partnership: for demonstration and acceptance."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from cspr.cases.models import Case
from cspr.cases.services import grant_access, review_glass
from cspr.decisions.models import Answer
from cspr.now import now
from cspr.people.models import Partnership, User
from cspr.seeding.case_story import CaseStory
from cspr.seeding.moments import moment_ago, on_or_before
from cspr.seeding.referral_story import Story, draft, sent
from cspr.seeding.sharing_story import share_with
from cspr.seeding.world import World
from notifications import options
from notifications.models import Referral
from notifications.services.access import (
    break_glass,
    declare_conflict,
    lift_wall,
    wall_off,
)
from notifications.services.linking import link
from notifications.services.referral import start_referral, withdraw

INVENTED = "Testchild {} Invented"


@dataclass
class Made:
    """What a stage made: its name, its referrals, its case, and who is walled off."""

    stage: str
    referrals: list[Referral]
    case: Case | None = None
    walled: tuple[User, ...] = ()


@dataclass
class Stages:
    """The stages of one partnership. ``names`` tells the children apart; ``other`` is an area an incident concerns."""

    world: World
    names: list[str]
    other: Partnership | None = None

    def story(self, days_ago: int, what: str, **more: object) -> Story:
        """A story that happened one day before the local authority became aware, so many working days ago."""
        happened = on_or_before(moment_ago(days_ago), 1)
        made = Story(child=INVENTED.format(self.names.pop(0)), happened_on=happened, what=what)
        return replace(made, **more)  # type: ignore[arg-type]

    def case(self, days_ago: int, story: Story, *, received: int | None = None, agency: int = 1) -> CaseStory:
        ago = days_ago if received is None else received
        return CaseStory(self.world, story, received_at=moment_ago(ago), agency=agency)

    def _made(self, stage: str, story: CaseStory, *walled: User) -> Made:
        return Made(stage, [story.referral], story.case, walled)

    def begun(self) -> Made:
        """A draft with nothing answered yet."""
        referrer = self.world["referrer_1"]
        return Made("draft_begun", [start_referral(self.world.partnership, by=referrer, token=uuid4())])

    def draft(self) -> Made:
        """A draft that could be sent, of a child hurt elsewhere in England."""
        story = self.story(
            1,
            "A child was found alone by a road in the early morning, with injuries to the legs.",
            place=options.PlaceKind.ENGLAND,
            nature=options.Nature.OTHER,
        )
        return Made("draft", [draft(self.world, story, by=self.world["referrer_1"])])

    def submitted(self, days_ago: int = 0, *, agency: int = 1) -> Made:
        """Sent, waiting for triage; the agency has added to it."""
        story = self.story(
            days_ago, "A child was brought to hospital with burns to both hands that nobody could explain."
        )
        return self._made("submitted", self.case(days_ago, story, agency=agency).added_to())

    def withdrawn(self) -> Made:
        """Sent and taken back by the agency."""
        story = self.story(3, "A child fell from a climbing frame; at first nobody could say how.", age=6)
        by = self.world["referrer_2"]
        referral = sent(self.world, story, by=by, at=moment_ago(3))
        reason = self.world.words.line("A camera shows that it was an accident.")
        gone = withdraw(referral, by=by, reason=reason)
        return Made("withdrawn", [gone], gone.case)

    def views_requested(self, days_ago: int = 3, *, received: int | None = None) -> Made:
        """The partners are asked; the first question was taken back and the awareness corrected."""
        story = self.story(
            days_ago + 1,
            "An infant was brought to hospital with fractures of different ages.",
            age=0,
            place=options.PlaceKind.ABROAD,
        )
        one = self.case(days_ago, story, received=received).dated().aware(moment_ago(days_ago))
        one.corrected(moment_ago(days_ago + 1)).tested("A")
        return self._made("views_requested", one.asked(twice=True))

    def views_given(self, days_ago: int = 5) -> Made:
        """All three partners answered, one against; the decision waits."""
        story = self.story(
            days_ago, "A child of seven was found with injuries after three days without food.", age=7
        )
        one = self.case(days_ago, story).dated().aware(moment_ago(days_ago)).tested("A")
        return self._made("views_given", one.asked().viewed(dissent="ICB", without=("LA",)))

    def notifiable(self, days_ago: int = 6) -> Made:
        """Decided; the pack is prepared and not sent."""
        story = self.story(
            days_ago, "A child of three nearly drowned in a bath while alone in the house.", age=3
        )
        one = self.case(days_ago, story, agency=2).dated().aware(moment_ago(days_ago)).tested("A")
        one.concerning(other=self.other).asked().viewed().decided().prepared()
        return self._made("notifiable", one)

    def sent_a(self, days_ago: int = 7) -> Made:
        """Route A, sent late; the rapid review's clock runs; a partner's view was missing; shared with another area."""
        story = self.story(
            days_ago,
            "A child of two died of a head injury at home.",
            age=2,
            nature=options.Nature.DEATH,
        )
        one = self.case(days_ago, story).dated().aware(moment_ago(days_ago)).tested("A")
        one.asked().viewed(without=("LA", "ICB")).decided(without_a_view=True)
        one.notified(now(), late=True).discussed()
        if self.other is not None:
            share_with(one, self.other)
        return self._made("sent_a", one)

    def sent_before_decided(self, days_ago: int = 15, sent_ago: int = 13) -> Made:
        """Route A, sent by the duty officer before the decision was recorded; the rapid review is nearly due."""
        story = self.story(
            days_ago, "A young person was stabbed in a park after months of exploitation.", age=15
        )
        one = self.case(days_ago, story).dated().aware(moment_ago(days_ago)).tested("A")
        one.asked().viewed().decided().notified(moment_ago(sent_ago), early=True)
        return self._made("sent_a", one)

    def sent_b(self, days_ago: int = 2) -> Made:
        """Route B: a looked-after child died, without abuse or neglect."""
        story = self.story(
            days_ago, "A looked-after child died in hospital of a known illness.", age=9,
            nature=options.Nature.DEATH, abuse=options.AbuseKnown.NEITHER, care=options.CareStatus.LOOKED_AFTER,
        )  # fmt: skip
        one = self.case(days_ago, story, agency=2).dated().aware(moment_ago(days_ago)).tested("B")
        return self._made("sent_b", one.asked().viewed().decided().notified(now()))

    def sent_c(self, days_ago: int = 2) -> Made:
        """Route C: a care leaver died."""
        story = self.story(
            days_ago, "A care leaver of nineteen was found dead in their flat.", age=19,
            nature=options.Nature.DEATH, abuse=options.AbuseKnown.NEITHER, care=options.CareStatus.CARE_LEAVER,
        )  # fmt: skip
        one = self.case(days_ago, story).dated().aware(moment_ago(days_ago)).tested("C")
        return self._made("sent_c", one.asked().viewed().decided().notified(now()))

    def not_notifiable(self, days_ago: int = 4) -> Made:
        """Route D: a near miss, decided not to be notified. A lead partner broke the glass, and was then shown it."""
        story = self.story(
            days_ago, "A baby stopped breathing while sleeping beside an adult, and recovered.", age=0,
            nature=options.Nature.OTHER, abuse=options.AbuseKnown.NEITHER,
        )  # fmt: skip
        one = self.case(days_ago, story).dated().aware(moment_ago(days_ago)).tested("D")
        one.asked().viewed().decided(Answer.NO)
        world, line = self.world, self.world.words.line
        lead, manager = world["lead_la"], world["manager"]
        broken = break_glass(one.case, by=lead, reason=line("The minister’s office asked at night"))
        review_glass(broken, by=manager, finding=line("It could not wait, and one page was read"))
        grant_access(one.case, to=lead, by=manager, reason=line("Escalated for information"))
        return self._made("not_notifiable", one)

    def linked(self, days_ago: int = 1) -> list[Made]:
        """Two referrals of one incident, from two agencies, joined."""
        story = self.story(
            days_ago, "A child was brought in with bite marks by a dog kept in the house.", age=5
        )
        first = self.case(days_ago, story)
        second = self.case(days_ago, story, agency=2)
        reason = self.world.words.line("Both are about the same child on the same day.")
        link(second.incident, into=first.incident, by=self.world["officer"], reason=reason)
        second.referral.refresh_from_db()
        target = Made("joined", [first.referral, second.referral], first.case)
        return [target, Made("linked", [], second.case)]

    def walled(self, days_ago: int = 2) -> Made:
        """An officer declared a conflict, a partner was walled off, and another wall was lifted again."""
        story = self.story(
            days_ago, "A child of a colleague’s relative was hurt; an officer knows the family.", age=8
        )
        one = self.case(days_ago, story).dated().aware(moment_ago(days_ago))
        world, line = self.world, self.world.words.line
        declare_conflict(one.case, by=world["second_officer"], reason=line("The family are neighbours."))
        police = world["partner_police"]
        wall_off(one.case, user=police.user, by=world["manager"], reason=line("Related to a witness."))
        lifted = wall_off(
            one.case,
            user=world["scrutineer"].user,
            by=world["manager"],
            reason=line("Thought to be related."),
        )
        lift_wall(lifted, by=world["manager"], reason=line("It was another person of that name."))
        return self._made("walled", one, world["second_officer"].user, police.user)


def all_of(stages: Stages) -> list[Made]:
    """One case at every stage so far."""
    each: tuple[Callable[[], Made], ...] = (
        stages.begun, stages.draft, stages.submitted, stages.withdrawn, stages.views_requested, stages.views_given,
        stages.notifiable, stages.sent_a, stages.sent_before_decided, stages.sent_b, stages.sent_c,
        stages.not_notifiable, stages.walled,
    )  # fmt: skip
    return [*(one() for one in each), *stages.linked()]
