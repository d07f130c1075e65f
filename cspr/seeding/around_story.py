"""What stands around an invented rapid review: agencies asked, actions, the family, proceedings, the meeting."""

from datetime import date, time, timedelta
from typing import Self

from cspr.cases.kinds import HoldOn, ProceedingKind
from cspr.cases.models import Case
from cspr.cases.proceedings import lift_hold, name_family_lead, place_hold, register
from cspr.govuk.dates import london_moment
from cspr.now import now, today
from cspr.people.models import Agency
from cspr.seeding.case_story import CaseStory
from cspr.seeding.return_story import Row, fill, table_of
from rapid_reviews.models import InformationRequest, RapidReview
from rapid_reviews.options.chronology import PersonKind
from rapid_reviews.options.family import Advocate, Constraint, ContactHow, Kin, Matter
from rapid_reviews.options.meeting import Part, Presence, Setting
from rapid_reviews.options.requests import RefusalGround
from rapid_reviews.options.safety import SharedHow
from rapid_reviews.selectors.meeting import find_meeting
from rapid_reviews.selectors.network import people_of
from rapid_reviews.selectors.review import find_review
from rapid_reviews.services import chronology_people, family, returns, safety
from rapid_reviews.services import requests as asking
from rapid_reviews.services.attendance import declare_conflict, invite
from rapid_reviews.services.chronology_files import read_file
from rapid_reviews.services.meeting import agree_minutes, hold, plan_meeting, write_minute
from rapid_reviews.services.packs import freeze_pack
from rapid_reviews.services.proceedings import end
from rapid_reviews.services.requests import Telling

SCHOOL: tuple[Row, ...] = (
    (400, 0, "School record", "The child joined the school; a younger sibling was mentioned."),
    (61, 0, "Attendance register", "The child had missed nine of twenty days."),
    (
        12,
        0,
        "Safeguarding log",
        "A teacher saw a bruise on the upper arm; the mother said it was a fall from a swing.",
    ),
)
HOSPITAL: tuple[Row, ...] = (
    (300, 0, "Hospital record", "The child was not brought to an appointment."),
    (59, 6, "Letter on file", "A letter said that the child had been away from school."),
    (
        11,
        0,
        "Emergency department record",
        "Brought by the mother with a bruise on the upper arm, said to be a fall from a swing; this was accepted.",
    ),
)


