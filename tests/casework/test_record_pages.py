"""The pages of a case's record: as Django's own paginator would give them, in one statement."""

import pytest
from django.core.paginator import Paginator
from pytest_django.fixtures import DjangoAssertNumQueries

from cspr.audit.access import looked
from cspr.audit.models import Access
from cspr.audit.selectors import looks_at
from cspr.audit.sentences import SENTENCES
from cspr.cases.models import Case
from cspr.cases.services import open_case
from cspr.casework.views.record import A_PAGE, page_of
from tests.factories.people import World


@pytest.fixture
def case(northvale: World) -> Case:
    """Looked at on two pages and a half."""
    case = open_case(northvale.partnership, by=northvale.officer)
    looked(by=northvale.officer, case=case, what="Overview", path="/")
    row = Access.objects.get()
    Access.objects.bulk_create(
        Access(
            **{
                field.attname: getattr(row, field.attname)
                for field in Access._meta.fields
                if field.name != "id"
            }
        )
        for _ in range(2 * A_PAGE + 20)
    )
    return case


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "0", "-1", "x", "", "99999999"])
def test_page_is_the_paginators(case: Case, number: str) -> None:
    rows = looks_at(case.pk)
    expected, given = Paginator(rows, A_PAGE).get_page(number), page_of(rows, number)
    assert [one.pk for one in given] == [one.pk for one in expected]
    assert (given.number, given.paginator.num_pages) == (expected.number, expected.paginator.num_pages)


def test_page_is_one_statement(case: Case, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        page = page_of(looks_at(case.pk), "2")
        assert len(list(page)) == A_PAGE
        assert page.paginator.count == 2 * A_PAGE + 21


def test_no_sentence_spells_out_a_fingerprint() -> None:
    assert [kind for kind, one in SENTENCES.items() if "sha256" in one] == []
