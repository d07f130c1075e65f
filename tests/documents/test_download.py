"""A file leaves only through its scope, under its true type, with a record of the look (R6, ASVS 3.2.1,
8.2.2).
"""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Access
from cspr.cases.models import Case
from cspr.cases.services import open_case, wall_off
from cspr.documents import owners, selectors, services, storage, views
from cspr.documents.models import Document, DocumentVersion
from cspr.people.models import Membership
from tests.documents import other_files as other
from tests.factories.people import World

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]


@pytest.fixture
def version(northvale: World) -> DocumentVersion:
    case = open_case(northvale.partnership, by=northvale.officer)
    return attached(case, northvale.officer, stream=f"case/{case.pk}")


def attached(case: Case | None, by: Membership, *, stream: str) -> DocumentVersion:
    upload = SimpleUploadedFile("Café “plan”.pdf", other.pdf())
    return services.attach(case, stream=stream, upload=upload, kind="evidence", by=by).versions.get()


def address(version: DocumentVersion) -> str:
    return reverse("document_download", args=[version.pk])


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def same(page: bytes, version_id: uuid.UUID) -> bytes:
    """A page without what differs by itself: the address asked for, one-time values."""
    page = page.replace(str(version_id).encode(), b"")
    return re.sub(rb'(nonce|name="csrfmiddlewaretoken" value|data-[a-z-]+)="[^"]*"', b"", page)


def test_file_served_sandboxed_as_attachment(
    version: DocumentVersion, northvale: World, browser: Browser
) -> None:
    response = browser(northvale.officer).get(address(version))

    assert response.status_code == 200
    assert body(response) == storage.path_of(version.storage_name).read_bytes()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Caf%C3%A9")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_look_is_recorded_without_the_file_name(
    version: DocumentVersion, northvale: World, browser: Browser
) -> None:
    response = browser(northvale.icb).get(address(version))
    body(response)

    look = Access.objects.get(path=address(version))
    assert (look.actor_id, look.case_id) == (northvale.icb.pk, version.document.case_id)
    assert look.what == "evidence document, version 1"


def test_no_record_no_file(
    version: DocumentVersion, northvale: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(northvale.officer)
    client.raise_request_exception = False

    def refused(**kwargs: Any) -> None:
        raise DatabaseError("permission denied for table audit_access")

    monkeypatch.setattr(views, "looked", refused)
    response = client.get(address(version))

    assert response.status_code == 500
    assert b"%PDF" not in body(response)


def test_stranger_and_nonsense_get_the_same_404(
    version: DocumentVersion, southmere: World, browser: Browser
) -> None:
    client = browser(southmere.officer)

    foreign = client.get(address(version))
    nowhere = uuid.uuid4()
    missing = client.get(reverse("document_download", args=[nowhere]))

    assert foreign.status_code == missing.status_code == 404
    assert same(foreign.content, version.pk) == same(missing.content, nowhere)


@pytest.mark.parametrize("who", ["referrer", "agency_lead", "la_lead"])
def test_person_without_the_case_gets_404(
    version: DocumentVersion, northvale: World, browser: Browser, who: str
) -> None:
    assert browser(getattr(northvale, who)).get(address(version)).status_code == 404


def test_wall_hides_the_file(version: DocumentVersion, northvale: World, browser: Browser) -> None:
    wall_off(version.document.case, user=northvale.icb.user, by=northvale.manager, reason="Invented reason")

    assert browser(northvale.icb).get(address(version)).status_code == 404


def test_anonymous_is_sent_to_sign_in(version: DocumentVersion, client: Client) -> None:
    response = client.get(address(version))

    assert response.status_code == 302
    assert "/login" in response["Location"]


def test_file_in_quarantine_is_not_served(northvale: World, browser: Browser, settings: Any) -> None:
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    case = open_case(northvale.partnership, by=northvale.officer)
    version = attached(case, northvale.officer, stream=f"case/{case.pk}")

    response = browser(northvale.officer).get(address(version))

    assert response.status_code == 409
    assert b"waiting for its virus check" in response.content
    assert b"%PDF" not in response.content
    with pytest.raises(ValueError, match="quarantine"):
        views.serve(version)


@pytest.fixture
def referral_owner(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A registry of the test's own, with one rule for one prefix."""
    monkeypatch.setattr(owners, "REGISTERED", {})
    return owners.register_owner


def test_owner_opens_what_has_no_case_yet(northvale: World, referral_owner: Callable[..., None]) -> None:
    own, foreign = uuid.uuid4(), uuid.uuid4()
    referral_owner("sample", lambda acting: [own] if acting == northvale.referrer else [])
    mine = attached(None, northvale.referrer, stream=f"sample/{own}")
    theirs = attached(None, northvale.other_referrer, stream=f"sample/{foreign}")

    assert selectors.visible_version(mine.pk, to=northvale.referrer) == mine
    assert selectors.visible_version(theirs.pk, to=northvale.referrer) is None
    assert selectors.visible_version(mine.pk, to=northvale.officer) is None
    assert selectors.visible_version(mine.pk, to=None) is None


def test_owner_narrows_what_the_case_would_show(
    northvale: World, referral_owner: Callable[..., None]
) -> None:
    case = open_case(northvale.partnership, by=northvale.officer)
    advice = attached(case, northvale.officer, stream=f"advice/{uuid.uuid4()}")
    ordinary = attached(case, northvale.officer, stream=f"case/{case.pk}")
    referral_owner("advice", lambda acting: [])

    visible = Document.objects.visible_to(northvale.officer)

    assert list(visible) == [ordinary.document]
    assert advice.document not in visible


def test_wall_wins_over_the_owner(northvale: World, referral_owner: Callable[..., None]) -> None:
    case = open_case(northvale.partnership, by=northvale.officer)
    own = uuid.uuid4()
    version = attached(case, northvale.referrer, stream=f"sample/{own}")
    referral_owner("sample", lambda acting: [own])
    assert selectors.visible_version(version.pk, to=northvale.referrer) == version

    wall_off(case, user=northvale.referrer.user, by=northvale.manager, reason="Invented reason")

    assert selectors.visible_version(version.pk, to=northvale.referrer) is None


def test_second_owner_of_a_prefix_refused(referral_owner: Callable[..., None]) -> None:
    referral_owner("sample", lambda acting: [])

    with pytest.raises(ValueError, match="cannot have this owner"):
        referral_owner("sample", lambda acting: [])
    with pytest.raises(ValueError, match="cannot have this owner"):
        referral_owner("case", lambda acting: [])
