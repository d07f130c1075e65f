"""What is kept around a rapid review, built through the unit's verbs. All of it is invented."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.test import Client

from cspr.cases.kinds import HoldOn, ProceedingKind
from cspr.cases.models import Case, Proceeding, ProceedingHold
from cspr.cases.proceedings import place_hold, register
from cspr.govuk.dates import london_moment, typed_date
from cspr.now import now, today
from cspr.people.models import Membership
from notifications.models import KnownProceeding
from notifications.services.receiving import receive_referral
from notifications.services.referral_rows import add_row
from rapid_reviews.models import Attendance, FamilyContact, FamilyPerson, Meeting, RapidReview, SafetyAction
from rapid_reviews.options.family import Advocate, Constraint, ContactHow, Kin, Matter
from rapid_reviews.options.meeting import Part, Presence, Setting
from rapid_reviews.selectors.meeting import find_meeting
from rapid_reviews.services.attendance import invite
from rapid_reviews.services.family import add_person, record_not_told, record_told
from rapid_reviews.services.meeting import hold, plan_meeting
from rapid_reviews.services.safety import add_action
from tests.factories.people import World
from tests.factories.referrals import complete

ACTION = {
    "what": "Invented check on the younger sister",
    "for_whom": "the younger sister",
    "owner_name": "Invented Nurse",
    "owner_agency": "Invented Trust",
}
PERSON = {
    "kin": Kin.MOTHER,
    "known_as": "M.A.",
    "side": "mother's household",
    "contact_lead": "Invented Worker",
    "care": "",
}
PROCEEDING = {
    "kind": ProceedingKind.CRIMINAL,
    "other_kind": "",
    "lead_body": "Invented Police",
    "lead_person": "Invented Inspector",
    "lead_contact": "01632 960001",
    "reference": "INV-1",
    "venue": "Invented Crown Court",
    "next_on": None,
    "next_event": "",
    "note": "",
}


def action(
    review: RapidReview, *, by: Membership, due_on: date | None = None, **changes: Any
) -> SafetyAction:
    return add_action(review, by=by, due_on=due_on or today() + timedelta(days=2), **{**ACTION, **changes})


def meeting(review: RapidReview, *, by: Membership, starts_at: datetime | None = None) -> Meeting:
    """Planned."""
    made = plan_meeting(
        review, starts_at=starts_at or now(), setting=Setting.ONLINE, place="Invented room", by=by
    )
    return fresh(made)


def fresh(one: Meeting) -> Meeting:
    """The meeting as it stands in the database."""
    found = find_meeting(one.review, one.pk)
    assert found is not None
    return found


def present(one: Meeting, membership: Membership, *, by: Membership, **changes: Any) -> Attendance:
    """Somebody who came, as a member."""
    given = {"part": Part.MEMBER, "presence": Presence.PRESENT, **changes}
    return invite(one, membership=membership, by=by, **given)


def held(
    review: RapidReview, world: World, *, partners: tuple[str, ...] = ("la", "icb", "police")
) -> Meeting:
    """Held just now, with these partners and an officer."""
    made = meeting(review, by=world.officer)
    present(made, world.officer, by=world.officer)
    for name in partners:
        present(made, getattr(world, name), by=world.officer)
    return fresh(hold(made, at=now(), by=world.officer))


def person(review: RapidReview, *, by: Membership, **changes: Any) -> FamilyPerson:
    return add_person(review, facts={**PERSON, **changes}, by=by)


def told(one: FamilyPerson, *, by: Membership, **changes: Any) -> FamilyContact:
    given = {
        "matter": Matter.REVIEW,
        "on": today(),
        "how": ContactHow.IN_PERSON,
        "by_whom": "Invented Worker",
        "text": "Invented account",
        "advocate": Advocate.OFFERED,
    }
    return record_told(one, by=by, **{**given, **changes})


def not_told(one: FamilyPerson, *, by: Membership, **changes: Any) -> FamilyContact:
    given = {
        "matter": Matter.REVIEW,
        "constraint": Constraint.SUSPECT,
        "reason": "Invented reason",
        "by_whom": "Invented Inspector",
        "look_again_on": today() + timedelta(days=7),
    }
    return record_not_told(one, by=by, **{**given, **changes})


def proceeding(case: Case, *, by: Membership, **changes: Any) -> Proceeding:
    return register(case, facts={**PROCEEDING, **changes}, by=by)


def on_hold(row: Proceeding, *, by: Membership, on: HoldOn = HoldOn.PUBLICATION) -> ProceedingHold:
    return place_hold(row, on=on, reason="Invented reason", asked_for_by="Invented Inspector", by=by)


def told_in_a_referral(world: World, **changes: Any) -> KnownProceeding:
    """A referral was sent that tells of an inquest."""
    draft = complete(world.referrer)
    answers = {
        "kind": ProceedingKind.CORONER,
        "lead": "Invented Coroner",
        "lead_contact": "01632 960002",
        "proceeding_reference": "INV-2",
        "next_on": date(2026, 12, 10),
        "next_event": "Pre-inquest hearing",
        "holds": [HoldOn.PUBLICATION],
        "hold_reason": "Invented reason",
    }
    add_row(draft, page="proceedings", answers={**answers, **changes}, by=world.referrer)
    sent = receive_referral(draft, by=world.referrer)
    return KnownProceeding.objects.get(referral=sent)


def at(day: date, clock: time = time(10, 0)) -> datetime:
    return london_moment(day, clock)


def posted(client: Client, url: str, **given: Any) -> Any:
    """A form sent as a browser sends it: dates in three boxes."""
    flat: dict[str, Any] = {}
    for name, value in given.items():
        flat.update(typed_date(name, value) if isinstance(value, date) else {name: value})
    return client.post(url, flat)
