"""Who finds a referral: its referrer, the agency's lead, the partnership once it was sent; nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cspr.cases.services import wall_off
from cspr.people.models import Membership
from cspr.permissions import Role
from notifications.models import Referral
from notifications.referral_urls import urlpatterns
from tests.factories.people import World, make_member
from tests.factories.referrals import complete, sent, started, with_child

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]
STRANGERS_TO_A_DRAFT = [
    "officer",
    "manager",
    "la",
    "icb",
    "police",
    "la_lead",
    "scrutineer",
    "other_referrer",
]


def visible(to: Membership) -> bool:
    return Referral.objects.visible_to(to).exists()


@pytest.mark.parametrize("who", ["referrer", "agency_lead"])
@pytest.mark.parametrize("make", [started, sent])
def test_own_agency_sees_its_referral(northvale: World, who: str, make: Callable) -> None:
    make(northvale.referrer)
    assert visible(getattr(northvale, who))


@pytest.mark.parametrize("who", STRANGERS_TO_A_DRAFT)
def test_draft_is_for_its_agency_alone(northvale: World, who: str) -> None:
    started(northvale.referrer)
    assert not visible(getattr(northvale, who))


@pytest.mark.parametrize("who", ["officer", "manager", "la", "icb", "police"])
def test_partnership_sees_what_was_sent(northvale: World, who: str) -> None:
    sent(northvale.referrer)
    assert visible(getattr(northvale, who))


@pytest.mark.parametrize("who", ["other_referrer", "la_lead", "scrutineer"])
def test_sent_referral_is_closed_to_the_rest(northvale: World, who: str) -> None:
    sent(northvale.referrer)
    assert not visible(getattr(northvale, who))


def test_colleague_who_only_refers_does_not_see_it(northvale: World) -> None:
    started(northvale.referrer)
    assert not visible(make_member(Role.REFERRER, agency=northvale.school))


def test_contributor_and_administrator_see_none(northvale: World, administrator: Membership) -> None:
    sent(northvale.referrer)
    assert not visible(administrator)
    assert not visible(make_member(Role.CONTRIBUTOR, agency=northvale.school))


def test_other_partnership_sees_none(northvale: World, southmere: World) -> None:
    sent(northvale.referrer)
    assert not any(visible(one) for one in southmere.everybody().values())


@pytest.mark.parametrize("who", ["officer", "agency_lead", "referrer"])
def test_wall_hides_it_whatever_the_role(northvale: World, who: str) -> None:
    referral, walled = sent(northvale.referrer), getattr(northvale, who)
    wall_off(referral.case, user=walled.user, by=northvale.manager, reason="Invented conflict")
    assert not visible(walled)


def addresses(referral: Referral) -> list[str]:
    """Every address of this referral, with rows that exist where a row is named."""
    child = referral.children.first()
    found = []
    for pattern in urlpatterns:
        converters = pattern.pattern.converters
        if "referral_id" not in converters:
            continue
        given = {"referral_id": referral.pk, "child_id": child.pk, "row_id": child.pk}
        page = {"referral_child_page": "identity", "referral_page": "harm"}.get(pattern.name, "children")
        arguments = {name: {**given, "page": page}[name] for name in converters}
        found.append(reverse(pattern.name, kwargs=arguments))
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_is_not_found_for_strangers(
    northvale: World, southmere: World, browser: Browser, method: str
) -> None:
    referral = complete(northvale.referrer)
    for stranger in (northvale.other_referrer, southmere.agency_lead, southmere.officer):
        client = browser(stranger)
        for address in addresses(referral):
            assert getattr(client, method)(address).status_code == 404, address


def test_row_of_another_referral_is_not_found(northvale: World, browser: Browser) -> None:
    one, other = started(northvale.referrer), started(northvale.referrer)
    child = with_child(other, northvale.referrer)
    client = browser(northvale.referrer)
    assert client.get(reverse("referral_child", args=[one.pk, child.pk])).status_code == 404
    assert client.get(reverse("referral_row_remove", args=[one.pk, "children", child.pk])).status_code == 404


def test_unit_reads_and_does_not_act(northvale: World, browser: Browser) -> None:
    referral = sent(northvale.referrer)
    client = browser(northvale.officer)
    assert client.get(reverse("referral", args=[referral.pk])).status_code == 200
    assert client.post(reverse("referral_withdraw", args=[referral.pk]), {"reason": "x"}).status_code == 403
    assert client.get(reverse("referral_start")).status_code == 403


@pytest.mark.parametrize("page", ["nothing", "children", "identity"])
def test_page_that_is_none_is_not_found(northvale: World, browser: Browser, page: str) -> None:
    referral = started(northvale.referrer)
    assert (
        browser(northvale.referrer).get(reverse("referral_page", args=[referral.pk, page])).status_code == 404
    )
