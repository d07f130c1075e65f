"""The log of what was said between the partnership and the Panel. Rule 3.3: throughout, what, when, by whom."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case, Dialogue
from cspr.now import london_day, now
from cspr.people.models import BodyKind, Membership
from cspr.people.selectors import body_in_force
from cspr.permissions import Permission, can
from cspr.workflow import Refused


@recorded
def log_dialogue(
    case: Case,
    *,
    direction: Dialogue.Direction,
    how: Dialogue.How,
    said_by: str,
    text: str,
    at: datetime,
    by: Membership,
    document: Any = None,
    further: bool = False,
    permission: Permission = Permission.TELL,
) -> Dialogue:
    """Keep one thing said, by whoever said it; ``by`` is who writes it down. Nothing kept is ever changed.

    ``further`` marks information sent after the notification; ``permission`` is that of the verb it is said by. Raises
    Refused for a moment still to come.
    """
    if not can(by, permission):
        raise Refused(f"This is not yours to do: it needs {permission.whose}.")
    if at > now():
        raise Refused(fields={"said_on": "The moment must be in the past"})
    body = body_in_force(BodyKind.PANEL, london_day(at))
    entry = Dialogue(
        case=case,
        body=body,
        direction=direction,
        how=how,
        said_by=said_by,
        text=text,
        said_at=at,
        document=document,
        further=further,
        logged_at=now(),
        logged_by=by,
    )
    entry.save(force_insert=True)
    kind = "dialogue.further" if further else f"dialogue.{Dialogue.Direction(direction).value}"
    detail = {"person": said_by, "how": Dialogue.How(how).label.lower()}
    record(kind, by=by, subject=entry, case=case, detail=detail)
    return entry


def dialogue_of(case: Case, *, further: bool | None = None) -> "QuerySet[Dialogue]":
    """What was said on a case, the latest first; only or without what was sent after the notification, where asked."""
    rows = Dialogue.objects.filter(case=case).select_related(
        "body", "logged_by__user", "logged_by__partnership"
    )
    if further is not None:
        rows = rows.filter(further=further)
    return rows.prefetch_related("document__versions").order_by("-said_at", "-logged_at")
