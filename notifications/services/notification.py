"""Verbs on the statutory notification: open the pack, type over an answer, choose the children, record it as sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.core.files.base import File

from cspr.audit.recording import record, recorded
from cspr.deadlines import services as deadlines
from cspr.documents import services as documents
from cspr.documents.models import Document
from cspr.engine import apply
from cspr.now import london_day, now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.statute.definitions import route as route_of
from cspr.workflow import Refused, refusals
from notifications import following
from notifications.frozen_copy import hash_of
from notifications.models import Incident, Notification
from notifications.national_form import edition_in_force
from notifications.national_words import as_kept, refusal_of_length
from notifications.selectors.notification import Pack, PackSection, pack_of
from notifications.services.freezing import frozen
from notifications.services.referral import next_page_revision
from notifications.services.sending import Sent, refuse_sending
from notifications.services.tellings import told_by_national_system
from notifications.workflow.incident import MARK_NOTIFIED, goes_to_the_national_system
from notifications.workflow.notification import READ_ONLY, RECORD_SENT, notified_route

MAY_OPEN = (Permission.PREPARE_NOTIFICATION, Permission.DECIDE_NOTIFIABLE)
CHILDREN = "children"


def stream_of(notification: Notification) -> str:
    """The stream of a notification's files: they follow the case."""
    return f"notification/{notification.pk}"


@recorded
def open_pack(incident: Incident, *, by: Membership, at: datetime | None = None) -> Notification:
    """Open the pack of an incident that goes to the national system, in the edition of the form now in force (4.6).

    Opened twice it is one pack (rule 4.5); opened again before it is sent, it follows the route as it is decided now.
    """
    if not any(can(by, permission) for permission in MAY_OPEN):
        raise Refused(f"This is not yours to do: it needs {Permission.PREPARE_NOTIFICATION.whose}.")
    refusal = goes_to_the_national_system(incident, by)
    if refusal:
        raise Refused(refusal)
    route = notified_route(incident)
    standing = Notification.objects.select_for_update(of=("self",)).filter(incident=incident).first()
    if standing is not None and (standing.is_sent or standing.route == route):
        return standing
    moment = at or now()
    edition = edition_in_force(london_day(moment)).key
    pack = standing or Notification(
        case=incident.case, incident=incident, edition=edition, opened_at=moment, opened_by=by
    )
    pack.route = route
    keep(pack, by=by)
    detail = {"edition": pack.edition, "route": route}
    record("notification.opened", by=by, subject=pack, case=pack.case, detail=detail)
    return pack


@recorded
def answer_section(
    notification: Notification,
    *,
    section: str,
    answers: Mapping[str, Any],
    revision: int | None,
    by: Membership,
) -> Notification:
    """Keep what was typed on one page of the form, field by field; what equals the case's own answer follows the case.

    Raises Refused, by field, where an answer is longer than the form takes, and Changed when the page was saved since
    ``revision``. The same answers again change nothing.
    """
    locked = locked_pack(notification, by=by)
    page = pack_of(locked).section(section)
    if page is None:
        raise Refused("This page is no longer part of the pack: the children told of have changed.")
    given = {field.key: as_kept(answers[field.key]) for field in page.section.fields}
    if all(given[answer.field.key] == answer.value for answer in page.answers):
        return locked
    wrong = {field.key: refusal_of_length(field, given[field.key]) for field in page.section.fields}
    if any(wrong.values()):
        raise Refused(fields={key: sentence for key, sentence in wrong.items() if sentence})
    next_page_revision(locked, section, revision)
    locked.answers = {**locked.answers, **_typed(page, given, by=by)}
    for answer in page.answers:
        if given[answer.field.key] == answer.of_case:
            locked.answers.pop(answer.slot, None)
    _save(locked, by=by)
    detail = {"section": page.section.title, "number": page.number or ""}
    record("notification.answered", by=by, subject=locked, case=locked.case, detail=detail)
    return locked


def _typed(page: PackSection, given: Mapping[str, Any], *, by: Membership) -> dict[str, Any]:
    """What was typed now, with who and when; answers left as they stood keep theirs."""
    author = {"by": by.user.full_name, "at": now().isoformat()}
    changed = (answer for answer in page.answers if given[answer.field.key] != answer.value)
    return {answer.slot: {"value": given[answer.field.key], **author} for answer in changed}


