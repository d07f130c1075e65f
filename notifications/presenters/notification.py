"""The pack as pages, print and Word show it: the same cards from the case's answers and from the frozen copy."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from cspr.govuk.dates import long_moment, medium_date
from cspr.govuk.parts import Row, Table
from cspr.people.models import Membership
from cspr.statute.definitions import route as route_of
from notifications.frozen_copy import fields_of
from notifications.models import Notification, ReferredChild
from notifications.national_form import MOST_CHILDREN
from notifications.national_words import NOTHING, as_kept, copied, length, refusal_of_length, words
from notifications.selectors.notification import Answer, Pack, PackSection

LONG = 60
"""Characters from which an answer is shown in several lines."""


@dataclass(frozen=True)
class Line:
    """One field: what to copy, where it comes from, how long it is, what is wrong with it."""

    anchor: str
    label: str
    shown: str
    copied: str
    origin: str = ""
    case_says: str = ""
    count: str = ""
    problem: str = ""
    rows: int = 0

    @property
    def is_long(self) -> bool:
        return self.rows > 1


@dataclass(frozen=True)
class Card:
    """One page of the form; ``href`` leads to the page on which it is changed."""

    title: str
    anchor: str
    lines: list[Line]
    href: str = ""
    help: str = ""


@dataclass(frozen=True)
class Problem:
    """Something missing or too long, with the place where it is put right."""

    text: str
    href: str


def child_title(number: int, of: int, title: str) -> str:
    """Say "The child: child 2 of 3". The child is not named in a heading."""
    return f"{title}: child {number} of {of}" if of > 1 else title


def cards(pack: Pack, *, may_edit: bool) -> list[Card]:
    """The pack as the case answers it now."""
    case_id, of = pack.notification.case_id, len(pack.children)
    return [
        Card(
            title=child_title(section.number, of, section.section.title)
            if section.child
            else section.section.title,
            anchor=section.key,
            lines=[_line(section, answer) for answer in section.answers],
            href=reverse("notification_section", args=[case_id, section.key]) if may_edit else "",
            help=section.section.help,
        )
        for section in pack.sections
    ]


def _line(section: PackSection, answer: Answer) -> Line:
    field, problem = answer.field, refusal_of_length(answer.field, answer.value)
    if answer.is_missing:
        problem = "Needed, and not answered yet"
    shown = words(field, answer.value)
    return Line(
        anchor=f"{section.key}-{field.key}",
        label=field.label,
        shown=shown,
        copied=copied(field, answer.value),
        origin=_origin(answer),
        case_says=words(field, answer.of_case) if answer.typed and answer.of_case != answer.value else "",
        count=f"{length(field, answer.value):,} of {field.max_length:,} characters"
        if field.is_text and shown
        else "",
        problem=problem,
        rows=_rows(shown),
    )


def _rows(shown: str) -> int:
    """How many lines a text needs, at most 12."""
    if len(shown) <= LONG and "\n" not in shown:
        return 1 if shown else 0
    return min(12, sum(1 + len(line) // LONG for line in shown.split("\n")) + 1)


def _origin(answer: Answer) -> str:
    if answer.typed:
        return f"Typed by {answer.typed['by']}, {long_moment(datetime.fromisoformat(answer.typed['at']))}"
    return answer.origin


def frozen_cards(copy: Mapping[str, Any]) -> list[Card]:
    """The pack as it was when it was recorded as sent."""
    of = sum(1 for section in copy["sections"] if section["number"])
    return [
        Card(
            title=child_title(section["number"], of, section["title"])
            if section["number"]
            else section["title"],
            anchor=f"{section['key']}",
            lines=[_frozen_line(section, field) for field in section["fields"]],
        )
        for section in copy["sections"]
    ]


def _frozen_line(section: Mapping[str, Any], field: Mapping[str, Any]) -> Line:
    shown = field["words"]
    origin = f"Typed by {field['typed_by']}" if field["typed_by"] else field["origin"]
    anchor = f"{section['key']}-{field['slot'].partition('@')[0]}"
    return Line(anchor, field["label"], shown, shown, origin=origin, rows=_rows(shown))


def problems(pack: Pack) -> tuple[list[Problem], list[Problem]]:
    """What is missing, and what is too long, each with the field's own place on its page."""
    missing = [
        Problem(_named(pack, section, answer), _place(pack, section, answer))
        for section, answer in pack.missing()
    ]
    long = [
        Problem(
            f"{_named(pack, section, answer)}: {refusal_of_length(answer.field, answer.value)}",
            _place(pack, section, answer),
        )
        for section, answer in pack.too_long()
    ]
    return missing, long


