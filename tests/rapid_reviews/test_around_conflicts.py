"""A conflict of interest, declared in a meeting or raised elsewhere: the case is gone for that person, at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from cspr.cases.models import Wall
from cspr.cases.services import lift_wall, wall_off
from cspr.casework.board import Wanted
from cspr.casework.board_sources import waiting_for
from cspr.deadlines import calendar
from cspr.deadlines.feed_dates import dates_of
from cspr.dispatch.models import Message
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import Attendance, InformationRequest
from rapid_reviews.options.meeting import Part, Presence
from rapid_reviews.phrases_requests import REQUEST_WITHOUT_AUTHOR
from rapid_reviews.presenters.meeting import people
from rapid_reviews.selectors.meeting import people_to_invite
from rapid_reviews.services.attendance import declare_conflict, invite
from rapid_reviews.services.meeting import agree_minutes, hold, write_minute
from rapid_reviews.workflow.meeting import missing_partners
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import requests as asked
from tests.factories.people import World
from tests.factories.requests import issued

Browser = Callable[[Membership], Client]
DECISION = {
    "item": "Invented item",
    "discussion": "",
    "decision": "Invented decision",
    "who": "Invented owner",
}


@pytest.fixture
def review(northvale: World) -> Any:
    return make.opened(northvale)


def pages_of(case: Any) -> list[str]:
    """Every address of the site that is about the case and nothing smaller."""
    found = get_resolver().reverse_dict.items()
    names = [name for name, (ways, *_) in found if isinstance(name, str) and _needs_only_the_case(ways)]
    return [reverse(name, args=[case.pk]) for name in sorted(names)]


def _needs_only_the_case(ways: Any) -> bool:
    return any(wanted == ["case_id"] for _, wanted in ways)


def test_every_page_of_the_case_is_gone_for_who_declared_a_conflict(
    review: Any, northvale: World, browser: Browser
) -> None:
    meeting = around.held(review, northvale)
    police, colleague = browser(northvale.police), browser(northvale.la)
    urls = [*pages_of(review.case), reverse("meeting", args=[review.case.pk, meeting.pk])]
    assert len(urls) > 50
    assert police.get(urls[-1]).status_code == 200
    declare_conflict(meeting.attendance.get(partner="POLICE"), reason="Invented", by=northvale.officer)
    assert [url for url in urls if police.get(url).status_code != 404] == []
    assert [url for url in urls if police.post(url).status_code != 404] == []
    assert colleague.get(urls[-1]).status_code == 200
    board = police.get(reverse("board")).content.decode() + police.get(reverse("cases")).content.decode()
    assert review.case.reference not in board
    wanted = Wanted(today(), calendar.current())
    assert waiting_for(northvale.police, wanted).rows == dates_of(northvale.police) == []


def test_conflict_of_somebody_from_an_agency_takes_its_request_from_them(
    northvale: World, browser: Browser
) -> None:
    request = issued(northvale)
    meeting = around.meeting(request.review, by=northvale.officer)
    assert northvale.agency_lead in people_to_invite(meeting)
    assert northvale.other_referrer not in people_to_invite(meeting)
    row = around.present(meeting, northvale.agency_lead, by=northvale.officer, part=Part.INFORMATION_GIVER)
    assert row.agency == northvale.school.name
    client, url = browser(northvale.agency_lead), reverse("request", args=[request.pk])
    assert client.get(url).status_code == 200
    declare_conflict(row, reason="Invented conflict", by=northvale.officer)
    assert client.get(url).status_code == 404
    assert not InformationRequest.objects.visible_to(northvale.agency_lead).exists()


def test_wall_raised_elsewhere_counts_in_the_meeting(review: Any, northvale: World) -> None:
    meeting = around.held(review, northvale)
    wall = wall_off(review.case, user=northvale.police.user, by=northvale.manager, reason="Invented conflict")
    assert missing_partners(around.fresh(meeting)) == ["POLICE"]
    with pytest.raises(Refused, match="nobody is present for the police"):
        write_minute(meeting, by=northvale.officer, **DECISION)
    shown = {one.attendance.name: one.conflict for one in people(around.fresh(meeting), northvale.officer)}
    assert shown["Northvale Police Partner"] == "Has a conflict of interest in this case"
    assert shown["Northvale Council Partner"] == ""
    lift_wall(wall, by=northvale.manager, reason="Invented mistake")
    assert missing_partners(around.fresh(meeting)) == []


def test_wall_on_another_case_does_not_count(review: Any, northvale: World) -> None:
    meeting, other = around.held(review, northvale), make.opened(northvale)
    wall_off(other.case, user=northvale.police.user, by=northvale.manager, reason="Invented conflict")
    assert missing_partners(around.fresh(meeting)) == []


def test_minutes_do_not_wait_for_somebody_walled_off(review: Any, northvale: World) -> None:
    meeting = around.meeting(review, by=northvale.officer)
    around.present(meeting, northvale.la, by=northvale.officer)
    around.present(meeting, northvale.icb, by=northvale.officer, presence=Presence.INVITED)
    wall_off(review.case, user=northvale.icb.user, by=northvale.manager, reason="Invented conflict")
    hold(meeting, at=now(), by=northvale.officer)
    write_minute(meeting, item="Invented item", discussion="Invented", by=northvale.officer)
    assert agree_minutes(meeting, by=northvale.officer).status == "minuted"


def test_who_is_walled_off_or_a_stranger_is_not_put_on_the_list(
    review: Any, northvale: World, southmere: World
) -> None:
    meeting = around.meeting(review, by=northvale.officer)
    wall_off(review.case, user=northvale.police.user, by=northvale.manager, reason="Invented conflict")
    for one in (northvale.police, southmere.police, northvale.agency_lead):
        with pytest.raises(Refused, match="has no conflict"):
            invite(meeting, membership=one, part=Part.MEMBER, by=northvale.officer)
    assert not Attendance.objects.exists()
    assert Wall.objects.count() == 1


def test_request_of_somebody_walled_off_goes_back_to_the_lead_who_is_not_told_why(northvale: World) -> None:
    request = asked.issued(northvale)
    contributor = asked.contributor_of(request, by=northvale.agency_lead)
    wall_off(request.case, user=contributor.user, by=northvale.manager, reason="Invented conflict")
    found = asked.found(request)
    assert (found.contributor, found.assigned_at, found.assigned_by) == (None, None, None)
    mail = Message.objects.get(kind=REQUEST_WITHOUT_AUTHOR)
    assert mail.to_membership == northvale.agency_lead
    assert "conflict" not in mail.body.lower()
    assert contributor.user.full_name not in mail.body


def test_request_that_was_returned_keeps_who_wrote_it(northvale: World) -> None:
    request = asked.signed_off(northvale)
    contributor = request.contributor
    assert contributor is not None
    wall_off(request.case, user=contributor.user, by=northvale.manager, reason="Invented conflict")
    assert asked.found(request).contributor == contributor
    assert not Message.objects.filter(kind=REQUEST_WITHOUT_AUTHOR).exists()
