"""What agencies are asked, as a dated definition read from ``editions/*.toml``. Pure: no Django, no database.

Rule 6.3: one proforma for every agency. A new edition is a new file and nothing else; a request is issued with a frozen
copy of the edition in force and is read with that copy for ever. A definition that cannot be used is refused when it is
read, with the file, the page and the field.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "editions"
LONGEST = {"text": 200, "long text": 10_000}
YES_OR_NO = (("yes", "Yes"), ("no", "No"))
KINDS = ("text", "long text", "date", "yes_no", "choice", "choices")
PARTS = ("", "chronology", "files")
EDITION_KEYS = {"key", "title", "effective_from", "source", "pages"}
PAGE_KEYS = {"key", "section", "title", "help", "part", "fields"}
FIELD_KEYS = {
    "key", "label", "kind", "help", "choices", "none_of", "required", "max_length", "past", "not_before",
    "shown_when", "shown_for",
}  # fmt: skip


class BadEdition(ValueError):
    """A definition that cannot be used; says where and why."""


@dataclass(frozen=True)
class Field:
    """One question. ``shown_when`` names another of its page, ``shown_for`` the answer to it that asks this one."""

    key: str
    label: str
    kind: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    none_of: str = ""
    required: bool = False
    max_length: int = 0
    past: bool = False
    not_before: str = ""
    shown_when: str = ""
    shown_for: str = ""

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether it is asked, given the other answers of its page."""
        if not self.shown_when:
            return True
        given = answers.get(self.shown_when)
        return self.shown_for in (given if isinstance(given, list) else [given])

    def words_of(self, value: Any) -> str:
        """A stored answer as a person reads it."""
        if isinstance(value, list):
            return "\n".join(dict(self.choices).get(one, str(one)) for one in value)
        return dict(self.choices).get(value, "" if value is None else str(value))


@dataclass(frozen=True)
class Page:
    """One short page: its questions, and the part that other rows hang on (the chronology, the files)."""

    key: str
    section: str
    title: str
    fields: tuple[Field, ...] = ()
    help: str = ""
    part: str = ""

    def asked(self, answers: Mapping[str, Any]) -> list[Field]:
        """The questions that are asked, given the answers."""
        return [field for field in self.fields if field.is_asked(answers)]

    def missing(self, answers: Mapping[str, Any]) -> list[Field]:
        """The questions that need an answer and have none."""
        return [
            field
            for field in self.asked(answers)
            if field.required and answers.get(field.key) in (None, "", [])
        ]


@dataclass(frozen=True)
class QuestionSet:
    """The proforma as it stands from a day on."""

    key: str
    title: str
    effective_from: date
    source: str
    pages: tuple[Page, ...]

    def page(self, key: str) -> Page | None:
        return next((page for page in self.pages if page.key == key), None)

    def after(self, key: str) -> Page | None:
        """The page that follows within the same section."""
        keys = [page.key for page in self.pages]
        rest = self.pages[keys.index(key) + 1 :]
        return rest[0] if rest and rest[0].section == self.pages[keys.index(key)].section else None

    def in_sections(self) -> Iterator[tuple[str, list[Page]]]:
        """The pages under their headings, in order."""
        for section in dict.fromkeys(page.section for page in self.pages):
            yield section, [page for page in self.pages if page.section == section]

    def missing(self, answers: Mapping[str, Any]) -> list[tuple[Page, Field]]:
        """What still needs an answer, page by page."""
        return [(page, field) for page in self.pages for field in page.missing(answers)]


def editions() -> tuple[QuestionSet, ...]:
    """Every edition we hold, oldest first. Raises BadEdition."""
    return tuple(thaw(raw) for raw in _read(FOLDER))


def edition_in_force(on: date) -> dict[str, Any]:
    """The frozen copy of the edition of a London day: the latest begun; before all of them, the earliest we hold."""
    held = _read(FOLDER)
    begun = [raw for raw in held if raw["effective_from"] <= on.isoformat()]
    return json.loads(json.dumps(begun[-1] if begun else held[0]))


