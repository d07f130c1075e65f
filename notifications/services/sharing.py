"""Verbs of the area that holds the case: share named pieces with another area, withdraw them, note its answer (4.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.dispatch import services as dispatch
from cspr.now import london_day, now, today
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import AlreadyDone, Refused
from notifications import phrases
from notifications.frozen_copy import hash_of
from notifications.models import AreaAnswer, Incident, OtherArea, Share, SharedPiece
from notifications.options.sharing import PieceKind
from notifications.selectors import incident as incidents
from notifications.selectors import sharing as selectors
from notifications.selectors.sharing import Choice

NOT_YOURS = f"This is not yours to do: it needs {Permission.SHARE.whose} of the area that holds the case."
NOT_HERE = (
    "This area has no partnership on this system. Tell it in another way, and record that under “Told”."
)
JOINED = "This incident was joined to another case: share from that one."
NO_READER = "Nobody of its business unit can be shown anything here. Speak to them first."
CHANGED = "What you selected has changed since you opened this page. Read it again, then select it"


AREA = ("area__incident__case", "area__partnership")
"""Read with a locked row. Never a person who may be missing: what waited for the lock would still find nobody."""
Content = list[dict[str, Any]]


@dataclass(frozen=True)
class Chosen:
    """What is shared: keys of ``selectors.sharing.Choice`` as they were read, and a note."""

    facts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    note: str = ""


def share_refusals(area: OtherArea, by: Membership) -> list[str]:
    """Why nothing can be shared with this area now; empty when something can. Page and verb both ask here."""
    if not _is_of_the_unit(by, area.incident.case):
        return [NOT_YOURS]
    if area.partnership is None:
        return [NOT_HERE]
    if selectors.is_joined(area):
        return [JOINED]
    return [] if selectors.readers_of(area) else [NO_READER]


def _is_of_the_unit(by: Membership, case: Case) -> bool:
    return can(by, Permission.SHARE) and Case.objects.visible_to(by).filter(pk=case.pk).exists()


@recorded
def share(
    area: OtherArea,
    *,
    chosen: Chosen,
    reason: str,
    by: Membership,
    for_partners: bool = False,
    until: date | None = None,
) -> Share:
    """Share named pieces as they stand now with another area, with a reason; its unit is mailed a reference and a link.

    Raises Refused, by field, for something that is no longer as it was read, and where nothing is chosen.
    """
    incident = incidents.locked(area.incident)
    standing = incidents.find_area(incident, area.pk)
    if standing is None:
        raise Refused("This area is no longer named on the incident.")
    standing.incident = incident
    if refusals := share_refusals(standing, by):
        raise Refused(*refusals)
    pieces = _pieces(incident, chosen, by=by)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter why this area needs to know"})
    if until is not None and until < today():
        raise Refused(fields={"until": "The last day must be today or in the future"})
    made = Share(
        area=standing,
        reason=reason,
        for_partners=for_partners,
        ends_on=until,
        shared_at=now(),
        shared_by=by,
    )
    made.save(force_insert=True)
    for position, piece in enumerate(pieces, 1):
        piece.share, piece.position = made, position
        piece.save(force_insert=True)
    named = "; ".join(f"{piece.title} ({piece.get_kind_display().lower()})" for piece in pieces)
    hashes = [piece.sha256 for piece in pieces]
    detail = {"area": str(standing), "pieces": named, "reason": reason, "sha256": hashes}
    record("share.made", by=by, subject=made, case=incident.case, detail=detail)
    link = reverse("shared_case", args=[standing.pk])
    _mail(standing, phrases.SHARED_WITH_AREA, link=link, by=by)
    return made


def _pieces(incident: Incident, chosen: Chosen, *, by: Membership) -> list[SharedPiece]:
    """The chosen pieces, not yet saved. Raises Refused beside the field at fault."""
    case = incident.case
    facts = _found("facts", selectors.fact_choices(incident), chosen.facts)
    pages = _found("pages", selectors.copy_choices(case), chosen.pages)
    documents = _found("documents", selectors.document_choices(case, to=by), chosen.documents)
    pieces = []
    if facts:
        pieces.append(_text(PieceKind.FACTS, PieceKind.FACTS.label, _one_section(facts)))
    if pages:
        content: Content = [{"title": one.title, "rows": one.rows} for one in pages]
        pieces.append(_text(PieceKind.NOTIFICATION, PieceKind.NOTIFICATION.label, content))
    pieces += [_file(one) for one in documents]
    if chosen.note.strip():
        rows = [["Note", chosen.note.strip()]]
        pieces.append(_text(PieceKind.NOTE, PieceKind.NOTE.label, [{"title": "", "rows": rows}]))
    if not pieces:
        raise Refused("Select what to share, or write a note.")
    return pieces


def _one_section(facts: Iterable[Choice]) -> Content:
    return [{"title": "", "rows": [row for one in facts for row in one.rows]}]


def _found(field: str, offered: list[Choice], keys: Iterable[str]) -> list[Choice]:
    found = selectors.chosen_of(offered, keys)
    if found is None:
        raise Refused(fields={field: CHANGED})
    return found


def _text(kind: PieceKind, title: str, content: Content) -> SharedPiece:
    return SharedPiece(kind=kind, title=title, content=content, sha256=hash_of({"content": content}))


def _file(choice: Choice) -> SharedPiece:
    assert choice.version is not None
    return SharedPiece(
        kind=PieceKind.DOCUMENT, title=choice.title, version=choice.version, sha256=choice.version.sha256
    )


def _mail(area: OtherArea, words: str, *, link: str, by: Membership) -> None:
    case = area.incident.case
    for reader in selectors.readers_of(area):
        dispatch.post(to=reader, subject=words, reference=case.reference, link=link, by=by, about=case)


@recorded
def withdraw_share(share: Share, *, by: Membership, reason: str) -> Share:
    """Stop showing what was shared, with a reason; it is gone at once and the other unit is mailed that it is.

    Raises AlreadyDone when a colleague withdrew it.
    """
    rows = Share.objects.select_for_update(of=("self",)).select_related(*AREA)
    locked = rows.get(pk=share.pk)
    case = locked.area.incident.case
    if not _is_of_the_unit(by, case):
        raise Refused(NOT_YOURS)
    if locked.withdrawn_at is not None:
        if locked.withdrawn_by_id == by.pk:
            return locked
        raise AlreadyDone(by=locked.withdrawn_by, what="Withdrawing this")
    if not reason.strip():
        raise Refused(fields={"reason": "Enter the reason"})
    was_shown = locked.is_in_force
    locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_reason = now(), by, reason
    locked.save()
    detail = {
        "area": str(locked.area),
        "shared_on": london_day(locked.shared_at).isoformat(),
        "reason": reason,
    }
    record("share.withdrawn", by=by, subject=locked, case=case, detail=detail)
    if was_shown:
        _mail(locked.area, phrases.SHARED_NO_MORE, link=reverse("shared"), by=by)
    return locked


@recorded
def withdraw_shares_of(incident: Incident, *, by: Membership, reason: str) -> None:
    """Withdraw everything an incident shares: it was joined to another case."""
    for one in Share.objects.in_force().filter(area__incident=incident).order_by("pk"):
        withdraw_share(one, by=by, reason=reason)


@recorded
def note_answer(answer: AreaAnswer, *, by: Membership) -> AreaAnswer:
    """Keep that the unit has read an area's answer. A second time changes nothing, whoever presses."""
    rows = AreaAnswer.objects.select_for_update(of=("self",)).select_related(*AREA)
    locked = rows.get(pk=answer.pk)
    case = locked.area.incident.case
    if not _is_of_the_unit(by, case):
        raise Refused(NOT_YOURS)
    if locked.noted_at is not None:
        return locked
    locked.noted_at, locked.noted_by = now(), by
    locked.save()
    record("area.answer_noted", by=by, subject=locked, case=case, detail={"area": str(locked.area)})
    return locked
