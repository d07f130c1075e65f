"""The copy kept of a notification when it is recorded as sent (C1: a frozen copy)."""

from typing import Any

from cspr.people.models import Membership
from cspr.statute.definitions import route as route_of
from notifications.national_words import words
from notifications.selectors.notification import Answer, Pack, PackSection
from notifications.services.sending import Sent
from notifications.workflow.notification import notified_route


def frozen(pack: Pack, sent: Sent, *, by: Membership) -> dict[str, Any]:
    """Every field with its answer and its words, and what was recorded of the sending; plain JSON throughout."""
    route = route_of(notified_route(pack.notification.incident))
    values = {answer.field.key: answer.value for _, answer in pack.answers()}
    return {
        "edition": pack.edition.key,
        "form": pack.edition.title,
        "case": pack.notification.case.reference,
        "route": route.key.value,
        "route_title": route.title,
        "local_authority": values.get("local_authority", ""),
        "system_reference": sent.system_reference,
        "sent_at": sent.at.isoformat(),
        "sender_name": sent.sender_name,
        "recorded_by": str(by),
        "sections": [_section(section) for section in pack.sections],
    }


def _section(section: PackSection) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.section.title,
        "number": section.number,
        "fields": [_field(answer) for answer in section.answers],
    }


def _field(answer: Answer) -> dict[str, Any]:
    return {
        "slot": answer.slot,
        "label": answer.field.label,
        "value": answer.value,
        "words": words(answer.field, answer.value),
        "typed_by": answer.typed["by"] if answer.typed else "",
        "origin": answer.origin,
    }
