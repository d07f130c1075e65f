"""Verbs on requests and returns: what each writes, starts, stops and tells. Rule 6.3, clock C6."""

from datetime import date, time, timedelta

import pytest
import time_machine

from cspr.audit.models import Event
from cspr.audit.sentences import SENTENCES
from cspr.cases.services import wall_off
from cspr.deadlines import services as deadlines
from cspr.deadlines.models import Deadline
from cspr.dispatch.models import Message
from cspr.documents.models import Document
from cspr.govuk.dates import london_moment
from cspr.models import Changed
from cspr.now import now
from cspr.people.models import Agency
from cspr.permissions import Role
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import InformationRequest, Return
from rapid_reviews.options.requests import RefusalGround, RequestStatus
from rapid_reviews.presenters.request_board import steps
from rapid_reviews.selectors.facts import facts_of
from rapid_reviews.selectors.milestones import milestones_of
from rapid_reviews.selectors.network import network_of
from rapid_reviews.selectors.requests import standing_returns
from rapid_reviews.services import requests, returns
from rapid_reviews.services.return_files import attach_file
from rapid_reviews.services.return_versions import when_version_begins
from tests.factories import requests as make
from tests.factories.board import request_rows
from tests.factories.people import World, make_agency, make_member
from tests.factories.rapid_reviews import opened, with_partners

pytestmark = pytest.mark.django_db
MONDAY = london_moment(date(2026, 11, 16), time(9, 0))


def clock_of(request: InformationRequest, version: int = 1) -> Deadline:
    subject = str(request.pk) if version == 1 else f"{request.pk}/{version}"
    return Deadline.objects.get(clock="C6", subject=subject)


def mails(to: str) -> list[str]:
    found = Message.objects.filter(to_email=to).order_by("queued_at")
    return [one.subject.partition(":")[0] for one in found]


def test_network_matches_the_referrals_names_to_agencies(northvale: World) -> None:
    team = make_agency(northvale.partnership, name="The Invented Health-Visiting Team")
    review = opened(northvale, network=["invented health visiting team", "Invented Nursery"])
    network = network_of(review)
    by_name = {one.agency.name: one for one in network.candidates}
    assert by_name[northvale.school.name].named == "Made a referral"
    assert by_name[team.name].named == "Named in a referral, School, college or nursery"
    assert not by_name[northvale.hospital.name].is_named
    assert network.unmatched == ["Invented Nursery"]
    assert [one.is_named for one in network.candidates] == [True, True, False]


def test_agency_is_asked_once(northvale: World) -> None:
    request = make.issued(northvale)
    with pytest.raises(Refused, match="has not been asked"):
        requests.start_requests(
            request.review,
            agencies=[northvale.school],
            telling=make.telling(request.review),
            by=northvale.officer,
        )


def test_agency_of_another_partnership_is_not_asked(northvale: World, southmere: World) -> None:
    review = opened(northvale)
    with pytest.raises(Refused):
        requests.start_requests(
            review, agencies=[southmere.school], telling=make.telling(review), by=northvale.officer
        )


def test_strangers_people_are_not_named_to_an_agency(northvale: World) -> None:
    review, other = opened(northvale), opened(northvale)
    foreign = make.telling(other)
    made = requests.start_requests(review, agencies=[northvale.school], telling=foreign, by=northvale.officer)
    assert made[0].shared_people == []


def test_issuing_freezes_questions_and_people_and_starts_the_clock(northvale: World) -> None:
    request = make.issued(northvale)
    assert request.edition == "2025-06"
    assert len(request.questions["pages"]) == 14
    assert request.shared_people[0]["name"]
    clock = clock_of(request)
    assert (clock.start_on, clock.due_on) == (date(2026, 11, 16), date(2026, 11, 30))
    assert mails(northvale.agency_lead.user.email)[-1] == "An information request waits for your agency"


def test_issuing_twice_is_once(northvale: World) -> None:
    request = make.issued(northvale)
    before = Message.objects.count()
    requests.issue(request, by=northvale.officer)
    with pytest.raises(AlreadyDone):
        requests.issue(request, by=northvale.second_officer)
    assert Message.objects.count() == before
    assert Return.objects.filter(request=request).count() == 1


def test_agency_where_nobody_can_receive_it_is_refused(northvale: World) -> None:
    empty: Agency = make_agency(northvale.partnership)
    draft = make.drafted(northvale, agency=empty)
    with pytest.raises(Refused, match="Nobody at"):
        requests.issue(draft, by=northvale.officer)
    with pytest.raises(Refused, match="Nobody at"):
        requests.issue_all(draft.review, by=northvale.officer)
    assert make.found(draft).is_draft


