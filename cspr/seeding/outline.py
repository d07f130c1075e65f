"""What was seeded, for a check from outside: every object with its address, its case, its walls and its markers."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.urls import reverse

from cspr.cases.models import Case, Wall
from cspr.documents.models import Document
from cspr.people.models import Membership, Partnership
from cspr.seeding import review_outline
from cspr.seeding.stages import Made
from cspr.seeding.words import MARKER
from notifications.models import Notification, Referral, Share

ROWS_OF_A_REFERRAL = (
    "children",
    "family",
    "agencies",
    "key_dates",
    "proceedings",
    "attachments",
    "additions",
)
ROWS_OF_A_CASE = ("walls", "status_changes", "dialogue", "deadlines", "decisions", "tellings")


def markers_of(row: models.Model) -> dict[str, list[str]]:
    """The markers in a row's own columns, by column."""
    found = {
        field.name: MARKER.findall(str(getattr(row, field.attname)))
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    }
    return {name: markers for name, markers in found.items() if markers}


def _all_markers(rows: Iterable[models.Model]) -> list[str]:
    return sorted({one for row in rows for found in markers_of(row).values() for one in found})


def _object(
    kind: str, row: models.Model, url: str, *, partnership: Partnership, **more: Any
) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": str(row.pk),
        "url": url,
        "case": None,
        "partnership": partnership.code,
        "agency": None,
        "stage": None,
        "walled_off": [],
        **more,
    }


def objects_of(made: Made) -> Iterator[dict[str, Any]]:
    """Everything of one stage that has an address of its own."""
    case, stage = made.case, made.stage
    for referral in made.referrals:
        yield from _of_referral(referral, stage)
    if case is None:
        return
    common = {"case": str(case.pk), "stage": stage, "walled_off": _walled(case)}
    where = case.partnership
    incident = case.incident
    yield _object(
        "case",
        case,
        reverse("case", args=[case.pk]),
        partnership=where,
        reference=case.reference,
        markers=_all_markers(_everything_in(case)),
        **common,
    )
    yield _object(
        "incident",
        incident,
        reverse("incident", args=[case.pk]),
        partnership=where,
        markers=_all_markers([incident, *incident.other_areas.all()]),
        **common,
    )
    pack = Notification.objects.filter(case=case).first()
    if pack is not None:
        url = reverse("notification", args=[case.pk])
        yield _object("notification", pack, url, partnership=where, markers=_all_markers([pack]), **common)
    for kind, row, url, rows, more in review_outline.of_review(case):
        yield _object(kind, row, url, partnership=where, markers=_all_markers(rows), **{**common, **more})
    for document in Document.objects.filter(case=case):
        yield _of_document(document, where, **common)
    yield from _shared_with_others(case, **common)


def _shared_with_others(case: Case, /, **common: Any) -> Iterator[dict[str, Any]]:
    """What another area is shown of the case now: an object of that area's, whose address is theirs alone."""
    for share in Share.objects.in_force().filter(area__incident__case=case):
        area = share.area
        assert area.partnership is not None
        versions = [one.version for one in share.pieces.all() if one.version]
        rows = [share, *share.pieces.all(), *area.answers.all(), *versions]
        files = [one.document for one in (*versions, *area.answers.all()) if one.document]
        yield _object(
            "share",
            share,
            reverse("shared_case", args=[area.pk]),
            partnership=area.partnership,
            for_partners=share.for_partners,
            markers=_all_markers([*rows, *files, *(one for file in files for one in file.versions.all())]),
            **common,
        )


def _everything_in(case: Case) -> Iterator[models.Model]:
    yield from (case, case.incident, *case.incident.other_areas.all())
    yield from Notification.objects.filter(case=case)
    for document in Document.objects.filter(case=case):
        yield from (document, *document.versions.all())
    for referral in case.referrals.all():
        yield from _everything_told(referral)
    for name in ROWS_OF_A_CASE:
        yield from getattr(case, name).all()
    for decision in case.decisions.all():
        yield from (*decision.sign_offs.all(), *decision.comments.all())
    for area in case.incident.other_areas.all():
        yield from area.answers.all()
        for share in area.shares.all():
            yield from (share, *share.pieces.all())
    yield from review_outline.rows_of(case)


def _everything_told(referral: Referral) -> Iterator[models.Model]:
    yield referral
    for name in ROWS_OF_A_REFERRAL:
        yield from getattr(referral, name).all()


def _of_referral(referral: Referral, stage: str) -> Iterator[dict[str, Any]]:
    common = {
        "case": str(referral.case_id) if referral.case_id else None,
        "agency": referral.agency.name,
        "stage": stage,
        "walled_off": _walled(referral.case),
    }
    yield _object(
        "referral",
        referral,
        reverse("referral", args=[referral.pk]),
        partnership=referral.partnership,
        reference=referral.reference,
        by=referral.started_by.user.email,
        markers=_all_markers(_everything_told(referral)),
        **common,
    )
    if referral.is_draft:
        for child in referral.children.all():
            url = reverse("referral_child", args=[referral.pk, child.pk])
            yield _object(
                "referred_child",
                child,
                url,
                partnership=referral.partnership,
                markers=_all_markers([child]),
                **common,
            )
        for document in Document.objects.filter(owner_id=referral.pk):
            yield _of_document(document, referral.partnership, **common)


def _of_document(document: Document, partnership: Partnership, **common: Any) -> dict[str, Any]:
    version = document.versions.latest("number")
    return _object(
        "document",
        document,
        reverse("document_download", args=[version.pk]),
        partnership=partnership,
        version=str(version.pk),
        markers=_all_markers([document, version]),
        **common,
    )


def _walled(case: Case | None) -> list[str]:
    standing = Wall.objects.filter(case=case, lifted_at__isnull=True) if case else Wall.objects.none()
    return sorted(standing.values_list("user__email", flat=True))


def person(membership: Membership, *, password: str, totp_secret: str) -> dict[str, Any]:
    """How to sign in as somebody, and as what."""
    return {
        "role": membership.role,
        "capacity": membership.capacity,
        "partnership": membership.partnership.code if membership.partnership else None,
        "agency": membership.agency.name if membership.agency else None,
        "partner": membership.partner or None,
        "membership": str(membership.pk),
        "url": reverse("person", args=[membership.pk]),
        "name": membership.user.full_name,
        "email": membership.user.email,
        "password": password,
        "totp_secret": totp_secret,
        "markers": _all_markers([membership]),
    }
