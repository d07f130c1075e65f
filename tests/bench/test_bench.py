"""The measurements run, on sizes that take a moment, and judge themselves by their aims."""

from typing import Any

import pytest
from django.db import connection

from cspr.bench import __main__ as bench
from cspr.bench import chronology, pages, sweep
from cspr.bench.lines import Aim, Line, compared, table
from cspr.postgres.scratch import server


def scratch_of(name: str) -> set[str]:
    """The databases made beside that one; other workers make and drop their own at the same time."""
    with server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name])
        return {row[0] for row in cursor.fetchall()} - {name}


def test_pages_are_measured_at_each_size_and_leave_nothing_behind(committed: None) -> None:
    configured = connection.settings_dict["NAME"]
    lines = list(pages.measure(rounds=1, sizes=(40, 90), a_round=1))
    assert len(lines) == 2 * 12
    assert {line.name for line in lines} >= {"board, officer, 40 cases", "case, police partner, 90 cases"}
    assert not [line.name for line in lines if "with fewer cases" in line.queries]
    assert connection.settings_dict["NAME"] == configured
    assert scratch_of(configured) == set()


def test_sweep_is_measured(committed: None) -> None:
    (line,) = sweep.measure(rounds=1, deadlines=100, due=10)
    assert line.ratio is not None
    assert "100 running deadlines" in line.name


def test_merged_chronology_is_measured(committed: None) -> None:
    lines = list(chronology.measure(rounds=1, rows=90, agencies=3, a_round=1))
    assert len(lines) == 6
    assert all("90 rows of 3 agencies" in line.name for line in lines)
    assert scratch_of(connection.settings_dict["NAME"]) == set()


def test_a_part_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["speed"])
    assert "no such part: speed" in capsys.readouterr().err


def test_missing_an_aim_is_said_and_ends_the_run_with_one(
    monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = compared("invented", [6.0], [1.0], unit="{:.0f} ms", aim=Aim(5))
    monkeypatch.setattr(bench, "measured", lambda part, **given: [slow])
    assert bench.main(["pages"]) == 1
    assert "MISSED" in capsys.readouterr().out


def test_a_round_on_the_other_side_of_the_aim_is_said() -> None:
    line = compared("invented", [4.0, 4.0, 6.0], [1.0, 1.0, 1.0], unit="{:.0f}", aim=Aim(5))
    assert (line.ratio, line.verdict) == (4.0, "met, not in every round")


def test_ratio_is_the_median_of_the_rounds_not_of_the_sides() -> None:
    line = compared("invented", [1.0, 20.0, 3.0], [1.0, 10.0, 1.0], unit="{:.0f}")
    assert (line.low, line.ratio, line.high) == (1.0, 2.0, 3.0)


def test_table_shows_a_line_without_a_ratio() -> None:
    assert "not installed" in table([Line("numpy", "", "not installed")])