def test_request_without_words_is_refused(northvale: World) -> None:
    review = opened(northvale)
    draft = requests.start_requests(
        review, agencies=[northvale.school], telling=requests.Telling(), by=northvale.officer
    )[0]
    with pytest.raises(Refused, match="Write what the agency is told"):
        requests.issue(draft, by=northvale.officer)


def test_late_request_is_due_no_earlier_than_the_next_working_day(northvale: World) -> None:
    draft = make.drafted(northvale)
    with time_machine.travel(london_moment(date(2026, 12, 4), time(16, 0)), tick=True):
        requests.issue(draft, by=northvale.officer)
    assert clock_of(draft).due_on == date(2026, 12, 7)


def test_clock_and_milestones_move_with_c5(northvale: World) -> None:
    request = make.issued(northvale)
    days = {one.number: one.due_on for one in milestones_of(request.case)}
    assert days == {1: date(2026, 11, 17), 10: date(2026, 11, 30), 14: date(2026, 12, 4)}
    later = london_moment(date(2026, 11, 18), time(10, 0))
    deadlines.correct(request.case, clock="C5", moment=later, by=northvale.manager, reason="Sent later")
    clock = clock_of(request)
    assert (clock.first_due_on, clock.due_on) == (date(2026, 11, 30), date(2026, 12, 2))
    assert {one.number: one.due_on for one in milestones_of(request.case)}[14] == date(2026, 12, 8)


def test_partnership_chooses_its_own_days(northvale: World) -> None:
    numbers = deadlines.numbers_of(northvale.partnership)
    chosen = {**numbers, "return_due_day": 8, "meeting_due_day": 12, "letters_due_day": 2}
    deadlines.set_numbers(northvale.partnership, numbers=chosen, by=northvale.manager)
    northvale.partnership.refresh_from_db()
    request = make.issued(northvale)
    assert clock_of(request).due_on == date(2026, 11, 26)
    assert [one.number for one in milestones_of(request.case)] == [2, 8, 12]


def test_reminders_go_to_agency_and_contributor_then_escalate_to_the_unit(northvale: World) -> None:
    request = make.issued(northvale)
    contributor = make.contributor_of(request, by=northvale.agency_lead)
    deadlines.make_round(london_moment(date(2026, 11, 30), time(9, 0)))
    told = "Return the agency’s information (due today)"
    assert mails(northvale.agency_lead.user.email)[-1] == told
    assert mails(contributor.user.email)[-1] == told
    link = Message.objects.filter(to_email=contributor.user.email).latest("queued_at").body
    assert f"/requests/{request.pk}/" in link
    deadlines.make_round(london_moment(date(2026, 12, 2), time(9, 0)))
    for one in (northvale.officer, northvale.manager):
        assert mails(one.user.email)[-1] == "Return the agency’s information (overdue, brought to you)"


def test_guest_is_reminded_by_the_link(northvale: World) -> None:
    make.guest_issued(northvale)
    deadlines.make_round(london_moment(date(2026, 11, 30), time(9, 0)))
    mail = Message.objects.filter(to_email="guest@example.test").latest("queued_at")
    assert mail.subject.startswith("Return the agency’s information (due today)")
    assert "/guest/" in mail.body


def test_chasing_stops_on_return(northvale: World) -> None:
    request = make.signed_off(northvale)
    assert clock_of(request).met_on == date(2026, 11, 16)
    before = mails(northvale.agency_lead.user.email)
    deadlines.make_round(london_moment(date(2026, 12, 2), time(9, 0)))
    assert mails(northvale.agency_lead.user.email) == before
    assert (
        mails(northvale.officer.user.email)[-1] != "Return the agency’s information (overdue, brought to you)"
    )


def test_late_return_is_met_late_and_kept(northvale: World) -> None:
    request = make.answered(northvale)
    with time_machine.travel(london_moment(date(2026, 12, 3), time(9, 0)), tick=True):
        returns.sign_off(request, by=northvale.agency_lead)
    clock = clock_of(request)
    assert clock.met_on == date(2026, 12, 3) > clock.due_on
    assert make.found(request).is_returned


def test_same_answers_again_change_nothing(northvale: World) -> None:
    request = make.issued(northvale)
    answers = {"child_voice": "Seen"}
    returns.save_page(request, page="voice", answers=answers, revision=0, by=northvale.agency_lead)
    before = Event.objects.count()
    returns.save_page(request, page="voice", answers=answers, revision=0, by=northvale.agency_lead)
    assert Event.objects.count() == before
    with pytest.raises(Changed):
        returns.save_page(
            request, page="voice", answers={"child_voice": "Else"}, revision=0, by=northvale.agency_lead
        )


