"""Somebody with the owner's rights changes the record: it is found, whatever and wherever it was (R5)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cspr.audit.models import GENESIS, Event, Stream
from cspr.audit.recording import chained_hash
from cspr.audit.verification import faults, missing_since
from cspr.people.models import Partnership
from tests.audit.test_races import note

LENGTH = 7
CHANGES: dict[str, Any] = {
    "stream": "'other'", "number": "number + 100", "at": "at + interval '1 microsecond'", "kind": "'case.closed'",
    "actor_id": "gen_random_uuid()", "actor_name": "'The systen'", "actor_capacity": "'x'",
    "case_id": "gen_random_uuid()", "subject_type": "'people.partnershiq'", "subject_id": "'x'",
    "detail": """'{"a": 1}'""", "previous_hash": f"'{'1' * 64}'", "hash": f"'{'1' * 64}'",
}  # fmt: skip


@pytest.fixture
def owner(db: None) -> Iterator[Any]:
    """A whole record of seven events on one stream, and a cursor with the owner's rights."""
    subject = Partnership.objects.create(code="NVL", name="Northvale")
    for _ in range(LENGTH):
        note(subject, "one")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield cursor
        cursor.execute(f'SET ROLE "{settings.DATABASE_ROLE}"')


def where() -> set[int]:
    return {fault.number for fault in faults()}


def test_every_column_of_an_event_is_tried() -> None:
    assert set(CHANGES) == {field.column for field in Event._meta.fields} - {"id"}


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_of_any_column_at_any_place_is_found(owner: Any, column: str) -> None:
    for number in range(1, LENGTH + 1):
        with transaction.atomic():
            owner.execute(
                f'UPDATE audit_event SET "{column}" = {CHANGES[column]} WHERE number = %s', [number]
            )
            assert owner.rowcount == 1
            assert list(faults()), (column, number)
            transaction.set_rollback(True)
    assert list(faults()) == []


@pytest.mark.parametrize("number", range(1, LENGTH + 1))
def test_a_missing_event_is_found_at_its_place(owner: Any, number: int) -> None:
    owner.execute("DELETE FROM audit_event WHERE number = %s", [number])
    assert where() == {number + 1 if number < LENGTH else LENGTH - 1}


def test_an_event_added_with_a_right_hash_is_found_by_the_head(owner: Any) -> None:
    last = Event.objects.get(number=LENGTH)
    forged = Event.objects.get(number=LENGTH)
    forged.pk, forged.number, forged.previous_hash = None, LENGTH + 1, last.hash
    forged.hash = chained_hash(forged)
    forged.save(force_insert=True)
    assert where() == {LENGTH + 1}


def test_a_stream_emptied_or_without_its_head_is_found(owner: Any) -> None:
    owner.execute("DELETE FROM audit_event")
    assert where() == {0}
    owner.execute("DELETE FROM audit_stream")
    assert where() == set()


def test_events_without_a_head_are_found(owner: Any) -> None:
    owner.execute("DELETE FROM audit_stream")
    assert [fault.sentence for fault in faults()] == ["the stream has events and no head"]


def cut(owner: Any, number: int) -> None:
    """Cut the tail after ``number`` and rewrite the head to match: the record agrees with itself."""
    owner.execute("DELETE FROM audit_event WHERE number > %s", [number])
    kept = Event.objects.filter(number=number).values_list("hash", flat=True).first()
    Stream.objects.update(last_number=number, last_hash=kept or GENESIS)
    assert list(faults()) == []


@pytest.fixture
def copied(owner: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The heads as they were copied out of the database this morning."""
    call_command("audit_heads", "--json")
    path = tmp_path / "heads.json"
    path.write_text(capsys.readouterr().out)
    return path


@pytest.mark.parametrize("kept", range(LENGTH))
def test_a_cut_tail_is_found_by_the_heads_copied_out_before(owner: Any, copied: Path, kept: int) -> None:
    cut(owner, kept)
    with pytest.raises(SystemExit):
        call_command("verify_audit", heads=copied, verbosity=0)


def test_another_history_of_the_same_length_is_found(owner: Any, copied: Path) -> None:
    cut(owner, LENGTH - 2)
    for _ in range(4):
        note(Partnership.objects.get(), "one")
    assert list(faults()) == []
    heads = json.loads(copied.read_text())["streams"]
    assert [fault.number for fault in missing_since(heads)] == [LENGTH]


def test_a_record_that_only_grew_agrees_with_old_heads(owner: Any, copied: Path, capsys: Any) -> None:
    note(Partnership.objects.get(), "one")
    call_command("verify_audit", "--json", heads=copied)
    assert json.loads(capsys.readouterr().out)["whole"] is True


def test_a_file_that_is_not_of_heads_is_refused(owner: Any, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("[]")
    with pytest.raises(CommandError, match="audit_heads"):
        call_command("verify_audit", heads=path)


def test_verification_names_the_row_and_fails(owner: Any, capsys: pytest.CaptureFixture[str]) -> None:
    owner.execute("UPDATE audit_event SET actor_name = 'Somebody else' WHERE number = 3")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "one 3: was changed after it was written" in capsys.readouterr().out
