"""Who finds a request: its agency's lead, the contributor it is assigned to, the unit of the case; nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cspr.cases.services import wall_off
from cspr.people.models import Membership
from cspr.permissions import Role
from rapid_reviews.models import InformationRequest
from rapid_reviews.selectors.requests import readable_returns
from rapid_reviews.services import returns
from rapid_reviews.urls_requests import urlpatterns
from tests.factories import requests as make
from tests.factories.people import World, make_member
from tests.factories.rapid_reviews import found

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]


def visible(to: Membership) -> bool:
    return InformationRequest.objects.visible_to(to).exists()


def test_who_sees_a_request_and_who_does_not(
    northvale: World, southmere: World, administrator: Membership
) -> None:
    request = make.issued(northvale)
    contributor = make.contributor_of(request, by=northvale.agency_lead)
    sees = [northvale.agency_lead, contributor, northvale.officer, northvale.manager, *northvale.partners]
    colleague = make_member(Role.CONTRIBUTOR, agency=northvale.school)
    hospital_lead = make_member(Role.AGENCY_LEAD, agency=northvale.hospital)
    blind = [
        colleague, hospital_lead, northvale.referrer, northvale.other_referrer, northvale.la_lead, administrator,
        *southmere.everybody().values(),
    ]  # fmt: skip
    assert [one for one in sees if not visible(one)] == []
    assert [one for one in blind if visible(one)] == []


def test_draft_is_not_seen_by_its_agency(northvale: World) -> None:
    make.drafted(northvale)
    assert not visible(northvale.agency_lead)
    assert visible(northvale.officer)


def test_contributor_loses_it_when_it_is_reassigned(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    first = make.contributor_of(request, by=northvale.agency_lead)
    page = reverse("request", args=[request.pk])
    client = browser(first)
    assert client.get(page).status_code == 200
    second = make_member(Role.CONTRIBUTOR, agency=northvale.school)
    returns.assign(make.found(request), contributor=second, by=northvale.agency_lead)
    assert client.get(page).status_code == 404
    saved = client.post(reverse("request_page", args=[request.pk, "voice"]), {"child_voice": "late"})
    assert saved.status_code == 404
    assert browser(second).get(page).status_code == 200


@pytest.mark.parametrize("who", ["agency_lead", "officer", "police"])
def test_wall_hides_it_whatever_the_role(northvale: World, browser: Browser, who: str) -> None:
    request, walled = make.issued(northvale), getattr(northvale, who)
    wall_off(request.case, user=walled.user, by=northvale.manager, reason="Invented conflict")
    assert not visible(walled)
    assert browser(walled).get(reverse("request", args=[request.pk])).status_code == 404
    assert browser(walled).get(reverse("case_request", args=[request.case_id, request.pk])).status_code == 404


def addresses(request: InformationRequest, file_id: object) -> list[str]:
    """Every address of this request, with rows that exist where a row is named."""
    given = {"case_id": request.case_id, "request_id": request.pk, "file_id": file_id, "page": "voice"}
    return [
        reverse(one.name, kwargs={name: given[name] for name in one.pattern.converters})
        for one in urlpatterns
        if one.pattern.converters and "secret" not in one.pattern.converters
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_is_not_found_for_strangers(
    northvale: World, southmere: World, browser: Browser, method: str
) -> None:
    request = make.issued(northvale)
    strangers = [
        make_member(Role.AGENCY_LEAD, agency=northvale.hospital),
        southmere.agency_lead,
        southmere.officer,
        make_member(Role.CONTRIBUTOR, agency=northvale.school),
    ]
    for stranger in strangers:
        client = browser(stranger)
        for address in addresses(request, request.pk):
            assert getattr(client, method)(address).status_code == 404, address


def test_agency_never_sees_the_case(northvale: World, browser: Browser) -> None:
    request = make.signed_off(northvale)
    client = browser(northvale.agency_lead)
    for name in ("case", "rapid_review", "case_requests"):
        assert client.get(reverse(name, args=[request.case_id])).status_code == 404, name
    assert client.get(reverse("case_request", args=[request.case_id, request.pk])).status_code == 404


def test_partner_reads_and_does_not_ask(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client = browser(northvale.police)
    assert client.get(reverse("case_requests", args=[request.case_id])).status_code == 200
    assert client.get(reverse("case_request", args=[request.case_id, request.pk])).status_code == 200
    for name in ("case_requests_ask", "case_requests_ask_guest", "case_requests_issue"):
        assert client.get(reverse(name, args=[request.case_id])).status_code == 403, name
    assert client.get(reverse("case_request_withdraw", args=[request.case_id, request.pk])).status_code == 403


def test_request_of_another_case_is_not_found(northvale: World, browser: Browser) -> None:
    one, other = make.issued(northvale), make.issued(northvale)
    client = browser(northvale.officer)
    for name in ("case_request", "case_request_preview", "case_request_withdraw", "case_request_send_back"):
        assert client.get(reverse(name, args=[one.case_id, other.pk])).status_code == 404, name


def test_unit_reads_a_return_only_when_it_was_signed_off(northvale: World) -> None:
    request = make.answered(northvale)
    assert not readable_returns(northvale.officer).exists()
    assert readable_returns(northvale.agency_lead).exists()
    returns.sign_off(request, by=northvale.agency_lead)
    assert readable_returns(northvale.officer).exists()
    assert found(request.review).requests.count() == 1