def test_only_asked_keys_are_kept(northvale: World) -> None:
    request = make.issued(northvale)
    answers = {"child_voice": "Seen", "secret": "x"}
    saved = returns.save_page(request, page="voice", answers=answers, revision=None, by=northvale.agency_lead)
    assert saved.answers == {"child_voice": "Seen"}
    with pytest.raises(Refused, match="not part of"):
        returns.save_page(request, page="nothing", answers={}, revision=None, by=northvale.agency_lead)


def test_incomplete_return_is_not_finished(northvale: World) -> None:
    request = make.issued(northvale)
    with pytest.raises(Refused, match="answers are still needed"):
        returns.answer(request, by=northvale.agency_lead)


def test_nobody_of_another_agency_is_assigned(northvale: World) -> None:
    request = make.issued(northvale)
    for stranger in (
        make_member(Role.CONTRIBUTOR, agency=northvale.hospital),
        northvale.referrer,
        northvale.officer,
    ):
        with pytest.raises(Refused):
            returns.assign(request, contributor=stranger, by=northvale.agency_lead)
    with pytest.raises(Refused):
        returns.assign(request, contributor=None, by=northvale.officer)


def test_walled_colleague_is_not_assigned_and_not_told(northvale: World) -> None:
    draft = make.drafted(northvale)
    walled = make_member(Role.AGENCY_LEAD, agency=northvale.school)
    wall_off(draft.case, user=walled.user, by=northvale.manager, reason="Invented conflict")
    requests.issue(draft, by=northvale.officer)
    assert mails(walled.user.email) == []
    with pytest.raises(Refused):
        returns.assign(make.found(draft), contributor=walled, by=northvale.agency_lead)


def test_contributor_who_lost_it_cannot_save(northvale: World) -> None:
    request = make.issued(northvale)
    first = make.contributor_of(request, by=northvale.agency_lead)
    make.contributor_of(make.found(request), by=northvale.agency_lead)
    with pytest.raises(Refused):
        returns.save_page(request, page="voice", answers={"child_voice": "x"}, revision=None, by=first)


def test_sole_author_cannot_sign_off_what_another_sent(northvale: World) -> None:
    request = make.issued(northvale)
    make.filled(request, by=northvale.agency_lead)
    other = make_member(Role.AGENCY_LEAD, agency=northvale.school)
    returns.answer(make.found(request), by=other)
    with pytest.raises(Refused, match="You wrote this return"):
        returns.sign_off(make.found(request), by=northvale.agency_lead)
    with pytest.raises(Refused, match="somebody else"):
        returns.sign_off(make.found(request), by=other)
    third = make_member(Role.AGENCY_LEAD, agency=northvale.school)
    returns.sign_off(make.found(request), by=third)


def test_who_wrote_what_a_correction_carries_on_cannot_sign_it_off_alone(northvale: World) -> None:
    request, lead = make.issued(northvale), northvale.agency_lead
    make.filled(request, by=lead)
    other = make_member(Role.AGENCY_LEAD, agency=northvale.school)
    returns.nothing_known(make.found(request), by=other)
    returns.sign_off(make.found(request), by=lead)
    requests.send_back(make.found(request), note="There is a file", by=northvale.officer)
    returns.answer(make.found(request), by=other)
    with pytest.raises(Refused, match="You wrote this return"):
        returns.sign_off(make.found(request), by=lead)


def test_signing_off_twice_is_once(northvale: World) -> None:
    request = make.signed_off(northvale)
    before = Event.objects.count()
    returns.sign_off(request, by=northvale.agency_lead)
    with pytest.raises(AlreadyDone):
        returns.sign_off(request, by=make_member(Role.AGENCY_LEAD, agency=northvale.school))
    assert Event.objects.count() == before


def test_handed_back_return_can_be_written_again(northvale: World) -> None:
    request = make.answered(northvale)
    returns.hand_back(request, reason="Say more", by=northvale.agency_lead)
    back = make.found(request)
    assert (back.status, back.answered_by) == (RequestStatus.ISSUED, None)
    assert mails(request.contributor.user.email)[-1] == "A return was handed back to you"  # type: ignore[union-attr]


def test_refusal_stops_the_clock_and_can_be_answered(northvale: World) -> None:
    request = make.issued(northvale)
    returns.refuse(request, ground=RefusalGround.COURT_ORDER, reason="Invented", by=northvale.agency_lead)
    assert clock_of(request).withdrawn_reason == "The agency refused: A court order forbids it"
    assert any("refusal" in one.title for one in request_rows(northvale.officer))
    requests.send_back(make.found(request), note="The order does not reach this", by=northvale.officer)
    again = make.found(request)
    assert (again.status, again.refusal_ground) == (RequestStatus.ISSUED, "")
    assert clock_of(request, 2).is_open


