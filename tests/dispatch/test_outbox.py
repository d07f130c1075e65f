"""The outbox: queued with what it tells of, delivered at least once, recorded sent exactly once (R2, R3,
R16, R20, R24).
"""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cspr.audit.models import Event
from cspr.cases.models import Case
from cspr.cases.services import wall_off
from cspr.dispatch import phrases, selectors
from cspr.dispatch.models import Message
from cspr.dispatch.services import drain, post, send_again
from cspr.dispatch.services.delivery import FIRST_WAIT, LEASE, MOST_ATTEMPTS, claim, finish
from cspr.now import now
from cspr.workflow import Refused
from tests.dispatch.channels import Kept, Killed, KilledAfterDelivery
from tests.factories.people import World

pytestmark = pytest.mark.django_db
Queue = Callable[..., Message]


def fail(message: Message) -> None:
    raise OSError("refused by somebody with a name")


def test_message_frozen_when_queued(queue: Queue, case: Case, settings: object) -> None:
    message = queue(until=now().date().replace(year=2026, month=12, day=4))

    assert message.subject == f"Information waits for you: {case.reference}"
    assert f"Reference: {case.reference}\n" in message.body
    assert "Wanted by: Friday 4 December 2026\n" in message.body
    assert f"{settings.PUBLIC_URL}/cases/{case.pk}/\n" in message.body
    assert message.header == f"<{message.pk}@127.0.0.1>"
    assert (message.status, message.attempts) == (Message.Status.QUEUED, 0)


def test_change_undone_takes_its_message_with_it(queue: Queue) -> None:
    def change() -> None:
        with transaction.atomic():
            queue()
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError):
        change()

    assert not Message.objects.exists()


def test_walled_off_recipient_is_sent_nothing(case: Case, northvale: World) -> None:
    wall_off(case, user=northvale.icb.user, by=northvale.manager, reason="Invented reason")

    given = {"subject": phrases.SOMETHING_WAITS, "by": northvale.officer, "about": case}
    assert post(to=northvale.icb, **given) is None
    assert post(to=northvale.icb.user.email.upper(), **given) is None
    assert not Message.objects.exists()


def test_wall_raised_after_queueing_stops_the_message(queue: Queue, case: Case, northvale: World) -> None:
    message = queue(to=northvale.icb)
    wall_off(case, user=northvale.icb.user, by=northvale.manager, reason="Invented reason")
    channel = Kept()

    tally = drain(channel=channel)

    message.refresh_from_db()
    assert (tally.stopped, channel.delivered) == (1, [])
    assert message.status == Message.Status.STOPPED


def test_drained_message_is_sent_once_with_its_proof(queue: Queue) -> None:
    message = queue()
    channel = Kept()

    assert drain(channel=channel).sent == 1
    assert drain(channel=channel).sent == 0

    message.refresh_from_db()
    assert len(channel.delivered) == 1
    assert (message.status, message.channel, message.attempts) == (Message.Status.SENT, "kept", 1)
    assert message.proof == {"message_id": message.header}
    assert message.accepted_at is not None
    assert message.lease_token is None


def test_kill_between_delivery_and_record_repeats_the_same_message_id(queue: Queue) -> None:
    message = queue()
    start = now()
    killed = KilledAfterDelivery()
    with pytest.raises(Killed):
        drain(at=start, channel=killed)
    message.refresh_from_db()
    assert message.status == Message.Status.QUEUED

    again = Kept()
    assert drain(at=start + LEASE - timedelta(seconds=1), channel=again).sent == 0
    assert drain(at=start + LEASE, channel=again).sent == 1

    assert (
        [one.header for one in killed.delivered]
        == [one.header for one in again.delivered]
        == [message.header]
    )


def test_stale_worker_cannot_overwrite_its_successor(queue: Queue) -> None:
    message = queue()
    start = now()
    stale = claim(at=start)
    assert drain(at=start + LEASE, channel=Kept()).sent == 1

    assert finish(stale, status=Message.Status.DEAD, last_error="too late") == 0

    message.refresh_from_db()
    assert message.status == Message.Status.SENT


def test_overtaken_delivery_is_not_counted_as_sent(queue: Queue) -> None:
    queue()
    start = now()

    def take_over(message: Message) -> None:
        assert claim(at=start + LEASE) is not None

    tally = drain(at=start, channel=Kept(fault=take_over))

    assert (tally.sent, tally.overtaken) == (0, 1)


