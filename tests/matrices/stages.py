"""Every thing that moves, in each of its statuses, made by the verbs that lead there."""

from typing import Any

from cspr.decisions.models import Answer
from cspr.documents.models import Document
from cspr.documents.services import attach
from cspr.people.models import Membership
from notifications.services.linking import link
from notifications.services.referral import record_outcome, withdraw
from tests.factories import incidents, notifications, referrals
from tests.matrices.personas import People
from tests.matrices.rapid_stages import RAPID_REVIEW
from tests.matrices.stage import Stage


def _sent(people: People) -> Any:
    return referrals.sent(people.own["referrer"])


def _decided(people: People) -> Any:
    return record_outcome(
        _sent(people), outcome="Not notifiable", reason="Invented reason", by=people.own["la partner"]
    )


def _withdrawn(people: People) -> Any:
    return withdraw(_sent(people), by=people.own["referrer"], reason="Invented reason")


def _sending(referral: Any, by: Membership) -> dict[str, Any]:
    return {"reference": "NVL-R-2026-9999"}


REFERRAL = Stage(
    made={
        "draft": lambda people: referrals.complete(people.own["referrer"]),
        "submitted": _sent,
        "decided": _decided,
        "withdrawn": _withdrawn,
    },
    changes={
        "submit": _sending,
        "withdraw": lambda referral, by: {"withdrawn_reason": "Invented reason"},
        "decide": lambda referral, by: {"outcome": "Notifiable", "outcome_reason": "Invented reason"},
    },
)


def _linked(people: People) -> Any:
    first, second = incidents.received(people.northvale), incidents.received(people.northvale)
    return link(first, into=second, by=people.own["officer"], reason="Invented reason")


def _decided_no(people: People) -> Any:
    return incidents.decided(people.northvale, outcome=Answer.NO)


def _notified(people: People) -> Any:
    return notifications.sent(people.northvale).incident


def _awareness(incident: Any, by: Membership) -> dict[str, Any]:
    return {
        "aware_at": incidents.AWARE,
        "aware_by": by,
        "aware_person": "Invented",
        "aware_evidence": "Invented",
    }


def _joined(incident: Any, by: Membership) -> dict[str, Any]:
    return {"linked_into": incident}


INCIDENT = Stage(
    made={
        "triage": lambda people: incidents.ready(people.northvale),
        "views_requested": lambda people: incidents.asked(people.northvale),
        "notifiable": lambda people: incidents.decided(people.northvale),
        "not_notifiable": _decided_no,
        "notified": _notified,
        "linked": _linked,
    },
    changes={
        "record_awareness": _awareness,
        "correct_awareness": _awareness,
        "correct_awareness_later": _awareness,
        "confirm_route": lambda incident, by: {"route": "A", "route_reason": "Invented reason"},
        "decide_notifiable": lambda incident, by: {"outcome": Answer.YES},
        "decide_not_notifiable": lambda incident, by: {"outcome": Answer.NO},
        "reopen": lambda incident, by: {"decided_at": None, "decided_by": None, "outcome": ""},
        "link": _joined,
    },
)


def _pack(people: People) -> Any:
    return notifications.pack(people.northvale)


def _sent_pack(people: People) -> Any:
    return notifications.sent(people.northvale)


def _evidence(notification: Any, by: Membership) -> Document:
    standing = Document.objects.filter(case=notification.case, kind="notification").first()
    stream, upload = f"notification/{notification.pk}", notifications.evidence()
    return standing or attach(notification.case, stream=stream, upload=upload, kind="notification", by=by)


def _filled(notification: Any, by: Membership) -> dict[str, Any]:
    return {
        "system_reference": "SIN-2026-1",
        "sender_name": "Invented Sender",
        "evidence": _evidence(notification, by),
        "frozen": {"invented": "copy"},
        "frozen_hash": "0" * 64,
    }


NOTIFICATION = Stage(made={"preparing": _pack, "sent": _sent_pack}, changes={"record_sent": _filled})
STAGES: dict[str, Stage] = {
    "referral": REFERRAL,
    "incident": INCIDENT,
    "notification": NOTIFICATION,
    **RAPID_REVIEW,
}
