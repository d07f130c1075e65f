"""The pages of requests and returns as the unit, an agency's lead and a contributor use them."""

import html
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Access
from cspr.documents.checks.kinds import ALLOWED
from cspr.govuk.dates import typed_date
from cspr.people.models import Membership
from rapid_reviews.models import InformationRequest
from rapid_reviews.options.requests import RequestStatus
from rapid_reviews.presenters.returns import latest
from rapid_reviews.selectors.network import people_of
from rapid_reviews.services import returns
from tests.factories import chronologies
from tests.factories import requests as make
from tests.factories.people import World
from tests.factories.rapid_reviews import opened

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]


def url(name: str, request: InformationRequest, *more: object) -> str:
    return reverse(name, args=[request.pk, *more])


def telling_post(request_or_review: object) -> dict[str, object]:
    case = request_or_review.case  # type: ignore[attr-defined]
    return {
        "context": "Invented words for the agency",
        "people": [one.key for one in people_of(case)],
        **typed_date("from_on", date(2024, 1, 1)),
        **typed_date("until_on", date(2026, 11, 12)),
    }


def test_unit_asks_previews_and_issues(northvale: World, browser: Browser) -> None:
    review = opened(northvale)
    client, case = browser(northvale.officer), review.case
    ask = reverse("case_requests_ask", args=[case.pk])
    assert northvale.school.name in client.get(ask).content.decode()
    sent = client.post(
        ask, {"agencies": [northvale.school.pk], "post_token": "a" * 20, **telling_post(review)}
    )
    assert sent.status_code == 302, sent.content.decode()
    request = InformationRequest.objects.get(review=review)
    preview = client.get(reverse("case_request_preview", args=[case.pk, request.pk])).content.decode()
    assert "Invented words for the agency" in preview
    assert client.get(reverse("case_request_issue", args=[case.pk, request.pk])).status_code == 200
    client.post(reverse("case_request_issue", args=[case.pk, request.pk]))
    assert make.found(request).status == RequestStatus.ISSUED
    listed = client.get(reverse("case_requests", args=[case.pk])).content.decode()
    assert "Not answered yet (1)" in listed
    assert "Days of the rapid review" in listed


def test_prepared_requests_are_issued_together(northvale: World, browser: Browser) -> None:
    request = make.drafted(northvale)
    client = browser(northvale.officer)
    page = reverse("case_requests_issue", args=[request.case_id])
    assert request.agency.name in client.get(page).content.decode()
    client.post(page)
    assert make.found(request).status == RequestStatus.ISSUED


def test_description_is_changed_until_it_is_issued(northvale: World, browser: Browser) -> None:
    request = make.drafted(northvale)
    client = browser(northvale.officer)
    page = reverse("case_request_describe", args=[request.case_id, request.pk])
    assert client.post(page, {"revision": 1, **telling_post(request)}).status_code == 302
    assert make.found(request).shared_context == "Invented words for the agency"
    stale = client.post(page, {"revision": 1, **telling_post(request), "context": "Other words"})
    assert "Somebody else saved this page" in stale.content.decode()


