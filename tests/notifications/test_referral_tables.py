"""The tables of a referral agree with each other: pages, forms, columns, what is required, what the law requires."""

import pytest

from cspr.govuk.fields import RoughDateField
from cspr.statute.duties import Step, required
from notifications.forms.referral import CHILD_FORMS, PAGE_FORMS, ROW_FORMS
from notifications.models import Referral, ReferredChild
from notifications.services.referral_rows import MODELS
from notifications.workflow.referral_completeness import CHILD_REQUIRED, REQUIRED, ROW_REQUIRED
from notifications.workflow.referral_dates import IN_ORDER, NOT_IN_FUTURE, OF_A_CHILD
from notifications.workflow.referral_pages import CHILD_PAGES, PAGES, ROW_PAGES, SECTIONS

QUESTIONS = [page for page in PAGES if page.rows is None]
LISTS = [page for page in PAGES if page.rows is not None]


def columns_of(form: type) -> set[str]:
    found: set[str] = set()
    for name, field in form.base_fields.items():
        rough = {f"{name}_precision", f"{name}_on", f"{name}_until_on"}
        found |= rough if isinstance(field, RoughDateField) else {name}
    return found


def test_every_page_of_questions_has_a_form_and_no_form_is_left_over() -> None:
    assert set(PAGE_FORMS) == {page.key for page in QUESTIONS}
    assert set(CHILD_FORMS) == {page.key for page in CHILD_PAGES}
    assert set(ROW_FORMS) == set(ROW_PAGES) == set(MODELS)


@pytest.mark.parametrize("page", QUESTIONS, ids=lambda page: page.key)
def test_form_asks_for_exactly_the_columns_of_its_page(page) -> None:
    assert columns_of(PAGE_FORMS[page.key]) == set(page.columns)


@pytest.mark.parametrize("page", CHILD_PAGES, ids=lambda page: page.key)
def test_child_form_asks_for_exactly_the_columns_of_its_page(page) -> None:
    assert columns_of(CHILD_FORMS[page.key]) == set(page.columns)


@pytest.mark.parametrize("key", ROW_PAGES)
def test_row_form_asks_for_exactly_the_columns_of_its_row(key: str) -> None:
    assert columns_of(ROW_FORMS[key]) == set(ROW_PAGES[key])


def test_every_column_is_one_of_its_model() -> None:
    for subject, pages in ((Referral, QUESTIONS), (ReferredChild, CHILD_PAGES)):
        own = {field.name for field in subject._meta.get_fields()}
        assert {column for page in pages for column in page.columns} <= own
    for key, columns in ROW_PAGES.items():
        assert set(columns) <= {field.name for field in MODELS[key]._meta.get_fields()}


def test_every_list_hangs_on_the_referral_and_has_its_flag() -> None:
    own = {field.name for field in Referral._meta.get_fields()}
    assert all({page.rows.accessor, page.rows.flag} <= own for page in LISTS)


def test_every_page_stands_in_a_section() -> None:
    assert {page.section for page in PAGES} == set(SECTIONS)


@pytest.mark.parametrize(
    "row", [*REQUIRED, *CHILD_REQUIRED, *ROW_REQUIRED], ids=lambda row: row.sentence[:40]
)
def test_every_requirement_names_columns_of_its_page_and_a_source(row) -> None:
    pages = {page.key: page.columns for page in (*QUESTIONS, *CHILD_PAGES)} | ROW_PAGES
    named = {*row.columns, *([row.when[0]] if row.when else [])}
    assert named <= {*pages[row.page], "kind"}
    assert row.source.cite()


def test_every_page_requires_something() -> None:
    assert {row.page for row in REQUIRED} == {page.key for page in QUESTIONS}
    assert {row.page for row in CHILD_REQUIRED} == {page.key for page in CHILD_PAGES}
    assert {row.page for row in ROW_REQUIRED} == set(ROW_PAGES)


def test_what_the_law_requires_of_a_referral_is_required_here() -> None:
    asked = {column for row in (*REQUIRED, *CHILD_REQUIRED) for column in row.columns}
    asked |= {page.key for page in PAGES}
    assert {duty.what for duty in required(Step.SUBMIT_REFERRAL)} <= asked


def test_every_dated_column_is_judged() -> None:
    free = {"next_on", "expected_on"}
    dated = {
        column
        for columns in (*(page.columns for page in (*QUESTIONS, *CHILD_PAGES)), *ROW_PAGES.values())
        for column in columns
        if column.endswith("_on")
    }
    assert dated - free == set(NOT_IN_FUTURE)


def test_every_sentence_of_an_order_names_the_other_date() -> None:
    for order in (*IN_ORDER, *OF_A_CHILD):
        assert "{}" in order.when_earlier
        assert "{}" in order.when_later
