"""The national form is a dated definition: a new edition is a new file, and a wrong one says where (rule 4.6)."""

from datetime import date
from pathlib import Path

import pytest

from notifications import national_form
from notifications.national_form import BadEdition, edition_in_force, edition_named, editions, parse
from notifications.national_paths import PATHS

SECOND = """
key = "2027-04"
title = "Invented second edition"
effective_from = 2027-04-01
source = "invented"
how_known = "invented"
[[sections]]
key = "first"
title = "First"
  [[sections.fields]]
  key = "summary"
  label = "In one sentence"
  kind = "text"
  max_length = 60
  required = true
  from = "referral.narrative"
"""


@pytest.fixture
def second_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An invented edition in force from 1 April 2027, as one more file."""
    (tmp_path / "2027-04.toml").write_text(SECOND, encoding="utf-8")
    monkeypatch.setattr(national_form, "FOLDERS", (*national_form.FOLDERS, tmp_path))
    return "2027-04"


def test_every_edition_we_hold_can_be_read() -> None:
    assert [edition.key for edition in editions()] == ["2025-12"]


def test_edition_says_that_the_guide_could_not_be_read() -> None:
    assert "guide could not be read" in edition_named("2025-12").how_known


def test_new_edition_is_one_more_file(second_edition: str) -> None:
    assert edition_in_force(date(2027, 3, 31)).key == "2025-12"
    assert edition_in_force(date(2027, 4, 1)).key == second_edition
    assert edition_named("2025-12").section("child") is not None


def test_day_before_every_edition_has_the_earliest() -> None:
    assert edition_in_force(date(2019, 1, 1)).key == "2025-12"


def test_edition_that_is_gone_is_named() -> None:
    with pytest.raises(BadEdition, match="1999"):
        edition_named("1999")


def test_two_files_with_one_key_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.toml").write_text(SECOND, encoding="utf-8")
    (tmp_path / "b.toml").write_text(SECOND.replace("2027-04-01", "2028-04-01"), encoding="utf-8")
    monkeypatch.setattr(national_form, "FOLDERS", (tmp_path,))
    with pytest.raises(BadEdition, match="twice"):
        editions()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"referral.narrative"', '"referral.colour"', "unknown path 'referral.colour'"),
        ('kind = "text"', 'kind = "picture"', "unknown kind 'picture'"),
        ('kind = "text"', 'kind = "date"', "max_length|answers a"),
        ('kind = "text"', 'kind = "choice"', "needs choices"),
        ("max_length = 60", "max_length = 9000", "between 1 and 200"),
        ("max_length = 60", 'options = "Colours"', "no list called 'Colours'"),
        ("max_length = 60", 'options = "Sex"', "has no choices"),
        ("max_length = 60", "longest = 60", "unknown longest"),
        ('label = "In one sentence"', "", "lacks label"),
        ('"referral.narrative"', '"child.name"', "is asked of a child"),
        ("effective_from = 2027-04-01", 'effective_from = "soon"', "must be a date"),
        ("effective_from = 2027-04-01", "", "lacks effective_from"),
        ("[[sections]]", "[[sections", "edition.toml"),
    ],
)
def test_wrong_definition_is_refused_and_says_where(before: str, after: str, told: str) -> None:
    with pytest.raises(BadEdition, match=told) as caught:
        parse(SECOND.replace(before, after), name="edition.toml")
    assert str(caught.value).startswith("edition.toml")


def test_codes_lead_only_to_what_the_field_offers() -> None:
    choices = 'choices = [["Y", "Yes"]]\n  codes = { known = "PERHAPS" }'
    text = SECOND.replace('kind = "text"', 'kind = "choice"').replace("max_length = 60", choices)
    with pytest.raises(BadEdition, match="PERHAPS"):
        parse(text.replace("referral.narrative", "incident.abuse"), name="edition.toml")


def test_every_path_is_used_or_kept_for_a_later_edition() -> None:
    used = {field.path for edition in editions() for _, field in edition.fields() if field.path}
    assert used <= set(PATHS)
