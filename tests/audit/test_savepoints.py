"""What did not happen is not in the record: caught errors, rolled back savepoints, other threads, odd values."""

import threading
from contextvars import copy_context

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cspr.audit.models import Event
from cspr.audit.recording import record, recorded
from cspr.audit.verification import faults
from cspr.cases.models import Case
from cspr.cases.services import open_case
from cspr.people.models import Partnership
from tests.factories.people import World


class Wrong(Exception):
    """Something went wrong inside a verb."""


def kinds() -> list[str]:
    """What was recorded since the people were given their access."""
    since = Event.objects.exclude(kind="access.partnership_given").order_by("pk")
    return list(since.values_list("kind", flat=True))


def test_events_of_a_failed_inner_verb_that_was_caught_are_not_written(northvale: World) -> None:
    @recorded
    def fails() -> None:
        open_case(northvale.partnership, by=northvale.officer)
        raise Wrong

    @recorded
    def outer() -> None:
        try:
            fails()
        except Wrong:
            record("case.closed", by=northvale.officer, subject=northvale.partnership)

    outer()
    assert kinds() == ["case.closed"]
    assert not Case.objects.exists()


def test_events_of_a_savepoint_rolled_back_inside_a_verb_are_not_written(northvale: World) -> None:
    @recorded
    def outer() -> None:
        record("name.shown", by=northvale.officer, subject=northvale.partnership)
        try:
            with transaction.atomic():
                record("case.opened", by=northvale.officer, subject=northvale.partnership)
                raise Wrong
        except Wrong:
            record("case.closed", by=northvale.officer, subject=northvale.partnership)

    outer()
    assert kinds() == ["name.shown", "case.closed"]


def test_events_leave_with_an_outer_transaction_that_is_rolled_back(northvale: World) -> None:
    with transaction.atomic():
        open_case(northvale.partnership, by=northvale.officer)
        assert kinds() == ["case.opened"]
        transaction.set_rollback(True)
    assert kinds() == []
    open_case(northvale.partnership, by=northvale.officer)
    assert list(faults()) == []


def test_an_uncaught_error_leaves_nothing_behind_for_the_next_verb(northvale: World) -> None:
    @recorded
    def fails() -> None:
        record("case.opened", by=northvale.officer, subject=northvale.partnership)
        raise Wrong

    with pytest.raises(Wrong):
        fails()
    with pytest.raises(RuntimeError):
        record("case.opened", by=northvale.officer, subject=northvale.partnership)
    open_case(northvale.partnership, by=northvale.officer)
    assert len(kinds()) == 1


def test_a_verb_whose_body_runs_later_is_refused() -> None:
    def later():
        yield 1

    with pytest.raises(TypeError, match="after its transaction"):
        recorded(later)


@pytest.mark.usefixtures("committed")
def test_a_thread_that_inherits_the_context_writes_its_own_transaction() -> None:
    partnership = Partnership.objects.create(code="NVL", name="Northvale")

    @recorded
    def inner() -> None:
        record("name.shown", by=None, subject=partnership)

    @recorded
    def outer() -> None:
        context = copy_context()

        def there() -> None:
            context.run(inner)
            connection.close()

        thread = threading.Thread(target=there)
        thread.start()
        thread.join()
        assert kinds() == ["name.shown"]
        record("case.opened", by=None, subject=partnership)

    outer()
    assert kinds() == ["name.shown", "case.opened"]
    assert list(faults()) == []


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=VALUES)
def test_whatever_is_in_a_detail_the_chain_still_verifies(northvale: World, value: object) -> None:
    @recorded
    def verb() -> None:
        record("case.opened", by=northvale.officer, subject=northvale.partnership, detail={"what": value})

    with transaction.atomic():
        verb()
        assert list(faults()) == []
        transaction.set_rollback(True)


def test_the_longest_capacity_fits_the_record(northvale: World) -> None:
    northvale.partnership.name = "N" * 150
    northvale.partnership.save()
    northvale.icb.partnership = northvale.partnership
    open_case(northvale.partnership, by=northvale.icb)
    assert Event.objects.get(kind="case.opened").actor_capacity.endswith("N" * 150)
