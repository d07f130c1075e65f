"""docs/rules.md: every rule once, and every rule that is built names code and tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "docs" / "rules.md"
LATER = "Not yet built"
STAGES = {"notifications", "cases", "rapid_reviews", "local_reviews", "publication", "improvements"}
CHAPTER = {3: 3, 4: 8, 5: 6, 6: 6, 7: 4, 8: 1, 9: 7, 10: 9, 11: 5, 12: 1, 13: 1}
IDS = {f"C{number}" for number in range(1, 17)} | {
    f"{section}.{number}" for section, last in CHAPTER.items() for number in range(1, last + 1)
}
REFERENCE = re.compile(r"`([\w/.-]+)::([\w.]+)`")


class Row(NamedTuple):
    id: str
    heading: str
    cells: dict[str, str]


def read(text: str) -> list[Row]:
    """The rows of every table, each with its heading and its cells by column name."""
    rows, heading, columns = [], "", []
    for line in text.splitlines():
        if line.startswith("#"):
            heading, columns = line.lstrip("# "), []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not columns:
                columns = cells
            elif set(cells[0]) != {"-"}:
                rows.append(Row(cells[0], heading, dict(zip(columns, cells, strict=True))))
    return rows


@cache
def defined(path: Path) -> frozenset[str]:
    """The names a Python file defines: functions, classes, methods (also Class.method), assigned names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{part.name}" for part in node.body if hasattr(part, "name")}
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return frozenset(names)


def unresolved(cell: str) -> list[str]:
    """The references of a cell that lead nowhere; a cell without any reference is itself one."""
    found = REFERENCE.findall(cell)
    lost = [
        f"{path}::{name}"
        for path, name in found
        if not (ROOT / path).is_file()
        or name
        not in (defined(ROOT / path) if path.endswith(".py") else (ROOT / path).read_text(encoding="utf-8"))
    ]
    return lost if found else [cell or "(empty)"]


ROWS = read(RULES.read_text(encoding="utf-8"))
BUILT = [row for row in ROWS if row.heading != LATER]


def test_every_rule_stands_exactly_once() -> None:
    ids = [row.id for row in ROWS]
    assert sorted(ids) == sorted(set(ids))
    assert set(ids) >= IDS
    assert all(re.fullmatch(r"D\d+", extra) for extra in set(ids) - IDS)


@pytest.mark.parametrize("row", BUILT, ids=lambda row: row.id)
def test_a_built_rule_names_code_that_exists(row: Row) -> None:
    assert unresolved(row.cells["code"]) == []


@pytest.mark.parametrize("row", BUILT, ids=lambda row: row.id)
def test_a_built_rule_names_a_test_that_exists(row: Row) -> None:
    assert unresolved(row.cells["test"]) == []
    for path, name in REFERENCE.findall(row.cells["test"]):
        assert path.startswith("tests/")
        assert name.rpartition(".")[2].startswith("test_")


def test_a_rule_not_built_yet_names_its_stage() -> None:
    later = [row for row in ROWS if row.heading == LATER]
    assert [row.id for row in later if row.cells["stage"] not in STAGES] == []


def test_a_name_that_does_not_exist_is_noticed() -> None:
    assert unresolved("`cspr/statute/clocks.py::NOWHERE`") == ["cspr/statute/clocks.py::NOWHERE"]
    assert unresolved("`cspr/nowhere.py::CLOCKS`") == ["cspr/nowhere.py::CLOCKS"]
    assert unresolved("") == ["(empty)"]
    assert unresolved("`cspr/statute/clocks.py::CLOCKS`") == []
