"""Incidents, built through the verbs the unit and the partners use. All of it is invented."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from cspr.decisions.models import Answer
from cspr.govuk.dates import RoughDate, london_moment
from cspr.people.models import Membership
from notifications import options
from notifications.models import Incident
from notifications.options.incident import PlaceTest
from notifications.selectors.incident import incident_of
from notifications.services.asking import give_view, request_views
from notifications.services.deciding import decide
from notifications.services.incident import (
    Occurrence,
    answer_test,
    confirm_route,
    record_awareness,
    record_dates,
)
from notifications.services.receiving import receive_referral
from tests.factories.people import World
from tests.factories.referrals import complete
from tests.kept import kept

HAPPENED = date(2026, 11, 12)
OCCURRED = RoughDate(RoughDate.EXACT, HAPPENED, HAPPENED)
AWARE = london_moment(date(2026, 11, 13), time(10, 0))
TESTS: Mapping[str, Mapping[str, Any]] = {
    "abuse": {
        "abuse": options.AbuseKnown.SUSPECTED,
        "abuse_reason": "Invented injuries that nobody explains",
    },
    "harm": {"nature": options.Nature.SERIOUS_HARM, "nature_reason": "Invented lasting impairment"},
    "place": {"place": PlaceTest.IN_AREA, "place_reason": "At an invented home in the area"},
    "care": {
        "care_status": options.CareStatus.NEITHER,
        "age_at_death": None,
        "care_reason": "Invented check",
    },
}
LOOKED_AFTER_DEATH: Mapping[str, Mapping[str, Any]] = {
    **TESTS,
    "harm": {"nature": options.Nature.DEATH, "nature_reason": "The child died"},
    "care": {
        "care_status": options.CareStatus.LOOKED_AFTER,
        "age_at_death": 9,
        "care_reason": "Invented order",
    },
}
NO_ABUSE = {"abuse": options.AbuseKnown.NEITHER, "abuse_reason": "Invented natural cause"}
LOOKED_AFTER_WITHOUT_ABUSE: Mapping[str, Mapping[str, Any]] = {**LOOKED_AFTER_DEATH, "abuse": NO_ABUSE}
NEAR_MISS: Mapping[str, Mapping[str, Any]] = {
    **TESTS,
    "abuse": NO_ABUSE,
    "harm": {"nature": options.Nature.OTHER, "nature_reason": "An invented near miss"},
}


@kept
def received(
    world: World, *, by: Membership | None = None, answers: Mapping[str, Any] | None = None, **child: Any
) -> Incident:
    """In triage: a referral was just sent."""
    sender = by or world.referrer
    referral = receive_referral(complete(sender, world.partnership, answers, **child), by=sender)
    return incident_of(referral.case)


def with_dates(incident: Incident, *, by: Membership) -> Incident:
    """When it happened is recorded."""
    occurrence = Occurrence(
        OCCURRED, HAPPENED, happened_in="Invented town", agency_aware_person="Invented nurse"
    )
    return record_dates(incident, occurrence=occurrence, by=by)


def aware(incident: Incident, *, by: Membership, at: datetime = AWARE) -> Incident:
    """The local authority's awareness is recorded."""
    return record_awareness(
        incident, at=at, person="Invented duty manager", evidence="Invented call note", by=by
    )


def with_answers(
    incident: Incident, *, by: Membership, answers: Mapping[str, Mapping[str, Any]] = TESTS
) -> Incident:
    """The four tests are answered."""
    for one in answers.values():
        incident = answer_test(incident, answers=one, by=by)
    return incident


@kept
def ready(
    world: World,
    *,
    route: str = "A",
    answers: Mapping[str, Mapping[str, Any]] = TESTS,
    at: datetime = AWARE,
    **received_with: Any,
) -> Incident:
    """Everything the partners need to be asked."""
    incident = aware(with_dates(received(world, **received_with), by=world.officer), by=world.officer, at=at)
    incident = with_answers(incident, by=world.officer, answers=answers)
    return confirm_route(incident, route=route, reason="Invented reason for the route", by=world.officer)


@kept
def asked(world: World, **ready_with: Any) -> Incident:
    """The three partners are asked."""
    return request_views(ready(world, **ready_with), by=world.second_officer)


@kept
def viewed(world: World, *, views: Mapping[str, Answer] | None = None, **asked_with: Any) -> Incident:
    """All three partners answered, yes where ``views`` (by LA, ICB, POLICE) says nothing else."""
    incident = asked(world, **asked_with)
    for partner in world.partners:
        answer = (views or {}).get(partner.partner, Answer.YES)
        give_view(incident, by=partner, answer=answer, reason=f"Invented view of {partner.partner}")
    return incident


@kept
def decided(world: World, *, outcome: Answer = Answer.YES, **viewed_with: Any) -> Incident:
    """The local authority decided."""
    incident = viewed(world, **viewed_with)
    return decide(
        incident,
        by=world.la,
        outcome=outcome,
        rationale="Invented rationale",
        referrer_reason="Invented reason told",
    )
