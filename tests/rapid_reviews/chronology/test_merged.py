"""The merged chronology: what is in it, who may see it, filter, names, files. Rules 6.3 and 6.4."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import openpyxl
import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from cspr.audit.models import Access, Event
from cspr.cases.services import wall_off
from cspr.govuk.dates import typed_date
from cspr.people.models import Membership
from cspr.permissions import Role
from notifications.models import KeyDate
from notifications.services.notification import record_sent
from rapid_reviews.models import ChronologyPerson, Happening, RapidReview, Telling, Weave
from rapid_reviews.presenters.merged import Line, Told, gap
from rapid_reviews.selectors.merged import (
    Filter,
    happenings_of,
    key_dates_of,
    marks_of,
    threads_of,
    told_returns,
)
from rapid_reviews.services import requests, returns
from rapid_reviews.services.chronology_people import add_person, answer_person
from rapid_reviews.services.weaving import keep_woven
from rapid_reviews.word.chronology import chronology_workbook
from tests.factories import chronologies as make
from tests.factories import notifications
from tests.factories import requests as asked
from tests.factories.people import World, make_member

DAY = date(2026, 3, 12)
CALL = "Mother called 999, the child was not breathing and was taken to hospital by ambulance"
Browser = Callable[[Membership], Client]


def page(review: RapidReview, query: str = "", name: str = "merged_chronology") -> str:
    return reverse(name, args=[review.case_id]) + query


@pytest.fixture
def review(northvale: World) -> RapidReview:
    """Two agencies told: one event both, a day apart; others each; one without a date; one long before."""
    review = asked.opened(northvale)
    make.told(
        northvale, review, northvale.school,
        (DAY, CALL), (date(2026, 1, 5), "Absent from school with Sam"), (None, "Once seen with a bruise"),
        (date(2024, 2, 1), "Joined the reception class"), themes=["schooling"],
    )  # fmt: skip
    make.told(
        northvale,
        review,
        northvale.hospital,
        (DAY + timedelta(days=1), CALL),
        (date(2026, 2, 1), "Eye clinic"),
    )
    return review


def woven(review: RapidReview, by: Membership) -> list[Happening]:
    keep_woven(review, by=by)
    return list(Happening.objects.filter(review=review).order_by("position"))


def test_every_row_and_key_date_stands_once_in_one_order(review: RapidReview, northvale: World) -> None:
    happenings = woven(review, northvale.officer)
    key_dates = KeyDate.objects.filter(referral__case=review.case).exclude(event="").count()
    assert Telling.objects.filter(review=review).count() == 6 + key_dates
    firsts = [one.first_on or date.max for one in happenings]
    assert firsts == sorted(firsts)


def test_same_event_is_one_and_its_dates_differ(review: RapidReview, northvale: World) -> None:
    both = [one for one in woven(review, northvale.officer) if len(one.agencies) == 2]
    assert [(one.agree, one.first_on) for one in both] == [(False, DAY)]


def test_weaving_again_changes_nothing(review: RapidReview, northvale: World) -> None:
    first = woven(review, northvale.officer)
    assert woven(review, northvale.la) == first
    assert Event.objects.filter(kind="chronology.woven").count() == 1


def test_return_not_signed_off_is_not_in_it(northvale: World) -> None:
    review = asked.opened(northvale)
    request = asked.issued(northvale, review=review)
    make.row(request, by=northvale.agency_lead)
    woven(review, northvale.officer)
    assert not Telling.objects.filter(review=review, row__isnull=False).exists()


def test_return_that_says_nothing_is_known_tells_nothing(northvale: World) -> None:
    review = asked.opened(northvale)
    request = asked.issued(northvale, review=review)
    author = asked.contributor_of(request, by=northvale.agency_lead)
    make.row(request, by=author)
    returns.nothing_known(asked.found(request), by=author)
    returns.sign_off(asked.found(request), by=northvale.agency_lead)
    woven(review, northvale.officer)
    assert not Telling.objects.filter(review=review, row__isnull=False).exists()


def test_chronology_of_the_case_is_the_merged_one_once_a_review_is_open(
    northvale: World, browser: Browser
) -> None:
    notification = notifications.pack(northvale)
    client, case = browser(northvale.officer), notification.case
    own, overview = (reverse(name, args=[case.pk]) for name in ("case_chronology", "case"))
    assert client.get(own).status_code == 200
    assert f'href="{own}"' in client.get(overview).content.decode()
    record_sent(notification, notifications.sending(), by=northvale.officer)
    merged = reverse("merged_chronology", args=[case.pk])
    assert client.get(own)["Location"] == merged
    html = client.get(overview).content.decode()
    assert f'href="{merged}"' in html
    assert f'href="{own}"' not in html


def test_what_it_is_made_of_is_what_is_merged(review: RapidReview, northvale: World) -> None:
    """The ready-made statement asks for the very rows that the weaving reads, through sending back and withdrawing.

    A correction that is no longer asked for leaves what was signed off; a later answer of that agency replaces it.
    """
    woven(review, northvale.officer)
    before = made_of(review)
    assert len(before) > 2
    assert {key for key, _ in threads_of(review)} == before
    requests.send_back(
        review.requests.get(agency=northvale.school), note="Add the nurse", by=northvale.officer
    )
    assert {key for key, _ in threads_of(review)} == made_of(review) == before
    requests.withdraw(
        review.requests.get(agency=northvale.school), reason="Asked twice", by=northvale.officer
    )
    assert {key for key, _ in threads_of(review)} == made_of(review) == before
    asked.issued(northvale, review=review, agency=northvale.school)
    assert {key for key, _ in threads_of(review)} == made_of(review) == before
    request = review.requests.get(agency=northvale.school, status="issued")
    returns.nothing_known(request, by=make_lead(northvale))
    returns.sign_off(asked.found(request), by=northvale.agency_lead)
    assert {key for key, _ in threads_of(review)} == made_of(review) < before


def make_lead(world: World) -> Membership:
    """A second person of the school who leads there."""
    return make_member(Role.AGENCY_LEAD, agency=world.school)


def made_of(review: RapidReview) -> set[UUID]:
    return {
        *told_returns(review).values_list("pk", flat=True),
        *(one.pk for one in key_dates_of(review)),
        *review.chronology_people.values_list("pk", flat=True),
    }


def test_its_extent_is_that_of_its_events(review: RapidReview, northvale: World) -> None:
    events = woven(review, northvale.officer)
    dated = [one.first_on for one in events if one.first_on]
    kept = Weave.objects.get(review=review)
    assert (kept.number, kept.first_on, kept.last_on) == (len(events), min(dated), max(dated))
    told = Telling.objects.filter(review=review)
    assert set(kept.agencies) == set(told.values_list("agency", flat=True))
    for one in events:
        assert sorted(one.agencies) == sorted(told.filter(happening=one).values_list("agency", flat=True))


def test_what_an_agency_wrote_is_shown_as_it_wrote_it(northvale: World, browser: Browser) -> None:
    """Line for line, and nothing of it is markup."""
    review = asked.opened(northvale)
    wrote = "First line <b>bold</b>\nsecond & line"
    make.told(northvale, review, northvale.school, (DAY, wrote), response="<script>x</script>")
    html = browser(northvale.officer).get(page(review)).content.decode()
    assert "First line &lt;b&gt;bold&lt;/b&gt;<br>second &amp; line" in html
    assert "Response: &lt;script&gt;x&lt;/script&gt;" in html


def test_gap_under_a_filter_speaks_of_the_filter(
    review: RapidReview, northvale: World, browser: Browser
) -> None:
    client = browser(northvale.officer)
    assert "Nothing is told for" in client.get(page(review)).content.decode()
    assert "Nothing that fits the filter is told for" in client.get(
        page(review, f"?agency={northvale.school.pk}")
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize(("days", "words"), [(91, "91 days"), (1_094, "1,094 days"), (44_925, "123 years")])
def test_gap_of_many_years_is_told_in_years(days: int, words: str) -> None:
    told = gap(DAY, DAY + timedelta(days=days + 1))
    assert told is not None
    assert told.gap == f"Nothing is told for {words}"


def test_correction_stands_once_it_is_signed_off(review: RapidReview, northvale: World) -> None:
    woven(review, northvale.officer)
    request = review.requests.get(agency=northvale.school)
    requests.send_back(request, note="Add the nurse", by=northvale.officer)
    before = Telling.objects.filter(review=review, agency=northvale.school, row__isnull=False).count()
    woven(review, northvale.officer)
    assert Telling.objects.filter(review=review, agency=northvale.school, row__isnull=False).count() == before


def test_page_shows_both_side_by_side_with_the_gap_and_the_picture(
    review: RapidReview, northvale: World, browser: Browser
) -> None:
    answer = browser(northvale.officer).get(page(review))
    html = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "Told by 2 agencies",
        "Dates differ",
        "Nothing is told for",
        "Not known",
        "<svg",
        "Thursday 12 March 2026 or Friday 13 March 2026",
    ):
        assert words in html
    assert Access.objects.filter(what="Merged chronology", case_id=review.case_id).exists()


def test_strangers_and_walled_people_find_nothing(
    review: RapidReview, northvale: World, southmere: World, browser: Browser
) -> None:
    wall_off(review.case, user=northvale.icb.user, reason="Conflict", by=northvale.manager)
    names = ("merged_chronology", "merged_chronology_word", "merged_chronology_excel", "merged_chronology_picture",
             "chronology_people", "merged_chronology_names")  # fmt: skip
    for who in (southmere.officer, southmere.la, northvale.icb, northvale.agency_lead, northvale.referrer):
        client = browser(who)
        assert [client.get(page(review, name=name)).status_code for name in names] == [404] * len(names)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [("theme=schooling", "Absent from school", "Eye clinic"), ("differ=on", "called 999", "Eye clinic"),
     ("from_on_day=1&from_on_month=2&from_on_year=2026", "Eye clinic", "Absent from school"),
     ("until_on_day=31&until_on_month=1&until_on_year=2026", "Absent from school", "Eye clinic"),
     ("agency=nonsense", "Eye clinic", "There is no such agency"), ("at=never&zoom=week&page=99", "seen with", "zzz")],
)  # fmt: skip
def test_filter_shows_what_fits(
    review: RapidReview, northvale: World, browser: Browser, query: str, shown: str, hidden: str
) -> None:
    html = browser(northvale.officer).get(page(review, f"?{query}")).content.decode()
    assert shown in html
    assert hidden not in html


def test_filter_by_agency_and_person_is_by_id(
    review: RapidReview, northvale: World, browser: Browser
) -> None:
    woven(review, northvale.officer)
    add_person(
        review, answers={"kind": "sibling", "called": "Brother", "name": "Sam Invented", "other_names": ""},
        by=northvale.officer,
    )  # fmt: skip
    client = browser(northvale.officer)
    html = client.get(page(review, f"?agency={northvale.hospital.pk}")).content.decode()
    assert "Eye clinic" in html
    assert "Absent from school" not in html
    person = ChronologyPerson.objects.get(called="Brother")
    html = client.get(page(review, f"?person={person.pk}")).content.decode()
    assert "Absent from school with Brother" in html
    assert "Eye clinic" not in html


def test_names_are_hidden_until_switched_and_the_switch_is_recorded(
    review: RapidReview, northvale: World, browser: Browser
) -> None:
    woven(review, northvale.officer)
    add_person(
        review, answers={"kind": "sibling", "called": "Brother", "name": "Sam Invented", "other_names": ""},
        by=northvale.officer,
    )  # fmt: skip
    client = browser(northvale.la)
    assert "with Brother" in client.get(page(review)).content.decode()
    answer = client.post(
        page(review, name="merged_chronology_names"), {"show": "1", "keeps": "?theme=schooling"}
    )
    assert answer["Location"].endswith("?theme=schooling")
    assert "with Sam" in client.get(page(review)).content.decode()
    assert Event.objects.filter(kind="chronology.names_shown").count() == 1
    client.post(page(review, name="merged_chronology_names"), {"hide": "1"})
    assert "with Sam" not in client.get(page(review)).content.decode()


def test_file_with_names_is_called_so(review: RapidReview, northvale: World, browser: Browser) -> None:
    client, file = browser(northvale.officer), page(review, name="merged_chronology_excel")
    without = client.get(file)["Content-Disposition"]
    client.post(page(review, name="merged_chronology_names"), {"show": "1"})
    assert ("with-names" in without, "with-names" in client.get(file)["Content-Disposition"]) == (False, True)


def test_period_that_ends_before_it_begins_is_told(
    review: RapidReview, northvale: World, browser: Browser
) -> None:
    days = {**typed_date("from_on", date(2026, 3, 1)), **typed_date("until_on", date(2025, 3, 1))}
    shown = browser(northvale.officer).get(page(review), days).content.decode()
    assert "The last day must be the same as or after Sunday 1 March 2026" in shown


def test_scrutineer_reads_without_names(review: RapidReview, northvale: World, browser: Browser) -> None:
    client = browser(northvale.scrutineer)
    assert client.get(page(review)).status_code == 200
    assert client.post(page(review, name="merged_chronology_names"), {"show": "1"}).status_code == 403


def test_switch_leads_nowhere_else(review: RapidReview, northvale: World, browser: Browser) -> None:
    answer = browser(northvale.la).post(
        page(review, name="merged_chronology_names"), {"keeps": "//evil.test"}
    )
    assert answer["Location"] == page(review)


def test_person_who_is_corrected_is_found_anew(review: RapidReview, northvale: World) -> None:
    woven(review, northvale.officer)
    given = {"kind": "sibling", "called": "Brother", "name": "Nobody Yet", "other_names": ""}
    person = add_person(review, answers=given, by=northvale.officer)
    woven(review, northvale.officer)
    assert not Telling.objects.filter(people__contains=[person.pk]).exists()
    answer_person(person, answers={**given, "other_names": "Sam"}, revision=None, by=northvale.officer)
    woven(review, northvale.officer)
    assert Telling.objects.filter(people__contains=[person.pk]).count() == 1


def test_word_file_has_headings_and_repeated_header_rows(
    review: RapidReview, northvale: World, browser: Browser
) -> None:
    answer = browser(northvale.officer).get(page(review, name="merged_chronology_word"))
    document = Document(io.BytesIO(answer.content))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[1:] == [*sorted(headings[1:-1]), "Date not known"]
    assert all("tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert "Told by 2 agencies" in document.element.xml
    assert Event.objects.get(kind="chronology.exported").detail["names"] == "without names"


FORMULAS = [
    '=HYPERLINK("http://x.test")',
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1",
    "|calc",
    "%1",
    "'=1",
    "\x00=1",
]


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    lines = [
        Line(text, (Told(text, text, text, text, text, text, text, text, text, text),)) for text in FORMULAS
    ]
    content = chronology_workbook(lines, title="=1+1", told=["=2+2"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_excel_file_has_a_row_for_each_telling(
    review: RapidReview, northvale: World, browser: Browser
) -> None:
    answer = browser(northvale.officer).get(page(review, "?theme=schooling", name="merged_chronology_excel"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    events = [row[5].value for row in sheet.iter_rows(min_row=2)]
    assert events.count(CALL) == 2
    assert "Eye clinic" not in events
    days = [row[13].value for row in sheet.iter_rows(min_row=2) if row[13].value]
    assert days == sorted(days)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert ".xlsx" in answer["Content-Disposition"]


def test_picture_says_the_same_as_the_table(review: RapidReview, northvale: World, browser: Browser) -> None:
    client = browser(northvale.officer)
    client.get(page(review))
    dated = Telling.objects.filter(review=review, happening__first_on__isnull=False).count()
    for zoom in ("year", "month", "day"):
        html = client.get(page(review, f"?zoom={zoom}")).content.decode()
        assert 'class="app-picture__mark"' in html
        drawn = client.get(page(review, f"?zoom={zoom}")).context["picture"]
        assert [(one.x, one.y) for one in drawn.dots] == sorted((one.x, one.y) for one in drawn.dots)
        assert sum(one.number for one in marks_of(of_review(review), zoom=zoom)) == dated
    alone = client.get(page(review, name="merged_chronology_picture"))
    assert alone["Content-Type"] == "image/svg+xml"
    assert b"<a " not in alone.content
    assert b"Northvale Invented Hospital" in alone.content


def of_review(review: RapidReview) -> QuerySet[Happening]:
    return happenings_of(review, Filter())


def test_mark_of_the_picture_leads_to_its_events(
    review: RapidReview, northvale: World, browser: Browser
) -> None:
    client = browser(northvale.officer)
    drawn = client.get(page(review, "?zoom=month")).context["picture"]
    dot = next(one for one in drawn.dots if one.label.startswith("February 2026"))
    html = client.get(page(review, dot.href.partition("#")[0])).content.decode()
    assert "Eye clinic" in html
    assert "Absent from school" not in html


def test_number_of_queries_is_the_same_for_one_row_and_for_many(northvale: World, browser: Browser) -> None:
    review = asked.opened(northvale)
    counts = []
    many = [(DAY - timedelta(days=n), f"Invented event number {n}") for n in range(40)]
    for agency, events in ((northvale.school, many[:1]), (northvale.hospital, many)):
        make.told(northvale, review, agency, *events)
        client = browser(northvale.officer)
        client.get(page(review))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(page(review))
        counts.append(len(captured))
    assert counts[0] == counts[1]
