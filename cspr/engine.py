"""The only code that changes a status: permitted, lawful, timed and recorded, or it does not happen.

A stage model that moves has ``status`` and ``case`` and, for the person and moment of a step, columns ``<past>_at`` and
``<past>_by`` named by the transition's ``past``.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case, StatusChange
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.deadlines import services as deadlines
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import can
from cspr.workflow import STAYS, AlreadyDone, Refused, Transition, refusals

Subject = TypeVar("Subject", bound=models.Model)
SET_BY_THE_ENGINE = frozenset({"id", "pk", "status", "revision"})


@recorded
def apply(
    subject: Subject,
    transition: Transition,
    *,
    by: Membership,
    at: datetime | None = None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    write: Callable[[Subject], None] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Subject:
    """Take one step: lock the row, refuse or write status, change, clocks and event, in one transaction.

    ``changes`` are columns of the subject set with the step; ``write`` does further rows of the same step with the
    locked subject. ``at`` (default: now) is the moment clocks are started and met by. Raises Refused with sentences,
    and AlreadyDone when another person took the step first. The same person pressing twice gets the subject as it is.
    A step that leaves the status as it is (STAYS) is no change of status: the verb itself tells twice from once.
    """
    locked: Any = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    if not _reaches(locked, by):
        raise Refused(NOT_OPEN_TO_YOU)
    first = _who_did(locked, transition) if can(by, transition.permission) else None
    if first is not None:
        if first.user_id != by.user_id:
            raise AlreadyDone(by=first, what=transition.label)
        return locked
    sentences = refusals(locked, transition, by)
    if sentences:
        raise Refused(*sentences)
    if transition.needs_reason and not reason.strip():
        raise Refused(fields={"reason": "Enter the reason"})
    moment = at or now()
    before = locked.status
    _set(locked, transition, by=by, moment=moment, changes=changes or {})
    if write is not None:
        write(locked)
    case = locked.case
    if case is not None:
        if transition.to != STAYS:
            _change(locked, transition, before, by=by, reason=reason)
        _clocks(case, transition, by=by, moment=moment, reason=reason)
    stream = "" if case is not None else f"{locked._meta.model_name}/{locked.pk}"
    told = {"reason": reason, **(detail or {})} if reason else dict(detail or {})
    record(
        f"{locked._meta.model_name}.{transition.name}",
        by=by,
        subject=locked,
        case=case,
        stream=stream,
        detail=told,
    )
    return locked


def _set(
    locked: Any, transition: Transition, *, by: Membership, moment: datetime, changes: Mapping[str, Any]
) -> None:
    if taken := SET_BY_THE_ENGINE & set(changes):
        raise ValueError(f"{', '.join(sorted(taken))} cannot be set beside a step")
    locked.status = transition.to or locked.status
    if transition.past:
        setattr(locked, f"{transition.past}_at", moment)
        setattr(locked, f"{transition.past}_by", by)
    for column, value in changes.items():
        setattr(locked, column, value)
    if hasattr(locked, "revision"):
        locked.revision += 1
    locked.save()


def _reaches(locked: Any, by: Membership) -> bool:
    """Whether this capacity, as it stands in the database now, can come to this row at all, whatever the step.

    An agency comes to its own rows, the Panel to what was sent to it; everybody else to rows of cases they may open,
    and before there is a case to rows of their partnership.
    """
    if not Membership.objects.current().filter(pk=by.pk).exists():
        return False
    if by.is_agency:
        return getattr(locked, "agency_id", None) == by.agency_id
    if by.is_panel:
        sent_to = getattr(type(locked)._default_manager, "sent_to", None)
        return sent_to is not None and bool(sent_to(by).filter(pk=locked.pk).exists())
    if locked.case is not None:
        return Case.objects.visible_to(by).filter(pk=locked.case.pk).exists()
    return getattr(locked, "partnership_id", None) == by.partnership_id


def _who_did(locked: Any, transition: Transition) -> Membership | None:
    """Who took this very step, where it was the last one and the row still stands where it led."""
    if locked.status != transition.to or transition.to in transition.from_:
        return None
    changes = StatusChange.objects.filter(subject_id=locked.pk)
    last = changes.order_by("-changed_at").first()
    if last is None:
        return getattr(locked, f"{transition.past}_by", None) if transition.past else None
    same = changes.filter(changed_at=last.changed_at, transition=transition.name)
    did = same.select_related("changed_by__user").first()
    return did.changed_by if did else None


def _change(subject: Any, transition: Transition, before: str, *, by: Membership, reason: str) -> None:
    StatusChange.objects.create(
        case=subject.case,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        transition=transition.name,
        from_status=before,
        to_status=transition.to,
        reason=reason,
        changed_at=now(),
        changed_by=by,
    )


def _clocks(case: Any, transition: Transition, *, by: Membership, moment: datetime, reason: str) -> None:
    for clock in transition.starts:
        deadlines.start(case, clock=clock, moment=moment, by=by)
    for clock in transition.meets:
        deadlines.meet(case, clock=clock, at=moment, by=by)
    for clock in transition.withdraws:
        deadlines.withdraw(case, clock=clock, by=by, reason=reason or transition.label)
