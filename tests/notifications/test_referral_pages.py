"""The pages of a referral, as an agency's browser sees them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Access
from cspr.cases.models import Case
from cspr.govuk.dates import typed_date
from cspr.people.models import Membership
from cspr.typed.models import TypedWork
from notifications.models import Referral
from notifications.services.referral import record_outcome, withdraw
from notifications.services.referral_rows import add_row
from notifications.workflow.referral_pages import PAGES
from tests.factories.people import World
from tests.factories.referrals import ANSWERS, complete, sent, started, with_child

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def client(northvale: World, browser: Browser) -> Client:
    return browser(northvale.referrer)


@pytest.fixture
def draft(northvale: World) -> Referral:
    return started(northvale.referrer)


def url(name: str, referral: Referral, *more: object) -> str:
    return reverse(name, args=[referral.pk, *more])


def test_start_twice_from_one_form_makes_one_draft(client: Client, northvale: World) -> None:
    given = {"partnership": str(northvale.partnership.pk), "post_token": "one-form"}
    first, second = (client.post(reverse("referral_start"), given) for _ in range(2))
    assert first.url == second.url
    assert Referral.objects.count() == 1


def test_start_without_a_partnership_says_so(client: Client) -> None:
    page = client.post(reverse("referral_start"), {})
    assert "Select a partnership" in page.content.decode()


def test_task_list_says_where_each_task_stands(client: Client, draft: Referral, northvale: World) -> None:
    with_child(draft, northvale.referrer)
    text = client.get(url("referral", draft)).content.decode()
    assert all(word in text for word in ("Not started", "In progress", "Cannot start yet"))


def test_task_list_of_a_complete_draft_offers_the_check(client: Client, northvale: World) -> None:
    referral = complete(northvale.referrer)
    text = client.get(url("referral", referral)).content.decode()
    assert url("referral_check", referral) in text
    assert f"{len(PAGES)} of {len(PAGES)} tasks completed" in text


@pytest.mark.parametrize("page", [one.key for one in PAGES if one.rows is None])
def test_every_page_shows_and_refuses_emptiness_with_a_summary(
    client: Client, draft: Referral, page: str
) -> None:
    assert client.get(url("referral_page", draft, page)).status_code == 200
    empty = client.post(url("referral_page", draft, page), {})
    assert empty.status_code == 200
    assert "There is a problem" in empty.content.decode()


@pytest.mark.parametrize("page", [one.key for one in PAGES if one.rows is not None])
def test_every_list_shows_when_empty(client: Client, draft: Referral, page: str) -> None:
    assert client.get(url("referral_list", draft, page)).status_code == 200


@pytest.mark.parametrize("page", ["family", "agencies", "key-dates", "proceedings"])
def test_every_row_page_shows_and_refuses_emptiness(client: Client, draft: Referral, page: str) -> None:
    assert client.get(url("referral_row_add", draft, page)).status_code == 200
    assert "There is a problem" in client.post(url("referral_row_add", draft, page), {}).content.decode()


@pytest.mark.parametrize("page", ["identity", "about", "home", "care", "plans"])
def test_every_child_page_shows(client: Client, draft: Referral, northvale: World, page: str) -> None:
    child = with_child(draft, northvale.referrer)
    assert client.get(url("referral_child_page", draft, child.pk, page)).status_code == 200
    assert client.get(url("referral_child", draft, child.pk)).status_code == 200


def test_page_saved_for_later_may_be_incomplete(client: Client, draft: Referral) -> None:
    given = {"referrer_name": "A", "later": "1", "revision": "0"}
    answer = client.post(url("referral_page", draft, "referrer"), given)
    assert answer.url == url("referral", draft)
    draft.refresh_from_db()
    assert (draft.referrer_name, draft.referrer_role) == ("A", "")


def test_saved_page_leads_to_the_next_and_says_when_it_was_saved(client: Client, draft: Referral) -> None:
    answer = client.post(url("referral_page", draft, "purpose"), {"purpose": ["learning"], "revision": "0"})
    assert answer.url == url("referral_page", draft, "awareness")
    assert "Saved at 09:30" in client.get(answer.url).content.decode()


def test_two_tabs_on_one_page_keep_the_second_text_and_show_both(client: Client, draft: Referral) -> None:
    where = url("referral_page", draft, "what-happened")
    client.post(where, {"narrative": "From the first tab", "revision": "0"})
    second = client.post(where, {"narrative": "From the second tab", "revision": "0"}).content.decode()
    assert "From the first tab" in second
    assert "From the second tab" in second
    draft.refresh_from_db()
    assert draft.narrative == "From the first tab"


def test_second_tab_may_then_stand(client: Client, draft: Referral) -> None:
    where = url("referral_page", draft, "what-happened")
    client.post(where, {"narrative": "First", "revision": "0"})
    client.post(where, {"narrative": "Second", "revision": "1"})
    draft.refresh_from_db()
    assert draft.narrative == "Second"


def test_refused_page_gives_back_what_was_typed_on_return(client: Client, draft: Referral) -> None:
    where = url("referral_page", draft, "abuse-or-neglect")
    client.post(where, {"abuse_reason": "Typed and not saved"})
    assert "Typed and not saved" in client.get(where).content.decode()


def test_typed_work_can_be_forgotten(client: Client, draft: Referral) -> None:
    where = url("referral_page", draft, "abuse-or-neglect")
    client.post(where, {"abuse_reason": "Typed and not saved"})
    client.post(where, {"forget": "1"})
    assert not TypedWork.objects.exists()
    assert "Typed and not saved" not in client.get(where).content.decode()


@pytest.mark.parametrize("text", ["😀 family", "שלום עולם", "x" * 10_000])
def test_any_script_and_length_is_kept(client: Client, draft: Referral, text: str) -> None:
    client.post(url("referral_page", draft, "what-happened"), {"narrative": text, "revision": "0"})
    draft.refresh_from_db()
    assert draft.narrative == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nul\x00 in it", "hidden character"),
        ("turned \u202e round", "hidden character"),
        ("x" * 10_001, "must be 10,000 characters or fewer"),
    ],
)
def test_bad_text_is_refused_beside_the_field_and_kept(
    client: Client, draft: Referral, text: str, sentence: str
) -> None:
    page = client.post(url("referral_page", draft, "what-happened"), {"narrative": text, "revision": "0"})
    assert sentence in page.content.decode()
    assert text[:3] in page.content.decode()


def test_impossible_dates_are_refused_beside_their_field(client: Client, draft: Referral) -> None:
    given = {"occurred_precision": "EXACT", "occurred_exact_day": "31", "occurred_exact_month": "2"}
    page = client.post(url("referral_page", draft, "when"), {**given, "occurred_exact_year": "2026"})
    assert "must be a real date" in page.content.decode()


def test_date_in_the_future_is_refused_beside_its_field(client: Client, draft: Referral) -> None:
    given = {"occurred_precision": "EXACT", "occurred_exact_day": "24", "occurred_exact_month": "11"}
    given |= {"occurred_exact_year": "2026", "revision": "0"}
    page = client.post(url("referral_page", draft, "when"), given)
    text = page.content.decode()
    assert "The day of the incident must be today or in the past" in text
    assert 'href="#id_occurred' in text


def test_aware_before_the_incident_is_refused(client: Client, northvale: World) -> None:
    referral = complete(northvale.referrer)
    given = {
        "agency_aware_day": "1",
        "agency_aware_person": "Invented",
        **typed_date("agency_aware_on", MONDAY.date()),
    }
    given |= {"agency_aware_on_day": "1", "revision": "1"}
    page = client.post(url("referral_page", referral, "awareness"), given)
    assert "must be on or after the day of the incident, Thursday 12 November 2026" in page.content.decode()


def test_child_added_twice_from_one_form_is_one_child(client: Client, draft: Referral) -> None:
    given = {"kind": "unborn", "post_token": "one-form"}
    for _ in range(2):
        client.post(url("referral_child_add", draft), given)
    assert draft.children.count() == 1


def test_child_born_after_the_incident_is_refused(client: Client, northvale: World) -> None:
    referral = complete(northvale.referrer)
    given = {"kind": "born", **typed_date("born_on", MONDAY.date())}
    page = client.post(url("referral_child_add", referral), given)
    assert "select “An unborn child”" in page.content.decode()


@pytest.mark.parametrize(("typed", "wrong"), [("943 476 5919", False), ("943 476 5918", True), ("12", True)])
def test_nhs_number_is_checked(client: Client, draft: Referral, typed: str, wrong: bool) -> None:
    given = {"kind": "born", "age": "6", "nhs_number": typed}
    page = client.post(url("referral_child_add", draft), given)
    assert (page.status_code == 200) == wrong


def test_list_without_rows_can_be_complete(client: Client, draft: Referral) -> None:
    client.post(url("referral_list", draft, "proceedings"), {"more": "NO"})
    draft.refresh_from_db()
    assert draft.proceedings_listed


def test_children_need_at_least_one(client: Client, draft: Referral) -> None:
    page = client.post(url("referral_list", draft, "children"), {"more": "NO"})
    assert "Add at least one child" in page.content.decode()


def test_another_to_add_leads_to_adding(client: Client, draft: Referral) -> None:
    answer = client.post(url("referral_list", draft, "family"), {"more": "YES"})
    assert answer.url == url("referral_row_add", draft, "family")


def test_row_is_added_changed_and_removed(client: Client, draft: Referral) -> None:
    given = {"name": "Invented Trust", "kind": "hospital", "still_involved": "YES"}
    client.post(url("referral_row_add", draft, "agencies"), given)
    row = draft.agencies.get()
    where = url("referral_row", draft, "agencies", row.pk)
    client.post(where, {**given, "worker": "Invented Doctor", "revision": "1"})
    row.refresh_from_db()
    assert row.worker == "Invented Doctor"
    remove = url("referral_row_remove", draft, "agencies", row.pk)
    assert client.get(remove).status_code == 200
    assert [client.post(remove).status_code for _ in range(2)] == [302, 302]
    assert not draft.agencies.exists()


def test_file_is_added_and_opens(client: Client, draft: Referral) -> None:
    upload = SimpleUploadedFile("letter.txt", b"An invented letter.", content_type="text/plain")
    client.post(url("referral_attach", draft), {"description": "A letter", "file": upload, "post_token": "a"})
    version = draft.attachments.get().document.versions.get()
    assert client.get(reverse("document_download", args=[version.pk])).status_code == 200


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ\x90\x00"), ("empty.txt", b"")])
def test_refused_file_keeps_what_was_typed(
    client: Client, draft: Referral, name: str, content: bytes
) -> None:
    upload = SimpleUploadedFile(name, content)
    page = client.post(url("referral_attach", draft), {"description": "What I typed", "file": upload})
    text = page.content.decode()
    assert "There is a problem" in text
    assert "What I typed" in text
    assert not draft.attachments.exists()


def test_check_shows_every_answer_with_a_change_link(client: Client, northvale: World) -> None:
    referral = complete(northvale.referrer)
    text = client.get(url("referral_check", referral)).content.decode()
    assert ANSWERS["what-happened"]["narrative"] in text
    assert f"{url('referral_page', referral, 'harm')}?from=check" in text


def test_change_from_the_check_leads_back_to_it(client: Client, northvale: World) -> None:
    referral = complete(northvale.referrer)
    where = url("referral_page", referral, "what-happened") + "?from=check"
    answer = client.post(where, {"narrative": "Changed", "revision": "1"})
    assert answer.url == url("referral_check", referral)


def test_check_of_an_incomplete_draft_links_to_what_is_missing(client: Client, draft: Referral) -> None:
    text = client.get(url("referral_check", draft)).content.decode()
    assert "Still needed" in text
    assert url("referral_list", draft, "children") in text


def test_send_twice_is_one_referral_with_one_receipt(client: Client, northvale: World) -> None:
    referral = complete(northvale.referrer)
    first, second = (client.post(url("referral_check", referral)) for _ in range(2))
    assert first.url == second.url == url("referral_receipt", referral)
    assert Case.objects.count() == 1


def test_send_after_a_colleague_did_shows_who(client: Client, browser: Browser, northvale: World) -> None:
    referral = complete(northvale.referrer)
    browser(northvale.agency_lead).post(url("referral_check", referral))
    page = client.post(url("referral_check", referral))
    assert northvale.agency_lead.user.full_name in page.content.decode()


def test_receipt_says_when_and_holds_no_personal_data(client: Client, northvale: World) -> None:
    referral = sent(northvale.referrer)
    text = client.get(url("referral_receipt", referral)).content.decode()
    assert "NVL-R-2026-0001" in text
    assert "Monday 23 November 2026 at 09:30" in text
    assert "Tuesday 24 November 2026" in text
    assert "Invented Childname" not in text


def test_addition_is_shown_and_refused_after_withdrawal(client: Client, northvale: World) -> None:
    referral = sent(northvale.referrer)
    client.post(url("referral_add_to", referral), {"text": "Learned later", "post_token": "a"})
    assert "Learned later" in client.get(url("referral", referral)).content.decode()
    withdraw(referral, by=northvale.referrer, reason="By mistake")
    refused = client.post(url("referral_add_to", referral), {"text": "Too late", "post_token": "b"})
    assert "no longer be added to" in refused.content.decode()
    assert "Too late" in refused.content.decode()


def test_withdraw_needs_a_reason_and_says_so(client: Client, northvale: World) -> None:
    referral = sent(northvale.referrer)
    page = client.post(url("referral_withdraw", referral), {})
    assert "Enter why you are withdrawing this referral" in page.content.decode()
    assert client.post(url("referral_withdraw", referral), {"reason": "By mistake"}).status_code == 302


def test_outcome_is_shown_with_its_reason(client: Client, northvale: World) -> None:
    referral = sent(northvale.referrer)
    record_outcome(referral, outcome="Not a notifiable incident", reason="Invented reason", by=northvale.la)
    text = client.get(url("referral", referral)).content.decode()
    assert "Not a notifiable incident" in text
    assert "Invented reason" in text


def test_answer_of_a_referral_sent_in_another_tab_is_refused_and_kept(
    client: Client, northvale: World
) -> None:
    referral = sent(northvale.referrer)
    page = client.post(url("referral_page", referral, "what-happened"), {"narrative": "Too late"})
    text = page.content.decode()
    assert "has been sent" in text
    assert "Too late" in text


def test_draft_pages_of_a_sent_referral_lead_to_it(client: Client, northvale: World) -> None:
    referral = sent(northvale.referrer)
    assert client.get(url("referral_page", referral, "harm")).url == url("referral", referral)


def test_draft_is_deleted_after_asking(client: Client, draft: Referral) -> None:
    assert "cannot be undone" in client.get(url("referral_delete", draft)).content.decode()
    client.post(url("referral_delete", draft))
    assert not Referral.objects.exists()


def test_copy_shows_the_whole_referral(client: Client, northvale: World) -> None:
    text = client.get(url("referral_copy", sent(northvale.referrer))).content.decode()
    assert "Invented Childname" in text
    assert "OFFICIAL-SENSITIVE" in text


def test_looking_is_recorded_in_the_drafts_stream_then_in_the_case(client: Client, northvale: World) -> None:
    referral = complete(northvale.referrer)
    client.get(url("referral", referral))
    assert Access.objects.latest("id").stream == f"referral/{referral.pk}"
    client.post(url("referral_check", referral))
    client.get(url("referral", referral))
    referral.refresh_from_db()
    assert Access.objects.latest("id").case_id == referral.case_id


def test_list_shows_no_name_and_costs_the_same_with_many(
    client: Client, northvale: World, django_assert_max_num_queries: Callable
) -> None:
    sent(northvale.referrer)
    with django_assert_max_num_queries(60) as few:
        text = client.get(reverse("referrals")).content.decode()
    assert "Invented Childname" not in text
    for _ in range(10):
        started(northvale.referrer)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(reverse("referrals"))


def test_task_list_costs_the_same_with_many_rows(
    client: Client, draft: Referral, northvale: World, django_assert_max_num_queries: Callable
) -> None:
    def add() -> None:
        with_child(draft, northvale.referrer)
        answers = {"name": "Invented", "kind": "gp", "worker": "", "contact": "", "involved_with": ""}
        add_row(draft, page="agencies", answers={**answers, "still_involved": "NO"}, by=northvale.referrer)

    add()
    with django_assert_max_num_queries(90) as few:
        client.get(url("referral", draft))
    for _ in range(5):
        add()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url("referral", draft))
