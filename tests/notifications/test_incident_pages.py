"""The pages of an incident, as the unit's and the partners' browsers see them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Access
from cspr.decisions.models import Answer, SignOff
from cspr.govuk.dates import london_moment, typed_date
from cspr.people.models import Membership
from cspr.typed.models import TypedWork
from notifications.models import Incident, OtherArea
from notifications.options.incident import IncidentStatus
from notifications.selectors.incident import incident_of
from notifications.services.asking import give_view
from notifications.services.incident import answer_test
from tests.factories import incidents as make
from tests.factories.people import World, make_member

Browser = Callable[[Membership], Client]
MONDAY: datetime = london_moment(date(2026, 11, 23), time(9, 0))
UNIT = {"officer", "second_officer", "manager"}
STAFF = UNIT | {"la", "icb", "police", "scrutineer"}
PARTNERS = {"la", "icb", "police"}
PAGES: dict[str, set[str]] = {
    "incident": STAFF,
    "incident_record_dates": UNIT,
    "incident_record_awareness": UNIT,
    "incident_correct_awareness": {"manager"},
    "incident_confirm_route": UNIT,
    "incident_areas": UNIT,
    "incident_link": UNIT,
    "incident_request_views": UNIT,
    "incident_take_back": UNIT,
    "incident_give_view": PARTNERS,
    "incident_decide_notifiable": {"la"},
    "incident_reopen": {"manager"},
    "declare_conflict": STAFF,
    "wall_off": {"manager"},
    "open_to": {"manager"},
}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Monday 23 November 2026, 9:00 in London."""
    with time_machine.travel(MONDAY, tick=False):
        yield


def url(name: str, incident: Incident, *more: object) -> str:
    return reverse(name, args=[incident.case_id, *more])


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", list(PAGES))
def test_each_page_opens_for_whose_it_is_and_for_nobody_else(
    northvale: World, southmere: World, browser: Browser, page: str
) -> None:
    incident = make.asked(northvale)
    for name, person in northvale.everybody().items():
        expected = 200 if name in PAGES[page] else 403 if name in STAFF else 404
        assert browser(person).get(url(page, incident)).status_code == expected, name
    for name, stranger in southmere.everybody().items():
        assert browser(stranger).get(url(page, incident)).status_code == 404, f"other {name}"


def test_a_page_shown_is_a_look_recorded(northvale: World, browser: Browser) -> None:
    incident = make.received(northvale)
    browser(northvale.officer).get(url("incident", incident))
    assert Access.objects.filter(case_id=incident.case_id, user_id=northvale.officer.user_id).exists()


@pytest.mark.parametrize("test", ["abuse-or-neglect", "harm", "place", "care"])
def test_each_test_quotes_the_chapter_and_shows_what_the_referral_says(
    northvale: World, browser: Browser, test: str
) -> None:
    shown = text(browser(northvale.officer).get(url("incident_answer_test", make.received(northvale), test)))
    assert "Child Safeguarding Practice Reviews (November 2020), section" in shown
    assert "What the referrals say" in shown


def test_a_test_that_does_not_exist_is_not_found(northvale: World, browser: Browser) -> None:
    page = url("incident_answer_test", make.received(northvale), "other")
    assert browser(northvale.officer).get(page).status_code == 404


def test_from_receipt_to_decision_through_the_pages(northvale: World, browser: Browser) -> None:
    incident = make.received(northvale)
    unit = browser(northvale.officer)
    happened = {
        "occurred_precision": "EXACT", **typed_date("occurred_exact", make.HAPPENED), "occurred_time": "9:15",
        "happened_in": "Invented town", **typed_date("agency_aware_on", make.HAPPENED),
        "agency_aware_person": "Invented nurse",
    }  # fmt: skip
    aware = {
        **typed_date("aware_on", date(2026, 11, 13)), "aware_time": "10am", "aware_person": "Invented manager",
        "aware_evidence": "Invented call note",
    }  # fmt: skip
    steps: list[tuple[str, dict[str, object]]] = [
        (url("incident_record_dates", incident), happened),
        (url("incident_record_awareness", incident), aware),
        (url("incident_answer_test", incident, "abuse-or-neglect"), dict(make.TESTS["abuse"])),
        (url("incident_answer_test", incident, "harm"), dict(make.TESTS["harm"])),
        (url("incident_answer_test", incident, "place"), dict(make.TESTS["place"])),
        (
            url("incident_answer_test", incident, "care"),
            {"care_status": "neither", "care_reason": "Invented"},
        ),
        (url("incident_confirm_route", incident), {"route": "A", "reason": "Invented"}),
        (url("incident_request_views", incident), {}),
    ]
    for page, given in steps:
        answer = unit.post(page, {**given, "revision": unit.get(page).context["revision"]})
        assert answer.status_code == 302, (page, text(answer))
    for partner in northvale.partners:
        view = {"answer": "yes", "reason": "Invented view"}
        assert browser(partner).post(url("incident_give_view", incident), view).status_code == 302
    decision = {"outcome": "yes", "rationale": "Invented", "referrer_reason": "Invented"}
    assert (
        browser(northvale.la).post(url("incident_decide_notifiable", incident), decision).status_code == 302
    )
    assert incident_of(incident.case).status == IncidentStatus.NOTIFIABLE
    for person in (*northvale.partners, northvale.officer, northvale.scrutineer):
        assert "Decision" in text(browser(person).get(url("incident", incident)))


