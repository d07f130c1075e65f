"""What moves, reminds and chases: a bank holiday, the chase by a person, reminders that stop on return. C5, C6."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Event
from cspr.cases.services import wall_off
from cspr.casework.case_frame import clocks_of
from cspr.deadlines import services as deadlines
from cspr.deadlines.models import Deadline
from cspr.deadlines.services import Change
from cspr.dispatch.models import Message
from cspr.govuk.dates import london_moment
from cspr.people.models import Membership
from cspr.permissions import Role
from cspr.workflow import Refused
from rapid_reviews.models import InformationRequest
from rapid_reviews.selectors.milestones import milestones_of
from rapid_reviews.services import chasing, requests, returns
from tests.factories import requests as make
from tests.factories.board import request_rows
from tests.factories.people import World, make_member

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]
MONDAY = london_moment(date(2026, 11, 16), time(9, 0))
TUESDAY = london_moment(date(2026, 11, 17), time(9, 0))
WAITED_FOR = "The business unit waits for your agency’s return"
SIGN_OFF_WAITED_FOR = "The business unit waits for the sign-off of your agency’s return"


def mails(to: str) -> list[str]:
    found = Message.objects.filter(to_email=to).order_by("queued_at")
    return [one.subject.partition(":")[0] for one in found]


def due(request: InformationRequest, clock: str) -> tuple[date, date]:
    found = Deadline.objects.get(case=request.case_id, clock=clock)
    return found.first_due_on, found.due_on


def test_holiday_proclaimed_for_tomorrow_moves_c5_c6_and_the_milestones(northvale: World) -> None:
    request = make.issued(northvale)
    deadlines.apply_change(
        date(2026, 11, 17), title="Invented day of mourning", change=Change.PROCLAIM, by=northvale.manager
    )
    assert due(request, "C5") == (date(2026, 12, 7), date(2026, 12, 8))
    assert due(request, "C6") == (date(2026, 11, 30), date(2026, 12, 1))
    days = {one.number: one.due_on for one in milestones_of(request.case)}
    assert days == {1: date(2026, 11, 18), 10: date(2026, 12, 1), 14: date(2026, 12, 7)}
    moved = Deadline.objects.get(case=request.case_id, clock="C6").due_dates.get()
    assert "Invented day of mourning" in moved.why


def test_holiday_moves_no_return_that_was_made(northvale: World) -> None:
    request = make.signed_off(northvale)
    deadlines.apply_change(
        date(2026, 11, 17), title="Invented day of mourning", change=Change.PROCLAIM, by=northvale.manager
    )
    assert due(request, "C6") == (date(2026, 11, 30), date(2026, 11, 30))


def test_chase_reminds_the_lead_and_the_contributor_once_a_day(northvale: World) -> None:
    request = make.issued(northvale)
    contributor = make.contributor_of(request, by=northvale.agency_lead)
    chasing.chase(request, by=northvale.officer)
    before = Event.objects.count()
    chasing.chase(request, by=northvale.officer)
    assert Event.objects.count() == before
    for told in (northvale.agency_lead, contributor):
        assert mails(told.user.email).count(WAITED_FOR) == 1
    with pytest.raises(Refused, match="chased today at 09:00, by Northvale Officer"):
        chasing.chase(request, by=northvale.second_officer)
    with time_machine.travel(TUESDAY, tick=True):
        chasing.chase(request, by=northvale.second_officer)
    assert mails(contributor.user.email).count(WAITED_FOR) == 2


def test_chase_for_the_sign_off_leaves_the_author_in_peace(northvale: World) -> None:
    request = make.answered(northvale)
    chasing.chase(request, by=northvale.officer)
    assert mails(northvale.agency_lead.user.email)[-1] == SIGN_OFF_WAITED_FOR
    assert SIGN_OFF_WAITED_FOR not in mails(request.contributor.user.email)  # type: ignore[union-attr]


def test_guest_is_chased_by_the_link(northvale: World) -> None:
    request = make.guest_issued(northvale)
    chasing.chase(request, by=northvale.officer)
    mail = Message.objects.filter(to_email="guest@example.test").latest("queued_at")
    assert mail.subject.startswith(WAITED_FOR)
    assert "/guest/" in mail.body


def test_returned_refused_withdrawn_and_other_partnerships_are_not_chased(
    northvale: World, southmere: World
) -> None:
    returned = make.signed_off(northvale)
    with pytest.raises(Refused):
        chasing.chase(returned, by=northvale.officer)
    request = make.issued(northvale)
    for stranger in (southmere.officer, northvale.police, northvale.agency_lead):
        with pytest.raises(Refused):
            chasing.chase(request, by=stranger)
    requests.withdraw(request, reason="Asked by mistake", by=northvale.officer)
    with pytest.raises(Refused):
        chasing.chase(make.found(request), by=northvale.officer)


def test_walled_officer_chases_nobody(northvale: World) -> None:
    request = make.issued(northvale)
    wall_off(request.case, user=northvale.officer.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused, match="You cannot open this case"):
        chasing.chase(request, by=northvale.officer)
    with pytest.raises(Refused, match="You cannot open this case"):
        chasing.chase_all(request.review, by=northvale.officer)


def test_agency_where_nobody_is_left_is_not_recorded_as_chased(northvale: World) -> None:
    request = make.issued(northvale)
    wall_off(request.case, user=northvale.agency_lead.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused, match="Nobody there can be reached"):
        chasing.chase(request, by=northvale.officer)
    assert make.found(request).chased_at is None


def test_all_are_chased_at_one_press_and_each_once_a_day(northvale: World, browser: Browser) -> None:
    make_member(Role.AGENCY_LEAD, agency=northvale.hospital, name="Invented Matron")
    school = make.issued(northvale)
    make.issued(northvale, agency=northvale.hospital, review=school.review)
    client, page = browser(northvale.officer), reverse("case_requests_chase", args=[school.case_id])
    shown = client.get(page).content.decode()
    assert school.agency.name in shown
    client.post(page)
    assert [one.chased_at is not None for one in school.review.requests.all()] == [True, True]
    assert "There is nobody to chase now" in client.get(page).content.decode()
    with pytest.raises(Refused, match="nobody to chase"):
        chasing.chase_all(school.review, by=northvale.second_officer)


def test_board_names_who_since_when_and_offers_the_chase(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    row = next(one for one in request_rows(northvale.officer) if one.for_others)
    assert row.told == f"1 of 1 not answered: {request.agency.name} since Mon 16 Nov"
    assert row.offer == ("Chase", reverse("case_requests_chase", args=[request.case_id]))
    board = browser(northvale.officer).get("/").content.decode()
    assert reverse("case_requests_chase", args=[request.case_id]) in board


def test_list_says_with_whom_it_lies_and_when_they_were_reminded(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client, page = browser(northvale.officer), reverse("case_requests", args=[request.case_id])
    shown = client.get(page).content.decode()
    assert "Northvale Designated Lead, not assigned yet; not reminded yet" in shown
    make.contributor_of(request, by=northvale.agency_lead)
    deadlines.make_round(MONDAY + timedelta(days=14))
    shown = client.get(page).content.decode()
    assert "Invented Contributor; reminded Mon 30 Nov" in shown


def test_contributor_who_left_gives_the_request_back_to_the_lead(northvale: World) -> None:
    request = make.issued(northvale)
    contributor = make.contributor_of(request, by=northvale.agency_lead)
    Membership.objects.filter(pk=contributor.pk).update(ends_on=date(2026, 11, 15))
    row = request_rows(northvale.agency_lead)[0]
    assert (row.for_others, row.told) == (False, "Invented Contributor no longer works on it")


def test_reminders_and_chase_end_when_the_return_is_signed_off(northvale: World) -> None:
    request = make.answered(northvale)
    returns.sign_off(request, by=northvale.agency_lead)
    before = mails(northvale.agency_lead.user.email)
    deadlines.make_round(MONDAY + timedelta(days=14))
    assert mails(northvale.agency_lead.user.email) == before
    assert [one for one in request_rows(northvale.officer) if one.for_others] == []


def test_days_of_the_rapid_review_keep_their_order(northvale: World) -> None:
    numbers = deadlines.numbers_of(northvale.partnership)
    for wrong in ({"return_due_day": 15}, {"letters_due_day": 11}):
        with pytest.raises(Refused, match="This must not come before"):
            deadlines.set_numbers(northvale.partnership, numbers={**numbers, **wrong}, by=northvale.manager)


def test_manager_sets_the_days_from_the_settings(northvale: World, browser: Browser) -> None:
    client, page = browser(northvale.manager), reverse("settings_clocks")
    assert page in client.get(reverse("settings")).content.decode()
    given = {**deadlines.numbers_of(northvale.partnership), "return_due_day": 7, "meeting_due_day": 11}
    given["revision"] = client.get(page).context["revision"]
    assert client.post(page, given).status_code == 302
    northvale.partnership.refresh_from_db()
    request = make.issued(northvale)
    assert [one.number for one in milestones_of(request.case)] == [1, 7, 11]
    assert due(request, "C6")[0] == date(2026, 11, 25)


def test_clocks_of_forty_returns_are_one_line(northvale: World) -> None:
    request = make.issued(northvale)
    make_member(Role.AGENCY_LEAD, agency=northvale.hospital)
    make.issued(northvale, agency=northvale.hospital, review=request.review)
    returns = "Return the agency's information (2)"
    clocks = clocks_of(request.case)
    lines = clocks.running()
    assert [one.name for one in lines].count(returns) == 1
    assert [one.strip.name for one in clocks.strips()].count("Agency return (2)") == 1
