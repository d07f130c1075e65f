"""What the case already knows for each section: shown in it, and frozen with it when the partners are asked.

Children and family are described, not named: a name is a deliberate, logged step away (roles.md). Other parts of this
stage add theirs with ``contribute``: requests to agencies, the meeting, safety actions, proceedings, the family.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cspr.cases.models import Case
from cspr.deadlines.models import Deadline
from cspr.govuk.dates import long_date, long_moment, medium_date
from notifications.models import FamilyMember, Referral, ReferredChild
from notifications.selectors.case_file import referrals_of
from rapid_reviews.models import RapidReview

Fact = list[str]
Facts = Callable[[RapidReview], Iterable[Sequence[str]]]
_CONTRIBUTED: dict[str, list[Facts]] = {}


def contribute(section: str, facts: Facts) -> None:
    """Add facts, as (label, text) pairs, to a section by its key. Called once, while apps load."""
    standing = _CONTRIBUTED.setdefault(section, [])
    if facts not in standing:
        standing.append(facts)


def facts_of(review: RapidReview) -> dict[str, list[Fact]]:
    """Every section's facts by its key; what is not known is left out."""
    referrals = referrals_of(review.case)
    own = {
        "identifiers": _identifiers(review),
        "children": _described(_children(referrals), "Child", CHILD),
        "family": _described(_family(referrals), "Family member", FAMILY),
        "incident": _said(referrals, "narrative", "what happened"),
        "immediate-action": _said(referrals, "action_taken", "what was done"),
        "agencies": _agencies(referrals),
    }
    found = {key: [list(one) for one in facts] for key, facts in own.items()}
    for key, contributed in _CONTRIBUTED.items():
        for facts in contributed:
            found.setdefault(key, []).extend([str(label), str(text)] for label, text in facts(review))
    return {key: [one for one in facts if one[1]] for key, facts in found.items()}


def first_words(review: RapidReview, section: str) -> str:
    """What a section's text starts from before anybody has written it: the referrals' own account."""
    column = {"incident": "narrative", "immediate-action": "action_taken"}.get(section)
    if column is None:
        return ""
    return "\n\n".join(text for _, text in _said(referrals_of(review.case), column, "") if text)


CHILD: Mapping[str, str] = {
    "born_on": "born", "age": "age", "expected_on": "expected", "sex": "sex", "ethnicity": "ethnicity",
    "disabilities": "disability", "language": "language", "religion": "religion", "legal_status": "legal status",
    "care_status": "care status", "placement": "placement", "protection_plan": "child protection plan",
    "need_plan": "child in need plan", "schooling": "education",
}  # fmt: skip
FAMILY: Mapping[str, str] = {
    "relationship": "relationship", "born_on": "born", "age": "age", "ethnicity": "ethnicity", "safety": "safe now",
    "safety_detail": "",
}  # fmt: skip


def _identifiers(review: RapidReview) -> list[Fact]:
    notification, incident = review.notification, review.notification.incident
    clock = _clock(review.case)
    return [
        ["Case", review.case.reference],
        ["Reference of the national system", notification.system_reference],
        ["Partnership", review.case.partnership.name],
        ["When the incident happened", str(incident.occurred) if incident.occurred else ""],
        [
            "When the local authority became aware",
            long_moment(incident.aware_at) if incident.aware_at else "",
        ],
        ["When the notification was sent", long_moment(notification.sent_at) if notification.sent_at else ""],
        *(
            ["When the rapid review met", long_moment(one.held_at)]
            for one in review.meetings.order_by("held_at")
            if one.held_at
        ),
        ["When the rapid review is due", long_date(clock.due_on) if clock else ""],
    ]


def _clock(case: Case) -> Deadline | None:
    return Deadline.objects.filter(case=case, clock="C5", withdrawn_at__isnull=True).first()


def _children(referrals: Iterable[Referral]) -> list[ReferredChild]:
    return [child for one in referrals for child in one.children.all()]


def _family(referrals: Iterable[Referral]) -> list[FamilyMember]:
    return [person for one in referrals for person in one.family.all()]


def _described(rows: Iterable[Any], what: str, columns: Mapping[str, str]) -> list[Fact]:
    described = []
    for number, row in enumerate(rows, start=1):
        words = [
            f"{label}: {text}" if label else text
            for name, label in columns.items()
            if (text := _text(row, name))
        ]
        described.append([f"{what} {number}", "; ".join(words)])
    return described


def _text(row: Any, name: str) -> str:
    """One stored answer in words; empty where it was not given."""
    value = getattr(row, name)
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        words = dict(row._meta.get_field(name).base_field.choices)
        return ", ".join(str(words.get(one, one)) for one in value)
    named = getattr(row, f"get_{name}_display", None)
    if named is not None:
        return str(named())
    return medium_date(value) if hasattr(value, "toordinal") else str(value)


def _said(referrals: Iterable[Referral], column: str, what: str) -> list[Fact]:
    return [
        [f"Referral {one.reference}, {one.agency}: {what}", str(getattr(one, column))] for one in referrals
    ]


def _agencies(referrals: Iterable[Referral]) -> list[Fact]:
    named: dict[str, str] = {}
    for referral in referrals:
        named.setdefault(referral.agency.name, "Made a referral")
        for agency in referral.agencies.all():
            named.setdefault(agency.name, agency.get_kind_display() or "Named in a referral")
    return [[f"Involved: {name}", told] for name, told in named.items()]