@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [
        ("31", "10am", "must be a real date"),
        ("24", "10am", "must be today or in the past"),
        ("23", "9:01", "must be in the past"),
        ("11", "10am", "must be on or after the incident"),
        ("13", "late", "must be a time"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_beside_its_field_and_kept(
    northvale: World, browser: Browser, day: str, hour: str, sentence: str
) -> None:
    incident, unit = make.received(northvale), browser(northvale.officer)
    given = {
        "aware_on_day": day, "aware_on_month": "11", "aware_on_year": "2026", "aware_time": hour,
        "aware_person": "Invented manager 👩", "aware_evidence": "Typed and not lost",
    }  # fmt: skip
    answer = text(unit.post(url("incident_record_awareness", incident), given))
    assert sentence in answer
    assert "Typed and not lost" in answer
    assert TypedWork.objects.filter(user=northvale.officer.user).exists()
    assert "Typed and not lost" in text(unit.get(url("incident_record_awareness", incident)))


def test_an_hour_the_clocks_skipped_is_refused(northvale: World, browser: Browser) -> None:
    with time_machine.travel(london_moment(date(2027, 4, 1), time(9, 0)), tick=False):
        given = {
            **typed_date("aware_on", date(2027, 3, 28)), "aware_time": "1:30", "aware_person": "Invented",
            "aware_evidence": "Invented",
        }  # fmt: skip
        page = url("incident_record_awareness", make.received(northvale))
        assert "the clocks went forward" in text(browser(northvale.officer).post(page, given))


def test_ten_thousand_characters_and_one_more_are_refused(northvale: World, browser: Browser) -> None:
    page = url("incident_answer_test", make.received(northvale), "harm")
    given = {"nature": "death", "nature_reason": "x" * 10_001}
    assert "10,000 characters or fewer" in text(browser(northvale.officer).post(page, given))


def test_saving_over_somebody_elses_later_answer_shows_that(northvale: World, browser: Browser) -> None:
    incident = make.received(northvale)
    answer_test(incident, answers=make.TESTS["harm"], by=northvale.second_officer)
    given = {**make.TESTS["abuse"], "revision": str(incident.revision)}
    answer = text(
        browser(northvale.officer).post(url("incident_answer_test", incident, "abuse-or-neglect"), given)
    )
    assert "Somebody else saved this page" in answer
    assert make.TESTS["abuse"]["abuse_reason"] in answer


def test_what_is_missing_stands_beside_the_disabled_button(northvale: World, browser: Browser) -> None:
    shown = text(browser(northvale.officer).get(url("incident_request_views", make.received(northvale))))
    assert "Record when the incident happened" in shown
    assert 'aria-disabled="true"' in shown


def test_the_routes_offered_are_those_the_answers_allow(northvale: World, browser: Browser) -> None:
    incident = make.with_answers(
        make.received(northvale), by=northvale.officer, answers=make.LOOKED_AFTER_WITHOUT_ABUSE
    )
    shown = text(browser(northvale.officer).get(url("incident_confirm_route", incident)))
    assert "From these answers follows route B" in shown
    assert 'value="D"' not in shown


def test_who_asked_sees_why_they_cannot_answer(northvale: World, browser: Browser) -> None:
    both = make_member(
        "delegated_partner",
        partnership=northvale.partnership,
        partner="ICB",
        user=northvale.second_officer.user,
    )
    incident = make.asked(northvale)
    page = url("incident_give_view", incident)
    assert "You prepared this" in text(browser(both).get(page))
    refused = browser(both).post(page, {"answer": "yes", "reason": "Invented"})
    assert "You prepared this" in text(refused)
    assert not SignOff.objects.exists()


def test_the_view_page_shows_papers_criteria_and_the_others_views(northvale: World, browser: Browser) -> None:
    incident = make.asked(northvale)
    give_view(incident, by=northvale.icb, answer=Answer.NO, reason="An invented doubt")
    shown = text(browser(northvale.police).get(url("incident_give_view", incident)))
    assert "An invented doubt" in shown
    assert "An invented account of an invented incident." in shown
    assert "Serious harm includes" in shown
    assert "Childname" not in shown


def test_a_colleague_who_decides_after_me_is_told_who_did(northvale: World, browser: Browser) -> None:
    incident = make.decided(northvale)
    colleague = make_member("delegated_partner", partnership=northvale.partnership, partner="LA")
    given = {"outcome": "no", "rationale": "Typed and not lost", "referrer_reason": "Invented"}
    shown = text(browser(colleague).post(url("incident_decide_notifiable", incident), given))
    assert f"already done by {northvale.la}" in shown
    assert "Typed and not lost" in shown


def test_the_decision_page_asks_why_without_a_view_only_where_one_is_missing(
    northvale: World, browser: Browser
) -> None:
    incident = make.asked(northvale)
    give_view(incident, by=northvale.icb, answer=Answer.YES, reason="Invented")
    page = url("incident_decide_notifiable", incident)
    assert "The police has not given a view" in text(browser(northvale.la).get(page))
    give_view(incident, by=northvale.police, answer=Answer.YES, reason="Invented")
    assert "without_view_reason" not in text(browser(northvale.la).get(page))


def test_dissent_is_readable_on_the_incident(northvale: World, browser: Browser) -> None:
    incident = make.decided(northvale, views={"POLICE": Answer.NO})
    assert "No, differs from the decision" in text(
        browser(northvale.scrutineer).get(url("incident", incident))
    )


def test_a_likely_duplicate_is_offered_and_joined(northvale: World, browser: Browser) -> None:
    first, second = make.received(northvale), make.received(northvale, by=northvale.other_referrer)
    unit = browser(northvale.officer)
    shown = text(unit.get(url("incident_link", second)))
    assert first.case.reference in shown
    assert "A child has the same name" in shown
    page = url("incident_link_to", second, first.case_id)
    assert "This cannot be undone" in text(unit.get(page))
    assert unit.post(page, {"reason": "One incident"}).url == url("incident", first)
    assert "This case was joined to" in text(unit.get(url("incident", second)))


def test_another_case_is_found_by_its_reference_where_it_may_be_opened(
    northvale: World, southmere: World, browser: Browser
) -> None:
    own, other, strange = make.received(northvale), make.received(northvale), make.received(southmere)
    unit = browser(northvale.officer)
    found = unit.post(url("incident_link", own), {"reference": other.case.reference.lower()})
    assert found.url == url("incident_link_to", own, other.case_id)
    for reference in (strange.case.reference, "NVL-2026-9999"):
        shown = text(unit.post(url("incident_link", own), {"reference": reference}))
        assert "There is no case of this reference that you can open" in shown
    assert unit.get(url("incident_link_to", own, strange.case_id)).status_code == 404


def test_an_area_is_added_once_and_taken_off(northvale: World, southmere: World, browser: Browser) -> None:
    incident, unit = make.received(northvale), browser(northvale.officer)
    given = {
        "kind": "known",
        "partnership": str(southmere.partnership.pk),
        "why": "Invented",
        "post_token": "one",
    }
    for _ in range(2):
        assert unit.post(url("incident_areas", incident), given).status_code == 302
    named = {
        "kind": "named",
        "name": "Eastmoor",
        "why": "It happened there",
        "is_lead": "on",
        "post_token": "two",
    }
    unit.post(url("incident_areas", incident), named)
    assert "Eastmoor" in text(unit.get(url("incident_areas", incident)))
    area = OtherArea.objects.get(name="Eastmoor")
    page = url("incident_remove_area", incident, area.pk)
    assert unit.get(page).status_code == 200
    unit.post(page)
    assert list(OtherArea.objects.values_list("partnership", flat=True)) == [southmere.partnership.pk]