def _named(pack: Pack, section: PackSection, answer: Answer) -> str:
    if section.child is None or len(pack.children) == 1:
        return answer.field.label
    return f"{answer.field.label}, child {section.number}"


def _place(pack: Pack, section: PackSection, answer: Answer) -> str:
    address = reverse("notification_section", args=[pack.notification.case_id, section.key])
    return f"{address}#id_{answer.field.key}"


def saved_otherwise(section: PackSection, typed: Mapping[str, Any]) -> list[Row]:
    """What stands saved where somebody typed something else at the same time."""
    return [
        Row(answer.field.label, words(answer.field, answer.value) or NOTHING)
        for answer in section.answers
        if as_kept(typed.get(answer.field.key)) != answer.value
    ]


def differences(pack: Pack, copy: Mapping[str, Any]) -> Table:
    """What the case answers otherwise now than when the notification was sent."""
    sent = {field["slot"]: field for _, field in fields_of(copy)}
    rows: list[tuple[Any, ...]] = []
    for section, answer in pack.answers():
        before = sent.pop(answer.slot, None)
        now_shown = words(answer.field, answer.value)
        if before is None or before["value"] != answer.value:
            was = before["words"] if before else "Not part of it"
            rows.append((_named(pack, section, answer), was or NOTHING, now_shown or NOTHING))
    rows += [
        (field["label"], field["words"] or NOTHING, "No longer asked")
        for field in sent.values()
        if field["words"]
    ]
    return Table(
        caption="What the case says otherwise now",
        head=("Field", "As it was sent", "As the case has it now"),
        rows=rows,
        empty="Nothing has changed on the case since the notification was sent.",
    )


def sent_rows(notification: Notification, *, late: str) -> list[Row]:
    """What was recorded of the sending."""
    if notification.sent_at is None:
        return []
    rows = [
        Row("Reference in the national system", notification.system_reference),
        Row("Sent", f"{long_moment(notification.sent_at)}{f', {late}' if late else ''}"),
        Row("Legal notifier", (notification.frozen or {}).get("local_authority") or "The local authority"),
        Row("Who pressed the button", notification.sender_name),
        Row("Recorded by", str(notification.sent_by)),
        Row("Route", route_of(notification.route).title),
    ]
    reasons = (
        ("Why it was late", notification.late_reason),
        ("Why before the decision", notification.early_reason),
    )
    return rows + [Row(label, reason) for label, reason in reasons if reason]


def child_choices(pack: Pack) -> list[tuple[str, str]]:
    """Every child the case knows, as choices: those told of first."""
    return [(str(child.pk), child_name(child)) for child in (*pack.children, *pack.others, *pack.left_out)]


def child_name(child: ReferredChild) -> str:
    """A child as the officer tells them apart: name, or what kind of child, and birth."""
    name = child.name or child.get_kind_display()
    birth = f", born {medium_date(child.born_on)}" if child.born_on else ""
    return f"{name}{birth} (referral {child.referral.reference})"


def children_told(pack: Pack) -> list[str]:
    """How many are told of in detail, as text, and not at all, in sentences."""
    told = []
    if pack.others:
        number = len(pack.others)
        told.append(
            f"{MOST_CHILDREN} children are told of in detail and {number} "
            f"{'more' if number > 1 else 'more child'} as text under further information (rule 4.5)."
        )
    if pack.left_out:
        number = len(pack.left_out)
        told.append(
            f"{number} {'children' if number > 1 else 'child'} of the case {'are' if number > 1 else 'is'} left out."
        )
    return told


def lines_of(shown: Iterable[Card]) -> Iterator[tuple[Card, Line]]:
    """Every line with its card."""
    return ((card, line) for card in shown for line in card.lines)


def marking(notification: Notification, acting: Membership) -> str:
    """What stands on every copy that leaves the screen."""
    return f"OFFICIAL-SENSITIVE. {notification.case.reference}. Copy made by {acting}"
