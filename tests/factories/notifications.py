"""Notifications, built through the verbs of the unit and the partners. All of it is invented."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cspr.decisions.models import Answer
from cspr.now import now
from cspr.people.models import Membership
from notifications.models import Incident, Notification, Referral
from notifications.options import ServiceKind, YesNoUnknown
from notifications.selectors.incident import incident_of
from notifications.selectors.notification import notification_of
from notifications.services.asking import give_view, request_views
from notifications.services.deciding import decide
from notifications.services.notification import open_pack, record_sent
from notifications.services.receiving import receive_referral
from notifications.services.referral import answer_page
from notifications.services.referral_rows import add_row, finish_list
from notifications.services.sending import Sent
from notifications.workflow.referral_pages import PAGES
from tests.factories import incidents
from tests.factories.people import World
from tests.factories.referrals import ANSWERS, started, with_child
from tests.kept import kept

AGENCY = {
    "kind": ServiceKind.EDUCATION, "worker": "", "contact": "", "involved_with": "",
    "still_involved": YesNoUnknown.YES,
}  # fmt: skip
RouteAnswers = Mapping[str, Mapping[str, Any]]


def evidence(name: str = "confirmation.txt") -> SimpleUploadedFile:
    """The confirmation page of the national system, as a text file."""
    return SimpleUploadedFile(
        name, b"Invented confirmation of an invented notification.", content_type="text/plain"
    )


@kept
def referred(by: Membership, *, children: int = 1, network: Iterable[str] = (), **answers: Any) -> Referral:
    """A referral sent with this many children, its answers changed by column; ``network`` names agencies in it."""
    referral = started(by)
    for page, given in ANSWERS.items():
        changed = {column: answers.get(column, value) for column, value in given.items()}
        referral = answer_page(referral, page=page, answers=changed, revision=None, by=by)
    for number in range(1, children + 1):
        with_child(referral, by, name=f"Invented Child {number}", nhs_number="")
    for name in network:
        add_row(referral, page="agencies", answers={**AGENCY, "name": name}, by=by)
    for one in PAGES:
        if one.rows is not None:
            referral = finish_list(referral, page=one.key, finished=True, by=by)
    return receive_referral(referral, by=by)


@kept
def notifiable(
    world: World,
    *,
    children: int = 1,
    route: str = "A",
    answers: RouteAnswers = incidents.TESTS,
    at: datetime = incidents.AWARE,
    **referral: Any,
) -> Incident:
    """Decided: something goes to the national system."""
    case = referred(world.referrer, children=children, **referral).case
    incident = incidents.with_dates(incident_of(case), by=world.officer)
    incident = incidents.aware(incident, by=world.officer, at=at)
    incident = incidents.with_answers(incident, by=world.officer, answers=answers)
    incident = incidents.confirm_route(incident, route=route, reason="Invented reason", by=world.officer)
    incident = request_views(incident, by=world.second_officer)
    for partner in world.partners:
        give_view(incident, by=partner, answer=Answer.YES, reason="Invented view")
    return decide(
        incident,
        by=world.la,
        outcome=Answer.YES,
        rationale="Invented rationale",
        referrer_reason="Invented reason told",
    )


@kept
def pack(world: World, **notifiable_with: Any) -> Notification:
    """A pack being prepared."""
    incident = notifiable(world, **notifiable_with)
    open_pack(incident, by=world.officer)
    found = notification_of(incident.case)
    assert found is not None
    return found


def sending(*, at: datetime | None = None, **changes: Any) -> Sent:
    """What is recorded of a sending, now where no moment is given."""
    given = {
        "at": at or now().replace(second=0, microsecond=0),
        "system_reference": "SIN-2026-00042",
        "sender_name": "Invented Sender",
        "evidence": evidence(),
        "late_reason": "",
        "early_reason": "",
    }
    return Sent(**{**given, **changes})


@kept
def sent(world: World, *, by: Membership | None = None, **notifiable_with: Any) -> Notification:
    """Recorded as sent at the moment the clock shows."""
    recorded = record_sent(pack(world, **notifiable_with), sending(), by=by or world.officer)
    found = notification_of(recorded.case)
    assert found is not None
    return found