def test_refused_message_retried_for_a_day_then_needs_a_person(queue: Queue, northvale: World) -> None:
    message = queue()
    waits, at = [], message.queued_at
    while True:
        drain(at=at, channel=Kept(fault=fail))
        message.refresh_from_db()
        if message.status == Message.Status.DEAD:
            break
        waits.append(round((message.next_attempt_at - at).total_seconds()))
        assert drain(at=message.next_attempt_at - timedelta(seconds=1), channel=Kept()).seen == []
        at = message.next_attempt_at

    assert waits[:6] == [25, 100, 400, 1600, 6400, 25600]
    assert sum(waits) == 24 * 3600
    assert FIRST_WAIT.total_seconds() == 25
    assert message.last_error == "OSError"
    assert list(selectors.dead_letters(northvale.partnership, to=northvale.manager)) == [message]
    assert drain(at=at + timedelta(days=9), channel=Kept()).seen == []


def test_dead_letter_hidden_from_whoever_may_not_see_its_case(
    queue: Queue, case: Case, northvale: World
) -> None:
    Message.objects.filter(pk=queue().pk).update(status=Message.Status.DEAD)
    wall_off(case, user=northvale.manager.user, by=northvale.officer, reason="Invented reason")

    assert not selectors.dead_letters(northvale.partnership, to=northvale.manager)
    assert len(selectors.dead_letters(northvale.partnership, to=northvale.officer)) == 1


def test_dead_message_sent_again_keeps_its_message_id(queue: Queue, northvale: World) -> None:
    message = queue()
    with pytest.raises(Refused):
        send_again(message, by=northvale.officer)
    Message.objects.filter(pk=message.pk).update(status=Message.Status.DEAD, attempts=8)

    again = send_again(message, by=northvale.officer)

    assert (again.status, again.attempts, again.header) == (Message.Status.QUEUED, 0, message.header)
    assert Event.objects.filter(kind="message.sent_again", actor_id=northvale.officer.pk).exists()
    assert drain(channel=Kept()).sent == 1


def test_poisoned_message_holds_up_no_other(queue: Queue) -> None:
    messages = [queue() for _ in range(20)]
    poison = messages[3]

    def fault(message: Message) -> None:
        if message.pk == poison.pk:
            raise ValueError("cannot be rendered")

    tally = drain(channel=Kept(fault=fault))

    assert (tally.sent, tally.put_off) == (19, 1)


def test_message_that_kills_every_worker_is_put_aside_alone(queue: Queue) -> None:
    poison = queue()
    at = poison.queued_at
    others = [queue() for _ in range(3)]

    def fault(message: Message) -> None:
        if message.pk == poison.pk:
            raise Killed

    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(Killed):
            drain(at=at, channel=Kept(fault=fault))
        at += LEASE
    tally = drain(at=at, channel=Kept(fault=fault))

    poison.refresh_from_db()
    assert (tally.dead, tally.sent) == (1, 3)
    assert poison.status == Message.Status.DEAD
    assert set(Message.objects.filter(status="sent").values_list("attempts", flat=True)) == {1}
    assert len(others) == 3


def test_sent_without_proof_refused_by_the_database(queue: Queue) -> None:
    message = queue()

    with pytest.raises(IntegrityError, match="dispatch_message_sent_is_proven"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(status=Message.Status.SENT)


def test_message_cannot_be_removed(queue: Queue) -> None:
    message = queue()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, 'dispatch_message', 'DELETE')")
        assert cursor.fetchone() == (False,)
    assert message.pk


def test_status_as_json(queue: Queue) -> None:
    queue()
    Message.objects.filter(pk=queue().pk).update(status=Message.Status.DEAD)
    out = StringIO()

    call_command("outbox_status", "--json", stdout=out)

    state = json.loads(out.getvalue())
    assert state["messages"] == {"queued": 1, "sent": 0, "dead": 1, "stopped": 0}
    assert state["oldest_due_seconds"] >= 0


def test_second_starter_drains(queue: Queue, settings: object) -> None:
    message = queue()
    out = StringIO()

    call_command("drain_outbox", stdout=out)

    assert out.getvalue().startswith("1 sent")
    assert (settings.CSPR_DATA / "outbox" / f"{message.pk}.eml").exists()
