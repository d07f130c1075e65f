"""The pack of a notification: every field of its edition in the form's order, and where its answer comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cspr.cases.models import Case
from cspr.deadlines.models import Deadline
from notifications.models import Incident, Notification, Referral, ReferredChild
from notifications.national_form import MOST_CHILDREN, Edition, Field, Section, edition_named
from notifications.national_words import is_empty, too_long_by
from notifications.options import ReferralStatus
from notifications.options.notification import NotificationStatus
from notifications.selectors.national_answers import CaseAnswers, case_answer
from notifications.workflow.notification import notified_route

LISTS = ("children", "family", "agencies", "proceedings", "attachments")


@dataclass(frozen=True)
class Answer:
    """One field of the pack. ``typed`` says who typed over the case's own answer, and when; None where nobody did."""

    field: Field
    slot: str
    value: Any
    of_case: Any
    origin: str
    typed: dict[str, Any] | None = None

    @property
    def is_missing(self) -> bool:
        return self.field.required and is_empty(self.value)

    @property
    def too_long_by(self) -> int:
        return too_long_by(self.field, self.value)


@dataclass(frozen=True)
class PackSection:
    """One page of the form; ``number`` and ``child`` where it is asked of a child."""

    section: Section
    answers: tuple[Answer, ...]
    child: ReferredChild | None = None
    number: int = 0

    @property
    def key(self) -> str:
        """What the section is called in an address and in the record: "child-2"."""
        return f"{self.section.key}-{self.number}" if self.child else self.section.key


@dataclass(frozen=True)
class Pack:
    """Everything to be typed into the national system. ``others`` are told as text, ``left_out`` not at all."""

    notification: Notification
    edition: Edition
    sections: tuple[PackSection, ...]
    children: tuple[ReferredChild, ...]
    others: tuple[ReferredChild, ...]
    left_out: tuple[ReferredChild, ...]

    def answers(self) -> Iterator[tuple[PackSection, Answer]]:
        return ((section, answer) for section in self.sections for answer in section.answers)

    def missing(self) -> list[tuple[PackSection, Answer]]:
        """Required fields that nothing answers yet."""
        return [pair for pair in self.answers() if pair[1].is_missing]

    def too_long(self) -> list[tuple[PackSection, Answer]]:
        """Answers the form would not take."""
        return [pair for pair in self.answers() if pair[1].too_long_by]

    def section(self, key: str) -> PackSection | None:
        return next((section for section in self.sections if section.key == key), None)


def notification_of(case: Case) -> Notification | None:
    """The case's notification, with what its pages need."""
    related = ("incident", "case__partnership", "opened_by__user", "opened_by__partnership", "sent_by__user",
               "sent_by__partnership", "lead_child", "evidence")  # fmt: skip
    return Notification.objects.filter(case=case).select_related(*related).first()


def incident_of(case: Case) -> Incident | None:
    """The case's incident."""
    return Incident.objects.filter(case=case).select_related("case__partnership").first()


def referrals_told(case: Case) -> list[Referral]:
    """The case's referrals that stand, in the order they came, with their lists: a fixed number of queries."""
    rows = case.referrals.exclude(status__in=[ReferralStatus.DRAFT, ReferralStatus.WITHDRAWN])
    return list(rows.prefetch_related(*LISTS, "children__referral").order_by("submitted_at", "reference"))


def children_known(referrals: Sequence[Referral]) -> list[ReferredChild]:
    """Every child once, the lead child of the first referral first: several referrals can concern one child (4.1)."""
    found: list[ReferredChild] = []
    for referral in referrals:
        for child in sorted(referral.children.all(), key=lambda one: (not one.is_lead, one.position)):
            if not any(is_same_child(child, other) for other in found if other.referral_id != referral.pk):
                found.append(child)
    return found


def is_same_child(one: ReferredChild, other: ReferredChild) -> bool:
    """Whether two referrals name the same child: the same NHS number, or name and birth; unnamed, the same facts."""
    if one.nhs_number and other.nhs_number:
        return one.nhs_number == other.nhs_number
    names = {one.name.casefold().strip(), other.name.casefold().strip()}
    births = {one.born_on, other.born_on} - {None}
    if len(names) > 1 or len(births) > 1:
        return False
    if names != {""}:
        return True
    facts = ("kind", "age", "expected_on", "sex")
    return all(getattr(one, fact) == getattr(other, fact) for fact in facts)


def chosen_children(notification: Notification, known: list[ReferredChild]) -> list[ReferredChild]:
    """The children told of, in the order chosen, the lead child first; all of them where nothing was chosen."""
    by_id = {str(child.pk): child for child in known}
    chosen = [by_id[one] for one in notification.children if one in by_id] if notification.children else known
    return sorted(chosen, key=lambda child: child.pk != notification.lead_child_id)


def local_authority_before(notification: Notification) -> str:
    """The authority as the partnership's last notification sent had it: the same for every case."""
    sent = Notification.objects.filter(
        case__partnership_id=notification.case.partnership_id, status=NotificationStatus.SENT
    ).exclude(pk=notification.pk)
    last = sent.order_by("-sent_at").values_list("frozen", flat=True).first()
    return str((last or {}).get("local_authority", ""))


def pack_of(notification: Notification) -> Pack:
    """The pack as the case answers it now, with what was typed over it."""
    edition = edition_named(notification.edition)
    referrals = referrals_told(notification.case)
    known = children_known(referrals)
    told = chosen_children(notification, known)
    children, others = told[:MOST_CHILDREN], told[MOST_CHILDREN:]
    facts = CaseAnswers(
        case=notification.case,
        incident=notification.incident,
        referrals=tuple(referrals),
        others=tuple(others),
        notifier=notification.opened_by,
        route=notification.route if notification.is_sent else notified_route(notification.incident),
        local_authority=local_authority_before(notification),
    )
    return Pack(
        notification=notification,
        edition=edition,
        sections=tuple(_sections(notification, edition, facts, children)),
        children=tuple(children),
        others=tuple(others),
        left_out=tuple(child for child in known if child not in told),
    )


def _sections(
    notification: Notification, edition: Edition, facts: CaseAnswers, children: Sequence[ReferredChild]
) -> Iterator[PackSection]:
    for section in edition.sections:
        asked: list[tuple[int, ReferredChild | None]] = [(0, None)]
        if section.per_child:
            asked = list(enumerate(children, 1))
        for number, child in asked:
            answers = tuple(_answer(notification, field, facts, child) for field in section.fields)
            yield PackSection(section, answers, child, number)


def slot_of(field: Field, child: ReferredChild | None) -> str:
    """Where the answer to a field is kept: by field, for a child's field by field and child."""
    return f"{field.key}@{child.pk}" if child else field.key


def _answer(
    notification: Notification, field: Field, facts: CaseAnswers, child: ReferredChild | None
) -> Answer:
    slot, found = slot_of(field, child), case_answer(field, facts, child)
    typed = notification.answers.get(slot)
    value = typed["value"] if typed else found.value
    return Answer(field, slot, value, found.value, found.origin, typed)


def deadline_told(case: Case) -> Deadline | None:
    """The clock the notification meets: C1, else C3; met or not."""
    rows = Deadline.objects.filter(case=case, clock__in=("C1", "C3"), withdrawn_at__isnull=True)
    return rows.order_by("clock").first()
