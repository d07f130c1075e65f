"""docs/guide: a page for every role and every item of the navigation, and no picture or button that is not there."""

import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from cspr.people.context import NAVIGATION
from cspr.permissions import ROLE_TITLES
from tests.guards.test_rules import read

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
INDEX = GUIDE / "README.md"
PAGES = sorted(GUIDE.glob("*.md"))
PICTURES = sorted((GUIDE / "pictures").glob("*.png"))
LINK = re.compile(r"(!?)\[([^\]]+)\]\(([^)#]+)[^)]*\)")
WIDEST, MOST_BYTES = 1000, 2_000_000
PLACES = ("templates", "cspr", "notifications", "rapid_reviews")
EMPHASIS = {
    "Nothing you type is lost.",
    "Every look at a case is recorded.",
    "A button that cannot be pressed says why",
    "A child is shown by a reference and an invented name",
    "Email never holds personal data:",
    "Due today is not overdue.",
}
"""Bold sentences of the guide that quote no page."""


def links(page: Path) -> list[tuple[bool, str, str]]:
    """Every link of a page: whether it is a picture, its words, where it leads."""
    return [(bool(bang), words, to) for bang, words, to in LINK.findall(page.read_text(encoding="utf-8"))]


@cache
def on_screen() -> str:
    """Everything that templates and code can put on a page."""
    files = [file for place in PLACES for end in ("html", "py") for file in (ROOT / place).rglob(f"*.{end}")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def targets(label: str) -> list[str]:
    """The pages to which the index's row of this label leads."""
    rows = [row for row in read(INDEX.read_text(encoding="utf-8")) if row.id == label]
    return [to for row in rows for _, _, to in LINK.findall(row.cells["Read"])]


@pytest.mark.parametrize("label", ROLE_TITLES.values())
def test_every_role_has_a_page_that_speaks_of_it(label: str) -> None:
    pages = targets(label)
    assert pages, label
    assert any(label.lower() in (GUIDE / page).read_text(encoding="utf-8").lower() for page in pages)


@pytest.mark.parametrize("label", [label for label, _, _ in NAVIGATION])
def test_every_item_of_the_navigation_has_a_page_that_speaks_of_it(label: str) -> None:
    pages = targets(label)
    assert pages, label
    assert any(f"**{label}**" in (GUIDE / page).read_text(encoding="utf-8") for page in pages)


def test_every_link_leads_somewhere_and_every_page_is_linked() -> None:
    linked = {(page, to) for page in PAGES for _, _, to in links(page)}
    assert [(page.name, to) for page, to in linked if not (page.parent / to).exists()] == []
    assert {page.name for page in PAGES} - {to for _, to in linked} == {INDEX.name}


def test_every_picture_is_shown_once_and_made_by_a_journey() -> None:
    shown = sorted(to for page in PAGES for picture, _, to in links(page) if picture)
    assert shown == [f"pictures/{picture.name}" for picture in PICTURES]
    journeys = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests/journeys").glob("*.py"))
    made = re.findall(r'\.pictured\(\s*"([\w-]+)"', journeys)
    assert sorted(made) == sorted(picture.stem for picture in PICTURES)


def test_pictures_stay_small() -> None:
    wide = []
    for picture in PICTURES:
        with Image.open(picture) as opened:
            wide += [picture.name] if opened.width > WIDEST else []
    assert wide == []
    assert sum(picture.stat().st_size for picture in PICTURES) < MOST_BYTES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_guide_quotes_stands_on_a_page(page: Path) -> None:
    bold = {
        " ".join(words.split())
        for words in re.findall(r"\*\*(.+?)\*\*", page.read_text(encoding="utf-8"), re.DOTALL)
    }
    quoted = [words for words in bold if not _is_prose(words)]
    assert [words for words in quoted if words.rstrip(".") not in on_screen()] == []


def _is_prose(words: str) -> bool:
    """A role, a question to the reader, or one of the guide's own sentences."""
    is_role = words.lower() in {label.lower() for label in ROLE_TITLES.values()}
    return is_role or words.endswith("?") or words in EMPHASIS