class AroundStory:
    """What is kept around one rapid review. Each step is a verb of the stage, by whoever's act it is."""

    def __init__(self, one: CaseStory) -> None:
        self.of = one
        self.world, self.words = one.world, one.words
        self.officer, self.second = self.world["officer"], self.world["second_officer"]

    @property
    def case(self) -> Case:
        return self.of.case

    @property
    def review(self) -> RapidReview:
        found = find_review(self.case)
        if found is None:
            raise LookupError(f"no rapid review is open for {self.case.reference}")
        return found

    @property
    def _happened(self) -> date:
        return self.of.story.happened_on

    def _told(self) -> Telling:
        return Telling(
            context=self.words.line(
                "A child was seriously hurt at home. Please search from two years before.", 900
            ),
            people=tuple(one.key for one in people_of(self.case)),
            from_on=self._happened - timedelta(days=730),
            until_on=self._happened,
        )

    def _asked(self, agency: Agency) -> InformationRequest:
        made = asking.start_requests(self.review, agencies=[agency], telling=self._told(), by=self.officer)
        return made[0]

    def asked(self) -> Self:
        """Every agency was asked: the first answered and was sent back once, the second too, the third refused."""
        first, second, third = self.world.agencies
        self._answered(first, SCHOOL, lead="agency_lead_1", author="contributor_1", corrected=True)
        self._answered(second, HOSPITAL, lead="agency_lead_2", author="contributor_2")
        self._named()
        refused = asking.issue(self._asked(third), by=self.officer)
        reason = self.words.line("Our solicitor has asked us to wait for the court.", 900)
        returns.refuse(
            refused, ground=RefusalGround.COURT_ORDER, reason=reason, by=self.world["agency_lead_3"]
        )
        return self

    def _named(self) -> None:
        """The people of the chronology: those of the referrals, and a neighbour."""
        line = self.words.line
        chronology_people.list_people(self.review, by=self.officer)
        answers = {
            "kind": PersonKind.ADULT,
            "called": "Neighbour",
            "name": line("Invented Neighbour"),
            "other_names": line("Nan"),
        }
        chronology_people.add_person(self.review, answers=answers, by=self.officer)

    def _answered(
        self, agency: Agency, rows: tuple[Row, ...], *, lead: str, author: str, corrected: bool = False
    ) -> None:
        leads = self.world[lead]
        writes = self.world.people.get(author, leads)
        request = asking.issue(self._asked(agency), by=self.officer)
        if writes != leads:
            returns.assign(request, contributor=writes, by=leads)
        fill(request, rows=rows, until=self._happened, words=self.words, by=writes)
        returns.answer(request, by=writes)
        if writes != leads:
            returns.sign_off(request, by=leads)
        if corrected:
            note = self.words.line("Please say who was told of the bruise.", 900)
            asking.send_back(request, note=note, by=self.officer)
            returns.answer(request, by=writes)
            returns.sign_off(request, by=leads)

    def waiting_for_agencies(self) -> Self:
        """One agency is answering, one knows nothing and waits for its second person, one is not yet asked."""
        first, second, third = self.world.agencies
        answering = asking.issue(self._asked(first), by=self.officer)
        author = self.world["contributor_1"]
        returns.assign(answering, contributor=author, by=self.world["agency_lead_1"])
        read_file(answering, upload=table_of(self.words, self._happened), by=author)
        asking.issue(self._asked(second), by=self.officer)
        self._asked(third)
        return self

    def asked_a_guest(self) -> Self:
        """An organisation without an account was sent a link, and another such request was taken back."""
        line = self.words.line
        for organisation, taken_back in (("Invented Playgroup", False), ("Invented Lodgings", True)):
            request = asking.start_guest_request(
                self.review,
                organisation=line(f"{organisation} of {self.world.names.short}", 100),
                name=line("Gita Guest", 100),
                email=self.words.email(
                    f"guest.{self.world.partnership.code.lower()}.{self.case.reference.lower()}"
                ),
                telling=self._told(),
                by=self.officer,
            )
            asking.issue(request, by=self.officer)
            if taken_back:
                reason = line("They closed two years ago.")
                asking.withdraw(request, reason=reason, by=self.officer)
        return self

    def kept_safe(self) -> Self:
        """Immediate actions, one done and one waiting; learning shared at once."""
        line, review = self.words.line, self.review
        given = {
            "for_whom": line("The younger sibling"),
            "owner_name": line("Duty health visitor"),
            "owner_agency": line("Community health team"),
        }
        done = safety.add_action(
            review, what=line("See the sibling at home", 900), due_on=today(), by=self.officer, **given
        )
        safety.complete_action(done, done_on=today(), note=line("Seen, safe and well", 900), by=self.officer)
        due = today() + timedelta(days=1)
        safety.add_action(
            review, what=line("Hold a strategy meeting", 900), due_on=due, by=self.officer, **given
        )
        safety.share_learning(
            review,
            what=line("Ask at every contact who has moved into the home.", 900),
            with_whom=line("Health visitors and school safeguarding leads"),
            how=SharedHow.BRIEFING,
            shared_on=today(),
            by=self.officer,
        )
        return self

    def family_told(self) -> Self:
        """The mother was told of the review; the father is not, because he is a suspect."""
        line, review = self.words.line, self.review
        facts = {
            "contact_lead": line("Family liaison officer"),
            "care": line("An interpreter is needed.", 900),
        }
        mother = family.add_person(
            review,
            facts={**facts, "kin": Kin.MOTHER, "known_as": line("M. T.", 40), "side": line("Mother", 60)},
            by=self.officer,
        )
        family.record_told(
            mother, matter=Matter.REVIEW, on=today(), how=ContactHow.IN_PERSON, by_whom=line("Family liaison officer"),
            text=line("She was told what a rapid review is and asked to be kept informed.", 900),
            advocate=Advocate.OFFERED, by=self.officer,
        )  # fmt: skip
        father = family.add_person(
            review,
            facts={**facts, "kin": Kin.FATHER, "known_as": line("F. T.", 40), "side": line("Father", 60)},
            by=self.officer,
        )
        family.record_not_told(
            father, matter=Matter.REVIEW, constraint=Constraint.SUSPECT, by_whom=line("Senior investigating officer"),
            reason=line("The police ask that he is not spoken to before his interview.", 900),
            look_again_on=today() + timedelta(days=14), by=self.officer,
        )  # fmt: skip
        return self

    def beside_proceedings(self) -> Self:
        """A criminal investigation holds up publication; an inquest is opened; one person speaks with the family."""
        line = self.words.line
        facts = {
            "lead_body": line("Northern Invented Police", 200),
            "lead_person": line("Senior investigating officer"),
            "lead_contact": line("01632 960 003"),
            "reference": line("INV/26/001", 100),
            "venue": line("Invented Crown Court"),
            "note": line("Interviews are being planned.", 900),
        }
        criminal = register(
            self.case,
            facts={
                **facts,
                "kind": ProceedingKind.CRIMINAL,
                "other_kind": "",
                "next_on": today() + timedelta(days=9),
                "next_event": line("First hearing"),
            },
            by=self.officer,
        )
        place_hold(
            criminal,
            on=HoldOn.PUBLICATION,
            reason=line("Nothing may be published before the trial.", 900),
            asked_for_by=line("Crown prosecutor"),
            by=self.officer,
        )
        other = {**facts, "kind": ProceedingKind.OTHER, "other_kind": line("Fire investigation")}
        ended = register(self.case, facts={**other, "next_on": None, "next_event": ""}, by=self.officer)
        held = place_hold(
            ended,
            on=HoldOn.INTERVIEWS,
            reason=line("The fire officers speak with witnesses first.", 900),
            asked_for_by=line("Fire investigation officer"),
            by=self.officer,
        )
        lift_hold(held, reason=line("They have finished.", 900), by=self.officer)
        end(ended, ended_on=today(), outcome=line("An accident is ruled out.", 900), by=self.officer)
        name_family_lead(self.case, name=line("Ward sister"), agency=line("Hospital"), by=self.officer)
        name_family_lead(
            self.case,
            name=line("Family liaison officer"),
            agency=line("Police"),
            contact=line("01632 960 004"),
            reason=line("The police lead now."),
            by=self.officer,
        )
        return self

    def met(self, *, minuted: bool = True) -> Self:
        """The meeting: its papers frozen, held, minuted; one sent apologies, one declared a conflict."""
        line = self.words.line
        meeting = plan_meeting(
            self.review, starts_at=now() - timedelta(minutes=4), setting=Setting.BOTH,
            place=line("Council offices, room 2"), by=self.officer,
        )  # fmt: skip
        for partner in self.world.partners:
            invite(meeting, membership=partner, part=Part.MEMBER, presence=Presence.PRESENT, by=self.officer)
        invite(
            meeting, name=line("Head teacher"), agency=line("School"), part=Part.INFORMATION_GIVER,
            presence=Presence.APOLOGIES, by=self.officer,
        )  # fmt: skip
        guest = invite(
            meeting, name=line("Ward manager"), agency=line("Hospital"), part=Part.INFORMATION_GIVER,
            presence=Presence.PRESENT, by=self.officer,
        )  # fmt: skip
        declare_conflict(guest, reason=line("Lives next to the family.", 900), by=self.officer)
        freeze_pack(meeting, by=self.officer)
        hold(meeting, at=now() - timedelta(minutes=3), by=self.officer)
        found = find_meeting(self.review, meeting.pk) or meeting
        write_minute(
            found, item=line("What agencies knew"), discussion=line("Each agency spoke to its return.", 900),
            decision=line("The criteria are to be tested in full.", 900), who=line("Business unit"), by=self.officer,
        )  # fmt: skip
        if minuted:
            agree_minutes(find_meeting(self.review, meeting.pk) or meeting, by=self.officer)
        return self

    def planned(self) -> Self:
        """A meeting that lies ahead."""
        moment = london_moment(today() + timedelta(days=3), time(10, 0))
        place = self.words.line("The partnership’s video meeting room")
        plan_meeting(self.review, starts_at=moment, setting=Setting.ONLINE, place=place, by=self.officer)
        return self
