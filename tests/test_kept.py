"""What is put back is what was built; whoever is somewhere else builds."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from cspr.audit.models import Event
from cspr.now import now
from cspr.people.models import Partnership
from rapid_reviews.models import RapidReview
from tests.factories import notifications, sent_reviews
from tests.factories.people import make_partnership, make_world
from tests.kept import kept

pytestmark = pytest.mark.usefixtures("committed")
T = TypeVar("T")
CODES: list[str] = []


@kept
def partnership(code: str, answer: Any = None) -> Partnership:
    CODES.append(code)
    return make_partnership(code, f"Invented {code}")


@pytest.fixture(autouse=True)
def none_built() -> None:
    CODES.clear()


def in_a_test(act: Callable[[], T]) -> T:
    """As pytest-django does: in a transaction that is rolled back."""
    with transaction.atomic():
        found = act()
        transaction.set_rollback(True)
    return found


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in connection.introspection.table_names(cursor)}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return int(cursor.fetchone()[0])


@time_machine.travel("2026-11-16T09:00:00Z", tick=True)
def test_what_is_put_back_is_what_was_built(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    def sent() -> tuple[RapidReview, dict[str, int], int, list[str]]:
        review = sent_reviews.sent(make_world())
        again = RapidReview.objects.get(pk=review.pk)
        assert (again.status, again.case.partnership.code) == ("sent", "NVL")
        files = sorted(one.suffix for one in Path(settings.CSPR_DATA).rglob("*") if one.is_file())
        return review, rows(), len(connection.run_on_commit), files

    first, *built = in_a_test(sent)
    settings.CSPR_DATA = tmp_path / "other"
    settings.PRIVATE_FILES = tmp_path / "other" / "files"
    second, *put_back = in_a_test(sent)
    assert second == first
    assert put_back == built
    monkeypatch.setenv("CSPR_TEST_KEPT", "0")
    settings.CSPR_DATA = tmp_path / "third"
    settings.PRIVATE_FILES = tmp_path / "third" / "files"
    third, *built_again = in_a_test(sent)
    assert third != first
    assert built_again == built


@time_machine.travel("2026-11-16T09:00:00Z", tick=True)
def test_what_is_written_after_it_is_later_in_number_and_time() -> None:
    def decided() -> None:
        make_world()
        last = Event.objects.latest("pk")
        incident = notifications.notifiable(make_world("SMR", "Southmere"))
        assert last.at <= now()
        assert Event.objects.latest("pk").pk > last.pk
        assert incident.decided_at is not None
        assert incident.decided_at <= now() < incident.decided_at + timedelta(minutes=5)

    in_a_test(decided)
    in_a_test(decided)


def test_it_is_built_once_and_again_for_other_arguments() -> None:
    for code, codes in (("AAA", ["AAA"]), ("AAA", ["AAA"]), ("BBB", ["AAA", "BBB"])):
        in_a_test(lambda code=code: partnership(code))
        assert codes == CODES


def test_two_in_a_row_are_known_as_two() -> None:
    for _ in range(2):
        assert [one.code for one in in_a_test(lambda: [partnership("CCC"), partnership("DDD")])] == [
            "CCC",
            "DDD",
        ]
    assert CODES == ["CCC", "DDD"]
    in_a_test(lambda: partnership("DDD"))
    assert CODES == ["CCC", "DDD", "DDD"]


def test_whoever_wrote_something_before_builds() -> None:
    def after_a_change() -> None:
        make_partnership("EEE", "Invented other")
        partnership("FFF")

    in_a_test(after_a_change)
    in_a_test(after_a_change)
    assert CODES == ["FFF", "FFF"]


def test_other_settings_and_other_minutes_build(settings: Any) -> None:
    with time_machine.travel("2026-11-16T09:00:00Z", tick=False) as traveller:
        in_a_test(lambda: partnership("GGG"))
        settings.EMAIL_SUBJECT_PREFIX = "Invented"
        in_a_test(lambda: partnership("GGG"))
        traveller.shift(timedelta(minutes=1))
        in_a_test(lambda: partnership("GGG"))
    assert CODES == ["GGG"] * 3


def test_an_argument_without_a_name_builds() -> None:
    for _ in range(2):
        in_a_test(lambda: partnership("HHH", SimpleUploadedFile("invented.txt", b"x")))
    assert CODES == ["HHH", "HHH"]


def test_the_clock_of_each_call_counts() -> None:
    """Not only that of the first in a row."""

    def at(day: int) -> None:
        with time_machine.travel(f"2026-11-{day}T09:00:00Z", tick=False):
            partnership("III")
        with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
            partnership("JJJ")

    in_a_test(lambda: at(16))
    in_a_test(lambda: at(17))
    assert CODES == ["III", "JJJ", "III", "JJJ"]
