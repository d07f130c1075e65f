"""An invented case, carried step by step through the verbs of the unit and the partners to the stage it shows."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from cspr.cases.models import Case, Dialogue
from cspr.decisions.models import Answer
from cspr.dispatch.models import How
from cspr.dispatch.selectors import standing
from cspr.govuk.dates import RoughDate
from cspr.now import now
from cspr.seeding.referral_story import Story, file_of, sent
from cspr.seeding.words import Words
from cspr.seeding.world import World
from notifications import options
from notifications.models import Incident, Notification
from notifications.options.incident import PlaceTest
from notifications.selectors.incident import incident_of
from notifications.selectors.notification import notification_of, pack_of
from notifications.services.areas import add_area
from notifications.services.asking import give_view, request_views, take_back
from notifications.services.deciding import decide
from notifications.services.further import log_said, send_further
from notifications.services.incident import (
    Occurrence,
    answer_test,
    confirm_route,
    correct_awareness,
    record_awareness,
    record_dates,
)
from notifications.services.notification import answer_section, record_sent
from notifications.services.referral_files import add_to
from notifications.services.sending import Sent
from notifications.services.tellings import told_in_person

PARTNER_WORDS = {"LA": "local authority", "ICB": "integrated care board", "POLICE": "police"}


class CaseStory:
    """One case on its way. Each step is a verb; ``incident`` is as the last one left it."""

    def __init__(self, world: World, story: Story, *, received_at: datetime, agency: int = 1) -> None:
        self.world = world
        self.story = story
        self.words: Words = world.words
        self.referrer = world[f"referrer_{agency}"]
        self.officer = world["officer"]
        self.referral = sent(world, story, by=self.referrer, at=received_at)
        self.incident: Incident = incident_of(self.case)

    @property
    def case(self) -> Case:
        """The case the referral opened."""
        if self.referral.case is None:
            raise LookupError("a draft has no case")
        return self.referral.case

    def added_to(self) -> "CaseStory":
        """The agency added text and a file."""
        text = self.words.line("The consultant’s letter came today and is attached.", 2000)
        add_to(
            self.referral, text=text, upload=file_of(self.words, "Addition"), token=uuid4(), by=self.referrer
        )
        return self

    def dated(self) -> "CaseStory":
        """The unit recorded when and where it happened."""
        day = self.story.happened_on
        occurrence = Occurrence(
            RoughDate(RoughDate.EXACT, day, day),
            day,
            occurred_time=time(8, 0),
            happened_in=self.words.line("Testtown"),
            agency_aware_time=time(10, 15),
            agency_aware_person=self.words.line("Duty practitioner"),
        )
        self.incident = record_dates(self.incident, occurrence=occurrence, by=self.officer)
        return self

    def aware(self, at: datetime) -> "CaseStory":
        """The unit recorded when the local authority became aware."""
        self.incident = record_awareness(
            self.incident,
            at=at,
            person=self.words.line("Duty manager of children’s social care"),
            evidence=self.words.line("Note of the telephone call"),
            by=self.officer,
            upload=file_of(self.words, "Call note"),
        )
        return self

    def corrected(self, at: datetime) -> "CaseStory":
        """The manager corrected when the local authority became aware."""
        self.incident = correct_awareness(
            self.incident,
            at=at,
            person=self.words.line("Out-of-hours manager"),
            evidence=self.words.line("Log of the out-of-hours team"),
            reason=self.words.line("The log shows an earlier call"),
            by=self.world["manager"],
        )
        return self

    def tested(self, route: str) -> "CaseStory":
        """The unit answered the four tests and confirmed the route."""
        for answers in self._tests():
            self.incident = answer_test(self.incident, answers=answers, by=self.officer)
        reason = self.words.line("This follows from the answers of the tests.")
        self.incident = confirm_route(self.incident, route=route, reason=reason, by=self.officer)
        return self

    def _tests(self) -> list[Mapping[str, Any]]:
        story, line = self.story, self.words.line
        abroad = story.place == options.PlaceKind.ABROAD
        care: dict[str, Any] = {"care_status": story.care, "age_at_death": None}
        if story.nature == options.Nature.DEATH:
            care["age_at_death"] = story.age
        return [
            {"abuse": story.abuse, "abuse_reason": line("What is known so far of how it came about")},
            {"nature": story.nature, "nature_reason": line("The consultant’s first account")},
            {
                "place": PlaceTest.ABROAD_RESIDENT if abroad else PlaceTest.IN_AREA,
                "place_reason": line("The family’s address, and where it happened"),
            },
            {**care, "care_reason": line("Checked with the children’s record")},
        ]

    def concerning(self, *, other: Any = None) -> "CaseStory":
        """Other areas the incident concerns: one by name, and one we know where it is given."""
        add_area(
            self.incident,
            by=self.officer,
            why=self.words.line("The family lived there until last year"),
            name=self.words.line("Eastmoor"),
            email=self.words.email("eastmoor"),
        )
        if other is not None:
            why = self.words.line("The father lives there")
            add_area(self.incident, by=self.officer, why=why, partnership=other)
        return self

    def asked(self, *, twice: bool = False) -> "CaseStory":
        """The three partners were asked for their views; ``twice``: the first question was taken back."""
        by = self.world["second_officer"]
        self.incident = request_views(self.incident, by=by)
        if twice:
            reason = self.words.line("A date was missing from the papers")
            self.incident = take_back(self.incident, by=by, reason=reason)
            self.incident = request_views(self.incident, by=by)
        return self

    def viewed(self, *, dissent: str = "", without: tuple[str, ...] = ()) -> "CaseStory":
        """The partners gave their views; ``dissent`` is the one who says no, ``without`` those who did not answer."""
        for partner in self.world.partners:
            if partner.partner in without:
                continue
            answer = Answer.NO if partner.partner == dissent else Answer.YES
            words = PARTNER_WORDS[partner.partner]
            reason = self.words.line(f"View of the {words}: the papers support this.")
            give_view(self.incident, by=partner, answer=answer, reason=reason)
        return self

    def decided(self, outcome: Answer = Answer.YES, *, without_a_view: bool = False) -> "CaseStory":
        """The local authority decided."""
        line = self.words.line
        self.incident = decide(
            self.incident,
            by=self.world["partner_la"],
            outcome=outcome,
            rationale=line("The views and the papers lead to this decision."),
            referrer_reason=line("The partners considered the referral and the papers with it."),
            without_view_reason=line("The partner could not be reached in time.") if without_a_view else "",
        )
        return self

    @property
    def notification(self) -> Notification:
        found = notification_of(self.case)
        if found is None:
            raise LookupError(f"no pack was opened for {self.case.reference}")
        return found

    def prepared(self) -> "CaseStory":
        """The unit typed an answer of its own into the first text of the pack, and told one recipient by telephone."""
        pack = pack_of(self.notification)
        for section in pack.sections:
            own = [one for one in section.answers if one.field.kind == "long text"]
            if own:
                answers = {one.field.key: one.value for one in section.answers}
                answers[own[0].field.key] = self.words.line("An account in the unit’s own words.", 500)
                answer_section(
                    pack.notification, section=section.key, answers=answers, revision=None, by=self.officer
                )
                break
        telling = standing(self.case, clock="C2").first()
        if telling is not None:
            told_in_person(
                telling,
                how=How.TELEPHONE,
                at=now(),
                told_to=self.words.line("the duty desk"),
                note=self.words.line("They will read it today."),
                upload=file_of(self.words, "Proof"),
                by=self.officer,
            )
        return self

    def notified(self, at: datetime, *, late: bool = False, early: bool = False) -> "CaseStory":
        """The sending was recorded."""
        line = self.words.line
        self.notification_sent = record_sent(
            self.notification,
            Sent(
                at=at,
                system_reference=line("SIN-0042"),
                sender_name=line("Sender of the unit"),
                evidence=file_of(self.words, "Confirmation"),
                late_reason=line("The national system was closed for a day.") if late else "",
                early_reason=line("Sent at once by the duty officer.") if early else "",
            ),
            by=self.officer,
        )
        self.incident = incident_of(self.case)
        return self

    def discussed(self) -> "CaseStory":
        """Further information was sent, and the Panel answered by telephone."""
        line = self.words.line
        send_further(
            self.notification,
            text=line("The second medical opinion agrees with the first.", 2000),
            sender_name=line("Sender of the unit"),
            at=now(),
            upload=file_of(self.words, "Further"),
            by=self.officer,
        )
        log_said(
            self.case,
            direction=Dialogue.Direction.FROM,
            how=Dialogue.How.TELEPHONE,
            said_by=line("Secretariat of the Panel"),
            text=line("They ask for the date of the strategy meeting.", 2000),
            at=now(),
            upload=None,
            by=self.officer,
        )
        return self
