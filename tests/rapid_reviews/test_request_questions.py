"""The questions to agencies as a dated edition: what they cover, what a wrong definition says, what is frozen."""

from datetime import date

import pytest

from rapid_reviews.question_set import BadEdition, edition_in_force, editions, parse, thaw

ASKED = {
    "author_name", "records_secured", "records_secured_on", "searched_from", "who_known", "chronology_state",
    "practice_episodes", "child_voice", "equality", "good_practice", "learning", "action_taken", "withheld",
    "withheld_reason", "other_reviews", "staff_welfare", "recommendations", "still_involved",
}  # fmt: skip
HEAD = 'key = "x"\ntitle = "X"\neffective_from = 2026-01-01\nsource = "Y"\n'
PAGE = '[[pages]]\nkey = "p"\nsection = "S"\ntitle = "P"\n'


def test_edition_asks_what_rule_6_3_and_the_templates_ask() -> None:
    held = editions()[-1]
    assert {field.key for page in held.pages for field in page.fields} >= ASKED
    assert [page.part for page in held.pages if page.part] == ["chronology", "files"]


def test_frozen_copy_reads_as_the_edition() -> None:
    assert thaw(edition_in_force(date(2026, 11, 16))) == editions()[-1]
    assert edition_in_force(date(2020, 1, 1))["key"] == editions()[0].key


def test_condition_decides_what_is_asked_and_missing() -> None:
    page = editions()[-1].page("records")
    assert page is not None
    asked = {"records_secured": "yes"}
    assert [one.key for one in page.missing(asked)] == ["records_secured_on", "records_secured_by"]
    assert [one.key for one in page.missing({"records_secured": "no"})] == ["records_not_secured_reason"]


def test_page_after_stays_within_the_section() -> None:
    held = editions()[-1]
    assert held.after("author").key == "records"  # type: ignore[union-attr]
    assert held.after("search") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + PAGE, "a page without questions"),
        (HEAD + PAGE + '[[pages.fields]]\nkey = "a"\nlabel = "A"\nkind = "wish"\n', "unknown kind"),
        (HEAD + PAGE + '[[pages.fields]]\nkey = "a"\nlabel = "A"\nkind = "choice"\n', "do not agree"),
        (
            HEAD + PAGE + '[[pages.fields]]\nkey = "a"\nlabel = "A"\nkind = "date"\nmax_length = 9\n',
            "max_length",
        ),
        (
            HEAD + PAGE + '[[pages.fields]]\nkey = "a"\nlabel = "A"\nkind = "text"\nshown_when = "b"\n',
            "go together",
        ),
        (
            HEAD + PAGE + '[[pages.fields]]\nkey = "a"\nlabel = "A"\nkind = "date"\nnot_before = "b"\n',
            "no earlier date",
        ),
        (HEAD + "pages = []\nmore = 1\n", "unknown more"),
        ("= nonsense", "file.toml"),
    ],
)
def test_wrong_definition_says_where(text: str, told: str) -> None:
    with pytest.raises(BadEdition, match=told):
        parse(text, name="file.toml")
