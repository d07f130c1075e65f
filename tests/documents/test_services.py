"""Attaching, versions, the scan, the quarantine, orphans: row and blob agree (R7), nothing unscanned is
served (R17).
"""

import hashlib
import os
import stat
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from cspr.audit.models import Event
from cspr.audit.presenters import sentence
from cspr.cases.models import Case
from cspr.cases.services import open_case
from cspr.documents import scan as scanning
from cspr.documents import services, storage
from cspr.documents.models import Document, DocumentVersion, Scan
from cspr.models import Locked
from cspr.now import now
from cspr.workflow import Refused
from tests.documents import office_files as office
from tests.documents import other_files as other
from tests.documents.scanner import hung, scanner
from tests.factories.people import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(northvale: World) -> Case:
    return open_case(northvale.partnership, by=northvale.officer)


def upload(content: bytes | None = None, name: str = "Report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, other.pdf() if content is None else content)


def attached(case: Case, by: Any, **changes: Any) -> Document:
    return services.attach(case, stream=f"case/{case.pk}", upload=upload(**changes), kind="evidence", by=by)


def blobs() -> list[Path]:
    return [path for path in storage.root().rglob("*") if path.is_file()]


def test_attached_file_kept_whole_private_and_recorded(case: Case, northvale: World) -> None:
    content = other.pdf()

    document = attached(case, northvale.officer, content=content)

    version = document.versions.get()
    path = storage.path_of(version.storage_name)
    assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert version.sha256 == hashlib.sha256(content).hexdigest()
    assert (version.size, version.number, version.scan) == (len(content), 1, Scan.NOT_SCANNED)
    assert version.content_type == "application/pdf"
    assert document.title == "Report.pdf"
    event = Event.objects.get(kind="document.added")
    assert event.case_id == case.pk
    assert sentence(event) == "The document “Report.pdf” was added"


def test_name_on_disk_is_never_the_given_name(case: Case, northvale: World) -> None:
    attached(case, northvale.officer, name="../../escape.pdf")

    (blob,) = blobs()
    assert "escape" not in str(blob)
    assert blob.is_relative_to(storage.root())
    assert DocumentVersion.objects.get().original_name == "escape.pdf"


def test_refused_file_leaves_neither_row_nor_blob(case: Case, northvale: World) -> None:
    with pytest.raises(Refused) as refused:
        attached(case, northvale.officer, content=office.locked(), name="a.docx")

    assert "protected by a password" in refused.value.fields["file"]
    assert not Document.objects.exists()
    assert not blobs()


def test_file_over_the_limit_refused_before_it_is_read(case: Case, northvale: World, settings: Any) -> None:
    settings.LARGEST_FILE_BYTES = 1024 * 1024

    class Unread(SimpleUploadedFile):
        def chunks(self, chunk_size: int | None = None) -> Any:
            pytest.fail("a byte was read")

    big = Unread("a.pdf", b"x" * (1024 * 1024 + 1))
    with pytest.raises(Refused) as refused:
        services.attach(case, stream=f"case/{case.pk}", upload=big, kind="evidence", by=northvale.officer)

    assert "larger than 1MB" in refused.value.fields["file"]


def test_file_that_hides_its_size_stopped_at_the_limit(case: Case, northvale: World, settings: Any) -> None:
    settings.LARGEST_FILE_BYTES = 1024 * 1024
    read = []

    class Endless(SimpleUploadedFile):
        def chunks(self, chunk_size: int | None = None) -> Any:
            for n in range(1000):
                read.append(n)
                yield b"x" * 64 * 1024

    endless = Endless("a.pdf", b"x")
    with pytest.raises(Refused):
        services.attach(case, stream=f"case/{case.pk}", upload=endless, kind="evidence", by=northvale.officer)

    assert len(read) == 17
    assert not blobs()


def test_person_stopped_after_a_days_amount(case: Case, northvale: World, settings: Any) -> None:
    content = other.pdf()
    settings.LARGEST_FILE_BYTES = len(content)
    with time_machine.travel(now(), tick=False):
        for _ in range(services.DAILY_FILES):
            attached(case, northvale.officer, content=content)
        with pytest.raises(Refused) as refused:
            attached(case, northvale.officer, content=content)
        attached(case, northvale.manager, content=content)

    assert "in a day" in refused.value.fields["file"]
    with time_machine.travel(now() + timedelta(hours=25)):
        attached(case, northvale.officer, content=content)


def test_second_version_stands_beside_the_first(case: Case, northvale: World) -> None:
    document = attached(case, northvale.officer)

    version = services.add_version(document, upload=upload(office.word(), "New.docx"), by=northvale.manager)

    assert [v.number for v in document.versions.all()] == [1, 2]
    assert version.added_by == northvale.manager
    assert len(blobs()) == 2
    assert sentence(Event.objects.get(kind="document.version_added")).startswith("Version 2 of")


def test_rows_written_only_through_the_verbs(case: Case, northvale: World) -> None:
    document = attached(case, northvale.officer)

    with pytest.raises(Locked):
        document.save()
    with pytest.raises(Locked):
        DocumentVersion.objects.update(scan=Scan.CLEAN)


def test_stream_without_owner_refused(case: Case, northvale: World) -> None:
    with pytest.raises(ValueError, match="badly formed"):
        services.attach(case, stream="case/1", upload=upload(), kind="evidence", by=northvale.officer)


def test_clean_file_may_leave(case: Case, northvale: World, settings: Any) -> None:
    with scanner() as settings.CLAMD_ADDRESS:
        version = attached(case, northvale.officer).versions.get()

    assert (version.scan, version.may_be_opened, version.may_leave) == (Scan.CLEAN, True, True)
    assert version.scanned_at is not None


def test_file_not_scanned_stays_inside(case: Case, northvale: World) -> None:
    version = attached(case, northvale.officer).versions.get()

    assert (version.may_be_opened, version.may_leave) == (True, False)


@pytest.mark.parametrize("name", ["notes.txt", "a.docx"])
def test_virus_refused_and_not_kept(case: Case, northvale: World, settings: Any, name: str) -> None:
    inside = office.zipped(
        {**office.parts_of(office.word()), "word/media/image1.jpeg": other.EICAR}, method=0
    )
    content = other.EICAR if name == "notes.txt" else inside
    with scanner() as settings.CLAMD_ADDRESS, pytest.raises(Refused) as refused:
        attached(case, northvale.officer, content=content, name=name)

    assert "virus" in refused.value.fields["file"]
    assert not blobs()


def test_scanner_down_quarantines_and_return_releases(case: Case, northvale: World, settings: Any) -> None:
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    clean = attached(case, northvale.officer).versions.get()
    assert (clean.scan, clean.may_be_opened, clean.may_leave) == (Scan.WAITING, False, False)
    bad = attached(case, northvale.officer, content=other.EICAR, name="a.txt").versions.get()
    assert services.rescan_waiting() == {"clean": 0, "infected": 0, "waiting": 1}

    with scanner() as settings.CLAMD_ADDRESS:
        assert services.rescan_waiting() == {"clean": 1, "infected": 1, "waiting": 0}

    clean.refresh_from_db()
    bad.refresh_from_db()
    assert (clean.scan, bad.scan) == (Scan.CLEAN, Scan.INFECTED)
    assert not bad.may_be_opened
    told = [sentence(event) for event in Event.objects.filter(kind="document.scanned")]
    assert told[1].endswith("was checked for viruses: Virus found")
    assert services.rescan_waiting() == {"clean": 0, "infected": 0, "waiting": 0}


def test_scanner_that_never_answers_holds_the_file(
    case: Case, northvale: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "ANSWER_SECONDS", 0.2)
    with hung() as settings.CLAMD_ADDRESS:
        started = time.monotonic()
        version = attached(case, northvale.officer).versions.get()

    assert version.scan == Scan.WAITING
    assert time.monotonic() - started < 2


def test_fault_after_the_blob_leaves_no_row_and_is_collected(
    case: Case, northvale: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = attached(case, northvale.officer)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the record could not be written")

    monkeypatch.setattr(services, "record", fail)
    with pytest.raises(RuntimeError):
        attached(case, northvale.officer)
    monkeypatch.undo()
    half = storage.root() / f"{storage.ARRIVING}half"
    half.write_bytes(b"x")
    assert DocumentVersion.objects.count() == 1
    assert len(blobs()) == 3
    assert services.collect_orphans() == 0

    for path in blobs():
        os.utime(path, (time.time() - 4000, time.time() - 4000))
    call_command("collect_orphans")

    assert blobs() == [storage.path_of(kept.versions.get().storage_name)]


def test_draft_documents_follow_into_the_case(case: Case, northvale: World) -> None:
    stream = f"referral/{uuid.uuid4()}"
    document = services.attach(None, stream=stream, upload=upload(), kind="referral", by=northvale.referrer)
    assert Event.objects.get(kind="document.added").stream == stream

    assert services.move_to_case(stream, case=case, by=northvale.referrer) == 1

    document.refresh_from_db()
    assert document.case == case
