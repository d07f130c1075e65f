"""An incident found not to meet the criteria after all, also once the review went to the Panel. Rule 4.7."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cspr.cases.dialogue import dialogue_of
from cspr.deadlines.models import Deadline
from cspr.decisions.models import DecisionStatus
from cspr.dispatch.models import Message, Telling
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import RapidReview, SentReview
from rapid_reviews.options.family import Matter
from rapid_reviews.options.meeting import MeetingStatus, Presence
from rapid_reviews.options.review import Outcome, ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind as Kind
from rapid_reviews.options.sending import Standing
from rapid_reviews.phrases_review import REVIEW_CLOSED
from rapid_reviews.presenters.review_stage import steps
from rapid_reviews.selectors.panel import sent_reviews
from rapid_reviews.selectors.signing import latest_version
from rapid_reviews.services.closing import close_not_meeting, reopen
from rapid_reviews.services.panel_answers import subject_of
from rapid_reviews.services.signing import redecide
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.board import family_rows, meeting_rows, panel_rows
from tests.factories.panel import make_panel_officer
from tests.factories.people import World, make_bodies

Browser = Callable[[Membership], Client]


def clock(review: RapidReview, key: str, subject: str = "") -> Deadline | None:
    return Deadline.objects.filter(case=review.case, clock=key, subject=subject).first()


def close(review: RapidReview, *, by: Membership) -> RapidReview:
    return close_not_meeting(make.found(review), reason="Invented", correspondence=panel.wrote(), by=by)


def test_manager_closes_with_the_panels_correspondence_and_c5_no_longer_runs(northvale: World) -> None:
    review = make.signed(northvale)
    with pytest.raises(Refused):
        close_not_meeting(review, reason="Invented", correspondence=panel.wrote(), by=northvale.officer)
    with pytest.raises(Refused) as refused:
        close_not_meeting(review, reason=" ", correspondence=panel.wrote(file=None), by=northvale.manager)
    assert set(refused.value.fields) == {"reason", "correspondence"}
    before = panel.wrote(at=review.notification.sent_at - timedelta(minutes=1))
    with pytest.raises(Refused) as too_early:
        close_not_meeting(review, reason="Invented", correspondence=before, by=northvale.manager)
    assert too_early.value.fields["came_on"].startswith("The moment must be after the notification was sent,")
    later = panel.wrote(at=now() + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        close_not_meeting(review, reason="Invented", correspondence=later, by=northvale.manager)
    assert set(refused.value.fields) == {"came_on"}
    closed = close_not_meeting(review, reason="Invented", correspondence=panel.wrote(), by=northvale.manager)
    assert closed.status == ReviewStatus.CLOSED_NOT_MEETING
    c5 = clock(review, "C5")
    assert c5 is not None
    assert c5.withdrawn_at is not None
    assert closed.closings.get().reason == "Invented"
    said = dialogue_of(review.case).get()
    assert (said.said_by, said.document) == ("Invented Secretary", closed.closings.get().correspondence)


def test_closing_what_was_sent_leaves_it_as_it_was_signed_and_waits_for_no_answer(northvale: World) -> None:
    review = panel.sent(northvale)
    before = SentReview.objects.get(review=review)
    assert panel_rows(northvale.officer)
    closed = close(review, by=northvale.manager)
    assert closed.status == ReviewStatus.CLOSED_NOT_MEETING
    version = latest_version(review.case)
    assert version is not None
    assert (version.status, version.sign_offs.count()) == (DecisionStatus.SETTLED, 3)
    after = SentReview.objects.get(review=review)
    assert (after.sha256, after.frozen, after.sent_at) == (before.sha256, before.frozen, before.sent_at)
    c5, c8 = clock(review, "C5"), clock(review, "C8")
    assert c5 is not None
    assert (c5.met_at, c5.withdrawn_at) == (before.sent_at, None)
    assert c8 is not None
    assert c8.withdrawn_reason == "Invented"
    assert panel_rows(northvale.officer) == []


def test_closing_stops_what_was_not_told_of_a_local_review(northvale: World) -> None:
    make_bodies()
    review = panel.sent(northvale, outcome=Outcome.LOCAL_REVIEW)
    close(review, by=northvale.manager)
    tellings = Telling.objects.filter(case=review.case, clock="C7")
    assert {one.status for one in tellings} == {Telling.Status.STOPPED}
    c7 = clock(review, "C7")
    assert c7 is not None
    assert c7.withdrawn_reason == "Invented"


def test_closing_after_a_question_of_the_panel_ends_its_clock(northvale: World) -> None:
    review = panel.sent(northvale)
    question = panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    close(review, by=northvale.manager)
    c8, c9 = clock(review, "C8"), clock(review, "C9", subject_of(question))
    assert c8 is not None
    assert (c8.met_at, c8.withdrawn_at) == (question.received_at, None)
    assert c9 is not None
    assert c9.withdrawn_reason == "Invented"
    assert panel_rows(northvale.officer) == []


def test_closing_while_it_is_decided_again_ends_the_clock_of_a_question(northvale: World) -> None:
    review = panel.sent(northvale)
    panel.answered(review, Kind.DISAGREES, by=northvale.officer)
    again = make.found(redecide(make.found(review), reason="Invented", by=northvale.officer))
    question = panel.answered(again, Kind.ASKS_FOR_MORE, by=northvale.officer)
    close(again, by=northvale.manager)
    c9 = clock(review, "C9", subject_of(question))
    assert c9 is not None
    assert c9.withdrawn_at is not None


def test_panel_reads_that_what_it_was_sent_is_closed(northvale: World) -> None:
    review = panel.sent(northvale)
    officer = make_panel_officer()
    close(review, by=northvale.manager)
    assert sent_reviews(officer).get(pk=review.pk).standing == Standing.CLOSED


@pytest.mark.parametrize("kind", [None, Kind.AGREES, Kind.DISAGREES])
def test_closing_is_offered_to_the_manager_after_the_sending_too(
    northvale: World, browser: Browser, kind: Kind | None
) -> None:
    review = panel.sent(northvale)
    if kind is not None:
        panel.answered(review, kind, by=northvale.officer)
    case, page = (reverse(name, args=[review.case_id]) for name in ("case", "rapid_review_close"))
    assert page in browser(northvale.manager).get(case).content.decode()
    assert page not in browser(northvale.officer).get(case).content.decode()


@pytest.mark.parametrize("kind", list(Kind))
def test_letter_of_the_panel_is_kept_after_the_closing_and_moves_nothing(
    northvale: World, monday: Any, kind: Kind
) -> None:
    review = panel.sent(northvale)
    close(review, by=northvale.manager)
    assert "Record a letter of the Panel" in {
        one.label for one in steps(make.found(review), northvale.officer)
    }
    monday.shift(60)
    panel.answered(make.found(review), kind, by=northvale.officer)
    standing = make.found(review)
    assert (standing.status, standing.settled_at) == (ReviewStatus.CLOSED_NOT_MEETING, None)
    waits = {Kind.ASKS_FOR_MORE: ["Answer the Panel’s question"]}
    assert [one.title for one in panel_rows(northvale.officer)] == waits.get(kind, [])


def test_review_that_was_never_sent_takes_no_letter_after_its_closing(northvale: World) -> None:
    review = make.written(northvale)
    close(review, by=northvale.manager)
    with pytest.raises(Refused):
        panel.answered(make.found(review), by=northvale.officer)
    assert steps(make.found(review), northvale.officer) == []


def test_incident_of_a_national_review_is_not_closed(northvale: World) -> None:
    review = panel.sent(northvale)
    panel.answered(review, Kind.NATIONAL_REVIEW, by=northvale.officer)
    with pytest.raises(Refused, match="The Panel holds a national review"):
        close(review, by=northvale.manager)
    (step,) = (one for one in steps(make.found(review), northvale.manager) if "Close" in one.label)
    assert step.refusals == ("The Panel holds a national review of this incident.",)


def test_closing_cancels_what_was_planned_and_those_concerned_are_mailed(northvale: World) -> None:
    review = panel.sent(northvale)
    officer = make_panel_officer()
    meeting = around.meeting(review, by=northvale.officer, starts_at=now() + timedelta(days=3))
    around.present(meeting, northvale.police, by=northvale.officer, presence=Presence.INVITED)
    close(review, by=northvale.manager)
    assert around.fresh(meeting).status == MeetingStatus.CANCELLED
    assert meeting_rows(northvale.police) == meeting_rows(northvale.officer) == []
    mailed = set(Message.objects.filter(kind=REVIEW_CLOSED).values_list("to_membership", flat=True))
    told = {*northvale.partners, northvale.officer, northvale.second_officer, officer}
    assert mailed == {one.pk for one in told}
    mail = Message.objects.filter(kind=REVIEW_CLOSED, to_membership=officer).get()
    assert reverse("panel_review", args=[review.pk]) in mail.body
    assert "Invented" not in mail.subject + mail.body


def test_family_is_still_to_be_told_of_a_decision_that_was_sent_and_of_the_closing(northvale: World) -> None:
    review = panel.sent(northvale)
    person = around.person(review, by=northvale.officer)
    with pytest.raises(Refused) as early:
        around.told(person, by=northvale.officer, matter=Matter.CLOSED)
    assert early.value.fields == {"matter": "The rapid review is not closed"}
    close(review, by=northvale.manager)
    titles = [one.title for one in family_rows(northvale.officer)]
    assert titles == ["Tell the family the decision, or record why not"]
    around.told(person, by=northvale.officer, matter=Matter.CLOSED)
    around.told(person, by=northvale.officer, matter=Matter.DECISION)
    assert family_rows(northvale.officer) == []


def test_closing_is_a_matter_of_the_familys_page_only_once_it_is_closed(
    northvale: World, browser: Browser
) -> None:
    review = panel.sent(northvale)
    person = around.person(review, by=northvale.officer)
    page, client = reverse("family_told", args=[review.case_id, person.pk]), browser(northvale.officer)
    assert "That it was closed, and why" not in client.get(page).content.decode()
    close(review, by=northvale.manager)
    assert "That it was closed, and why" in client.get(page).content.decode()


def again(review: RapidReview, *, by: Membership) -> RapidReview:
    return make.found(reopen(make.found(review), reason="Closed by mistake", by=by))


@pytest.mark.parametrize("made", [make.written, make.with_partners, make.signed])
def test_review_closed_by_mistake_is_prepared_on_and_its_clock_runs_again(
    northvale: World, made: Callable[[World], RapidReview]
) -> None:
    review = made(northvale)
    before = clock(review, "C5")
    assert before is not None
    close(review, by=northvale.manager)
    opened = again(review, by=northvale.manager)
    assert (opened.status, opened.closed_at, opened.closed_by) == (ReviewStatus.GATHERING, None, None)
    running = Deadline.objects.get(case=review.case, clock="C5", withdrawn_at=None)
    assert (running.due_on, running.first_due_on) == (before.due_on, before.first_due_on)
    make.sign_all(make.put(opened, by=northvale.officer), northvale)
    assert panel.send(make.found(opened), by=northvale.officer).status == ReviewStatus.SENT
    closing = review.closings.get()
    assert (closing.reopening.reopened_by, closing.reopening.reason) == (
        northvale.manager,
        "Closed by mistake",
    )


def test_review_closed_after_the_sending_waits_for_the_panel_again(northvale: World) -> None:
    review = panel.sent(northvale)
    before = clock(review, "C8")
    assert before is not None
    close(review, by=northvale.manager)
    assert again(review, by=northvale.manager).status == ReviewStatus.SENT
    running = Deadline.objects.get(case=review.case, clock="C8", withdrawn_at=None)
    assert running.due_on == before.due_on
    assert [one.title for one in panel_rows(northvale.officer)] == ["The Panel’s answer to the rapid review"]
    panel.answered(make.found(review), by=northvale.officer)
    assert make.found(review).settled_at is not None


def test_question_and_local_review_go_on_after_the_closing_was_wrong(northvale: World) -> None:
    make_bodies()
    review = panel.sent(northvale, outcome=Outcome.LOCAL_REVIEW)
    question = panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    close(review, by=northvale.manager)
    assert again(review, by=northvale.manager).status == ReviewStatus.ANSWERED
    c9 = Deadline.objects.get(case=review.case, clock="C9", withdrawn_at=None)
    assert (c9.subject, c9.due_on) == (subject_of(question), question.answer_by)
    assert Telling.objects.filter(case=review.case, clock="C7", status__in=Telling.OPEN).count() == 3


def test_closed_and_opened_again_more_than_once_keeps_each_closing(northvale: World) -> None:
    review = panel.sent(northvale)
    for _ in range(2):
        close(review, by=northvale.manager)
        again(review, by=northvale.manager)
    close(review, by=northvale.manager)
    assert [hasattr(one, "reopening") for one in review.closings.all()] == [True, True, False]


def test_only_the_manager_opens_again_with_a_reason_and_from_the_page(
    northvale: World, southmere: World, browser: Browser
) -> None:
    review = panel.sent(northvale)
    page = reverse("rapid_review_reopen", args=[review.case_id])
    case = reverse("case", args=[review.case_id])
    manager = browser(northvale.manager)
    assert "cannot be done while" in manager.get(page).content.decode()
    close(review, by=northvale.manager)
    for by in (northvale.officer, northvale.la, southmere.manager):
        with pytest.raises(Refused):
            again(review, by=by)
    assert page not in browser(northvale.officer).get(case).content.decode()
    assert page in manager.get(case).content.decode()
    assert "Enter the reason" in manager.post(page, {"reason": ""}).content.decode()
    assert manager.post(page, {"reason": "Closed by mistake"}).status_code == 302
    shown = manager.get(reverse("rapid_review", args=[review.case_id])).content.decode()
    for words in ("Was closed as not meeting the criteria", "Opened again", "Closed by mistake"):
        assert words in shown


@pytest.mark.parametrize("made", [make.written, panel.sent])
def test_opened_again_twice_is_once(northvale: World, made: Callable[[World], RapidReview]) -> None:
    review = made(northvale)
    close(review, by=northvale.manager)
    opened = again(review, by=northvale.manager)
    mails, clocks = Message.objects.count(), Deadline.objects.count()
    assert again(review, by=northvale.manager).status == opened.status
    assert (Message.objects.count(), Deadline.objects.count()) == (mails, clocks)
    assert review.closings.get().reopening.reopened_by == northvale.manager


def test_page_of_a_letter_says_that_the_review_is_closed(northvale: World, browser: Browser) -> None:
    review = panel.sent(northvale)
    page, client = reverse("rapid_review_panel_answer", args=[review.case_id]), browser(northvale.officer)
    assert "The rapid review is closed." not in client.get(page).content.decode()
    close(review, by=northvale.manager)
    assert "The rapid review is closed." in client.get(page).content.decode()
