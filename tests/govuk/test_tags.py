"""The tags a page is made of."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from cspr.govuk.parts import (
    CANNOT_START,
    COMPLETED,
    Act,
    Group,
    Happening,
    Row,
    Signature,
    Stage,
    Step,
    Strip,
    StripDay,
    Table,
    Task,
)

MOMENT = datetime(2026, 11, 26, 16, 40, tzinfo=UTC)


def render(source: str, **context: object) -> str:
    return Template("{% load govuk %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% govuk_date day %}", "Thursday 26 November 2026"),
        ("{{ day|long_date }}", "Thursday 26 November 2026"),
        ("{{ late|long_date }}", "Wednesday 1 July 2026"),
        ("{% govuk_datetime moment %}", "Thursday 26 November 2026 at 16:40"),
        ("{% govuk_datetime nothing %}", ""),
        ("{{ day|medium_date }}", "26 November 2026"),
        ("{{ day|short_date }}", "Thu 26 Nov"),
        ("{{ moment|clock }}", "16:40"),
        ("{{ nothing|clock }}", ""),
    ],
)
def test_dates_in_words(source, words):
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert render(source, day=date(2026, 11, 26), moment=MOMENT, late=late, nothing=None) == words


def test_button_cannot_be_pressed_twice():
    assert 'data-prevent-double-click="true"' in render('{% button "Send to the Panel" %}')
    assert "<a" in render('{% button "Start" href="/x" %}')


def test_summary_list_escapes_and_names_its_links():
    markup = render(
        "{% summary_list rows %}", rows=[Row("Aware", "<b>", "/x"), Row("On", date(2026, 11, 26))]
    )
    assert "&lt;b&gt;" in markup
    assert "Thursday 26 November 2026" in markup
    assert '<span class="govuk-visually-hidden"> Aware</span>' in markup


def test_task_without_address_cannot_start():
    markup = render("{% task_list tasks %}", tasks=[Task("A", "/a", COMPLETED), Task("B", "", CANNOT_START)])
    assert markup.count("<a ") == 1
    assert "govuk-task-list__status--cannot-start-yet" in markup


def test_table_scrolls_in_a_named_region_and_says_when_empty():
    markup = render("{% table table %}", table=Table("Told", ("What", "When"), [("A", date(2026, 11, 26))]))
    assert 'role="region" aria-label="Told" tabindex="0"' in markup
    assert "Nothing here yet" in render("{% table table %}", table=Table("Told", ("What",), []))


def test_step_that_waits_shows_its_reasons_and_no_link():
    markup = render(
        "{% what_next steps %}",
        steps=[Step("Send", "/send", ("Two views are missing.",)), Step("Note", "/n")],
    )
    assert "/send" not in markup
    assert "Two views are missing." in markup
    assert 'href="/n"' in markup


def test_pagination_keeps_the_filter():
    page = Paginator(range(100), 10).page(2)
    markup = render(
        "{% pagination page %}", page=page, request=RequestFactory().get("/", {"stage": "R", "page": "2"})
    )
    assert "?stage=R&amp;page=3" in markup
    assert render("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


def test_clock_strip_says_in_words_what_each_day_is():
    days = [StripDay(date(2026, 11, 19), "zero", "day 0"), StripDay(date(2026, 11, 26), "due", "5 due")]
    markup = render(
        "{% clock_strip strip %}", strip=Strip("Notify", "Due on Thursday.", days, date(2026, 11, 19))
    )
    for words in ("<ol", "day 0", "5 due", "Thu 26 Nov", "today", 'data-copy="Due on Thursday."'):
        assert words in markup


def test_other_parts_render():
    source = (
        "{% stages stages %}{% signatures cards %}{% timeline happenings %}{% board groups %}"
        '{% details "More" %}<p>x</p>{% enddetails %}{% inset %}y{% endinset %}{% banner %}z{% endbanner %}'
        '{% warning "w" %}{% panel "Done" %}{% back_link "/" %}'
        '{% breadcrumbs "Cases" "/c" "Here" %}{% qr_code "x" "QR" %}'
    )
    markup = render(
        source,
        stages=[Stage("Review", "skipped", why="no criteria met")],
        cards=[Signature("Police", "A", "for the police", "Agrees", "because", MOMENT), Signature("ICB")],
        happenings=[Happening("Notified", MOMENT, "A")],
        groups=[
            Group("Overdue", [Act("Notify", "/n", "DUR-1", "Child Alder", "", "1 day late")], urgent=True)
        ],
    )
    for words in ("no criteria met", "Agrees", "Not yet given", "1 day late", "<p>x</p>", "Here", "<path"):
        assert words in markup
