"""Those who act for the Panel record its answer and its national review through the unit's own verbs. 7.1 and 7.2."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Event
from cspr.cases.dialogue import dialogue_of
from cspr.cases.models import StatusChange
from cspr.cases.services import wall_off, wall_off_outside
from cspr.deadlines.models import Deadline
from cspr.dispatch.models import Message
from cspr.govuk.dates import typed_date
from cspr.now import now, today
from cspr.people.models import BodyKind, Membership
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import NationalConsidered, NationalScope, PanelAnswer, RapidReview, SecretaryTold
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind, SentHow
from rapid_reviews.phrases_review import PANEL_ANSWERED, PANEL_QUESTION_ANSWERED, SENT_TO_PANEL
from rapid_reviews.services.national import record_secretary_told
from rapid_reviews.services.panel_answers import reply_to_panel
from rapid_reviews.services.panel_conflict import declare_conflict_of_the_panel
from rapid_reviews.services.sending import send_review
from rapid_reviews.services.signing import redecide
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.notifications import evidence
from tests.factories.panel import make_former, make_officers, make_panel_officer
from tests.factories.people import World

Browser = Callable[[Membership], Client]
Kind = PanelAnswerKind


@pytest.fixture
def review(northvale: World) -> RapidReview:
    return panel.sent(northvale)


@pytest.fixture
def officer(review: RapidReview) -> Membership:
    return make_panel_officer()


def letter(kind: Kind = Kind.AGREES, **changes: Any) -> dict[str, Any]:
    """What is typed of a letter that came at 9:01 today."""
    return {
        "kind": kind, "text": "Invented letter", "said_by": "Invented Chair", "rationale": "Invented rationale",
        "received_time": "9:01", **typed_date("received_on", today()), **typed_date("answer_by", date(2026, 11, 30)),
        "letter": evidence("letter.txt"), **changes,
    }  # fmt: skip


def post_letter(client: Client, review: RapidReview, **given: Any) -> Any:
    """Typed at 9:02."""
    with time_machine.travel(now() + timedelta(minutes=2), tick=True):
        return client.post(reverse("panel_record_answer", args=[review.pk]), letter(**given))


def read(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize("kind", list(Kind))
def test_answer_recorded_by_the_panel_stands_as_the_units_would(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser, kind: Kind
) -> None:
    client = browser(officer)
    assert post_letter(client, review, kind=kind).url == reverse("panel_review", args=[review.pk])
    answer = PanelAnswer.objects.get(sent__review=review)
    assert (answer.kind, answer.received_by, answer.letter.added_by) == (kind, officer, officer)
    assert make.found(review).status == ReviewStatus.ANSWERED
    assert Deadline.objects.get(case=review.case, clock="C8").met_at == answer.received_at
    assert Deadline.objects.filter(case=review.case, clock="C9").exists() == (kind == Kind.ASKS_FOR_MORE)
    (said,) = dialogue_of(review.case).filter(document=answer.letter)
    assert said.logged_by == officer
    event = Event.objects.get(kind="rapidreview.record_panel_answer")
    assert event.actor_capacity == officer.capacity
    assert StatusChange.objects.filter(changed_by=officer, transition="record_panel_answer").count() == 1


def test_partnership_reads_who_recorded_it_in_which_capacity_and_is_mailed(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    post_letter(browser(officer), review)
    page = read(browser(northvale.officer), "rapid_review_sent", review.case_id)
    assert f"recorded by {officer.user.full_name}, {officer.capacity}" in page
    assert officer.capacity in read(browser(northvale.officer), "case_timeline", review.case_id)
    mails = Message.objects.filter(kind=PANEL_ANSWERED)
    unit = {one.user.email for one in (northvale.officer, northvale.second_officer, northvale.manager)}
    assert {one.to_email for one in mails} == unit
    assert all(review.case.reference in one.body and "Invented letter" not in one.body for one in mails)


def test_nobody_is_mailed_what_the_unit_recorded_itself(review: RapidReview, northvale: World) -> None:
    panel.answered(review, Kind.AGREES, by=northvale.officer)
    assert not Message.objects.filter(kind=PANEL_ANSWERED).exists()


def test_wrong_answers_stand_beside_their_fields_and_nothing_is_kept(
    review: RapidReview, officer: Membership, browser: Browser
) -> None:
    client = browser(officer)
    for given, words in (
        ({"letter": ""}, "Select the Panel’s letter"),
        ({"kind": "invented"}, "Select what the Panel answers"),
        (
            {"kind": Kind.ASKS_FOR_MORE, **typed_date("answer_by", date(2026, 11, 1))},
            "must be the same as or after",
        ),
        ({"received_time": "8:00"}, "must be after the review was sent"),
        (typed_date("received_on", date(2026, 11, 17)), "must be today or in the past"),
    ):
        answer = post_letter(client, review, **given)
        assert answer.status_code == 200
        assert words in unescape(answer.content.decode())
    assert not PanelAnswer.objects.exists()


def test_form_sent_twice_is_one_answer(review: RapidReview, officer: Membership, browser: Browser) -> None:
    client = browser(officer)
    for _ in range(2):
        assert post_letter(client, review, post_token="invented-token-of-this-form").status_code == 302
    assert PanelAnswer.objects.count() == 1


def test_unit_and_panel_who_record_the_same_hear_of_each_other(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    assert post_letter(browser(officer), review).status_code == 302
    at = PanelAnswer.objects.get().received_at
    with time_machine.travel(now() + timedelta(minutes=3), tick=True):
        with pytest.raises(AlreadyDone) as done:
            panel.answered(make.found(review), Kind.AGREES, by=northvale.officer, at=at)
        assert done.value.by == officer
        assert panel.answered(make.found(review), Kind.AGREES, by=officer, at=at) == PanelAnswer.objects.get()


def test_while_it_is_decided_again_the_panel_asks_and_nothing_moves(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    panel.answered(review, Kind.ASKS_TO_RECONSIDER, by=northvale.officer)
    redecide(make.found(review), by=northvale.officer, reason="Invented")
    client = browser(officer)
    assert "Record a letter of the Panel" in read(client, "panel_review", review.pk)
    assert post_letter(client, review, kind=Kind.AGREES).status_code == 200
    assert post_letter(client, review, kind=Kind.ASKS_FOR_MORE).status_code == 302
    assert make.found(review).status == ReviewStatus.GATHERING
    assert Deadline.objects.filter(case=review.case, clock="C9").exists()


def test_the_panel_takes_no_other_step(review: RapidReview, northvale: World, officer: Membership) -> None:
    asked = panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    given: dict[str, Any] = {"text": "Invented", "how": SentHow.EMAIL, "at": now(), "sender_name": "Invented"}
    with pytest.raises(Refused):
        reply_to_panel(asked, **given, by=officer)
    panel.answered(make.found(review), Kind.DISAGREES, by=officer)
    with pytest.raises(Refused):
        redecide(make.found(review), by=officer, reason="Invented")
    with pytest.raises(Refused):
        send_review(make.signed(northvale), panel.sending(), by=officer)


def test_nobody_else_records_for_the_panel(review: RapidReview, northvale: World) -> None:
    ofsted, officer = make_officers(BodyKind.OFSTED, BodyKind.PANEL)
    walled, former = make_former(officer), make_former(officer)
    walled.ends_on = None
    walled.save()
    wall_off(review.case, user=walled.user, by=northvale.manager, reason="Invented conflict")
    for other in (ofsted, walled, former):
        with pytest.raises(Refused):
            panel.answered(make.found(review), by=other)
        with pytest.raises(Refused):
            declare_conflict_of_the_panel(review, by=other, reason="Invented")
    assert not PanelAnswer.objects.exists()
    panel.answered(make.found(review), by=officer)


def test_what_was_not_sent_is_not_answered(northvale: World) -> None:
    signed, officer = make.signed(northvale), make_panel_officer()
    with pytest.raises(Refused):
        panel.answered(signed, by=officer)


def test_national_review_is_run_by_the_panel_and_shows_no_family(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    person = around.person(review, by=northvale.officer)
    client = browser(officer)
    assert client.get(reverse("panel_national", args=[review.pk])).status_code == 404
    post_letter(client, review, kind=Kind.NATIONAL_REVIEW)
    assert reverse("panel_national", args=[review.pk]) in read(client, "panel_review", review.pk)
    own = reverse("panel_national", args=[review.pk])
    with time_machine.travel(now() + timedelta(minutes=3), tick=True):
        for name, given in (
            ("panel_national_considered", {"criteria": ["themes"]}),
            ("panel_national_scope",
             {"scope": "Invented scope", "partners": ["LA"], **typed_date("discussed_on", today())}),
            ("panel_secretary_told", {"how_known": "Invented note", **typed_date("told_on", today())}),
        ):  # fmt: skip
            assert client.post(reverse(name, args=[review.pk]), given).url == own
    for model in (NationalConsidered, NationalScope, SecretaryTold):
        assert model.objects.get().recorded_by == officer
    page = read(client, "panel_national", review.pk)
    assert "Invented scope" in page
    assert "Invented note" in page
    assert str(person) not in page
    assert f"/cases/{review.case_id}" not in page
    unit = read(browser(northvale.officer), "rapid_review_national", review.case_id)
    assert officer.capacity in unit
    assert "The family" in unit


def test_national_entries_are_refused_behind_a_wall(
    review: RapidReview, northvale: World, officer: Membership
) -> None:
    panel.answered(review, Kind.NATIONAL_REVIEW, by=officer)
    wall_off(review.case, user=officer.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused):
        record_secretary_told(review, told_on=today(), how_known="Invented", by=officer)
    assert not SecretaryTold.objects.exists()


def mailed(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("to_email", flat=True))


def test_officers_of_the_panel_are_mailed_that_something_was_sent_and_nobody_else(northvale: World) -> None:
    signed = make.signed(northvale)
    panel_kind = BodyKind.PANEL
    first, second, walled, _ = make_officers(panel_kind, panel_kind, panel_kind, BodyKind.OFSTED)
    make_former(first)
    wall_off_outside(signed.case, user=walled.user, by=walled, reason="Invented")
    sent = panel.send(signed, by=northvale.officer)
    assert mailed(SENT_TO_PANEL) == {first.user.email, second.user.email}
    mail = Message.objects.filter(kind=SENT_TO_PANEL).first()
    assert mail is not None
    assert reverse("panel_review", args=[sent.pk]) in mail.body
    assert sent.case.pseudonym not in mail.subject + mail.body


def test_officers_of_the_panel_are_mailed_that_their_question_was_answered(
    northvale: World, review: RapidReview, officer: Membership
) -> None:
    question = panel.answered(review, Kind.ASKS_FOR_MORE, by=officer)
    given: dict[str, Any] = {"how": SentHow.EMAIL, "at": now(), "sender_name": "Invented Sender"}
    for _ in range(2):
        reply_to_panel(question, text="Invented answer", **given, by=northvale.officer)
    assert mailed(PANEL_QUESTION_ANSWERED) == {officer.user.email}
    assert Message.objects.filter(kind=PANEL_QUESTION_ANSWERED).count() == 1