def thaw(raw: Mapping[str, Any]) -> QuestionSet:
    """A frozen copy as questions."""
    pages = tuple(_page(one) for one in raw["pages"])
    begins = date.fromisoformat(raw["effective_from"])
    return QuestionSet(raw["key"], raw["title"], begins, raw["source"], pages)


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[dict[str, Any], ...]:
    found = [
        parse(path.read_text(encoding="utf-8"), name=path.name) for path in sorted(folder.glob("*.toml"))
    ]
    found.sort(key=lambda raw: raw["effective_from"])
    if not found:
        raise BadEdition("there is no edition of the questions")
    return tuple(found)


def parse(text: str, *, name: str) -> dict[str, Any]:
    """One definition, checked, as the copy that is frozen. Raises BadEdition with the place of the fault."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadEdition(f"{name}: {error}") from error
    _only(raw, EDITION_KEYS, name, needed=EDITION_KEYS)
    if not isinstance(raw["effective_from"], date):
        raise BadEdition(f"{name}: effective_from must be a date")
    for page in raw["pages"]:
        _check_page(page, f"{name}, {page.get('key', 'a page without key')}")
    _once([page["key"] for page in raw["pages"]], name)
    _once([field["key"] for page in raw["pages"] for field in page.get("fields", ())], name)
    return {**raw, "effective_from": raw["effective_from"].isoformat()}


def _check_page(raw: Mapping[str, Any], place: str) -> None:
    _only(raw, PAGE_KEYS, place, needed={"key", "section", "title"})
    if raw.get("part", "") not in PARTS:
        raise BadEdition(f"{place}: unknown part {raw['part']!r}")
    if not raw.get("fields") and raw.get("part") != "files":
        raise BadEdition(f"{place}: a page without questions")
    earlier: dict[str, Mapping[str, Any]] = {}
    for field in raw.get("fields", ()):
        _check_field(field, f"{place}, {field.get('key', 'a field without key')}", earlier)
        earlier[field["key"]] = field


def _check_field(raw: Mapping[str, Any], place: str, earlier: Mapping[str, Mapping[str, Any]]) -> None:
    _only(raw, FIELD_KEYS, place, needed={"key", "label", "kind"})
    kind = raw["kind"]
    if kind not in KINDS:
        raise BadEdition(f"{place}: unknown kind {kind!r}; it is one of {', '.join(KINDS)}")
    if bool(raw.get("choices")) != (kind in ("choice", "choices")):
        raise BadEdition(f"{place}: a {kind} field and its choices do not agree")
    if not 0 < raw.get("max_length", 1) <= LONGEST.get(kind, 1):
        raise BadEdition(f"{place}: max_length does not fit a {kind} field")
    if raw.get("not_before") and earlier.get(raw["not_before"], {}).get("kind") != "date":
        raise BadEdition(f"{place}: not_before names no earlier date of the page")
    if bool(raw.get("shown_when")) != bool(raw.get("shown_for")):
        raise BadEdition(f"{place}: shown_when and shown_for go together")
    if raw.get("shown_when"):
        offered = dict(_choices_of(earlier.get(raw["shown_when"], {})))
        if raw["shown_for"] not in offered:
            raise BadEdition(f"{place}: {raw['shown_when']} does not offer {raw['shown_for']!r}")


def _choices_of(raw: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if raw.get("kind") == "yes_no":
        return YES_OR_NO
    return tuple((str(code), str(words)) for code, words in raw.get("choices", ()))


def _page(raw: Mapping[str, Any]) -> Page:
    fields = tuple(_field(one) for one in raw.get("fields", ()))
    return Page(raw["key"], raw["section"], raw["title"], fields, raw.get("help", ""), raw.get("part", ""))


def _field(raw: Mapping[str, Any]) -> Field:
    given = {name: raw[name] for name in FIELD_KEYS & set(raw) - {"choices", "max_length"}}
    longest = raw.get("max_length", LONGEST.get(raw["kind"], 0))
    return Field(**given, choices=_choices_of(raw), max_length=longest)


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
