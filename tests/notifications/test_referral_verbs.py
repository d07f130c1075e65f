"""The verbs of a referral: start, answer, send, withdraw, add to, decide."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine

from cspr.audit.models import Event
from cspr.cases.models import Case
from cspr.deadlines.models import Deadline
from cspr.models import Changed
from cspr.workflow import AlreadyDone, Refused
from notifications.models import Referral
from notifications.options import ReferralStatus
from notifications.services.referral import (
    answer_page,
    delete_draft,
    record_outcome,
    start_referral,
    submit,
    withdraw,
)
from notifications.services.referral_files import add_to
from notifications.services.referral_rows import (
    add_child,
    add_row,
    answer_child,
    answer_row,
    make_lead_child,
    remove_row,
)
from tests.factories.people import World
from tests.factories.referrals import ANSWERS, CHILD, WHEN, complete, sent, started, with_child

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_start_twice_with_one_token_begins_one_referral(northvale: World) -> None:
    token = uuid4()
    first = start_referral(northvale.partnership, by=northvale.referrer, token=token)
    again = start_referral(northvale.partnership, by=northvale.referrer, token=token)
    assert first == again
    assert Referral.objects.count() == 1


def test_start_for_a_partnership_the_agency_does_not_serve_is_refused(
    northvale: World, southmere: World
) -> None:
    with pytest.raises(Refused) as refusal:
        start_referral(southmere.partnership, by=northvale.referrer, token=uuid4())
    assert refusal.value.fields == {"partnership": "Select a partnership your agency works with"}


def test_start_fills_in_who_refers(northvale: World) -> None:
    referral = started(northvale.referrer)
    assert referral.referrer_name == northvale.referrer.user.full_name
    assert referral.referrer_email == northvale.referrer.user.email


def test_answer_of_one_page_leaves_another_tabs_page_alone(northvale: World) -> None:
    referral = started(northvale.referrer)
    answer_page(referral, page="delay", answers=ANSWERS["delay"], revision=0, by=northvale.referrer)
    saved = answer_page(
        referral, page="purpose", answers=ANSWERS["purpose"], revision=0, by=northvale.referrer
    )
    assert (saved.delayed, saved.purpose) == ("NO", ["criteria"])


def test_answer_of_the_same_page_typed_over_an_older_one_is_a_conflict(northvale: World) -> None:
    referral = started(northvale.referrer)
    answer_page(referral, page="delay", answers=ANSWERS["delay"], revision=0, by=northvale.referrer)
    other = {"delayed": "YES", "delay_reason": "Invented"}
    with pytest.raises(Changed):
        answer_page(referral, page="delay", answers=other, revision=0, by=northvale.referrer)


def test_same_answers_sent_twice_change_nothing(northvale: World) -> None:
    referral = started(northvale.referrer)
    once = answer_page(referral, page="delay", answers=ANSWERS["delay"], revision=0, by=northvale.referrer)
    events = Event.objects.count()
    twice = answer_page(referral, page="delay", answers=ANSWERS["delay"], revision=0, by=northvale.referrer)
    assert (twice.revision, Event.objects.count()) == (once.revision, events)


def test_answers_keep_their_history_with_its_author(northvale: World) -> None:
    referral = started(northvale.referrer)
    answer_page(referral, page="delay", answers=ANSWERS["delay"], revision=0, by=northvale.referrer)
    latest = Referral.history.filter(id=referral.pk).latest("history_date")
    assert latest.history_user == northvale.referrer.user


def test_send_gives_reference_case_and_clock(northvale: World) -> None:
    referral = sent(northvale.referrer)
    assert referral.status == ReferralStatus.SUBMITTED
    assert referral.reference == "NVL-R-2026-0001"
    deadline = Deadline.objects.get(case=referral.case, clock="C4")
    assert (deadline.start_on, deadline.due_on) == (date(2026, 11, 23), date(2026, 11, 24))


def test_send_twice_by_one_person_is_one_referral_and_one_case(northvale: World) -> None:
    referral = sent(northvale.referrer)
    again = submit(referral, by=northvale.referrer)
    assert again.reference == referral.reference
    assert Case.objects.count() == 1


def test_send_after_a_colleague_sent_says_who_did(northvale: World) -> None:
    referral = sent(northvale.referrer)
    with pytest.raises(AlreadyDone) as done:
        submit(referral, by=northvale.agency_lead)
    assert done.value.by == northvale.referrer


def test_send_of_an_incomplete_draft_is_refused_and_opens_no_case(northvale: World) -> None:
    with pytest.raises(Refused, match="answers are still needed"):
        submit(started(northvale.referrer), by=northvale.referrer)
    assert not Case.objects.exists()


@pytest.mark.parametrize("who", ["officer", "la", "scrutineer", "other_referrer"])
def test_send_is_for_the_agency_alone(northvale: World, who: str) -> None:
    referral = complete(northvale.referrer)
    with pytest.raises(Refused):
        submit(referral, by=getattr(northvale, who))


def test_answer_after_sending_is_refused(northvale: World) -> None:
    referral = sent(northvale.referrer)
    with pytest.raises(Refused, match="has been sent"):
        answer_page(referral, page="delay", answers=ANSWERS["delay"], revision=None, by=northvale.referrer)


def test_withdraw_needs_a_reason(northvale: World) -> None:
    with pytest.raises(Refused) as refusal:
        withdraw(sent(northvale.referrer), by=northvale.referrer, reason=" ")
    assert "reason" in refusal.value.fields


def test_withdraw_before_the_decision_keeps_what_was_sent(northvale: World) -> None:
    referral = withdraw(sent(northvale.referrer), by=northvale.agency_lead, reason="Sent by mistake")
    assert referral.status == ReferralStatus.WITHDRAWN
    assert referral.narrative == ANSWERS["what-happened"]["narrative"]


def test_withdraw_after_the_decision_is_refused(northvale: World) -> None:
    referral = sent(northvale.referrer)
    record_outcome(referral, outcome="Notifiable", reason="Invented reason", by=northvale.la)
    with pytest.raises(Refused):
        withdraw(referral, by=northvale.referrer, reason="Too late")


def test_outcome_is_the_local_authoritys_to_record(northvale: World) -> None:
    with pytest.raises(Refused):
        record_outcome(sent(northvale.referrer), outcome="Notifiable", reason="Because", by=northvale.police)


def test_add_to_a_sent_referral_twice_with_one_form_adds_once(northvale: World) -> None:
    referral, token = sent(northvale.referrer), uuid4()
    for _ in range(2):
        add_to(referral, text="More is known.", upload=None, token=token, by=northvale.referrer)
    assert [one.text for one in referral.additions.all()] == ["More is known."]


@pytest.mark.parametrize("end", ["withdraw", "decide"])
def test_add_to_after_the_end_is_refused(northvale: World, end: str) -> None:
    referral = sent(northvale.referrer)
    if end == "withdraw":
        withdraw(referral, by=northvale.referrer, reason="Sent by mistake")
    else:
        record_outcome(referral, outcome="Notifiable", reason="Because", by=northvale.la)
    referral.refresh_from_db()
    with pytest.raises(Refused, match="no longer be added to"):
        add_to(referral, text="Late", upload=None, token=uuid4(), by=northvale.referrer)


def test_delete_draft_twice_is_done_once(northvale: World) -> None:
    referral = complete(northvale.referrer)
    delete_draft(referral, by=northvale.referrer)
    delete_draft(Referral(pk=referral.pk), by=northvale.referrer)
    assert not Referral.objects.exists()


def test_delete_of_a_sent_referral_is_refused(northvale: World) -> None:
    with pytest.raises(Refused):
        delete_draft(sent(northvale.referrer), by=northvale.referrer)


def test_first_child_leads_and_another_can_be_chosen(northvale: World) -> None:
    referral = started(northvale.referrer)
    first, second = with_child(referral, northvale.referrer), with_child(referral, northvale.referrer)
    make_lead_child(second, by=northvale.referrer)
    leads = dict(referral.children.values_list("pk", "is_lead"))
    assert leads == {first.pk: False, second.pk: True}


def test_next_child_leads_when_the_lead_child_is_removed(northvale: World) -> None:
    referral = started(northvale.referrer)
    first, second = with_child(referral, northvale.referrer), with_child(referral, northvale.referrer)
    remove_row(referral, page="children", row=first, by=northvale.referrer)
    remove_row(referral, page="children", row=first, by=northvale.referrer)
    assert list(referral.children.values_list("pk", "is_lead")) == [(second.pk, True)]


def test_child_page_typed_over_an_older_one_is_a_conflict(northvale: World) -> None:
    child = with_child(started(northvale.referrer), northvale.referrer)
    changed = {**CHILD["about"], "language": "Welsh"}
    with pytest.raises(Changed):
        answer_child(child, page="about", answers=changed, revision=0, by=northvale.referrer)


def test_row_typed_over_an_older_one_is_a_conflict(northvale: World) -> None:
    referral = started(northvale.referrer)
    answers = {
        "happened_precision": "EXACT",
        "happened_on": WHEN,
        "happened_until_on": WHEN,
        "event": "Invented event",
        "source": "School record",
    }
    row = add_row(referral, page="key-dates", answers=answers, by=northvale.referrer)
    answer_row(
        row, page="key-dates", answers={**answers, "event": "Other"}, revision=1, by=northvale.referrer
    )
    with pytest.raises(Changed):
        answer_row(
            row, page="key-dates", answers={**answers, "event": "Third"}, revision=1, by=northvale.referrer
        )


def test_unborn_child_needs_no_name(northvale: World) -> None:
    unborn = {**CHILD["identity"], "kind": "unborn", "name": "", "born_on": None, "nhs_number": ""}
    child = add_child(started(northvale.referrer), answers=unborn, by=northvale.referrer)
    assert child.name == ""
