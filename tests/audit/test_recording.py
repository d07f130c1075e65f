"""The record: written last, numbered without gaps, chained, undone with the change it speaks of."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from cspr.audit.models import Access, Event, Stream
from cspr.audit.recording import record, recorded
from cspr.audit.verification import faults
from cspr.cases.models import Case
from cspr.cases.services import open_case
from cspr.models import Locked
from tests.factories.people import World


def test_open_case_writes_one_chained_event(northvale: World) -> None:
    case = open_case(northvale.partnership, by=northvale.officer)
    event = Event.objects.get(case_id=case.pk)
    assert (event.number, event.kind, event.actor_name) == (1, "case.opened", "Northvale Officer")
    assert event.hash == Stream.objects.get(key=f"case/{case.pk}").last_hash


def test_events_of_nested_verbs_are_written_last_in_order(northvale: World) -> None:
    @recorded
    def outer() -> Case:
        case = open_case(northvale.partnership, by=northvale.officer)
        assert not Event.objects.filter(case_id=case.pk).exists()
        record("case.closed", by=northvale.officer, subject=case, case=case)
        return case

    case = outer()
    kinds = Event.objects.filter(case_id=case.pk).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["case.opened", "case.closed"]


def test_change_is_undone_when_its_event_cannot_be_written(northvale: World) -> None:
    @recorded
    def verb() -> None:
        open_case(northvale.partnership, by=northvale.officer)
        record("x" * 200, by=northvale.officer, subject=northvale.partnership)

    with pytest.raises(Exception, match="too long"), transaction.atomic():
        verb()
    assert not Case.objects.exists()


def test_controlled_row_cannot_be_saved_outside_a_verb(northvale: World) -> None:
    case = open_case(northvale.partnership, by=northvale.officer)
    with pytest.raises(Locked):
        case.save()
    with pytest.raises(Locked):
        Case.objects.update(pseudonym="Child Other")


@pytest.mark.parametrize("table", ["audit_event", "audit_access", "cases_statuschange"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_application_role_cannot_rewrite_the_record(northvale: World, table: str, act: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


def test_verification_finds_nothing_in_a_whole_record(northvale: World) -> None:
    open_case(northvale.partnership, by=northvale.officer)
    assert list(faults()) == []


def test_record_outside_a_verb_is_refused(northvale: World) -> None:
    with pytest.raises(RuntimeError):
        record("case.opened", by=northvale.officer, subject=northvale.partnership)


def test_access_without_person_is_refused_by_the_database(northvale: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Access.objects.create(
            at="2026-11-23T10:00Z", actor_name="x", actor_capacity="y", stream="s", what="w", path="/"
        )
