"""Who comes to a meeting: several invited at once, everybody's attendance on one page."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Event
from cspr.cases.models import Wall
from cspr.cases.services import lift_wall, wall_off
from cspr.models import Changed
from cspr.people.models import Membership
from cspr.permissions import Role
from cspr.workflow import Refused
from rapid_reviews.models import Attendance, Meeting
from rapid_reviews.options.meeting import Part, Presence
from rapid_reviews.presenters.meeting import people
from rapid_reviews.selectors.meeting import people_to_invite
from rapid_reviews.services import attendance as attending
from rapid_reviews.services.attendance import Seen
from rapid_reviews.workflow.meeting import missing_partners
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


def roll(meeting: Meeting, presence: dict[Membership, Presence], *, by: Membership) -> list[Attendance]:
    """Changed on a page that showed everybody as they stand now."""
    rows = listed(meeting)
    changes = {rows[one.pk].pk: Seen(rows[one.pk].presence, there) for one, there in presence.items()}
    return attending.record_roll(meeting, changes=changes, by=by)


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
    opened = around.fresh(meeting)
    roll(meeting, {northvale.la: PRESENT}, by=northvale.officer)
    with pytest.raises(Changed):
        roll(opened, {northvale.la: APOLOGIES}, by=northvale.second_officer)
    assert roll(opened, {northvale.la: PRESENT}, by=northvale.second_officer) == []
    assert meeting.attendance.get(membership=northvale.la).presence == PRESENT


def test_stale_page_leaves_alone_whom_nobody_touched_on_it(northvale: World, browser: Browser) -> None:
    meeting = invited(northvale, northvale.la, northvale.icb, northvale.police)
    rows, page, client = listed(meeting), url("meeting_roll", meeting), browser(northvale.officer)
    opened = {f"{what}_{one.pk}": "invited" for one in rows.values() for what in ("was", "presence")}
    roll(meeting, {northvale.police: APOLOGIES}, by=northvale.second_officer)
    icb = f"presence_{rows[northvale.icb.pk].pk}"
    assert client.post(page, {**opened, icb: "present"}).status_code == 302
    found = listed(around.fresh(meeting))
    assert found[northvale.police.pk].presence == APOLOGIES
    assert found[northvale.icb.pk].presence == PRESENT


def test_page_over_a_colleagues_save_shows_theirs_and_saves_ours_the_second_time(
    northvale: World, browser: Browser
) -> None:
    meeting = invited(northvale, northvale.la, northvale.police)
    rows, page, client = listed(meeting), url("meeting_roll", meeting), browser(northvale.officer)
    la, police = (rows[one.pk].pk for one in (northvale.la, northvale.police))
    opened = {f"{what}_{one}": "invited" for one in (la, police) for what in ("was", "presence")}
    roll(meeting, {northvale.la: APOLOGIES, northvale.police: PRESENT}, by=northvale.second_officer)
    shown = client.post(page, {**opened, f"presence_{la}": "present"}).content.decode()
    assert "Somebody else saved this page" in shown
    form = dict(re.findall(r'name="(was_[^"]+)" value="(\w+)"', shown))
    assert form == {f"was_{la}": "apologies", f"was_{police}": "present"}
    again = {**form, f"presence_{la}": "present", f"presence_{police}": "present"}
    assert client.post(page, again).status_code == 302
    assert {one.presence for one in listed(around.fresh(meeting)).values()} == {PRESENT}


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
    for _ in range(2):
        given = {"people": people, "part": "information_giver"}
        assert client.post(url("meeting_invite", meeting), given).status_code == 302
    rows = listed(around.fresh(meeting))
    assert set(rows) == set(people)
    names = [f"presence_{rows[one].pk}" for one in people]
    page = url("meeting_roll", meeting)
    were = {name.replace("presence_", "was_"): "invited" for name in names}
    half = client.post(page, {**were, names[0]: "present"}).content.decode()
    assert "Select whether Northvale Health Partner came" in half
    given = {**were, names[0]: "present", names[1]: "apologies"}
    assert client.post(page, given).headers["Location"] == url("meeting", meeting)
    found = listed(around.fresh(meeting))
    assert [found[one].presence for one in people] == [PRESENT, APOLOGIES]


def test_page_of_everybody_shows_that_a_colleague_was_added_meanwhile(
    northvale: World, browser: Browser
) -> None:
    meeting, client = invited(northvale, northvale.la), browser(northvale.officer)
    row = listed(meeting)[northvale.la.pk]
    around.present(meeting, northvale.icb, by=northvale.second_officer)
    given = {f"presence_{row.pk}": "present", f"was_{row.pk}": "invited"}
    shown = client.post(url("meeting_roll", meeting), given).content.decode()
    assert "Select whether Northvale Health Partner came" in shown
    row.refresh_from_db()
    assert row.presence == INVITED


def test_page_of_everybody_says_that_nobody_is_on_the_list(northvale: World, browser: Browser) -> None:
    meeting, client = invited(northvale), browser(northvale.officer)
    shown = client.get(url("meeting_roll", meeting)).content.decode()
    assert "Nobody is on the list of this meeting: invite people first." in shown
    assert url("meeting_invite", meeting) in shown
    assert "disabled" in shown
    around.present(meeting, northvale.la, by=northvale.officer)
    assert url("meeting_invite", meeting) not in client.get(url("meeting_roll", meeting)).content.decode()


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


def test_name_of_somebody_with_an_account_is_refused_so_that_a_conflict_reaches_it(northvale: World) -> None:
    meeting = invited(northvale)
    name = northvale.second_officer.user.full_name.upper()
    given = {
        "part": Part.INFORMATION_GIVER,
        "name": name,
        "agency": "Invented Trust",
        "by": northvale.officer,
    }
    with pytest.raises(Refused) as refused:
        attending.invite(meeting, **given)
    assert refused.value.fields == {"name": attending.HAS_AN_ACCOUNT}
    wall_off(meeting.case, user=northvale.second_officer.user, by=northvale.manager, reason="Invented")
    with pytest.raises(Refused) as refused:
        attending.invite(meeting, **given)
    assert refused.value.fields == {"name": attending.HAS_A_CONFLICT}
    assert attending.invite(meeting, **{**given, "name": f"{name} of the trust"}).membership is None


def test_lifted_wall_lets_somebody_count_again(northvale: World) -> None:
    meeting = around.held(make.opened(northvale), northvale)
    police = meeting.attendance.get(membership=northvale.police)
    attending.declare_conflict(police, reason="Invented, of the wrong person", by=northvale.officer)
    assert [one.label for one in missing_partners(around.fresh(meeting))] == ["police"]
    wall = Wall.objects.get(case=meeting.case, user=northvale.police.user)
    lift_wall(wall, by=northvale.manager, reason="Recorded of the wrong person")
    assert missing_partners(around.fresh(meeting)) == []
    shown = {one.attendance.name: one.conflict for one in people(around.fresh(meeting), northvale.officer)}
    assert shown[police.name].endswith("which no longer stands")


def test_page_of_everybody_says_who_has_a_conflict(northvale: World, browser: Browser) -> None:
    meeting = invited(northvale, northvale.la)
    wall_off(meeting.case, user=northvale.la.user, by=northvale.manager, reason="Invented")
    shown = browser(northvale.officer).get(url("meeting_roll", meeting)).content.decode()
    assert "does not count as present for a partner" in shown


def test_conflict_recorded_of_the_wrong_person_by_name_is_withdrawn_with_a_reason(
    northvale: World, browser: Browser
) -> None:
    meeting = invited(northvale)
    named = {"part": Part.MEMBER, "name": "Invented Doctor", "agency": "Invented Trust"}
    row = attending.invite(meeting, **named, by=northvale.officer)
    attending.declare_conflict(row, reason="Invented conflict", by=northvale.officer)
    page = reverse("meeting_withdraw_conflict", args=[meeting.review.case_id, meeting.pk, row.pk])
    client = browser(northvale.officer)
    assert page in client.get(url("meeting", meeting)).content.decode()
    assert "Enter the reason" in client.post(page, {"reason": " "}).content.decode()
    for _ in range(2):
        assert client.post(page, {"reason": "Said of a namesake"}).status_code == 302
    row.refresh_from_db()
    assert (row.conflict, row.declared_at) == ("", None)
    assert row.history.filter(conflict="Invented conflict").exists()
    event = Event.objects.get(kind="meeting.conflict_withdrawn")
    assert event.detail["reason"] == "Said of a namesake"


def test_conflict_of_somebody_with_an_account_ends_with_the_wall(northvale: World, browser: Browser) -> None:
    meeting = invited(northvale, northvale.la)
    row = meeting.attendance.get()
    attending.declare_conflict(row, reason="Invented conflict", by=northvale.officer)
    with pytest.raises(Refused, match="the business unit manager lifts the wall"):
        attending.withdraw_conflict(row, reason="Invented", by=northvale.officer)
    page = reverse("meeting_withdraw_conflict", args=[meeting.review.case_id, meeting.pk, row.pk])
    client = browser(northvale.officer)
    assert page not in client.get(url("meeting", meeting)).content.decode()
    assert "lifts the wall" in client.get(page).content.decode()
