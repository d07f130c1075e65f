"""The review's pages: who reads, who writes, what is kept, what a refused person is told."""

from collections.abc import Callable
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cspr.audit.models import Access
from cspr.cases.services import wall_off
from cspr.decisions.models import Answer
from cspr.people.models import Membership
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.presenters.review_stage import stages, steps
from rapid_reviews.selectors.signing import latest_version
from rapid_reviews.services.signing import sign
from rapid_reviews.services.writing import save_section
from rapid_reviews.urls_review import urlpatterns
from tests.factories import rapid_reviews as make
from tests.factories.board import review_rows
from tests.factories.people import World

Browser = Callable[[Membership], Client]


def address(name: str, review: RapidReview, *more: object) -> str:
    return reverse(name, args=[review.case_id, *more])


def every_page(review: RapidReview) -> list[str]:
    """Every address of the review, on a case that has all it needs."""
    version = latest_version(review.case)
    values = {
        "section": "equality", "criterion": "themes", "decision_id": version.pk if version else review.pk,
        "case_id": review.case_id,
    }  # fmt: skip
    return [
        reverse(one.name, kwargs={name: values[name] for name in one.pattern.converters})
        for one in urlpatterns
    ]


def test_every_page_answers_the_unit_or_says_whose_it_is(northvale: World, browser: Browser) -> None:
    review = make.escalated(northvale)
    client = browser(northvale.officer)
    assert {client.get(page).status_code for page in every_page(review)} == {200, 403}


def test_every_page_is_missing_for_strangers_and_for_who_is_walled_off(
    northvale: World, southmere: World, browser: Browser
) -> None:
    review = make.escalated(northvale)
    wall_off(review.case, user=northvale.icb.user, by=northvale.manager, reason="Invented conflict")
    for stranger in (
        southmere.officer,
        southmere.la,
        northvale.icb,
        northvale.agency_lead,
        northvale.referrer,
    ):
        client = browser(stranger)
        assert {client.get(page).status_code for page in every_page(review)} == {404}


