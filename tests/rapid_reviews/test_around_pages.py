"""Pages of actions, meetings, the family and proceedings: who opens them, what they refuse, many rows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Access
from cspr.cases.models import Proceeding, Wall
from cspr.cases.services import wall_off
from cspr.now import today
from cspr.people.models import Membership
from notifications.options import CareStatus
from rapid_reviews.models import (
    Attendance,
    FamilyContact,
    LearningShared,
    Meeting,
    MeetingPack,
    Minute,
    SafetyAction,
)
from rapid_reviews.selectors.meeting import quorum_of
from rapid_reviews.services.packs import freeze_pack
from tests.factories import around_reviews as around
from tests.factories import incidents
from tests.factories import rapid_reviews as make
from tests.factories.people import World

Browser = Callable[[Membership], Client]
READ = ("safety_actions", "meetings", "case_proceedings")
WRITE = ("safety_add", "safety_learning", "meeting_new", "family_add", "proceeding_add", "family_lead")


@pytest.fixture
def review(northvale: World) -> Any:
    return make.opened(northvale)


def text(answer: Any) -> str:
    return answer.content.decode()


def addresses_of_one(review: Any, world: World) -> list[str]:
    """Every address about one row, of this case."""
    case, by = review.case, world.officer
    action, person = around.action(review, by=by), around.person(review, by=by)
    row, meeting = around.proceeding(case, by=by), around.held(review, world)
    hold, somebody = around.on_hold(row, by=by), meeting.attendance.first()
    pack = freeze_pack(meeting, by=by)
    names = {
        **{f"safety_{one}": [action.pk] for one in ("change", "complete", "drop", "reopen")},
        **{f"family_{one}": [person.pk] for one in ("change", "told", "not_told")},
        **{f"proceeding_{one}": [row.pk] for one in ("change", "end", "reopen")},
        "hold_place": [row.pk],
        "hold_lift": [hold.pk],
        "meeting": [meeting.pk],
        **{
            f"meeting_{one}": [meeting.pk]
            for one in (
                "plan", "hold", "cancel", "attend", "minute_item", "minute_decision", "agree_minutes",
                "correct_minutes", "freeze_pack",
            )
        },
        "meeting_presence": [meeting.pk, somebody.pk],
        "meeting_conflict": [meeting.pk, somebody.pk],
        "meeting_pack": [meeting.pk, pack.version],
        "meeting_pack_word": [meeting.pk, pack.version],
    }  # fmt: skip
    return [reverse(name, args=[case.pk, *rest]) for name, rest in names.items()]


# ---- who
def test_every_page_opens_for_the_unit_and_for_no_stranger(
    review: Any, northvale: World, southmere: World, browser: Browser
) -> None:
    whole = [reverse(one, args=[review.case.pk]) for one in (*READ, *WRITE, "family")]
    urls = whole + addresses_of_one(review, northvale)
    officer, stranger, agency = (
        browser(one) for one in (northvale.second_officer, southmere.officer, northvale.agency_lead)
    )
    assert [url for url in urls if officer.get(url).status_code != 200] == []
    assert [url for url in urls if stranger.get(url).status_code != 404] == []
    assert [url for url in urls if agency.get(url).status_code != 404] == []
    wall_off(
        review.case, user=northvale.second_officer.user, by=northvale.manager, reason="Invented conflict"
    )
    assert [url for url in urls if officer.get(url).status_code != 404] == []


@pytest.mark.parametrize("who", ["la", "scrutineer"])
def test_who_reads_does_not_write(review: Any, northvale: World, browser: Browser, who: str) -> None:
    client = browser(getattr(northvale, who))
    assert {client.get(reverse(one, args=[review.case.pk])).status_code for one in READ} == {200}
    assert {client.get(reverse(one, args=[review.case.pk])).status_code for one in WRITE} == {403}
    assert {client.post(reverse(one, args=[review.case.pk])).status_code for one in WRITE} == {403}


def test_family_log_is_not_for_who_may_not_see_names(review: Any, northvale: World, browser: Browser) -> None:
    url = reverse("family", args=[review.case.pk])
    assert browser(northvale.scrutineer).get(url).status_code == 403
    assert browser(northvale.la).get(url).status_code == 200
    assert Access.objects.filter(path=url).count() == 1


@pytest.mark.parametrize("who", ["officer", "manager", "la", "scrutineer"])
def test_every_page_that_is_offered_of_the_review_opens(
    review: Any, northvale: World, browser: Browser, who: str
) -> None:
    client, home = browser(getattr(northvale, who)), reverse("rapid_review", args=[review.case.pk])
    offered = set(re.findall(rf'href="({home}[^"]*)"', text(client.get(home))))
    assert len(offered) > 5
    assert [one for one in offered if client.get(one).status_code != 200] == []


def test_row_of_another_case_is_not_found(review: Any, northvale: World, browser: Browser) -> None:
    other = make.opened(northvale)
    action, person = around.action(other, by=northvale.officer), around.person(other, by=northvale.officer)
    row, meeting = (
        around.proceeding(other.case, by=northvale.officer),
        around.meeting(other, by=northvale.officer),
    )
    client, case = browser(northvale.officer), review.case.pk
    for name, rest in (
        ("safety_change", action.pk), ("family_told", person.pk), ("proceeding_end", row.pk), ("meeting", meeting.pk),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[case, rest])).status_code == 404


def test_pages_of_the_review_are_missing_without_one(northvale: World, browser: Browser) -> None:
    case = around_case(northvale)
    client = browser(northvale.officer)
    assert client.get(reverse("safety_actions", args=[case.pk])).status_code == 404
    assert client.get(reverse("case_proceedings", args=[case.pk])).status_code == 200


def around_case(world: World) -> Any:
    return make.notifications.referred(world.referrer).case


# ---- write
def test_form_sent_twice_is_one_row(review: Any, northvale: World, browser: Browser) -> None:
    client, case = browser(northvale.officer), review.case.pk
    later = today() + timedelta(days=3)
    forms: list[tuple[str, dict[str, Any], Any]] = [
        ("safety_add", {**around.ACTION, "due_on": later}, SafetyAction),
        (
            "safety_learning",
            {"what": "x", "with_whom": "y", "how": "briefing", "shared_on": today()},
            LearningShared,
        ),
        (
            "meeting_new",
            {"starts_on": later, "starts_time": "10:00", "setting": "online", "place": ""},
            Meeting,
        ),
        ("proceeding_add", {"kind": "criminal", "lead_body": "Invented Police"}, Proceeding),
    ]
    for name, given, model in forms:
        for _ in range(2):
            answer = around.posted(client, reverse(name, args=[case]), **given, post_token=f"token-{name}")
            assert answer.status_code == 302, (name, text(answer))
        assert model.objects.count() == 1


def test_dates_that_cannot_be_are_said_beside_their_box(
    review: Any, northvale: World, browser: Browser
) -> None:
    client, case = browser(northvale.officer), review.case.pk
    url = reverse("safety_add", args=[case])
    bad = client.post(url, {**around.ACTION, "due_on_day": "31", "due_on_month": "2", "due_on_year": "2026"})
    assert bad.status_code == 200
    assert "real date" in text(bad)
    learning = {"what": "x", "with_whom": "y", "how": "briefing", "shared_on": today() + timedelta(days=1)}
    answer = around.posted(client, reverse("safety_learning", args=[case]), **learning)
    assert "must be today or in the past" in text(answer)
    hearing = {"kind": "criminal", "lead_body": "Invented Police", "next_event": "Trial"}
    answer = around.posted(client, reverse("proceeding_add", args=[case]), **hearing)
    assert "Enter the day of what comes next" in text(answer)
    other = {"kind": "other", "lead_body": "Invented body"}
    assert "Enter what it is" in text(around.posted(client, reverse("proceeding_add", args=[case]), **other))
    assert not SafetyAction.objects.exists()
    assert not Proceeding.objects.exists()


def test_change_over_a_later_save_keeps_what_was_typed(
    review: Any, northvale: World, browser: Browser
) -> None:
    action = around.action(review, by=northvale.officer)
    url = reverse("safety_change", args=[review.case.pk, action.pk])
    given = {**around.ACTION, "due_on": action.due_on, "revision": 1}
    assert around.posted(browser(northvale.officer), url, **{**given, "what": "First"}).status_code == 302
    answer = around.posted(browser(northvale.second_officer), url, **{**given, "what": "Second"})
    assert "Somebody else saved this page" in text(answer)
    assert "Second" in text(answer)
    assert SafetyAction.objects.get().what == "First"


def test_decision_page_without_quorum_says_who_is_missing(
    review: Any, northvale: World, browser: Browser
) -> None:
    meeting = around.held(review, northvale, partners=("la",))
    client, args = browser(northvale.officer), [review.case.pk, meeting.pk]
    page = text(client.get(reverse("meeting_minute_decision", args=args)))
    assert "nobody is present for the integrated care board and the police" in page
    assert "disabled" in page
    answer = client.post(
        reverse("meeting_minute_decision", args=args), {"item": "x", "decision": "y", "who": "z"}
    )
    assert answer.status_code == 200
    assert "no quorum" in text(answer)
    assert not Minute.objects.exists()
    shown = text(client.get(reverse("meeting", args=args)))
    assert "Not yet:" in shown
    assert "nobody is present for the integrated care board and the police" in shown


def test_way_back_from_cancelling_a_meeting_is_not_called_cancel(
    review: Any, northvale: World, browser: Browser
) -> None:
    meeting = around.meeting(review, by=northvale.officer)
    page = reverse("meeting_cancel", args=[review.case.pk, meeting.pk])
    assert "Keep the meeting" in text(browser(northvale.officer).get(page))


def test_meeting_from_plan_to_minutes(review: Any, northvale: World, browser: Browser) -> None:
    client, case = browser(northvale.officer), review.case.pk
    plan = {"starts_on": today(), "starts_time": "8:00", "setting": "online", "place": ""}
    around.posted(client, reverse("meeting_new", args=[case]), **plan)
    meeting = Meeting.objects.get()
    args = [case, meeting.pk]
    for one in northvale.partners:
        given = {"membership": str(one.pk), "part": "member", "partner": one.partner, "presence": "present"}
        assert client.post(reverse("meeting_attend", args=args), given).status_code == 302
    held = {"held_on": today(), "held_time": "8:30"}
    assert around.posted(client, reverse("meeting_hold", args=args), **held).status_code == 302
    decided = {"item": "Decision", "decision": "Invented decision", "who": "The unit"}
    assert client.post(reverse("meeting_minute_decision", args=args), decided).status_code == 302
    assert client.post(reverse("meeting_freeze_pack", args=args)).status_code == 302
    assert client.post(reverse("meeting_agree_minutes", args=args)).status_code == 302
    assert Meeting.objects.get().status == "minuted"
    pack = MeetingPack.objects.get()
    word = client.get(reverse("meeting_pack_word", args=[*args, pack.version]))
    assert word.headers["Content-Disposition"].endswith('-meeting-papers-1.docx"')
    assert Access.objects.filter(path=word.request["PATH_INFO"]).exists()
    assert "Invented decision" in text(client.get(reverse("meeting", args=args)))


@pytest.mark.parametrize("version", ["0", "2", "x", "99999", "²"])
def test_pack_that_is_not_there_is_missing(
    review: Any, northvale: World, browser: Browser, version: str
) -> None:
    meeting = around.meeting(review, by=northvale.officer)
    freeze_pack(meeting, by=northvale.officer)
    url = reverse("meeting_pack", args=[review.case.pk, meeting.pk, version])
    assert browser(northvale.officer).get(url).status_code == 404


def test_conflict_on_the_page_walls_the_person_off(review: Any, northvale: World, browser: Browser) -> None:
    meeting = around.held(review, northvale)
    police = Attendance.objects.get(partner="POLICE")
    url = reverse("meeting_conflict", args=[review.case.pk, meeting.pk, police.pk])
    assert browser(northvale.officer).post(url, {"reason": "Invented"}).status_code == 302
    assert Wall.objects.filter(user=northvale.police.user).exists()
    own = Attendance.objects.get(membership=northvale.officer)
    url = reverse("meeting_conflict", args=[review.case.pk, meeting.pk, own.pk])
    answer = browser(northvale.officer).post(url, {"reason": "Invented"})
    assert answer.url == reverse("board")


def test_family_told_and_not_told_on_the_page(review: Any, northvale: World, browser: Browser) -> None:
    person = around.person(review, by=northvale.officer)
    client, args = browser(northvale.officer), [review.case.pk, person.pk]
    told = {
        "matter": "decision", "on": today(), "how": "letter", "by_whom": "Invented Worker", "text": "Invented",
        "advocate": "accepted",
    }  # fmt: skip
    assert "not all signed" in text(around.posted(client, reverse("family_told", args=args), **told))
    assert (
        around.posted(client, reverse("family_told", args=args), **{**told, "matter": "review"}).status_code
        == 302
    )
    why = {
        "matter": "decision", "constraint": "safety", "reason": "Invented reason", "by_whom": "Invented Worker",
        "look_again_on": today(),
    }  # fmt: skip
    refused = around.posted(client, reverse("family_not_told", args=args), **why)
    assert "must be in the future" in text(refused)
    later = today() + timedelta(days=5)
    again = around.posted(client, reverse("family_not_told", args=args), **{**why, "look_again_on": later})
    assert again.status_code == 302
    page = text(client.get(reverse("family", args=[review.case.pk])))
    assert "Offered and accepted" in page
    assert "Saturday 21 November 2026" in page
    assert FamilyContact.objects.count() == 2


def test_who_speaks_with_the_family_stands_on_three_pages(
    review: Any, northvale: World, browser: Browser
) -> None:
    client, case = browser(northvale.officer), review.case.pk
    pages = ("case_people", "family", "case_proceedings")
    assert all("Nobody is named yet" in text(client.get(reverse(one, args=[case]))) for one in pages)
    around.posted(
        client, reverse("family_lead", args=[case]), name="Invented Worker", agency="Invented Council"
    )
    assert all("Invented Worker" in text(client.get(reverse(one, args=[case]))) for one in pages)
    assert 'value="Invented Worker, Invented Council"' in text(client.get(reverse("family_add", args=[case])))


LEAVER = {"care_status": CareStatus.CARE_LEAVER, "age_at_death": 20, "care_reason": "Invented order"}
ANSWERS = {
    "B": incidents.LOOKED_AFTER_WITHOUT_ABUSE,
    "C": {**incidents.LOOKED_AFTER_WITHOUT_ABUSE, "care": LEAVER},
    "D": incidents.NEAR_MISS,
}


@pytest.mark.parametrize("route", ["B", "C", "D"])
def test_register_stands_on_cases_without_a_rapid_review(
    northvale: World, browser: Browser, route: str
) -> None:
    case = incidents.ready(northvale, route=route, answers=ANSWERS[route]).case
    client, url = browser(northvale.officer), reverse("case_proceedings", args=[case.pk])
    assert "Register a proceeding" in text(client.get(url))
    around.posted(
        client, reverse("proceeding_add", args=[case.pk]), kind="coroner", lead_body="Invented Coroner"
    )
    assert "Invented Coroner" in text(client.get(url))
    assert "Invented Coroner" in text(browser(northvale.scrutineer).get(url))


def test_hold_lifted_in_another_tab_says_by_whom(review: Any, northvale: World, browser: Browser) -> None:
    hold = around.on_hold(around.proceeding(review.case, by=northvale.officer), by=northvale.officer)
    url = reverse("hold_lift", args=[review.case.pk, hold.pk])
    assert browser(northvale.officer).post(url, {"reason": "Invented verdict"}).status_code == 302
    assert browser(northvale.officer).post(url, {"reason": "Invented verdict"}).status_code == 302
    other = browser(northvale.second_officer)
    assert "Northvale Officer lifted this hold already." in text(other.get(url))
    assert "already done by Northvale Officer" in text(other.post(url, {"reason": "Invented"}))


def test_quorum_is_set_on_the_managers_page(northvale: World, browser: Browser) -> None:
    url = reverse("settings_quorum")
    assert f'href="{url}"' in text(browser(northvale.manager).get(reverse("settings")))
    assert browser(northvale.officer).get(url).status_code == 403
    client = browser(northvale.manager)
    assert "Select at least one partner" in text(client.post(url, {}))
    assert client.post(url, {"partners": ["LA", "ICB"], "revision": "0"}).status_code == 302
    assert quorum_of(northvale.partnership) == ["LA", "ICB"]
    second_tab = text(client.post(url, {"partners": ["POLICE"], "revision": "0"}))
    assert "Somebody else saved this page" in second_tab
    assert quorum_of(northvale.partnership) == ["LA", "ICB"]


# ---- many rows
def test_pages_ask_as_much_for_many_rows_as_for_one(
    review: Any, northvale: World, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    by, client = northvale.officer, browser(northvale.officer)
    meeting = around.held(review, northvale)
    urls = [reverse(one, args=[review.case.pk]) for one in (*READ, "family")]
    urls.append(reverse("meeting", args=[review.case.pk, meeting.pk]))

    def more(number: int) -> None:
        around.action(review, by=by, what=f"Invented {number}")
        person = around.person(review, by=by, known_as=f"P.{number}")
        around.told(person, by=by)
        around.on_hold(around.proceeding(review.case, by=by, reference=str(number)), by=by)
        around.present(meeting, northvale.manager, by=by) if number == 0 else None
        around.meeting(review, by=by)

    more(0)
    [client.get(url) for url in urls]
    few = []
    for url in urls:
        with django_assert_max_num_queries(100) as seen:
            client.get(url)
        few.append(len(seen.captured_queries))
    for number in range(1, 13):
        more(number)
    for url, most in zip(urls, few, strict=True):
        with django_assert_max_num_queries(most):
            client.get(url)
