"""What stands beside the incident's questions: what referrals say, the question and its views, likely duplicates."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from cspr.cases.models import Case
from cspr.decisions.models import Decision, DecisionStatus
from cspr.decisions.presenters import signature_cards
from cspr.govuk.dates import long_date, long_moment
from cspr.govuk.parts import Row, Signature
from cspr.people.models import Membership
from cspr.people.selectors import partners_of
from notifications.models import Incident, Referral
from notifications.selectors.duplicates import Suggestion

Words = Callable[[Referral], str]


def _care_of_children(referral: Referral) -> str:
    return "; ".join(
        f"{child}: {child.get_care_status_display() or 'not answered'}" for child in referral.children.all()
    )


SAID: dict[str, tuple[tuple[str, Words], ...]] = {
    "dates": (
        ("When it happened", lambda one: str(one.occurred) if one.occurred else ""),
        (
            "When the agency became aware",
            lambda one: long_date(one.agency_aware_on) if one.agency_aware_on else "",
        ),
        ("Who became aware", lambda one: one.agency_aware_person),
        ("Where", lambda one: one.get_place_kind_display()),
    ),
    "abuse-or-neglect": (
        ("Abuse or neglect", lambda one: one.get_abuse_known_display()),
        ("Why", lambda one: one.abuse_reason),
    ),
    "harm": (
        ("Harm", lambda one: one.get_nature_display()),
        ("Why it is serious", lambda one: one.serious_harm_reason or one.other_nature),
    ),
    "place": (
        ("Where", lambda one: one.get_place_kind_display()),
        ("Which", lambda one: one.place_authority or one.place_country),
        ("Normally resident in the area", lambda one: one.get_normally_resident_display()),
    ),
    "care": (("Children", _care_of_children),),
}


@dataclass(frozen=True)
class Said:
    """What one referral says about the question of the page."""

    heading: str
    rows: list[Row]


def said(referrals: list[Referral], about: str) -> list[Said]:
    """Beside a question: what each referral says about it, named by reference and agency."""
    cards = []
    for one in referrals:
        rows = [Row(key, words(one)) for key, words in SAID[about] if words(one)]
        cards.append(Said(f"{one.reference}, {one.agency}", rows))
    return [card for card in cards if card.rows]


@dataclass(frozen=True)
class Asked:
    """One version of the question to the partners, as shown."""

    heading: str
    decision: Decision
    papers: list[Row]
    cards: list[Signature]
    outcome: list[Row]


def asked(decision: Decision, case: Case, acting: Membership, *, may_answer: bool) -> Asked:
    """A version with its frozen papers and its signature cards."""
    href = reverse("incident_give_view", args=[case.pk]) if may_answer else ""
    people = partners_of(case.partnership) if decision.status == DecisionStatus.OPEN else []
    return Asked(
        heading=f"Question, version {decision.version}: {decision.get_status_display().lower()}",
        decision=decision,
        papers=[Row(label, text) for label, text in decision.papers],
        cards=signature_cards(decision, people=people, acting=acting, href=href),
        outcome=_outcome(decision),
    )


def _outcome(decision: Decision) -> list[Row]:
    if decision.status == DecisionStatus.TAKEN_BACK and decision.taken_back_at:
        told = f"{long_moment(decision.taken_back_at)}, by {decision.taken_back_by}"
        return [Row("Taken back", told), Row("Why", decision.taken_back_reason)]
    if decision.status != DecisionStatus.SETTLED or decision.settled_at is None:
        return []
    rows = [
        ("Decision", "Notify" if decision.outcome == "yes" else "Do not notify"),
        ("Decided by", f"{decision.settled_by}"),
        ("When", long_moment(decision.settled_at)),
        ("Reason", decision.rationale),
        ("Why without every view", decision.without_view_reason),
    ]
    return [Row(key, value) for key, value in rows if value]


@dataclass(frozen=True)
class Offered:
    """A likely duplicate as shown."""

    reference: str
    pseudonym: str
    status: str
    reasons: tuple[str, ...]
    href: str
    refusal: str


def offered(
    suggestions: list[Suggestion], source: Incident, refusal_of: Callable[..., str | None]
) -> list[Offered]:
    """Suggestions with the page that joins, or why they cannot be joined."""
    return [
        Offered(
            reference=one.incident.case.reference,
            pseudonym=one.incident.case.pseudonym,
            status=one.incident.get_status_display(),
            reasons=one.reasons,
            href=reverse("incident_link_to", args=[source.case_id, one.incident.case_id]),
            refusal=refusal_of(source, one.incident) or "",
        )
        for one in suggestions
    ]
