"""The national notification form as a dated definition, read from ``editions/*.toml``. Pure: no Django, no database.

Rule 4.6: the pack shows every field in the form's own order. A new edition of the form is a new file and nothing else;
a pack keeps the edition it was opened with. A definition that names an unknown kind, list or path is refused when it is
read, with the file, the section and the field.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from notifications import options
from notifications.national_paths import PATHS

FOLDERS: tuple[Path, ...] = (Path(__file__).parent / "editions",)
KINDS = ("text", "long text", "date", "time", "choice", "choices")
CHOSEN = ("choice", "choices")
LONGEST = {"text": 200, "long text": 10_000}
MOST_CHILDREN = 4
"""Rule 4.5: children in detail; the others are told as text."""
EDITION_KEYS = {"key", "title", "effective_from", "source", "how_known", "sections"}
SECTION_KEYS = {"key", "title", "help", "per_child", "fields"}
FIELD_KEYS = {"key", "label", "help", "kind", "options", "choices", "required", "max_length", "from", "codes"}


class BadEdition(ValueError):
    """A definition that cannot be used; says where and why."""


@dataclass(frozen=True)
class Field:
    """One field. ``path`` names the case answer that fills it; ``codes`` turns the case's codes into the form's."""

    key: str
    label: str
    kind: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    max_length: int = 0
    path: str = ""
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def is_text(self) -> bool:
        return self.kind in LONGEST

    def label_of(self, code: str) -> str:
        """The words of a code; the code itself where the form does not have it."""
        return dict(self.choices).get(code, code)


@dataclass(frozen=True)
class Section:
    """One page of the form; ``per_child`` sections are asked again for each of at most four children."""

    key: str
    title: str
    fields: tuple[Field, ...]
    help: str = ""
    per_child: bool = False

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)


@dataclass(frozen=True)
class Edition:
    """The form as it stands from a day on; ``how_known`` says what its wording rests on."""

    key: str
    title: str
    effective_from: date
    source: str
    how_known: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def fields(self) -> Iterator[tuple[Section, Field]]:
        """Every field in the form's order, with its section."""
        return ((section, field) for section in self.sections for field in section.fields)


def editions() -> tuple[Edition, ...]:
    """Every edition we hold, oldest first. Raises BadEdition."""
    return _read(FOLDERS)


@lru_cache(maxsize=8)
def _read(folders: tuple[Path, ...]) -> tuple[Edition, ...]:
    files = sorted(path for folder in folders for path in folder.glob("*.toml"))
    found = [parse(path.read_text(encoding="utf-8"), name=path.name) for path in files]
    found.sort(key=lambda edition: edition.effective_from)
    _once([edition.key for edition in found], "the editions")
    _once([str(edition.effective_from) for edition in found], "the editions' first days")
    return tuple(found)


def edition_named(key: str) -> Edition:
    """The edition a pack was opened with. Raises BadEdition where its file is gone."""
    for edition in editions():
        if edition.key == key:
            return edition
    raise BadEdition(f"there is no edition {key!r} of the national form")


def edition_in_force(on: date) -> Edition:
    """The edition of a London day: the latest begun; before all of them, the earliest we hold."""
    held = editions()
    if not held:
        raise BadEdition("there is no edition of the national form")
    return next((edition for edition in reversed(held) if edition.effective_from <= on), held[0])


def parse(text: str, *, name: str) -> Edition:
    """One definition. Raises BadEdition with the place of the fault."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadEdition(f"{name}: {error}") from error
    _only(raw, EDITION_KEYS, name, needed=EDITION_KEYS)
    if not isinstance(raw["effective_from"], date):
        raise BadEdition(f"{name}: effective_from must be a date")
    sections = tuple(
        _section(one, f"{name}, {one.get('key', 'a section without key')}") for one in raw["sections"]
    )
    _once([section.key for section in sections], name)
    _once([field.key for section in sections for field in section.fields], name)
    heads = {key: str(raw[key]).strip() for key in ("key", "title", "source", "how_known")}
    return Edition(**heads, effective_from=raw["effective_from"], sections=sections)


def _section(raw: Mapping[str, Any], place: str) -> Section:
    _only(raw, SECTION_KEYS, place, needed={"key", "title", "fields"})
    per_child = bool(raw.get("per_child", False))
    fields = tuple(
        _field(one, f"{place}, {one.get('key', 'a field without key')}", per_child) for one in raw["fields"]
    )
    return Section(raw["key"], raw["title"], fields, raw.get("help", "").strip(), per_child)


def _field(raw: Mapping[str, Any], place: str, per_child: bool) -> Field:
    _only(raw, FIELD_KEYS, place, needed={"key", "label", "kind"})
    kind, path = raw["kind"], raw.get("from", "")
    if kind not in KINDS:
        raise BadEdition(f"{place}: unknown kind {kind!r}; it is one of {', '.join(KINDS)}")
    choices = _choices(raw, place)
    if bool(choices) != (kind in CHOSEN):
        raise BadEdition(f"{place}: a {kind} field {'needs' if kind in CHOSEN else 'has no'} choices")
    codes = tuple(sorted(raw.get("codes", {}).items()))
    strange = sorted({code for _, code in codes} - {code for code, _ in choices})
    if strange:
        raise BadEdition(f"{place}: codes lead to {', '.join(strange)}, which the field does not offer")
    _check_path(path, kind, place, per_child)
    longest = raw.get("max_length", LONGEST.get(kind, 0))
    if "max_length" in raw and not (kind in LONGEST and 0 < longest <= LONGEST[kind]):
        raise BadEdition(f"{place}: max_length must be between 1 and {LONGEST.get(kind, 0)}")
    return Field(
        key=raw["key"],
        label=raw["label"],
        kind=kind,
        help=raw.get("help", "").strip(),
        choices=choices,
        required=bool(raw.get("required", False)),
        max_length=longest,
        path=path,
        codes=codes,
    )


def _choices(raw: Mapping[str, Any], place: str) -> tuple[tuple[str, str], ...]:
    if "options" in raw and "choices" in raw:
        raise BadEdition(f"{place}: give options or choices, not both")
    if "options" not in raw:
        return tuple((str(code), str(words)) for code, words in raw.get("choices", ()))
    name = raw["options"]
    if name not in options.__all__ or not hasattr(getattr(options, name), "choices"):
        raise BadEdition(f"{place}: there is no list called {name!r}")
    return tuple((str(code), str(words)) for code, words in getattr(options, name).choices)


def _check_path(path: str, kind: str, place: str, per_child: bool) -> None:
    if not path:
        return
    if path not in PATHS:
        raise BadEdition(f"{place}: unknown path {path!r}")
    if PATHS[path] != kind and {PATHS[path], kind} - {"text", "long text"}:
        raise BadEdition(f"{place}: {path} answers a {PATHS[path]}, the field is a {kind}")
    if path.startswith("child.") and not per_child:
        raise BadEdition(f"{place}: {path} is asked of a child, the section is not")


def _only(raw: Mapping[str, Any], known: set[str], place: str, *, needed: set[str]) -> None:
    unknown, absent = sorted(set(raw) - known), sorted(needed - set(raw))
    if unknown:
        raise BadEdition(f"{place}: unknown {', '.join(unknown)}")
    if absent:
        raise BadEdition(f"{place}: lacks {', '.join(absent)}")


def _once(keys: list[str], place: str) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise BadEdition(f"{place}: {', '.join(twice)} stands there twice")
