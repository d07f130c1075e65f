"""The base pages: whose they are, what is recorded, what is kept, whose save counts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cspr.audit.models import Access
from cspr.cases.models import Case
from cspr.cases.services import wall_off
from cspr.people.models import Membership, Partner
from cspr.people.selectors import CHOSEN
from cspr.permissions import Role
from cspr.typed import services as typed
from cspr.typed.models import TypedWork, UsedPostToken
from tests.factories.people import World, make_member, make_user
from tests.views.urls import CaseLine, Once

Browser = Callable[[Membership], Client]


def url(page: str, case: Case) -> str:
    return f"/invented/{page}/{case.pk}"


@pytest.mark.parametrize("page", ["read", "unit", "line", "stream"])
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_a_stranger_finds_nothing_whatever_the_page_s_permission(
    browser: Browser, northvale: World, southmere: World, case: Case, page: str, method: str
) -> None:
    walled = make_member(Role.MANAGER, partnership=northvale.partnership)
    wall_off(case, user=walled.user, by=northvale.manager, reason="Invented")
    for stranger in (southmere.manager, southmere.referrer, northvale.referrer, walled):
        answer = getattr(browser(stranger), method)(url(page, case), {"text": "x"})
        assert answer.status_code == 404
    assert not Access.objects.exists()


def test_who_may_open_the_case_and_not_the_page_is_told_whose_it_is(
    browser: Browser, northvale: World, case: Case
) -> None:
    answer = browser(northvale.officer).get(url("unit", case))
    assert answer.status_code == 403
    assert "business unit manager" in answer.content.decode()
    assert case.reference not in answer.content.decode()
    assert not Access.objects.exists()


@pytest.mark.parametrize(
    ("method", "status"), [("get", 200), ("head", 200), ("post", 200), ("get", 409), ("get", 422)]
)
def test_whatever_shows_the_case_is_recorded(
    browser: Browser, northvale: World, case: Case, method: str, status: int
) -> None:
    answer = getattr(browser(northvale.officer), method)(f"{url('read', case)}?status={status}")
    assert answer.status_code == status
    assert Access.objects.filter(case_id=case.pk, what="Invented page").count() == 1


def test_a_streamed_page_is_recorded_before_it_is_sent(
    browser: Browser, northvale: World, case: Case
) -> None:
    answer = browser(northvale.officer).get(url("stream", case))
    assert Access.objects.count() == 1
    assert b"".join(answer.streaming_content) == b"invented"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_methods_no_page_uses_are_refused_and_nothing_is_recorded(
    browser: Browser, northvale: World, case: Case, method: str
) -> None:
    assert getattr(browser(northvale.officer), method)(url("read", case)).status_code == 405
    assert not Access.objects.exists()


def test_no_record_no_page(browser: Browser, northvale: World, case: Case, monkeypatch: Any) -> None:
    client = browser(northvale.officer)
    client.raise_request_exception = False
    monkeypatch.setattr(Access._meta.get_field("actor_name"), "column", "no_such_column")
    answer = client.get(url("read", case))
    assert answer.status_code == 500
    assert case.pseudonym not in answer.content.decode()


def test_a_refused_page_keeps_what_was_typed_and_is_recorded(
    browser: Browser, northvale: World, case: Case
) -> None:
    client = browser(northvale.officer)
    answer = client.post(url("line", case), {"text": "refused", "revision": "1"})
    assert "Invented refusal" in answer.content.decode()
    assert TypedWork.objects.get().fields["text"] == ["refused"]
    assert Access.objects.count() == 1
    again = client.get(url("line", case)).content.decode()
    assert 'value="refused"' in again
    assert "Invented refusal" not in again


def test_a_page_lost_while_saving_undoes_all_of_it(browser: Browser, northvale: World, case: Case) -> None:
    answer = browser(northvale.officer).post(url("line", case), {"text": "lost", "revision": "1"})
    assert answer.status_code == 404
    assert not Access.objects.exists()


def test_a_restored_answer_is_checked_again_when_it_is_sent(
    browser: Browser, northvale: World, case: Case
) -> None:
    client = browser(northvale.officer)
    typed.keep(northvale.officer.user, path=url("line", case), fields={"text": ["x" * 101]})
    assert "x" * 101 in client.get(url("line", case)).content.decode()
    answer = client.post(url("line", case), {"text": "x" * 101, "revision": "1"})
    assert answer.status_code == 200
    assert CaseLine.saved == []


def revision_shown(answer: Any) -> str:
    return str(answer.context["revision"])


def test_an_invalid_page_is_still_typed_over_what_it_was_opened_on(
    browser: Browser, northvale: World, case: Case
) -> None:
    first, second = browser(northvale.officer), browser(northvale.second_officer)
    assert second.post(url("line", case), {"text": "theirs", "revision": "1"}).status_code == 302
    invalid = first.post(url("line", case), {"text": "", "revision": "1"})
    assert revision_shown(invalid) == "1"
    conflict = first.post(url("line", case), {"text": "mine", "revision": revision_shown(invalid)})
    assert "changed while you were typing" in conflict.content.decode()
    assert CaseLine.saved == ["theirs"]


def test_a_refused_page_is_still_typed_over_what_it_was_opened_on(
    browser: Browser, northvale: World, case: Case
) -> None:
    browser(northvale.second_officer).post(url("line", case), {"text": "theirs", "revision": "1"})
    refused = browser(northvale.officer).post(url("line", case), {"text": "refused", "revision": "1"})
    assert revision_shown(refused) == "1"


def test_kept_typing_is_still_typed_over_what_it_was_opened_on(
    browser: Browser, northvale: World, case: Case
) -> None:
    first = browser(northvale.officer)
    first.post("/typed", {"typed_path": url("line", case), "text": "mine", "revision": "1"})
    browser(northvale.second_officer).post(url("line", case), {"text": "theirs", "revision": "1"})
    restored = first.get(url("line", case))
    assert 'value="mine"' in restored.content.decode()
    assert revision_shown(restored) == "1"
    conflict = first.post(url("line", case), {"text": "mine", "revision": "1"})
    assert revision_shown(conflict) == "2"
    assert first.post(url("line", case), {"text": "mine", "revision": "2"}).status_code == 302
    assert CaseLine.saved == ["theirs", "mine"]
    assert not TypedWork.objects.exists()


@pytest.mark.parametrize("given", [None, "", "-1", "²", "1e9", "9" * 30, "1\x00", "two", "7"])
def test_a_revision_that_was_tampered_with_never_saves(
    browser: Browser, northvale: World, case: Case, given: str | None
) -> None:
    posted = {"text": "mine"} if given is None else {"text": "mine", "revision": given}
    answer = browser(northvale.officer).post(url("line", case), posted)
    assert answer.status_code == 200
    assert CaseLine.saved == []


def test_a_form_sent_twice_makes_one_thing(browser: Browser, northvale: World) -> None:
    client = browser(northvale.officer)
    token = client.get("/invented/once").context["post_token"]
    answers = [client.post("/invented/once", {"text": "x", "post_token": token}) for _ in range(3)]
    assert {answer.url for answer in answers} == {"/made/1"}
    assert len(Once.made) == 1


def test_a_token_seen_elsewhere_is_one_s_own(browser: Browser, northvale: World) -> None:
    for who in (northvale.officer, northvale.manager):
        answer = browser(who).post("/invented/once", {"text": "x", "post_token": "same"})
        assert answer.status_code == 302
    assert len(Once.made) == UsedPostToken.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x" * 65, "x" * 5000, "a\x00b", "ü", "a b", "\ud800"])
def test_a_token_that_cannot_be_ours_is_no_token(browser: Browser, northvale: World, token: str) -> None:
    posted = {"text": "", "post_token": token.encode(errors="replace").decode()}
    answer = browser(northvale.officer).post("/invented/once", posted)
    assert answer.status_code == 200
    assert len(answer.context["post_token"]) == 32


def test_a_form_opened_in_one_capacity_is_not_saved_in_another(
    browser: Browser, northvale: World, case: Case
) -> None:
    acting = northvale.la
    other = make_member(Role.SCRUTINEER, user=acting.user, partnership=northvale.partnership)
    client = browser(acting)
    opened = client.get(url("line", case)).context["typed_by"]
    session = client.session
    session[CHOSEN] = str(other.pk)
    session.save()
    answer = client.post(url("line", case), {"text": "mine", "revision": "1", "typed_by": opened})
    assert "You now act as Independent scrutineer" in answer.content.decode()
    assert CaseLine.saved == []
    again = {"text": "mine", "revision": "1", "typed_by": answer.context["typed_by"]}
    assert client.post(url("line", case), again).status_code == 302


def test_a_person_without_a_role_is_told_so_and_opens_nothing(browser: Browser, case: Case) -> None:
    gone = make_member(Role.SCRUTINEER, user=make_user("Invented Gone"), partnership=case.partnership)
    client = browser(gone)
    type(gone).objects.filter(pk=gone.pk).update(ends_on="2021-01-01")
    assert client.get("/").status_code == 403
    assert client.get(url("read", case)).status_code == 404
    assert client.get("/invented/once").status_code == 403
    assert client.post("/invented/once", {"text": "x"}).status_code == 403
    assert Once.made == []


def test_a_second_role_takes_over_when_the_chosen_one_ends(
    browser: Browser, northvale: World, case: Case
) -> None:
    acting = northvale.la
    make_member(Role.LEAD_PARTNER, user=acting.user, partnership=northvale.partnership, partner=Partner.LA)
    client = browser(acting)
    assert client.get(url("read", case)).status_code == 200
    Membership.objects.filter(pk=acting.pk).update(ends_on="2021-01-01")
    assert client.get(url("read", case)).status_code == 404
