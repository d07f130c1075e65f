"""Which rows are the same event, in which order all stand, and what stands in place of a name. Rule 6.4. Pure."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapid_reviews.chronology.people import Known, Names
from rapid_reviews.chronology.weaving import Tale, weave

DAY = date(2026, 3, 12)
CALL = "Mother called 999, the child was not breathing and was taken to hospital by ambulance"
CREW = "Ambulance crew attended after a 999 call; child not breathing, conveyed to hospital"
OTHERS = [
    "Housing application received",
    "Absent from school",
    "Health visitor saw the baby",
    "Midwife booking",
]


def tale(
    key: Any, agency: str, text: str, first: date | None = DAY, last: date | None = None, **more: Any
) -> Tale:
    return Tale(key, agency, first, last or first, text, **more)


def together(*tales: Tale) -> list[list[Any]]:
    """The keys of each event, among rows that make some words common."""
    noise = [
        tale(f"x{n}", f"other {n % 3}", text, DAY + timedelta(days=40 + n)) for n, text in enumerate(OTHERS)
    ]
    return [
        [one.key for one in event.tales] for event in weave([*tales, *noise]) if event.tales[0].key[0] != "x"
    ]


def test_same_event_told_by_two_agencies_lies_together() -> None:
    assert together(tale("a", "hospital", CALL), tale("b", "ambulance", CREW)) == [["a", "b"]] or together(
        tale("a", "hospital", CALL), tale("b", "ambulance", CREW)
    ) == [["b", "a"]]


def test_rows_of_one_agency_are_never_one_event() -> None:
    assert together(tale("a", "hospital", CALL), tale("b", "hospital", CALL)) == [["a"], ["b"]]


def test_same_day_without_a_common_word_stays_apart() -> None:
    assert (
        len(together(tale("a", "hospital", CALL), tale("b", "school", "Trip permission slip was handed in")))
        == 2
    )


@pytest.mark.parametrize(("days", "number"), [(0, 1), (1, 1), (3, 1), (4, 2), (30, 2)])
def test_days_apart_matter(days: int, number: int) -> None:
    later = DAY + timedelta(days=days)
    assert len(together(tale("a", "hospital", CALL), tale("b", "ambulance", CALL, later))) == number


def test_dates_that_no_day_fits_disagree() -> None:
    events = weave([tale("a", "hospital", CALL), tale("b", "ambulance", CALL, DAY + timedelta(days=1))])
    assert [event.agree for event in events] == [False]
    events = weave(
        [tale("a", "hospital", CALL), tale("b", "ambulance", CALL, date(2026, 3, 1), date(2026, 3, 31))]
    )
    assert [event.agree for event in events] == [True]


def test_a_year_is_too_vague_to_match() -> None:
    whole = tale("b", "ambulance", CALL, date(2026, 1, 1), date(2026, 12, 31))
    assert len(together(tale("a", "hospital", CALL), whole)) == 2


def test_order_is_by_day_then_time_and_no_date_stands_last() -> None:
    events = weave([
        tale("no date", "a", "Undated", None),
        tale("noon", "a", "At noon", at=time(12)),
        tale("dawn", "b", "Early", at=time(5)),
        tale("before", "c", "The day before", DAY - timedelta(days=1)),
    ])  # fmt: skip
    assert [event.tales[0].key for event in events] == ["before", "dawn", "noon", "no date"]


days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 3, 1)))
rows = st.lists(st.tuples(st.sampled_from("abc"), days, st.sampled_from([CALL, CREW, *OTHERS])), max_size=25)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
def test_weaving_loses_nothing_and_is_the_same_in_any_order(
    given_rows: list[tuple[str, date | None, str]],
) -> None:
    tales = [tale(f"{n:02}", agency, text, day) for n, (agency, day, text) in enumerate(given_rows)]
    events = weave(tales)
    assert sorted(one.key for event in events for one in event.tales) == [one.key for one in tales]
    for event in events:
        assert len({one.agency for one in event.tales}) == len(event.tales)
    firsts = [event.first or date.max for event in events]
    assert firsts == sorted(firsts)
    backwards = weave(list(reversed(tales)))
    assert [[one.key for one in event.tales] for event in backwards] == [
        [one.key for one in event.tales] for event in events
    ]


PEOPLE = [
    Known(1, "child", "Child Alder", "Jayden Invented-Smith", "Jay, JJ"),
    Known(2, "mother", "Mother", "Kelly Smith"),
    Known(3, "sibling", "Sibling 1", "Ann Smith"),
    Known(4, "father", "Father", "José Marsh (Joe)", "O'Brien"),
    Known(5, "sibling", "Sibling 2", "Baby Marsh", "known as Tilly at home"),
]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Jayden Invented-Smith was seen", "Child Alder was seen"),
        ("JAYDEN's bruise", "Child Alder's bruise"),
        ("Jay and Kelly Smith", "Child Alder and Mother"),
        ("Mr Smith and Ms Smith rang", "Mr (family name) and Ms (family name) rang"),
        ("Jayne and annual Smithson", "Jayne and annual Smithson"),
        ("seen by Kelly, with Ann.", "seen by Mother, with Sibling 1."),
        ("Mr O'Brien", "Mr Father"),
        ("Mum said so", "Mum said so"),
        ("Known to be at home with tilly", "Known to be at home with Sibling 2"),
        ("The baby is Marsh", "The baby is (family name)"),
        ("", ""),
    ],
)  # fmt: skip
def test_names_are_replaced_as_whole_words(text: str, hidden: str) -> None:
    assert Names(PEOPLE).hidden(text) == hidden


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Jay seen with mum", [1, 2]),
        ("Mother rang", [2]),
        ("Mr Smith", []),
        ("Sibling 1 was at school", [3]),
        ("", []),
    ],
)
def test_people_are_found_by_name_and_as_the_one_mother(text: str, keys: list[int]) -> None:
    assert Names(PEOPLE).found_in(text) == keys


def test_nobody_known_hides_nothing() -> None:
    assert Names([]).hidden("Jayden") == "Jayden"
    assert Names([]).found_in("Jayden") == []


DOUBLE = [
    Known(1, "child", "Child", "Jo Marsh"),
    Known(2, "mother", "Mother", "Zoë O'Brien-Marsh"),
    Known(3, "father", "Father", "Li Na Chen"),
    Known(4, "sibling", "Sibling", "Anne-Marie Marsh"),
    Known(5, "other", "Neighbour", "An Invented"),
]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Jo was seen. Jo’s bruise, jo cried", "Child was seen. Child’s bruise, Child cried"),
        ("Li came with NA CHEN", "Father came with (family name) (family name)"),
        ("Zoe, ZOË and Zoe\u0308 attended", "Mother, Mother and Mother attended"),
        (
            "Ms O’Brien, Ms O'Brien-Marsh, Mrs O‘Brien",
            "Ms (family name), Ms (family name), Mrs (family name)",
        ),
        ("Zoë O’Brien\u2011Marsh", "Mother"),
        ("Anne at school, Anne–Marie at home", "Sibling at school, Sibling at home"),
        ("An officer ate an egg, so do we", "An officer ate an egg, so do we"),
        ("Café Jolie, joke, Lila", "Café Jolie, joke, Lila"),
    ],
)
def test_names_are_hidden_however_they_are_spelt_and_by_their_parts(text: str, hidden: str) -> None:
    assert Names(DOUBLE).hidden(text) == hidden


def test_person_is_found_by_a_name_spelt_without_its_accent() -> None:
    names = Names(DOUBLE)
    assert names.found_in("Zoe attended with jo") == [1, 2]
    assert names.found_in("Li’s brother") == [3]
    assert names.found_in("Mr O’Brien") == []
