"""Putting a message into the outbox: in the transaction of what it tells of, or not at all (R3)."""

import uuid
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.dispatch import selectors
from cspr.dispatch.doorbell import ring_after_commit
from cspr.dispatch.letters import Letter, write_code_letter, write_letter, write_one_time_letter
from cspr.dispatch.models import Message
from cspr.now import now
from cspr.people.models import Membership, Partnership
from cspr.workflow import Refused


def post(
    *,
    to: Membership | str,
    subject: str,
    reference: str = "",
    link: str = "",
    until: date | None = None,
    by: Membership | None,
    about: Case | None = None,
    partnership: Partnership | None = None,
) -> Message | None:
    """Queue one mail to one address, its text frozen now.

    ``subject`` is a phrase (``cspr.dispatch.phrases``), ``link`` a path such as "/cases/<uuid>/" or empty.
    Answers None when the recipient is walled off ``about`` (roles.md: no notification reveals it). Call it
    inside the verb whose change it tells of. Raises RuntimeError outside a transaction, ValueError for text
    that is not fixed.
    """
    email = to if isinstance(to, str) else to.user.email
    if about is not None and selectors.walled_off(about, email=email):
        return None
    letter = write_letter(waiting=subject, reference=reference, link=link, until=until)
    return _queue(letter, kind=subject, to=to, by=by, about=about, partnership=partnership)


def post_one_time_link(*, to: Membership | str, subject: str, link: str, by: Membership | None) -> Message:
    """Queue the mail with which a person chooses a password: a phrase, the link, nothing else."""
    letter = write_one_time_letter(waiting=subject, link=link)
    return _queue(letter, kind=subject, to=to, by=by)


def post_code(
    *, to: str, subject: str, code: str, by: Membership | None, about: Case | None = None
) -> Message | None:
    """Queue the mail with a code that a person types: a phrase and eight figures, no link.

    Answers None when the recipient is walled off ``about``.
    """
    if about is not None and selectors.walled_off(about, email=to):
        return None
    letter = write_code_letter(waiting=subject, code=code)
    return _queue(letter, kind=subject, to=to, by=by, about=about)


def _queue(
    letter: Letter,
    *,
    kind: str,
    to: Membership | str,
    by: Membership | None,
    about: Case | None = None,
    partnership: Partnership | None = None,
) -> Message:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a message is queued in the transaction of what it tells of")
    membership = to if isinstance(to, Membership) else None
    moment, number = now(), uuid.uuid4()
    message = Message(
        id=number,
        header=f"<{number}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        to_email=to if isinstance(to, str) else to.user.email,
        to_membership=membership,
        kind=kind,
        subject=letter.subject,
        body=letter.body,
        case=about,
        partnership=partnership or owner_of(about, by, membership),
        queued_at=moment,
        queued_by=by,
        trying_since=moment,
        next_attempt_at=moment,
    )
    message.save(force_insert=True)
    ring_after_commit()
    return message


def owner_of(about: Case | None, by: Membership | None, to: Membership | None) -> Partnership | None:
    """The partnership whose people look after a message that cannot be delivered."""
    if about is not None:
        return about.partnership
    return next((one.partnership for one in (by, to) if one is not None and one.partnership), None)


@recorded
def send_again(message: Message, *, by: Membership) -> Message:
    """Put a message that could not be delivered back into the queue for another 24 hours.

    Its Message-ID stays.
    """
    moment = now()
    fresh = {
        "status": Message.Status.QUEUED,
        "attempts": 0,
        "trying_since": moment,
        "next_attempt_at": moment,
    }
    changed = Message.objects.filter(pk=message.pk, status=Message.Status.DEAD).update(**fresh, last_error="")
    if not changed:
        raise Refused("This message is not one that could not be delivered.")
    record(
        "message.sent_again", by=by, subject=message, case=message.case, detail={"subject": message.subject}
    )
    ring_after_commit()
    message.refresh_from_db()
    return message
