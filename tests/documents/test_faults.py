"""An upload killed anywhere leaves no row without its blob; a full disk says so and loses nothing (R7, R15)."""

import errno
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cspr.cases.services import open_case
from cspr.documents import services, storage
from cspr.documents.models import DocumentVersion
from cspr.workflow import Refused
from tests.documents import other_files as other
from tests.documents.interrupted import LET_GO
from tests.factories.people import make_world

ROOT = Path(__file__).resolve().parents[2]


def blobs() -> list[Path]:
    return [path for path in storage.root().rglob("*") if path.is_file()]


@pytest.mark.faults
def test_upload_killed_at_forty_moments_leaves_no_row_without_blob(committed: None, settings: Any) -> None:
    people = make_world()
    case = open_case(people.partnership, by=people.officer)
    database, folder = connection.settings_dict["NAME"], str(settings.PRIVATE_FILES)
    storage.root()
    command = [sys.executable, "-m", "tests.documents.interrupted", database, folder]
    subprocess.run([*command, str(case.pk), str(people.officer.pk), "40"], cwd=ROOT, check=True, timeout=300)

    versions = list(DocumentVersion.objects.all())
    assert LET_GO < len(versions) < LET_GO + 40
    for version in versions:
        content = storage.path_of(version.storage_name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == version.sha256
    for path in blobs():
        os.utime(path, (time.time() - 4000, time.time() - 4000))
    services.collect_orphans()
    assert {path.name for path in blobs()} == {version.storage_name.hex for version in versions}


@pytest.mark.django_db
def test_full_disk_is_a_plain_sentence_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_world()
    case = open_case(people.partnership, by=people.officer)

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    upload = SimpleUploadedFile("a.png", other.png())
    with pytest.raises(Refused) as refused:
        services.attach(case, stream=f"case/{case.pk}", upload=upload, kind="evidence", by=people.officer)
    monkeypatch.undo()

    assert "no space left" in refused.value.fields["file"]
    assert not DocumentVersion.objects.exists()
    assert not blobs()
