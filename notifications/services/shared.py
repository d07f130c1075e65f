"""Verbs of the area that is shown something: record that it was read, answer in writing, step back (rule 4.8)."""

from typing import Any

from django.core.files.base import File
from django.urls import reverse

from cspr.audit.recording import record, recorded
from cspr.cases import services as cases
from cspr.cases.models import Wall
from cspr.dispatch import services as dispatch
from cspr.documents import services as documents
from cspr.now import london_day, now
from cspr.people.models import Membership
from cspr.people.selectors import unit_of
from cspr.permissions import Permission, can
from cspr.workflow import Refused
from notifications import phrases
from notifications.models import AreaAnswer, OtherArea, Share

NOTHING_SHARED = "Nothing of this case is shared with you any more, so nothing was done."


def stream_of(area: OtherArea) -> str:
    """The stream of an area's files: they follow the case, and its answers to those who are shown the case."""
    return f"area/{area.pk}"


def _shown(area: OtherArea, by: Membership, permission: Permission) -> list[Share]:
    """What ``by`` is shown of the case, locked. Raises Refused for whoever is shown nothing, or may not do this."""
    if not can(by, permission):
        raise Refused(f"This is not yours to do: it needs {permission.whose}.")
    rows = Share.objects.visible_to(by).filter(area=area).select_for_update(of=("self",)).order_by("pk")
    shown = list(rows)
    if not shown:
        raise Refused(NOTHING_SHARED)
    return shown


@recorded
def receive(area: OtherArea, *, by: Membership) -> None:
    """Record that the unit has read everything shared so far. A second time changes nothing."""
    for one in _shown(area, by, Permission.ANSWER_SHARED):
        if one.received_at is None:
            one.received_at, one.received_by = now(), by
            one.save()
            detail = {"area": str(area), "shared_on": london_day(one.shared_at).isoformat()}
            record("share.received", by=by, subject=one, case=area.incident.case, detail=detail)


@recorded
def answer(area: OtherArea, *, text: str, upload: "File[Any] | None", by: Membership) -> AreaAnswer:
    """Contribute in writing, with a file where there is one; the unit that holds the case is mailed that it waits.

    The file is checked before the rows are locked, so that nobody waits for a virus scanner.
    """
    if not text.strip():
        raise Refused(fields={"text": "Enter your answer"})
    case, document = area.incident.case, None
    if upload is not None:
        if not Share.objects.visible_to(by).filter(area=area).exists():
            raise Refused(NOTHING_SHARED)
        document = documents.attach(case, stream=stream_of(area), upload=upload, kind="area_answer", by=by)
    _shown(area, by, Permission.ANSWER_SHARED)
    given = AreaAnswer(area=area, text=text, document=document, answered_at=now(), answered_by=by)
    given.save(force_insert=True)
    record("area.answered", by=by, subject=given, case=case, detail={"area": str(area)})
    link = reverse("case_areas", args=[case.pk])
    for reader in unit_of(case.partnership):
        dispatch.post(
            to=reader, subject=phrases.AREA_ANSWERED, reference=case.reference, link=link, by=by, about=case
        )
    return given


@recorded
def declare_conflict_here(area: OtherArea, *, by: Membership, reason: str) -> Wall:
    """Wall oneself off a case of which one is shown something: from now on it is found nowhere."""
    _shown(area, by, Permission.SEE_SHARED)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter what the conflict of interest is"})
    return cases.wall_off_outside(area.incident.case, user=by.user, by=by, reason=reason)


@recorded
def wall_off_colleague(area: OtherArea, *, person: Membership, by: Membership, reason: str) -> Wall:
    """Wall off a person of one's own partnership: the act of the manager there."""
    _shown(area, by, Permission.WALL_OFF)
    if person.user_id == by.user_id:
        raise Refused("To step back from a case yourself, declare a conflict of interest.")
    if person.partnership_id != by.partnership_id:
        raise Refused(fields={"person": "Select who has a conflict of interest"})
    if not reason.strip():
        raise Refused(fields={"reason": "Enter what the conflict of interest is"})
    return cases.wall_off_outside(area.incident.case, user=person.user, by=by, reason=reason)