def test_case_without_a_review_has_no_page(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    missing = address("rapid_review", review).replace(str(review.case_id), str(review.pk))
    assert browser(northvale.officer).get(missing).status_code == 404


def test_reading_is_recorded(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    before = Access.objects.count()
    browser(northvale.la).get(address("rapid_review_read", review))
    assert Access.objects.count() == before + 1


def test_scrutineer_reads_what_was_put_to_the_partners_and_not_the_draft(
    northvale: World, browser: Browser
) -> None:
    review = make.signed(northvale)
    client, draft = browser(northvale.scrutineer), address("rapid_review_read", review)
    assert client.get(draft).status_code == 403
    page = client.get(address("rapid_review", review)).content.decode()
    assert draft not in page
    assert "Read the papers of version 1" in page
    assert draft in browser(northvale.la).get(address("rapid_review", review)).content.decode()


def test_task_list_names_every_section_and_what_is_missing(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    page = browser(northvale.officer).get(address("rapid_review", review)).content.decode()
    assert "Equality and context" in page
    assert "The criteria for a local review" in page
    assert "What is missing before the partners can sign" in page


def test_partner_has_no_tasks_to_write(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    client = browser(northvale.la)
    assert (
        "The criteria for a local review" not in client.get(address("rapid_review", review)).content.decode()
    )
    assert client.get(address("rapid_review_section", review, "equality")).status_code == 403


def test_section_page_starts_from_the_referral_and_saves(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    client = browser(northvale.officer)
    page = address("rapid_review_section", review, "incident")
    assert "An invented account of an invented incident." in client.get(page).content.decode()
    sent = client.post(page, {"text": "Invented summary", "revision": "1"})
    assert (sent.status_code, sent["Location"]) == (302, address("rapid_review", review))
    assert make.found(review).sections.get(key="incident").text == "Invented summary"


def test_required_section_left_empty_says_so(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    page = address("rapid_review_section", review, "equality")
    shown = browser(northvale.officer).post(page, {"text": "", "revision": "1"}).content.decode()
    assert "Write the section “Equality and context”" in shown


def test_what_was_typed_over_a_later_save_is_kept(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    save_section(
        review, section="equality", text="Invented by a colleague", revision=1, by=northvale.second_officer
    )
    client = browser(northvale.officer)
    page = address("rapid_review_section", review, "equality")
    shown = client.post(page, {"text": "Invented by me", "revision": "1"}).content.decode()
    assert "Somebody else saved this page" in shown
    assert "Invented by me" in client.get(page).content.decode()


def test_page_warns_that_saving_takes_signatures_back(northvale: World, browser: Browser) -> None:
    review = make.with_partners(northvale)
    page = browser(northvale.officer).get(address("rapid_review_section", review, "equality"))
    assert "Saving a change takes their signatures back" in page.content.decode()


def test_decision_leads_to_what_follows(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    client = browser(northvale.officer)
    given = {"outcome": "local_review", "rationale": "Invented", "revision": "1"}
    sent = client.post(address("rapid_review_decision", review), given)
    assert sent["Location"] == address("rapid_review_detail", review)
    assert "Key lines of enquiry" in client.get(sent["Location"]).content.decode()
    answers = {
        "scope": "Invented",
        "lines_of_enquiry": "Invented",
        "revision": "2",
        "target_on_day": "",
        "method": "",
    }
    assert client.post(sent["Location"], answers).status_code == 302
    assert make.found(review).proposals.get().scope == "Invented"


def test_put_to_partners_is_closed_until_nothing_is_missing(northvale: World, browser: Browser) -> None:
    review = make.opened(northvale)
    client = browser(northvale.officer)
    page = address("rapid_review_put_to_partners", review)
    assert "Still missing" in client.get(page).content.decode()
    client.post(page, {})
    assert make.found(review).status == ReviewStatus.GATHERING
    make.write_all(review, by=northvale.officer)
    client.post(page, {})
    assert make.found(review).status == ReviewStatus.WITH_PARTNERS


def test_partner_signs_what_the_page_shows(northvale: World, browser: Browser) -> None:
    northvale.la.delegation = "Invented delegation of the chief executive"
    northvale.la.save()
    review = make.with_partners(northvale)
    client = browser(northvale.la)
    page = address("rapid_review_sign", review)
    shown = client.get(page).content.decode()
    assert "Invented delegation of the chief executive" in shown
    assert "Invented text of equality" in shown
    client.post(page, {"answer": "yes", "reason": "Invented", "version": "1"})
    assert latest_version(review.case).sign_offs.get().partner == "LA"  # type: ignore[union-attr]


def test_signature_on_a_page_that_is_too_old_is_refused_and_kept(northvale: World, browser: Browser) -> None:
    review = make.with_partners(northvale)
    client = browser(northvale.la)
    shown = client.post(address("rapid_review_sign", review), {"answer": "yes", "reason": "Invented reason"})
    assert "The review changed after you opened this page" in shown.content.decode()
    assert "Invented reason" in shown.content.decode()


def test_partner_who_signed_is_told_why_there_is_no_second(northvale: World, browser: Browser) -> None:
    review = make.signed(northvale)
    page = browser(northvale.la).get(address("rapid_review_sign", review)).content.decode()
    assert "This cannot be done yet" in page
    assert "Agrees" in page


def test_change_shows_what_changed_and_that_signatures_were_taken_back(
    northvale: World, browser: Browser
) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented")
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    page = browser(northvale.la).get(address("rapid_review", review)).content.decode()
    assert "This signature was taken back" in page
    assert "Changed: Learning and how it is shared" in page


def test_lead_partner_decides_on_the_page(northvale: World, browser: Browser) -> None:
    review = make.escalated(northvale)
    client = browser(northvale.la_lead)
    page = address("rapid_review_escalation", review)
    shown = client.get(page).content.decode()
    assert "Invented disagreement" in shown
    assert "has no lead partner here who can decide" in shown
    client.post(page, {"answer": "yes", "reason": "Invented", "without_reason": "Invented vacancy"})
    assert make.found(review).status == ReviewStatus.SIGNED
    assert "Dissent" in client.get(address("rapid_review", review)).content.decode()


def test_scrutineer_comments_on_the_page(northvale: World, browser: Browser) -> None:
    review = make.signed(northvale)
    version = latest_version(review.case)
    client = browser(northvale.scrutineer)
    client.post(address("rapid_review_comment", review, version.pk), {"text": "Invented comment"})  # type: ignore[union-attr]
    assert "Invented comment" in client.get(address("rapid_review", review)).content.decode()


def test_board_gives_each_their_act(northvale: World) -> None:
    make.with_partners(northvale)
    titles = {name: [one.title for one in review_rows(who)] for name, who in northvale.everybody().items()}
    assert titles["la"] == titles["icb"] == titles["police"] == ["Sign the rapid review"]
    assert [one.for_others for one in review_rows(northvale.officer)] == [True]
    assert titles["la_lead"] == titles["agency_lead"] == []


def test_board_gives_a_lead_the_disagreement(northvale: World) -> None:
    make.escalated(northvale)
    assert [one.title for one in review_rows(northvale.la_lead)] == ["Decide on the disagreement"]
    assert [one.for_others for one in review_rows(northvale.police)] == [True]


def test_board_row_says_until_when(northvale: World) -> None:
    review = make.opened(northvale)
    (row,) = review_rows(northvale.officer)
    assert (row.title, row.reference) == ("Prepare the rapid review", review.case.reference)
    assert row.due_on == date(2026, 12, 7)


def test_board_asks_as_often_for_many_as_for_one(northvale: World) -> None:
    asked = []
    for _ in range(2):
        make.escalated(northvale)
        with CaptureQueriesContext(connection) as queries:
            review_rows(northvale.officer)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_stage_and_steps_follow_the_review(northvale: World) -> None:
    review = make.with_partners(northvale)
    assert stages(make.found(review))["Rapid review"].state == "current"
    assert [one.label for one in steps(make.found(review), northvale.la)] == ["Sign the rapid review"]
    assert [one.label for one in steps(make.found(review), northvale.officer)] == [
        "Take back from the partners"
    ]