def test_correction_is_a_new_version_with_its_own_clock_and_rows(northvale: World) -> None:
    carried: list[tuple[int, int]] = []
    when_version_begins(lambda before, version, by: carried.append((before.version, version.version)))
    request = make.signed_off(northvale)
    with time_machine.travel(MONDAY + timedelta(days=28), tick=True):
        requests.send_back(request, note="Look again", by=northvale.officer)
        assert clock_of(request, 2).due_on == date(2026, 12, 15)
    assert carried == [(1, 2)]
    first, second = Return.objects.filter(request=request).order_by("version")
    assert first.sent_back_note == "Look again"
    assert second.answers == first.answers
    assert list(standing_returns(request.review)) == [first]
    assert clock_of(request).met_on is not None


def test_withdrawing_stops_clock_and_tells_the_agency(northvale: World) -> None:
    request = make.issued(northvale)
    with pytest.raises(Refused):
        requests.withdraw(request, reason=" ", by=northvale.officer)
    requests.withdraw(make.found(request), reason="Asked by mistake", by=northvale.officer)
    assert clock_of(request).withdrawn_at is not None
    assert mails(northvale.agency_lead.user.email)[-1] == "An information request was withdrawn"
    again = make.issued(northvale, review=request.review)
    assert again.pk != request.pk


def test_only_the_draft_can_be_described_or_deleted(northvale: World) -> None:
    request = make.issued(northvale)
    telling = make.telling(request.review)
    with pytest.raises(Refused, match="has been issued"):
        requests.describe(request, telling=telling, revision=None, by=northvale.officer)
    with pytest.raises(Refused, match="has been issued"):
        requests.delete_draft(request, by=northvale.officer)


def test_waiting_requests_end_with_the_review(northvale: World) -> None:
    request = make.issued(northvale)
    assert requests.withdraw_waiting(request.review, reason="Closed", by=northvale.officer) == 1
    assert make.found(request).status == RequestStatus.WITHDRAWN


def test_refused_file_leaves_no_row(northvale: World) -> None:
    request = make.signed_off(northvale)
    with pytest.raises(Refused):
        attach_file(request, upload=None, description="x", by=northvale.agency_lead)  # type: ignore[arg-type]
    assert not Document.objects.filter(stream__startswith="agency-return/").exists()


def test_nobody_is_to_be_asked_once_the_partners_have_the_review(northvale: World) -> None:
    with_partners(northvale)
    assert request_rows(northvale.officer) == []


def test_board_names_what_waits_for_whom(northvale: World) -> None:
    review = opened(northvale)
    assert [one.title for one in request_rows(northvale.officer)] == ["Ask the agencies for information"]
    assert steps(review, northvale.officer)[0].label == "Ask the agencies for information"
    request = make.issued(northvale, review=review)
    assert [one.title for one in request_rows(northvale.agency_lead)] == [
        "Answer or assign the information request"
    ]
    unit = request_rows(northvale.officer)[0]
    told = f"1 of 1 not answered: {northvale.school.name} since Mon 16 Nov"
    assert (unit.told, unit.for_others) == (told, True)
    contributor = make.contributor_of(request, by=northvale.agency_lead)
    assert [one.for_others for one in request_rows(northvale.agency_lead)] == [True]
    assert [one.title for one in request_rows(contributor)] == ["Answer the information request"]
    returns.nothing_known(make.found(request), by=contributor)
    assert [one.title for one in request_rows(northvale.agency_lead)] == ["Sign off the return"]
    assert [one.for_others for one in request_rows(contributor)] == [True]
    assert request_rows(northvale.police) == []


def test_review_knows_who_was_asked(northvale: World) -> None:
    request = make.issued(northvale)
    assert [f"Asked: {request.agency.name}", "With the agency"] in facts_of(request.review)["agencies"]


def test_every_event_of_a_request_has_its_sentence(northvale: World) -> None:
    make.signed_off(northvale)
    make.guest_issued(northvale, review=opened(northvale))
    kinds = set(Event.objects.filter(at__lte=now()).values_list("kind", flat=True))
    assert kinds <= set(SENTENCES)


def test_sections_say_on_what_ground_an_agency_refused(northvale: World) -> None:
    request = make.issued(northvale)
    ground = RefusalGround.COURT_ORDER
    returns.refuse(request, ground=ground, reason="Invented order", by=northvale.agency_lead)
    told = ["Refused: a court order forbids it"]
    assert [f"Asked: {request.agency.name}", *told] in facts_of(request.review)["agencies"]
