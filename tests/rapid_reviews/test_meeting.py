"""Meetings on a rapid review: attendance, quorum, conflicts, minutes by decision, the frozen pack."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument
from docx.oxml.ns import qn

from cspr.audit.models import Event
from cspr.cases.models import Case, Wall
from cspr.cases.services import wall_off
from cspr.deadlines.feed_dates import dates_of
from cspr.models import Changed
from cspr.now import now
from cspr.people.models import Membership, Partner
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import Meeting, MeetingPack, Minute, Quorum
from rapid_reviews.options.meeting import Part, Presence
from rapid_reviews.presenters.meeting import pack_returns, plan_steps, steps
from rapid_reviews.selectors.meeting import milestone, people_to_invite, quorum_of
from rapid_reviews.services import attendance as attending
from rapid_reviews.services import meeting as services
from rapid_reviews.services import requests, returns
from rapid_reviews.services.closing import close_not_meeting
from rapid_reviews.services.packs import freeze_pack, is_unchanged
from rapid_reviews.services.writing import save_section
from rapid_reviews.word.meeting_pack import pack_document
from tests.factories import around_reviews as around
from tests.factories import chronologies
from tests.factories import rapid_reviews as make
from tests.factories import requests as asked
from tests.factories import sent_reviews as panel
from tests.factories.board import meeting_rows
from tests.factories.people import World


def decide(meeting: Meeting, world: World, **changes: Any) -> Minute:
    given = {
        "item": "Invented item",
        "discussion": "",
        "decision": "Invented decision",
        "who": "Invented owner",
    }
    return services.write_minute(meeting, by=world.officer, **{**given, **changes})


# ---- plan
def test_milestone_is_working_day_fourteen_of_the_review(northvale: World) -> None:
    review = make.opened(northvale)
    assert milestone(review.case) == date(2026, 12, 4)


def test_milestone_is_the_partnerships_own(northvale: World) -> None:
    northvale.partnership.meeting_due_day = 10
    northvale.partnership.save()
    assert milestone(make.opened(northvale).case) == date(2026, 11, 30)


def test_quorum_is_all_three_until_the_partnership_sets_another(northvale: World) -> None:
    assert quorum_of(northvale.partnership) == ["LA", "ICB", "POLICE"]
    services.set_quorum(northvale.partnership, partners=["POLICE", "LA"], by=northvale.manager)
    services.set_quorum(northvale.partnership, partners=["LA", "POLICE"], by=northvale.manager)
    assert quorum_of(northvale.partnership) == ["LA", "POLICE"]
    assert Quorum.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "la", "scrutineer"])
def test_quorum_is_set_by_the_manager_of_the_partnership(
    northvale: World, southmere: World, who: str
) -> None:
    for by in (getattr(northvale, who), southmere.manager):
        with pytest.raises(Refused):
            services.set_quorum(northvale.partnership, partners=["LA"], by=by)
    with pytest.raises(Refused):
        services.set_quorum(northvale.partnership, partners=[], by=northvale.manager)


def test_meeting_keeps_the_quorum_it_was_planned_with(northvale: World) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    services.set_quorum(northvale.partnership, partners=["LA"], by=northvale.manager)
    assert around.fresh(meeting).quorum == ["LA", "ICB", "POLICE"]


def test_meeting_is_not_before_the_review(northvale: World) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused, match="before the rapid review"):
        around.meeting(review, by=northvale.officer, starts_at=around.at(date(2026, 11, 15)))


def test_plan_typed_over_a_later_save_is_refused(northvale: World) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    given = {"starts_at": around.at(date(2026, 11, 20)), "setting": "online", "revision": 1}
    services.change_plan(meeting, place="First", by=northvale.officer, **given)
    with pytest.raises(Changed):
        services.change_plan(meeting, place="Second", by=northvale.second_officer, **given)


@pytest.mark.parametrize("who", ["la", "scrutineer", "la_lead", "agency_lead"])
def test_only_the_unit_records_a_meeting(northvale: World, southmere: World, who: str) -> None:
    review = make.opened(northvale)
    for by in (getattr(northvale, who), southmere.officer):
        with pytest.raises(Refused):
            around.meeting(review, by=by)


def test_closed_review_is_met_about_no_more(northvale: World) -> None:
    review = make.opened(northvale)
    held, planned = around.held(review, northvale), around.meeting(review, by=northvale.officer)
    assert [one.refusals for one in plan_steps(review, northvale.officer)] == [()]
    close_not_meeting(review, reason="Invented", correspondence=panel.wrote(), by=northvale.manager)
    closed = make.found(review)
    assert [one.refusals for one in plan_steps(closed, northvale.officer)] == [
        ("The rapid review is closed.",)
    ]
    with pytest.raises(Refused, match="closed"):
        around.meeting(closed, by=northvale.officer)
    assert around.fresh(planned).status == "cancelled"
    assert decide(held, northvale).position == 1


def test_quorum_typed_over_a_later_one_is_refused(northvale: World) -> None:
    services.set_quorum(northvale.partnership, partners=["LA"], by=northvale.manager, revision=0)
    with pytest.raises(Changed):
        services.set_quorum(northvale.partnership, partners=["ICB"], by=northvale.manager, revision=0)
    assert quorum_of(northvale.partnership) == ["LA"]


# ---- hold and attend
def test_meeting_is_held_once_somebody_was_present(northvale: World) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    with pytest.raises(Refused, match="who was present"):
        services.hold(meeting, at=now(), by=northvale.officer)
    around.present(meeting, northvale.la, by=northvale.officer)
    assert services.hold(meeting, at=now(), by=northvale.officer).status == "held"
    with pytest.raises(AlreadyDone):
        services.hold(meeting, at=now(), by=northvale.second_officer)


def test_meeting_was_not_held_tomorrow(northvale: World) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    around.present(meeting, northvale.la, by=northvale.officer)
    with pytest.raises(Refused, match="past"):
        services.hold(meeting, at=now() + timedelta(days=1), by=northvale.officer)


def test_person_is_on_the_list_once(northvale: World) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    around.present(meeting, northvale.la, by=northvale.officer)
    with pytest.raises(Refused):
        around.present(meeting, northvale.la, by=northvale.officer)
    assert northvale.la not in people_to_invite(meeting)
    named = {"part": Part.INFORMATION_GIVER, "name": "Invented Doctor", "agency": "Invented Trust"}
    attending.invite(meeting, by=northvale.officer, **named)
    with pytest.raises(Refused):
        attending.invite(meeting, by=northvale.officer, **named)


def test_partner_speaks_only_for_their_own(northvale: World) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    row = around.present(meeting, northvale.la, by=northvale.officer, partner=Partner.POLICE)
    assert row.partner == "LA"
    with pytest.raises(Refused, match="member"):
        around.present(meeting, northvale.icb, by=northvale.officer, part=Part.INFORMATION_GIVER)


# ---- quorum
@pytest.mark.parametrize(
    ("there", "missing"),
    [(("la", "icb"), "the police"), (("police",), "local authority and the integrated care board")],
)
def test_decision_without_quorum_is_not_minuted(
    northvale: World, there: tuple[str, ...], missing: str
) -> None:
    meeting = around.held(make.opened(northvale), northvale, partners=there)
    with pytest.raises(Refused, match=missing):
        decide(meeting, northvale)
    shown = {one.label: one.refusals for one in steps(meeting, northvale.officer)}
    assert missing in shown["Minute a decision"][0]
    assert shown["Minute an item"] == ()
    assert decide(meeting, northvale, decision="", discussion="Invented").position == 1


def test_decision_with_quorum_is_minuted(northvale: World) -> None:
    meeting = around.held(make.opened(northvale), northvale)
    assert decide(meeting, northvale).decision == "Invented decision"
    assert decide(meeting, northvale).position == 2


@pytest.mark.parametrize("presence", [Presence.APOLOGIES, Presence.INVITED])
def test_who_did_not_come_makes_no_quorum(northvale: World, presence: Presence) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    for partner in (northvale.la, northvale.icb):
        around.present(meeting, partner, by=northvale.officer)
    around.present(meeting, northvale.police, by=northvale.officer, presence=presence)
    services.hold(meeting, at=now(), by=northvale.officer)
    with pytest.raises(Refused, match="quorum"):
        decide(around.fresh(meeting), northvale)


def test_quorum_lost_after_a_decision_keeps_minutes_open(northvale: World) -> None:
    meeting = around.held(make.opened(northvale), northvale)
    decide(meeting, northvale)
    police = meeting.attendance.get(partner="POLICE")
    attending.record_presence(
        police, presence=Presence.APOLOGIES, part=Part.MEMBER, revision=1, by=northvale.officer
    )
    with pytest.raises(Refused, match="A decision is minuted"):
        services.agree_minutes(meeting, by=northvale.officer)


# ---- conflicts
def test_conflict_walls_the_person_off_and_takes_them_from_the_quorum(northvale: World) -> None:
    meeting = around.held(make.opened(northvale), northvale)
    police = meeting.attendance.get(partner="POLICE")
    for _ in range(2):
        attending.declare_conflict(police, reason="Invented conflict", by=northvale.officer)
    assert Wall.objects.filter(case=meeting.case, user=northvale.police.user).count() == 1
    assert not Case.objects.visible_to(northvale.police).filter(pk=meeting.case.pk).exists()
    with pytest.raises(Refused, match="police"):
        decide(around.fresh(meeting), northvale)


def test_conflict_of_somebody_without_account_raises_no_wall(northvale: World) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    row = attending.invite(
        meeting, part=Part.MEMBER, name="Invented Doctor", agency="Invented Trust", by=northvale.officer
    )
    with pytest.raises(Refused):
        attending.declare_conflict(row, reason=" ", by=northvale.officer)
    attending.declare_conflict(row, reason="Invented conflict", by=northvale.officer)
    assert not Wall.objects.exists()


def test_own_conflict_ends_the_recorders_own_access(northvale: World) -> None:
    meeting = around.held(make.opened(northvale), northvale)
    own = meeting.attendance.get(membership=northvale.officer)
    attending.declare_conflict(own, reason="Invented conflict", by=northvale.officer)
    with pytest.raises(Refused):
        decide(meeting, northvale)


# ---- minutes
def test_minutes_are_agreed_and_opened_again_with_a_reason(northvale: World) -> None:
    meeting = around.held(make.opened(northvale), northvale)
    with pytest.raises(Refused, match="at least one item"):
        services.agree_minutes(meeting, by=northvale.officer)
    minute = decide(meeting, northvale)
    services.agree_minutes(meeting, by=northvale.officer)
    with pytest.raises(Refused):
        decide(meeting, northvale)
    services.correct_minutes(meeting, reason="Invented reason", by=northvale.officer)
    given = {"item": "Other", "discussion": "", "decision": "Other decision", "who": "x", "revision": 1}
    services.change_minute(minute, by=northvale.officer, **given)
    with pytest.raises(Changed):
        services.change_minute(minute, by=northvale.officer, **{**given, "item": "Third"})
    assert Minute.objects.get().history.count() == 2


def test_minutes_wait_for_everybody_invited(northvale: World) -> None:
    meeting = around.held(make.opened(northvale), northvale)
    decide(meeting, northvale)
    around.present(meeting, northvale.manager, by=northvale.officer, presence=Presence.INVITED)
    with pytest.raises(Refused, match="whether they were present"):
        services.agree_minutes(meeting, by=northvale.officer)


# ---- pack
def test_pack_keeps_the_review_as_it_stood(northvale: World) -> None:
    review = make.written(northvale)
    meeting = around.meeting(review, by=northvale.officer)
    first = freeze_pack(meeting, by=northvale.officer)
    assert freeze_pack(meeting, by=northvale.second_officer) == first
    save_section(review, section="incident", text="Changed text", revision=None, by=northvale.officer)
    second = freeze_pack(meeting, by=northvale.officer)
    assert (first.version, second.version) == (1, 2)
    kept = MeetingPack.objects.get(pk=first.pk)
    assert ["What happened", "Invented text of incident"] in kept.review_papers
    assert is_unchanged(kept)
    assert {one["title"] for one in kept.files} == {one.title for one in review.case.documents.all()}
    assert all(len(one["sha256"]) == 64 for one in kept.files)


def test_pack_keeps_each_agencys_return_with_its_hash(
    northvale: World, browser: Callable[[Membership], Client]
) -> None:
    review = make.written(northvale)
    meeting = around.meeting(review, by=northvale.officer)
    before = freeze_pack(meeting, by=northvale.officer)
    assert before.returns == []
    told = chronologies.told(northvale, review, northvale.school, (date(2026, 3, 12), "Seen with a bruise"))
    asked.drafted(northvale, review=review, agency=northvale.hospital)
    first = freeze_pack(meeting, by=northvale.officer)
    (kept,) = first.returns
    assert (kept["agency"], kept["number"], kept["rows"]) == (northvale.school.name, 1, 1)
    assert freeze_pack(meeting, by=northvale.officer) == first
    requests.send_back(told, note="Add the nurse", by=northvale.officer)
    returns.answer(asked.found(told), by=told.answered_by)
    returns.sign_off(asked.found(told), by=northvale.agency_lead)
    second = freeze_pack(meeting, by=northvale.officer)
    assert [one["number"] for one in second.returns] == [2]
    assert second.returns[0]["sha256"] != kept["sha256"]
    for pack in (before, first, second):
        assert is_unchanged(MeetingPack.objects.get(pk=pack.pk))
    url = reverse("meeting_pack", args=[review.case_id, meeting.pk, first.version])
    words = "Version 1, 1 row of chronology, signed off 16 November 2026"
    html = browser(northvale.officer).get(url).content.decode()
    request_url = reverse("case_request", args=[review.case_id, told.pk])
    assert words in html
    assert f'href="{request_url}"' in html
    html = browser(northvale.scrutineer).get(url).content.decode()
    assert words in html
    assert request_url not in html


def test_pack_in_word_names_its_papers_and_hashes(northvale: World) -> None:
    review = make.written(northvale)
    chronologies.told(northvale, review, northvale.school, (date(2026, 3, 12), "Seen with a bruise"))
    meeting = around.meeting(review, by=northvale.officer)
    pack = freeze_pack(meeting, by=northvale.officer)
    packed = pack_returns(pack)
    word = WordDocument(BytesIO(pack_document(pack, files=pack.files, returns=packed, title="Invented")))
    text = "\n".join(one.text for one in word.paragraphs)
    assert pack.sha256 in text
    assert pack.files[0]["sha256"] in text
    assert f"{northvale.school.name}, {packed[0].what}. SHA-256 {packed[0].sha256}" in text
    assert "Invented text of incident" in text
    styles = word.styles.element
    assert [one.get(qn("w:val")) for one in styles.iter(qn("w:lang"))] == ["en-GB"]
    assert (word.core_properties.title, word.core_properties.author) == ("Invented", "")
    assert [one.text for one in word.paragraphs if one.style.name == "Heading 1"] == ["Invented"]


# ---- board and feed
def test_board_asks_to_plan_hold_and_minute(northvale: World, southmere: World) -> None:
    review = make.opened(northvale)
    assert [one.title for one in meeting_rows(northvale.officer)] == ["Plan the rapid review meeting"]
    assert meeting_rows(northvale.officer)[0].due_on == milestone(review.case)
    meeting = around.meeting(review, by=northvale.officer)
    assert [one.title for one in meeting_rows(northvale.officer)] == ["Hold the rapid review meeting"]
    around.present(meeting, northvale.la, by=northvale.officer)
    services.hold(meeting, at=now(), by=northvale.officer)
    assert [one.title for one in meeting_rows(northvale.officer)] == ["Finish the minutes of the meeting"]
    assert meeting_rows(southmere.officer) == meeting_rows(northvale.la) == []


def test_board_asks_who_is_invited_to_attend(northvale: World) -> None:
    meeting = around.meeting(make.opened(northvale), by=northvale.officer)
    row = around.present(meeting, northvale.la, by=northvale.officer, presence=Presence.INVITED)
    assert [(one.title, one.due_on) for one in meeting_rows(northvale.la)] == [
        ("Attend the rapid review meeting", date(2026, 11, 16))
    ]
    assert meeting_rows(northvale.icb) == []
    given = {"presence": Presence.APOLOGIES, "part": Part.MEMBER, "revision": 1}
    attending.record_presence(row, by=northvale.officer, **given)
    assert meeting_rows(northvale.la) == []


def test_feed_shows_a_planned_meeting_without_saying_of_whom(northvale: World, southmere: World) -> None:
    review = make.opened(northvale)
    meeting = around.meeting(review, by=northvale.officer, starts_at=around.at(date(2026, 11, 20)))
    found = dates_of(northvale.la)
    assert [(one.on, one.reference, one.what) for one in found] == [
        (date(2026, 11, 20), review.case.reference, "Rapid review meeting")
    ]
    assert dates_of(southmere.la) == dates_of(northvale.referrer) == []
    wall_off(review.case, user=northvale.la.user, by=northvale.manager, reason="Invented conflict")
    assert dates_of(northvale.la) == []
    services.cancel(meeting, reason="Invented reason", by=northvale.officer)
    assert dates_of(northvale.icb) == []
    assert Event.objects.filter(kind="meeting.cancel").exists()
