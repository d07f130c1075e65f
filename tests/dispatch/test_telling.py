"""Tellings of rule C2: each recipient one by one, by mail or by hand; the clock follows the last one."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cspr.audit.models import Event
from cspr.audit.presenters import sentence
from cspr.cases.models import Case
from cspr.cases.services import wall_off
from cspr.dispatch import completions, selectors
from cspr.dispatch.models import How, Message, Telling, TellingKind
from cspr.dispatch.services import To, drain, retry, settle_tellings, stop_telling, tell, tell_by_hand
from cspr.models import Locked
from cspr.now import now
from cspr.people.models import Body, Membership, Partner
from cspr.workflow import AlreadyDone, Refused
from tests.dispatch.channels import Kept
from tests.factories.people import World

pytestmark = pytest.mark.django_db
Ask = Callable[..., Telling]
Followed = list[dict[str, Any]]


@pytest.fixture
def ask(case: Case, northvale: World) -> Ask:
    """``ask(to)``: that somebody be told of the serious incident, under clock C2."""

    def one(to: To | Partner, *, by: Membership = northvale.la) -> Telling:
        given = {"what": TellingKind.SERIOUS_INCIDENT_TO_PARTNER, "clock": "C2", "by": by}
        if isinstance(to, Partner):
            to = To.safeguarding_partner(to, of=case)
        return tell(case, to=to, link=f"/cases/{case.pk}/", **given)

    return one


def fail(message: Message) -> None:
    raise OSError


def test_partner_told_by_mail_with_the_proof(ask: Ask, case: Case, northvale: World) -> None:
    telling = ask(Partner.POLICE)
    assert telling.status == Telling.Status.QUEUED
    assert telling.recipient_name == f"Police, {northvale.partnership.name}"
    assert telling.message.to_membership == northvale.police

    tally = drain(channel=Kept())

    telling.refresh_from_db()
    assert tally.settled == 1
    assert (telling.status, telling.how, telling.told_by) == (Telling.Status.SENT, How.EMAIL, northvale.la)
    assert telling.told_at == telling.message.accepted_at
    sent = Event.objects.get(kind="telling.sent")
    assert sent.detail["proof"] == telling.message.header
    assert sentence(sent).startswith("Police, Northvale")
    assert telling.message.header not in sentence(sent)


def test_clock_follows_only_the_last_recipient(
    ask: Ask, case: Case, northvale: World, followed: Followed
) -> None:
    for partner in Partner:
        ask(partner)
    outside = ask(To.named("Invented other area"))
    assert not selectors.all_told(case, clock="C2")

    drain(channel=Kept())
    assert not followed
    assert not selectors.all_told(case, clock="C2")
    at = now()
    tell_by_hand(outside, by=northvale.officer, how=How.TELEPHONE, at=at)

    assert selectors.all_told(case, clock="C2")
    assert followed == [{"case": case, "clock": "C2", "at": at, "by": northvale.officer}]


def test_clock_met_at_the_last_moment_told_not_the_last_entry(
    ask: Ask, northvale: World, followed: Followed
) -> None:
    by_mail, by_phone = ask(Partner.ICB), ask(To.named("Invented other area"))
    drain(channel=Kept())
    tell_by_hand(by_phone, by=northvale.officer, how=How.TELEPHONE, at=now() - timedelta(days=2))

    by_mail.refresh_from_db()
    assert [call["at"] for call in followed] == [by_mail.told_at]


def test_nobody_to_tell_is_not_everybody_told(case: Case) -> None:
    assert not selectors.all_told(case, clock="C2")


def test_what_follows_failing_undoes_the_settling_and_is_tried_again(
    ask: Ask, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(case: Case, **given: Any) -> None:
        raise RuntimeError("the clock could not be met")

    monkeypatch.setitem(completions.REGISTERED, "C2", broken)
    telling = ask(Partner.ICB)
    drain(channel=Kept())
    telling.refresh_from_db()
    assert (telling.status, telling.message.status) == (Telling.Status.QUEUED, Message.Status.SENT)
    assert not Event.objects.filter(kind="telling.sent").exists()

    calls: list[str] = []
    monkeypatch.setitem(completions.REGISTERED, "C2", lambda case, *, clock, at, by: calls.append(clock))
    channel = Kept()
    assert drain(channel=channel).settled == 1

    telling.refresh_from_db()
    assert telling.status == Telling.Status.SENT
    assert (calls, channel.delivered) == (["C2"], [])


def test_settled_once_however_often_it_runs(ask: Ask, followed: Followed) -> None:
    ask(Partner.ICB)
    drain(channel=Kept())

    assert settle_tellings() == 0
    assert drain(channel=Kept()).settled == 0
    assert len(followed) == 1


def test_asked_twice_is_one_telling(ask: Ask) -> None:
    assert ask(Partner.ICB) == ask(Partner.ICB)
    assert Message.objects.count() == 1


def test_two_open_tellings_of_one_recipient_refused_by_the_database(ask: Ask) -> None:
    first = ask(To.named("Invented other area"))
    columns = [field.column for field in Telling._meta.concrete_fields if not field.primary_key]
    listed = ", ".join(columns)
    again = (
        f"INSERT INTO dispatch_telling (id, {listed}) SELECT %s, {listed} FROM dispatch_telling WHERE id = %s"
    )

    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="dispatch_telling_open_once"),
        transaction.atomic(),
    ):
        cursor.execute(again, [uuid.uuid4(), first.pk])


def test_recipient_without_an_address_needs_a_person(ask: Ask, northvale: World) -> None:
    telling = ask(To.named("Invented other area"))

    assert telling.status == Telling.Status.FAILED
    assert list(selectors.untold(northvale.partnership, to=northvale.officer)) == [telling]


def test_body_and_other_area_told_at_their_own_address(
    ask: Ask, bodies: dict[str, Body], southmere: World
) -> None:
    southmere.partnership.unit_email = "unit@southmere.test"
    body = ask(To.body_named(bodies["panel"]))
    area = ask(To.other_partnership(southmere.partnership))

    assert (body.message.to_email, area.message.to_email) == ("panel@example.test", "unit@southmere.test")
    assert "http" not in body.message.body + area.message.body


def test_walled_off_partner_is_not_told_by_mail(ask: Ask, case: Case, northvale: World) -> None:
    wall_off(case, user=northvale.police.user, by=northvale.manager, reason="Invented reason")

    telling = ask(Partner.POLICE)

    assert telling.status == Telling.Status.FAILED
    assert not Message.objects.exists()


def test_undeliverable_telling_fails_and_is_tried_again(
    ask: Ask, northvale: World, followed: Followed
) -> None:
    telling = ask(Partner.ICB)
    drain(at=now() + timedelta(hours=25), channel=Kept(fault=fail))
    telling.refresh_from_db()
    assert telling.status == Telling.Status.FAILED
    assert not followed

    header = telling.message.header
    telling = retry(telling, by=northvale.officer)
    assert (telling.status, telling.message.header) == (Telling.Status.QUEUED, header)
    drain(channel=Kept())

    telling.refresh_from_db()
    assert telling.status == Telling.Status.SENT
    assert len(followed) == 1


def test_failed_telling_tried_at_another_address(ask: Ask, northvale: World) -> None:
    telling = ask(To.named("Invented other area"))
    with pytest.raises(Refused):
        retry(telling, by=northvale.officer)

    telling = retry(telling, by=northvale.officer, email="unit@elsewhere.test")

    assert (telling.status, telling.message.to_email) == (Telling.Status.QUEUED, "unit@elsewhere.test")
    with pytest.raises(Refused, match="Only a telling that failed"):
        retry(telling, by=northvale.officer)


def test_told_by_hand_stops_the_waiting_mail(ask: Ask, northvale: World) -> None:
    telling = ask(Partner.ICB)

    telling = tell_by_hand(telling, by=northvale.officer, how=How.IN_PERSON, at=now(), note="At the meeting")

    channel = Kept()
    drain(channel=channel)
    assert (telling.status, telling.how, channel.delivered) == (
        Telling.Status.TOLD_BY_HAND,
        How.IN_PERSON,
        [],
    )
    assert "was told (in person)" in sentence(Event.objects.get(kind="telling.told_by_hand"))


def test_told_by_hand_twice_changes_nothing(ask: Ask, northvale: World) -> None:
    telling = ask(Partner.ICB)
    first = tell_by_hand(telling, by=northvale.officer, how=How.TELEPHONE, at=now())

    again = tell_by_hand(telling, by=northvale.officer, how=How.LETTER, at=now())
    assert (again.how, again.told_at) == (How.TELEPHONE, first.told_at)
    with pytest.raises(AlreadyDone):
        tell_by_hand(telling, by=northvale.manager, how=How.LETTER, at=now())


@pytest.mark.parametrize("who", ["la", "referrer", "scrutineer"])
def test_only_the_unit_records_a_telling_by_hand(ask: Ask, northvale: World, who: str) -> None:
    with pytest.raises(Refused, match="the business unit"):
        tell_by_hand(ask(Partner.ICB), by=getattr(northvale, who), how=How.LETTER, at=now())


def test_moment_in_the_future_refused(ask: Ask, northvale: World) -> None:
    with pytest.raises(Refused) as refused:
        tell_by_hand(ask(Partner.ICB), by=northvale.officer, how=How.LETTER, at=now() + timedelta(minutes=5))

    assert "at" in refused.value.fields


def test_stopped_recipient_no_longer_holds_the_clock(ask: Ask, northvale: World, followed: Followed) -> None:
    ask(Partner.ICB)
    outside = ask(To.named("Invented other area"))
    drain(channel=Kept())
    with pytest.raises(Refused):
        stop_telling(outside, by=northvale.officer, reason=" ")

    stopped = stop_telling(outside, by=northvale.officer, reason="The area is not concerned")

    assert stopped.status == Telling.Status.STOPPED
    assert len(followed) == 1
    with pytest.raises(Refused, match="no longer"):
        tell_by_hand(stopped, by=northvale.officer, how=How.LETTER, at=now())


def test_telling_written_only_through_the_verbs(ask: Ask) -> None:
    telling = ask(Partner.ICB)

    with pytest.raises(Locked):
        telling.save()
    with pytest.raises(Locked):
        Telling.objects.update(note="")


def test_second_completion_of_a_clock_refused(followed: Followed) -> None:
    with pytest.raises(ValueError, match="two completions"):
        completions.when_all_told("C2", lambda case, **given: None)
