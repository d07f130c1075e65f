"""Everything told to anybody on a case, as one table; and what was said to and by the Panel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cspr.cases.models import Case, Dialogue
from cspr.dispatch.models import How, Message, Telling
from cspr.documents.models import Document
from cspr.govuk.dates import long_moment
from cspr.govuk.parts import Happening, Table


@dataclass(frozen=True)
class Act:
    """A button beside a recipient."""

    label: str
    href: str


@dataclass(frozen=True)
class ToldRow:
    """One recipient of one thing: what, to whom, how, when, with what proof, by whom; and what can be done."""

    what: str
    to: str
    how: str
    at: datetime | None
    when: str
    by: str
    proof: str
    proof_href: str = ""
    note: str = ""
    late: bool = False
    acts: tuple[Act, ...] = ()


def told_rows(
    case: Case, tellings: Iterable[Telling], mails: Iterable[Message], *, may_tell: bool
) -> list[ToldRow]:
    """The table's rows, the latest first; what still needs a person stands on top."""
    rows = [_telling(case, one, may_tell=may_tell) for one in tellings] + [_mail(one) for one in mails]
    waits = sorted((row for row in rows if row.late), key=lambda row: row.to)
    rest = sorted((row for row in rows if not row.late), key=_moment, reverse=True)
    return waits + rest


def _moment(row: ToldRow) -> float:
    return row.at.timestamp() if row.at else float("inf")


def _telling(case: Case, telling: Telling, *, may_tell: bool) -> ToldRow:
    status = Telling.Status(telling.status)
    acts: list[Act] = []
    if may_tell and status in Telling.OPEN:
        acts.append(
            Act(
                "Record told in person or by telephone", reverse("told_in_person", args=[case.pk, telling.pk])
            )
        )
    if may_tell and status == Telling.Status.FAILED:
        acts.insert(0, Act("Send again", reverse("tell_again", args=[case.pk, telling.pk])))
    waits_since = f"Asked {long_moment(telling.asked_at)}"
    told_by = telling.told_by or telling.asked_by
    return ToldRow(
        what=f"{telling.get_what_display()[:1].upper()}{telling.get_what_display()[1:]}",
        to=telling.recipient_name,
        how=How(telling.how).label[:1].upper() + How(telling.how).label[1:] if telling.how else status.label,
        at=telling.told_at,
        when=long_moment(telling.told_at) if telling.told_at else waits_since,
        by=told_by.user.full_name,
        proof=_proof(telling),
        proof_href=_file(telling.proof),
        note=telling.note,
        late=status == Telling.Status.FAILED,
        acts=tuple(acts),
    )


def _proof(telling: Telling) -> str:
    if telling.proof is not None:
        return telling.proof.title
    if telling.status == Telling.Status.SENT and telling.message is not None:
        return _accepted(telling.message)
    return "" if telling.status not in Telling.TOLD else "No file kept"


def _accepted(message: Message) -> str:
    """The first figures of the number under which the mail service took it; the record keeps the whole of it."""
    return f"Accepted by the mail service, number {message.header.strip('<')[:8]}"


def _file(document: Document | None) -> str:
    versions = list(document.versions.all()) if document else []
    return (
        reverse("document_download", args=[max(versions, key=lambda one: one.number).pk]) if versions else ""
    )


def _mail(message: Message) -> ToldRow:
    to = message.to_membership.user.full_name if message.to_membership else message.to_email
    sent = message.accepted_at
    return ToldRow(
        what=message.kind,
        to=to,
        how="By email" if sent else Message.Status(message.status).label,
        at=sent,
        when=long_moment(sent) if sent else f"Queued {long_moment(message.queued_at)}",
        by=message.queued_by.user.full_name if message.queued_by else "The system",
        proof=_accepted(message) if sent else "",
        late=message.status == Message.Status.DEAD,
    )


def told_table(rows: Iterable[ToldRow]) -> Table:
    """The rows as the page shows them."""
    return Table(
        caption="Everything told to anybody on this case",
        head=("What", "To whom", "How, and when", "Proof, and by whom"),
        rows=[
            (
                one.what,
                _lines(_breakable(one.to), *(_act(act, one.to) for act in one.acts)),
                _lines(one.how, one.when, *one.note.split("\n")),
                _lines(_link(one.proof, one.proof_href) if one.proof_href else one.proof, one.by),
            )
            for one in rows
        ],
        empty="Whoever is told anything on this case will stand here: what, how, when, with what proof and by whom.",
    )


def _lines(*texts: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((text,) for text in texts if text))


def _breakable(text: str) -> SafeString:
    """An address may be broken after its @, or it makes its column as wide as itself."""
    return format_html_join(SafeString("@<wbr>"), "{}", ((part,) for part in text.split("@")))


def _link(text: str, href: str, about: str = "") -> SafeString:
    hidden = format_html('<span class="govuk-visually-hidden">: {}</span>', about) if about else ""
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', href, text, hidden)


def _act(act: Act, to: str) -> SafeString:
    return _link(act.label, act.href, about=to)


@dataclass(frozen=True)
class Said:
    """One entry of the dialogue, with its letter."""

    happening: Happening
    document: str = ""
    href: str = ""


def said(entries: Iterable[Dialogue]) -> list[Said]:
    """The dialogue, in the order given."""
    return [_said(entry) for entry in entries]


def _said(entry: Dialogue) -> Said:
    direction: Any = "Further information sent" if entry.further else entry.get_direction_display()
    by = f"{entry.said_by}, {entry.get_how_display().lower()}; written down by {entry.logged_by.user.full_name}"
    happening = Happening(title=direction, at=entry.said_at, by=by, text=entry.text)
    title = entry.document.title if entry.document else ""
    return Said(happening, title, _file(entry.document))