def test_agency_reads_what_it_is_told_and_the_look_is_recorded(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    shown = browser(northvale.agency_lead).get(url("request", request)).content.decode()
    assert "A child was hurt at an invented home." in shown
    assert "section 16H" in shown
    assert Access.objects.filter(case_id=request.case_id, user_id=northvale.agency_lead.user_id).exists()


def test_every_page_of_the_questions_is_answered(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client = browser(northvale.agency_lead)
    for page in make.ANSWERS:
        assert client.get(url("request_page", request, page)).status_code == 200
    answers = {"child_voice": "Invented voice", "revision": 0}
    saved = client.post(url("request_page", request, "voice"), answers)
    assert saved.status_code == 302
    assert latest(make.found(request)).answers["child_voice"] == "Invented voice"  # type: ignore[union-attr]
    assert "1 of 13 tasks completed" in client.get(url("request", request)).content.decode()


def test_dates_and_conditions_of_a_page_are_kept(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client, page = browser(northvale.agency_lead), url("request_page", request, "records")
    given = {
        "records_secured": "yes", "records_secured_by": "Invented Keeper", "records_not_secured_reason": "left over",
        "revision": 0, **typed_date("records_secured_on", date(2026, 11, 14)),
    }  # fmt: skip
    assert client.post(page, given).status_code == 302
    answers = latest(make.found(request)).answers  # type: ignore[union-attr]
    assert answers["records_secured_on"] == "2026-11-14"
    assert answers["records_not_secured_reason"] == ""
    assert 'value="14"' in client.get(page).content.decode()


def test_missing_answer_is_asked_for_unless_for_later(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client, page = browser(northvale.agency_lead), url("request_page", request, "author")
    refused = client.post(page, {"author_name": "Invented Author", "revision": 0})
    assert (
        "Enter your job title" in refused.content.decode() or "job title" in refused.content.decode().lower()
    )
    assert (
        client.post(page, {"author_name": "Invented Author", "later": "1", "revision": 0}).status_code == 302
    )


def test_what_is_wrong_with_an_answer_is_said_in_a_sentence(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client = browser(northvale.agency_lead)
    tomorrow = typed_date("records_secured_on", date(2026, 11, 17))
    page = url("request_page", request, "records")
    shown = client.post(page, {"records_secured": "yes", "revision": 0, **tomorrow}).content.decode()
    assert "The date must be today or in the past" in shown
    assert "Answer the question “Who secured them?”" in shown
    page = url("request_page", request, "voice")
    shown = client.post(page, {"child_voice": "x" * 10_001, "revision": 0}).content.decode()
    assert "Your answer must be 10,000 characters or fewer" in shown


def test_nothing_known_says_that_answers_are_left_out(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client, page = browser(northvale.agency_lead), url("request_nothing_known", request)
    assert "There are answers already" not in client.get(page).content.decode()
    make.filled(request, by=northvale.agency_lead)
    assert "There are answers already" in client.get(page).content.decode()


def test_page_saved_by_two_shows_both(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client, page = browser(northvale.agency_lead), url("request_page", request, "voice")
    returns.save_page(
        request, page="voice", answers={"child_voice": "Theirs"}, revision=0, by=northvale.agency_lead
    )
    shown = client.post(page, {"child_voice": "Mine", "revision": 0}).content.decode()
    assert "Theirs" in shown
    assert "Mine" in shown


def test_nothing_known_takes_two_clicks_and_a_second_person(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    author = make.contributor_of(request, by=northvale.agency_lead)
    client = browser(author)
    assert client.get(url("request_nothing_known", request)).status_code == 200
    client.post(url("request_nothing_known", request))
    assert make.found(request).status == RequestStatus.ANSWERED
    lead = browser(northvale.agency_lead)
    signs = lead.get(url("request_sign_off", request)).content.decode()
    assert "Nothing is known of the child" in signs
    assert request.shared_people[0]["name"] in signs
    lead.post(url("request_sign_off", request))
    assert make.found(request).status == RequestStatus.NIL_RETURN


def test_return_is_checked_signed_off_and_read_by_the_unit(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    author = make.contributor_of(request, by=northvale.agency_lead)
    make.filled(make.found(request), by=author)
    client = browser(author)
    assert "An invented visit that was missed" in client.get(url("request_check", request)).content.decode()
    client.post(url("request_check", request))
    unit = browser(northvale.officer)
    page = reverse("case_request", args=[request.case_id, request.pk])
    assert "An invented visit that was missed" not in unit.get(page).content.decode()
    browser(northvale.agency_lead).post(url("request_sign_off", request))
    shown = unit.get(page).content.decode()
    assert "An invented visit that was missed" in shown
    assert "16 November 2026" in unit.get(reverse("case_requests", args=[request.case_id])).content.decode()


def test_author_cannot_sign_off(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    make.filled(request, by=northvale.agency_lead)
    client = browser(northvale.agency_lead)
    client.post(url("request_check", request))
    assert "somebody else has to" in client.get(url("request_sign_off", request)).content.decode()
    client.post(url("request_sign_off", request))
    assert make.found(request).status == RequestStatus.ANSWERED


def test_contributor_does_not_assign_sign_off_or_refuse(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client = browser(make.contributor_of(request, by=northvale.agency_lead))
    for name in ("request_assign", "request_sign_off", "request_hand_back", "request_refuse"):
        assert client.get(url(name, request)).status_code == 403, name


def test_refusal_quotes_the_duty_and_records_the_ground(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client = browser(northvale.agency_lead)
    assert "section 16H" in client.get(url("request_refuse", request)).content.decode()
    client.post(url("request_refuse", request), {"ground": "court_order", "reason": "Invented order"})
    refused = make.found(request)
    assert (refused.status, refused.refusal_ground) == (RequestStatus.REFUSED, "court_order")
    shown = browser(northvale.officer).get(reverse("case_request", args=[request.case_id, request.pk]))
    assert "A court order forbids it" in shown.content.decode()


def test_sent_back_return_shows_the_note_and_keeps_both_versions(northvale: World, browser: Browser) -> None:
    request = make.signed_off(northvale)
    unit = browser(northvale.officer)
    unit.post(
        reverse("case_request_send_back", args=[request.case_id, request.pk]),
        {"reason": "Invented correction"},
    )
    lead = browser(northvale.agency_lead)
    assert "Invented correction" in lead.get(url("request", request)).content.decode()
    returns.save_page(
        make.found(request), page="voice", answers={"child_voice": "Corrected"}, revision=None,
        by=northvale.agency_lead,
    )  # fmt: skip
    contributor = make.found(request).contributor
    browser(contributor).post(url("request_check", request))  # type: ignore[arg-type]
    lead.post(url("request_sign_off", request))
    shown = unit.get(reverse("case_request", args=[request.case_id, request.pk])).content.decode()
    assert "version 2" in shown
    assert "version 1" in shown
    assert "Corrected" in shown


def test_author_reads_why_the_return_was_handed_back_until_it_is_sent_again(
    northvale: World, browser: Browser
) -> None:
    request = make.answered(northvale)
    author = browser(request.contributor)  # type: ignore[arg-type]
    browser(northvale.agency_lead).post(url("request_hand_back", request), {"reason": "Say who heard her"})
    shown = author.get(url("request", request)).content.decode()
    assert "Northvale Designated Lead handed the return back" in shown
    assert "Say who heard her" in shown
    author.post(url("request_check", request))
    assert "Say who heard her" not in author.get(url("request", request)).content.decode()


def test_file_is_attached_and_taken_out(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client = browser(northvale.agency_lead)
    upload = SimpleUploadedFile("notes.txt", b"Invented notes", content_type="text/plain")
    sent = client.post(
        url("request_files", request),
        {"description": "Invented notes", "file": upload, "post_token": "b" * 20},
    )
    assert sent.status_code == 302
    file = latest(make.found(request)).files.get()  # type: ignore[union-attr]
    download = reverse("document_download", args=[file.document.versions.get().pk])
    assert browser(northvale.officer).get(download).status_code == 404
    assert client.get(url("request_file_remove", request, file.pk)).status_code == 200
    client.post(url("request_file_remove", request, file.pk))
    assert not latest(make.found(request)).files.exists()  # type: ignore[union-attr]


def test_page_of_files_promises_no_kind_that_is_refused(northvale: World, browser: Browser) -> None:
    shown = browser(northvale.agency_lead).get(url("request_files", make.issued(northvale))).content.decode()
    assert ALLOWED in shown
    assert "PowerPoint" not in shown


def test_withdrawn_request_says_why_to_the_agency(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    page = reverse("case_request_withdraw", args=[request.case_id, request.pk])
    browser(northvale.officer).post(page, {"reason": "Asked by mistake"})
    assert "Asked by mistake" in browser(northvale.agency_lead).get(url("request", request)).content.decode()


def test_copy_shows_what_is_asked_and_answered_so_far(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    returns.save_page(
        request, page="voice", answers={"child_voice": "Invented voice"}, revision=0, by=northvale.agency_lead
    )
    shown = browser(northvale.agency_lead).get(url("request_copy", request)).content.decode()
    for words in ("A child was hurt at an invented home.", "Invented voice", "Key practice episodes"):
        assert words in shown
    assert "by Northvale Designated Lead" in shown


def test_copy_holds_every_row_of_the_chronology(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    chronologies.row(
        request, by=northvale.agency_lead, event="Seen at the invented clinic", source="Clinic log"
    )
    shown = browser(northvale.agency_lead).get(url("request_copy", request)).content.decode()
    assert "Seen at the invented clinic" in shown
    assert "Clinic log" in shown


def test_organisation_that_the_referrals_name_is_filled_in(northvale: World, browser: Browser) -> None:
    client, name = browser(northvale.officer), "Invented Nursery & Crèche"
    review = opened(northvale, network=[name])
    page = client.get(reverse("case_requests", args=[review.case_id])).content.decode()
    ask = html.unescape(re.findall(r'href="([^"]*ask-guest/[^"]+)"', page)[0])
    assert "Nursery" not in ask
    assert f'value="{html.escape(name)}"' in client.get(ask).content.decode()
    assert "Nursery" not in client.get(f"{ask}0").content.decode()


def test_reader_without_names_is_led_to_no_closed_door(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    page = reverse("case_request", args=[request.case_id, request.pk])
    client = browser(northvale.scrutineer)
    shown = client.get(reverse("case_requests", args=[request.case_id])).content.decode()
    assert request.agency.name in shown
    assert page not in shown
    assert client.get(page).status_code == 403


def test_refusal_stays_readable_after_the_unit_asks_again(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    lead, unit = browser(northvale.agency_lead), browser(northvale.officer)
    lead.post(url("request_refuse", request), {"ground": "privilege", "reason": "Counsel advises so"})
    assert "Legal professional privilege" in lead.get(url("request", request)).content.decode()
    page = reverse("case_request", args=[request.case_id, request.pk])
    again = reverse("case_request_send_back", args=[request.case_id, request.pk])
    assert "Ask again" in unit.get(page).content.decode()
    assert "Its refusal and the ground stay on record" in unit.get(again).content.decode()
    unit.post(again, {"reason": "Tell us what is not privileged"})
    for shown in (unit.get(page).content.decode(), lead.get(url("request", request)).content.decode()):
        for words in (
            "Refused before",
            "Legal professional privilege",
            "Counsel advises so",
            "The business unit answered: Tell us what is not privileged",
        ):
            assert words in shown
    assert "answers your refusal" in shown
    assert "Tell us what is not privileged" in shown


def test_file_that_waits_is_one_click_from_where_it_stands_in_the_way(
    northvale: World, browser: Browser
) -> None:
    request = make.issued(northvale)
    reading = chronologies.read(request, [["12/3/26", "Log", "Seen"]], by=northvale.agency_lead)
    client, there = browser(northvale.agency_lead), url("chronology_reading", request, reading.pk)
    for name in ("request_check", "request_nothing_known"):
        assert f'href="{there}"' in client.get(url(name, request)).content.decode()


def test_question_under_a_question_reads_as_one(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    shown = browser(northvale.agency_lead).get(url("request_check", request)).content.decode()
    assert "Who is writing this return? Full name" in shown
    assert "Good practice: What was done well?" in shown
