"""Reads about what is shared with other areas: what can be chosen, what was shared, what waits (rule 4.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from cspr.cases.models import Case, Wall
from cspr.documents.models import DocumentVersion
from cspr.documents.selectors import documents_of_case, latest
from cspr.people.models import Membership
from cspr.people.selectors import unit_of
from cspr.permissions import GRANTS, Permission, Role
from notifications.frozen_copy import hash_of
from notifications.models import AreaAnswer, Incident, OtherArea, Share, SharedPiece
from notifications.options.incident import IncidentStatus
from notifications.options.sharing import PieceKind
from notifications.selectors.incident import areas_of
from notifications.selectors.notification import notification_of
from notifications.selectors.papers import facts_of

MOST = 100
SEE_SHARED = tuple(role for role in Role if Permission.SEE_SHARED in GRANTS[role])
"""The roles that may be shown what another area shares."""
Rows = list[list[str]]


@dataclass(frozen=True)
class Choice:
    """Something that can be shared. ``key`` changes with its text, so that what is chosen is what was read."""

    key: str
    title: str
    rows: Rows
    version: DocumentVersion | None = None


def fact_choices(incident: Incident) -> list[Choice]:
    """The facts of the incident, one by one."""
    return [
        Choice(hash_of({"label": label, "text": text}), label, [[label, text]])
        for label, text in facts_of(incident)
    ]


def copy_choices(case: Case) -> list[Choice]:
    """The pages of the notification as it was sent; none before."""
    notification = notification_of(case)
    if notification is None or notification.frozen is None:
        return []
    found = []
    for section in notification.frozen["sections"]:
        number = f", child {section['number']}" if section["number"] else ""
        rows = [[field["label"], field["words"] or "Not answered"] for field in section["fields"]]
        found.append(Choice(hash_of({"section": section}), f"{section['title']}{number}", rows))
    return found


def document_choices(case: Case, *, to: Membership) -> list[Choice]:
    """The newest version of each document of the case that may be opened."""
    versions = ((document, latest(document)) for document in documents_of_case(case, to=to))
    return [
        Choice(str(version.pk), document.title, [], version)
        for document, version in versions
        if version.may_be_opened
    ]


def readers_of(area: OtherArea) -> list[Membership]:
    """The people of the other area's unit who can be shown something: not those walled off the case."""
    if area.partnership is None:
        return []
    walled = Wall.objects.filter(case=area.incident.case_id, lifted_at__isnull=True)
    hidden = set(walled.values_list("user_id", flat=True))
    return [one for one in unit_of(area.partnership) if one.user_id not in hidden]


def areas_shown(incident: Incident) -> "QuerySet[OtherArea]":
    """The incident's other areas with everything shared and answered, in a fixed number of queries."""
    people = ("shared_by__user", "received_by__user", "received_by__partnership", "withdrawn_by__user")
    shares = Share.objects.select_related(*people, "shared_by__partnership")
    pieces = SharedPiece.objects.select_related("version").order_by("position")
    return areas_of(incident).prefetch_related(
        Prefetch("shares", shares.order_by("-shared_at")),
        Prefetch("shares__pieces", pieces),
        Prefetch("answers", _answers()),
    )


def _answers() -> "QuerySet[AreaAnswer]":
    people = ("answered_by__user", "answered_by__partnership", "noted_by__user", "document")
    rows = AreaAnswer.objects.select_related(*people).prefetch_related("document__versions")
    return rows.order_by("-answered_at")


def find_share(case: Case, share_id: UUID) -> Share | None:
    """One act of sharing of this case."""
    rows = Share.objects.select_related("area__incident__case", "area__partnership", "withdrawn_by__user")
    return rows.prefetch_related("pieces").filter(pk=share_id, area__incident__case=case).first()


def find_answer(case: Case, answer_id: UUID) -> AreaAnswer | None:
    """One answer of another area on this case."""
    rows = AreaAnswer.objects.select_related("area__incident__case", "area__partnership", "noted_by__user")
    return rows.filter(pk=answer_id, area__incident__case=case).first()


def visible_area(area_id: UUID, *, to: Membership) -> OtherArea | None:
    """A case of which something is shared with this person: by the row that names their area, or None."""
    shown = Share.objects.visible_to(to).filter(area=area_id)
    rows = OtherArea.objects.select_related("incident__case__partnership", "partnership")
    return rows.filter(pk__in=shown.values("area")).first()


def shares_with(area: OtherArea, *, to: Membership) -> "QuerySet[Share]":
    """What this person is shown of a case, the newest first."""
    rows = Share.objects.visible_to(to).filter(area=area)
    related = ("shared_by__user", "shared_by__partnership", "received_by__user", "received_by__partnership")
    pieces = SharedPiece.objects.select_related("version").order_by("position")
    return rows.select_related(*related).prefetch_related(Prefetch("pieces", pieces)).order_by("-shared_at")


def answers_of(area: OtherArea) -> "QuerySet[AreaAnswer]":
    """What the other area answered, the newest first."""
    return _answers().filter(area=area)


def visible_piece(area: OtherArea, piece_id: UUID, *, kind: PieceKind, to: Membership) -> SharedPiece | None:
    """One piece of a kind that this person is shown of a case."""
    rows = SharedPiece.objects.filter(share__in=Share.objects.visible_to(to).filter(area=area))
    return rows.select_related("version", "share").filter(pk=piece_id, kind=kind).first()


def answered_file(area: OtherArea, answer_id: UUID) -> DocumentVersion | None:
    """The file of one answer of the area."""
    answer = answers_of(area).filter(pk=answer_id, document__isnull=False).first()
    return latest(answer.document) if answer and answer.document else None


@dataclass(frozen=True)
class SharedCase:
    """A case of which something is shared with one's partnership, as a list names it."""

    area_id: UUID
    reference: str
    pseudonym: str
    partnership: str
    shared_at: datetime
    unread: int


def shared_cases(acting: Membership) -> list[SharedCase]:
    """The cases of which this person is shown something, the newest first."""
    new = Count("pk", filter=Q(received_at__isnull=True))
    rows = (
        Share.objects.visible_to(acting)
        .order_by()
        .values_list(
            "area",
            "area__incident__case__reference",
            "area__incident__case__pseudonym",
            "area__incident__case__partnership__name",
        )
        .annotate(last=Max("shared_at"), new=new)
        .order_by(F("last").desc())
    )
    return [SharedCase(*row) for row in rows[:MOST]]


def chosen_of(offered: Iterable[Choice], keys: Iterable[str]) -> list[Choice] | None:
    """The choices of these keys in the order offered; None where one is not, or no longer, offered."""
    wanted = set(keys)
    found = [one for one in offered if one.key in wanted]
    return found if {one.key for one in found} == wanted else None


def is_joined(area: OtherArea) -> bool:
    """Whether the incident was joined to another case."""
    return area.incident.status == IncidentStatus.LINKED
