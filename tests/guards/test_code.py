"""Rules about the code itself: what a reader may rely on anywhere in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from cspr.casework.routes import LIBRARY_PERMISSIONS, routes
from cspr.models import Controlled

ROOT = Path(__file__).resolve().parents[2]
OURS = ("cspr", "notifications")
OWN_TIME = {"cspr/now.py"}
MACHINE_MOMENTS = {
    "created_at", "changed_at", "saved_at", "used_at", "refreshed_at", "fired_at", "told_at", "finished_at", "made_at",
    "scanned_at", "queued_at", "next_attempt_at", "accepted_at", "starts_at", "ends_at", "at", "set_at", "ended_at",
}  # fmt: skip
"""Moments a machine notes, or whose person stands in another column of the same row."""


def sources() -> Iterator[Path]:
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


SOURCES = [pytest.param(path, id=named(path)) for path in sources()]
VIEWS = [one for one in SOURCES if re.search(r"/views(/|\.py)", one.id) and one.id != "cspr/views.py"]


def test_every_route_of_ours_names_its_permission() -> None:
    assert [one.path for one in routes() if not one.permission] == []


def test_every_library_route_that_is_public_exists() -> None:
    known = {one.name for one in routes()}
    assert set(LIBRARY_PERMISSIONS) <= known


def test_no_route_takes_a_number_that_can_be_counted() -> None:
    assert [one.path for one in routes() if one.ours and "int" in one.parameters.values()] == []


@pytest.mark.parametrize("path", VIEWS)
def test_views_neither_query_nor_save(path: Path) -> None:
    tree = ast.parse(path.read_text())
    found = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "save_base"}
    ]
    assert found == []


@pytest.mark.parametrize("path", SOURCES)
def test_only_one_place_asks_the_time(path: Path) -> None:
    loose = re.findall(r"date\.today\(\)|datetime\.now\(|timezone\.now\(|time\.time\(", path.read_text())
    assert loose == [] or named(path) in OWN_TIME


@pytest.mark.parametrize("path", SOURCES)
def test_files_are_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES)
def test_functions_are_short_enough_to_read(path: Path) -> None:
    tree = ast.parse(path.read_text())
    long = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


@pytest.mark.parametrize("path", SOURCES)
def test_imports_stand_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text())
    inline = [
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]
    assert inline == []


def own_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and not model.__name__.startswith("Historical")
    ]


def moments() -> Iterator[tuple[type[models.Model], str, set[str]]]:
    """Every ``_at`` column of ours that a person, not a machine, sets."""
    for model in own_models():
        columns = {field.name for field in model._meta.get_fields()}
        yield from (
            (model, name, columns) for name in columns if name.endswith("_at") and name not in MACHINE_MOMENTS
        )


def test_every_moment_of_a_person_has_the_person() -> None:
    lonely = [
        f"{model.__name__}.{name}" for model, name, columns in moments() if f"{name[:-3]}_by" not in columns
    ]
    assert lonely == []


def test_every_pair_of_moment_and_person_is_held_by_the_database() -> None:
    loose = [
        f"{model.__name__}.{name}"
        for model, name, _ in moments()
        if model._meta.get_field(name).null
        and not any(f"_{name[:-3]}_paired" in constraint.name for constraint in model._meta.constraints)
    ]
    assert loose == []


def test_every_model_that_moves_is_controlled() -> None:
    moving = [
        model for model in own_models() if any(field.name == "status" for field in model._meta.get_fields())
    ]
    loose = [model.__name__ for model in moving if not issubclass(model, Controlled)]
    assert loose in ([], ["Message"])


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|pytest\.mark\.(skip|xfail)")
    found = [named(path) for path in sources() if words.search(path.read_text())]
    assert found == []


def test_a_parameter_of_an_outer_address_is_a_parameter_of_the_inner_one() -> None:
    loose = [one.path for one in routes() if "<" in one.path and not one.parameters]
    assert loose == []