@recorded
def choose_children(
    notification: Notification, *, children: Sequence[UUID], lead: UUID, revision: int | None, by: Membership
) -> Notification:
    """Say which children are told of, and who leads: four in detail, the rest as text (rule 4.5)."""
    locked = locked_pack(notification, by=by)
    pack = pack_of(locked)
    known = {child.pk: child for child in (*pack.children, *pack.others, *pack.left_out)}
    chosen = [child for child in children if child in known]
    if not chosen:
        raise Refused(fields={"children": "Select at least one child"})
    if lead not in chosen:
        raise Refused(fields={"lead": "The lead child must be one of the children told of"})
    ids = [str(child) for child in chosen]
    if ids == locked.children and lead == locked.lead_child_id:
        return locked
    next_page_revision(locked, CHILDREN, revision)
    locked.children, locked.lead_child = ids, known[lead]
    _save(locked, by=by)
    detail = {"number": len(chosen)}
    record("notification.children_chosen", by=by, subject=locked, case=locked.case, detail=detail)
    return locked


@recorded
def record_sent(notification: Notification, sent: Sent, *, by: Membership) -> Notification:
    """Keep that the notification was sent (rule 4.6): freezes the copy, meets C1 and C3, starts C5 on route A.

    What a later room registered to follow happens in the same transaction: on route A the rapid review opens (6.2).


    Pressed twice by one person nothing happens twice; raises AlreadyDone when a colleague recorded it, and Refused, by
    field, for a moment or a file that cannot be.
    """
    locked = locked_row(notification)
    if locked.is_sent:
        return apply(locked, RECORD_SENT, by=by)
    sentences = refusals(locked, RECORD_SENT, by)
    if sentences:
        raise Refused(*sentences)
    refuse_sending(locked, sent)
    evidence = _attach_evidence(locked, sent, by=by)
    pack = pack_of(locked)
    copy = frozen(pack, sent, by=by)
    changes = {
        "route": notified_route(locked.incident),
        "system_reference": sent.system_reference,
        "sender_name": sent.sender_name,
        "late_reason": sent.late_reason,
        "early_reason": sent.early_reason,
        "evidence": evidence,
        "frozen": copy,
        "frozen_hash": hash_of(copy),
        "_history_user": by.user,
    }
    detail = {
        "system_reference": sent.system_reference,
        "sha256": changes["frozen_hash"],
        **_unanswered(pack),
    }
    done = apply(locked, RECORD_SENT, by=by, at=sent.at, changes=changes, detail=detail)
    apply(done.incident, MARK_NOTIFIED, by=by, at=sent.at, changes={"_history_user": by.user})
    if route_of(done.route).rapid_review:
        deadlines.start(done.case, clock="C5", moment=sent.at, by=by)
    told_by_national_system(done, by=by)
    for follows in following.REGISTERED:
        follows(done, at=sent.at, by=by)
    return done


def _attach_evidence(notification: Notification, sent: Sent, *, by: Membership) -> Document:
    return documents.attach(
        notification.case,
        stream=stream_of(notification),
        upload=cast("File[Any]", sent.evidence),
        kind="notification",
        by=by,
        title="Evidence of sending",
        field="evidence",
    )


def _unanswered(pack: Pack) -> dict[str, int]:
    return {"missing": len(pack.missing())}


def locked_row(notification: Notification) -> Notification:
    """The row, locked for writing, with what the verbs read."""
    rows = Notification.objects.select_for_update(of=("self",)).select_related(
        "incident__case__partnership", "case__partnership", "opened_by__user"
    )
    return rows.get(pk=notification.pk)


def locked_pack(notification: Notification, *, by: Membership) -> Notification:
    """The row, locked, while it is being prepared. Raises Refused once it was sent, or for whoever may not prepare."""
    if not can(by, Permission.PREPARE_NOTIFICATION):
        raise Refused(f"This is not yours to do: it needs {Permission.PREPARE_NOTIFICATION.whose}.")
    locked = locked_row(notification)
    if locked.is_sent:
        raise Refused(READ_ONLY)
    return locked


def _save(notification: Notification, *, by: Membership) -> None:
    notification.advance(None)
    keep(notification, by=by)


def keep(notification: Any, *, by: Membership) -> None:
    """Save the row with its author in the field history."""
    notification._history_user = by.user
    notification.save()
