"""Who comes to a meeting: several invited at once, everybody's attendance on one page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Event
from cspr.cases.services import wall_off
from cspr.models import Changed
from cspr.people.models import Membership
from cspr.permissions import Role
from cspr.workflow import Refused
from rapid_reviews.models import Attendance, Meeting
from rapid_reviews.options.meeting import Part, Presence
from rapid_reviews.selectors.meeting import people_to_invite, roll_revision
from rapid_reviews.services import attendance as attending
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import requests
from tests.factories.people import World

Browser = Callable[[Membership], Client]
INVITED, PRESENT, APOLOGIES = Presence.INVITED, Presence.PRESENT, Presence.APOLOGIES


def invited(world: World, *people: Membership) -> Meeting:
    """Planned, with these people on its list."""
    meeting = around.meeting(make.opened(world), by=world.officer)
    attending.invite_people(meeting, people=people, part=Part.INFORMATION_GIVER, by=world.officer)
    return around.fresh(meeting)


def listed(meeting: Meeting) -> dict[int, Attendance]:
    return {one.membership_id: one for one in meeting.attendance.all()}


def roll(meeting: Meeting, presence: dict[Membership, Presence], **given: object) -> list[Attendance]:
    rows = listed(meeting)
    named = {rows[one.pk].pk: there for one, there in presence.items()}
    return attending.record_roll(meeting, presence=named, **{"revision": None, **given})  # type: ignore[arg-type]


def url(name: str, meeting: Meeting) -> str:
    return reverse(name, args=[meeting.review.case_id, meeting.pk])


def test_partners_come_as_members_for_their_own_and_others_in_the_part_given(northvale: World) -> None:
    meeting = invited(northvale, northvale.la, northvale.scrutineer)
    rows = listed(meeting)
    la, other = rows[northvale.la.pk], rows[northvale.scrutineer.pk]
    assert (la.partner, la.part, la.presence) == ("LA", Part.MEMBER, INVITED)
    assert (other.partner, other.part) == ("", Part.INFORMATION_GIVER)
    assert Event.objects.filter(kind="meeting.invited", case_id=meeting.case.pk).count() == 2


def test_inviting_somebody_on_the_list_again_leaves_them_as_they_are(northvale: World) -> None:
    meeting = invited(northvale, northvale.la)
    roll(meeting, {northvale.la: PRESENT}, by=northvale.officer)
    made = attending.invite_people(
        meeting, people=[northvale.la, northvale.icb], part=Part.MEMBER, by=northvale.officer
    )
    assert [one.membership for one in made] == [northvale.icb]
    assert meeting.attendance.get(membership=northvale.la).presence == PRESENT


def test_nobody_is_invited_where_one_of_them_has_a_conflict_or_nothing_to_do_with_the_case(
    northvale: World, southmere: World
) -> None:
    meeting = invited(northvale)
    wall_off(meeting.case, user=northvale.icb.user, by=northvale.manager, reason="Invented")
    for stranger in (northvale.icb, southmere.la):
        with pytest.raises(Refused) as refused:
            attending.invite_people(
                meeting, people=[northvale.la, stranger], part=Part.MEMBER, by=northvale.officer
            )
        assert set(refused.value.fields) == {"people"}
    assert not meeting.attendance.exists()


def test_attendance_of_all_is_recorded_at_once_and_only_what_changed(northvale: World) -> None:
    meeting = invited(northvale, northvale.la, northvale.icb, northvale.police)
    came = {northvale.la: PRESENT, northvale.icb: APOLOGIES, northvale.police: INVITED}
    changed = roll(meeting, came, by=northvale.officer)
    assert {one.membership: one.presence for one in changed} == {
        northvale.la: PRESENT,
        northvale.icb: APOLOGIES,
    }
    recorded = Event.objects.filter(kind="meeting.attendance_recorded", case_id=meeting.case.pk)
    assert recorded.count() == 2
    assert roll(meeting, came, by=northvale.second_officer) == []
    assert recorded.count() == 2


def test_attendance_typed_over_a_colleagues_is_refused(northvale: World) -> None:
    meeting = invited(northvale, northvale.la, northvale.icb)
    before = roll_revision(meeting.attendance.all())
    roll(meeting, {northvale.la: PRESENT}, revision=before, by=northvale.officer)
    with pytest.raises(Changed):
        roll(meeting, {northvale.icb: PRESENT}, revision=before, by=northvale.second_officer)
    assert meeting.attendance.get(membership=northvale.icb).presence == INVITED


@pytest.mark.parametrize("who", ["la", "scrutineer", "la_lead", "agency_lead"])
def test_only_the_unit_of_the_case_invites_and_records(northvale: World, southmere: World, who: str) -> None:
    meeting = invited(northvale, northvale.la)
    for by in (getattr(northvale, who), southmere.officer):
        with pytest.raises(Refused):
            attending.invite_people(meeting, people=[northvale.icb], part=Part.MEMBER, by=by)
        with pytest.raises(Refused):
            roll(meeting, {northvale.la: PRESENT}, by=by)


def test_pages_invite_several_and_record_of_each_whether_they_came(
    northvale: World, browser: Browser
) -> None:
    meeting, client = invited(northvale), browser(northvale.officer)
    shown = client.get(url("meeting", meeting)).content.decode()
    assert url("meeting_invite", meeting) in shown
    assert url("meeting_roll", meeting) not in shown
    refused = client.post(url("meeting_invite", meeting), {"part": "member"}).content.decode()
    assert "Select whom you invite" in refused
    people = [northvale.la.pk, northvale.icb.pk]
    client.post(url("meeting_invite", meeting), {"people": people, "part": "information_giver"})
    rows = listed(around.fresh(meeting))
    assert set(rows) == set(people)
    names = [f"presence_{rows[one].pk}" for one in people]
    page = url("meeting_roll", meeting)
    half = client.post(page, {names[0]: "present", "revision": 2}).content.decode()
    assert "Select whether Northvale Health Partner came" in half
    given = {names[0]: "present", names[1]: "apologies", "revision": 2}
    assert client.post(page, given).headers["Location"] == url("meeting", meeting)
    found = listed(around.fresh(meeting))
    assert [found[one].presence for one in people] == [PRESENT, APOLOGIES]


def test_page_of_everybody_shows_that_a_colleague_was_added_meanwhile(
    northvale: World, browser: Browser
) -> None:
    meeting, client = invited(northvale, northvale.la), browser(northvale.officer)
    row = listed(meeting)[northvale.la.pk]
    around.present(meeting, northvale.icb, by=northvale.second_officer)
    given = {f"presence_{row.pk}": "present", "revision": row.revision}
    shown = client.post(url("meeting_roll", meeting), given).content.decode()
    assert "Select whether Northvale Health Partner came" in shown
    row.refresh_from_db()
    assert row.presence == INVITED


def test_page_of_everybody_says_that_nobody_is_on_the_list(northvale: World, browser: Browser) -> None:
    shown = browser(northvale.officer).get(url("meeting_roll", invited(northvale))).content.decode()
    assert "Nobody is on the list of this meeting: invite people first." in shown
    assert "disabled" in shown


def test_who_decides_is_offered_first_then_the_unit_then_the_agencies_people(
    northvale: World, browser: Browser
) -> None:
    meeting = invited(northvale)
    requests.issued(northvale, review=meeting.review)
    people = list(people_to_invite(meeting))
    roles = [Role(one.role) for one in people]
    first = [Role.PARTNER] * 3 + [
        Role.LEAD_PARTNER,
        Role.MANAGER,
        Role.OFFICER,
        Role.OFFICER,
        Role.SCRUTINEER,
    ]
    assert roles[: len(first)] == first
    assert {one.agency for one in people[len(first) :]} == {northvale.school}
    shown = browser(northvale.officer).get(url("meeting_invite", meeting)).content.decode()
    assert "Northvale Police Partner, Delegated safeguarding partner for the police" in shown
    assert f"for the police, {northvale.partnership.name}" not in shown
    assert f"Agency lead, {northvale.school.name}" in shown
