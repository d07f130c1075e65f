"""What a case answers to each path of ``notifications.national_paths``: one getter for each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from cspr.cases.models import Case
from cspr.govuk.dates import in_london, medium_date
from cspr.people.models import Membership
from notifications import nhs_number, options
from notifications.models import Incident, Referral, ReferredChild
from notifications.national_form import Field
from notifications.national_words import as_kept, coded, is_empty
from notifications.options.incident import PlaceTest

YES = options.YesNoUnknown.YES


@dataclass(frozen=True)
class CaseAnswers:
    """The facts of one case that fill the form, read once. ``others`` are the children after the fourth."""

    case: Case
    incident: Incident
    referrals: tuple[Referral, ...]
    others: tuple[ReferredChild, ...]
    notifier: Membership
    route: str
    local_authority: str = ""


@dataclass(frozen=True)
class CaseAnswer:
    """One answer of the case, and where on the case it stands."""

    value: Any
    origin: str = ""


Getter = Callable[[CaseAnswers, ReferredChild | None], CaseAnswer]
NONE = CaseAnswer("")


def case_answer(field: Field, facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    """What the case answers to a field, in the form's own codes; nothing where the field has no path."""
    if not field.path:
        return NONE
    found = GETTERS[field.path](facts, child)
    value = coded(field, as_kept(found.value))
    return (
        CaseAnswer(value, found.origin)
        if not is_empty(value)
        else CaseAnswer([] if field.kind == "choices" else "")
    )


def _from_referrals(name: str, facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    for referral in facts.referrals:
        value = getattr(referral, name)
        if not is_empty(value):
            return CaseAnswer(value, f"Referral {referral.reference}")
    return NONE


def _from_all(
    rows: str, line: Callable[[Any], str], facts: CaseAnswers, child: ReferredChild | None
) -> CaseAnswer:
    """Each row of every referral's list, one a line, a line that two referrals share once."""
    lines = [line(row) for referral in facts.referrals for row in getattr(referral, rows).all()]
    words = "\n".join(dict.fromkeys(one for one in lines if one))
    return CaseAnswer(words, _referrals(facts))


def _referrals(facts: CaseAnswers) -> str:
    references = [str(referral.reference) for referral in facts.referrals]
    return (
        f"Referral {', '.join(references)}" if len(references) == 1 else f"Referrals {', '.join(references)}"
    )


def _from_incident(
    name: str, facts: CaseAnswers, child: ReferredChild | None, *, also: str = ""
) -> CaseAnswer:
    """The business unit's own record first, then what was referred."""
    value = getattr(facts.incident, name)
    if not is_empty(value):
        return CaseAnswer(value, "The incident’s record")
    return _from_referrals(also, facts, child) if also else NONE


def _occurred_on(facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    for row, origin in _with_dates(facts):
        return CaseAnswer(
            row.occurred_on if row.occurred_precision == options.Precision.EXACT else "", origin
        )
    return NONE


def _occurred_roughly(facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    for row, origin in _with_dates(facts):
        return CaseAnswer(
            "" if row.occurred_precision == options.Precision.EXACT else str(row.occurred), origin
        )
    return NONE


def _with_dates(facts: CaseAnswers) -> Iterable[tuple[Any, str]]:
    if facts.incident.occurred_precision:
        yield facts.incident, "The incident’s record"
    for referral in facts.referrals:
        if referral.occurred_precision:
            yield referral, f"Referral {referral.reference}"


def _aware(facts: CaseAnswers, child: ReferredChild | None, *, time: bool = False) -> CaseAnswer:
    moment = facts.incident.aware_at
    if moment is None:
        return NONE
    local = in_london(moment)
    return CaseAnswer(local.time() if time else local.date(), "The incident’s record")


def _notifier(
    value: Callable[[CaseAnswers], str], facts: CaseAnswers, child: ReferredChild | None
) -> CaseAnswer:
    return CaseAnswer(value(facts), "Who opened the pack")


def _local_authority(facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    """The authority as the last notification had it; before there was one, the area where it happened (rule 4.3)."""
    if facts.local_authority:
        return CaseAnswer(facts.local_authority, "The last notification sent")
    here = facts.incident.place == PlaceTest.IN_AREA
    return (
        CaseAnswer(facts.incident.happened_in, "Where it happened, in the incident’s record")
        if here
        else NONE
    )


def _known(facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    listed = any(referral.agencies.all() for referral in facts.referrals)
    return CaseAnswer(YES, _referrals(facts)) if listed else NONE


def _of_child(name: str, facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    if child is None:
        return NONE
    return CaseAnswer(getattr(child, name), f"Referral {child.referral.reference}, child {child.position}")


def _nhs(facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    found = _of_child("nhs_number", facts, child)
    return CaseAnswer(nhs_number.spaced(found.value), found.origin)


def _disabled(facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    """Yes, no or not known, from the kinds of disability."""
    found = _of_child("disabilities", facts, child)
    if not found.value:
        return NONE
    codes = {options.Disability.NONE: "NO", options.Disability.NOT_KNOWN: "NOT_KNOWN"}
    return CaseAnswer(codes.get(found.value[0], "YES"), found.origin)


def person_line(row: Any) -> str:
    """One family member: name, relationship, age, plan, and whether safe now."""
    relationship = row.relationship_detail or row.get_relationship_display()
    born = f"born {medium_date(row.born_on)}" if row.born_on else ""
    aged = f"aged {row.age}" if row.age is not None else ""
    plan = (
        f"child protection plan: {row.get_protection_plan_display().lower()}" if row.protection_plan else ""
    )
    safety = row.get_safety_display() if row.safety not in {"", options.Safety.DOES_NOT_APPLY} else ""
    return _joined(row.name or "Name not known", relationship.lower(), born or aged, plan, safety.lower())


def agency_line(row: Any) -> str:
    """One agency: what it is, who worked there, whether still involved."""
    involved = {"YES": "still involved", "NO": "no longer involved"}.get(row.still_involved, "")
    return _joined(
        row.name or row.get_kind_display(), row.get_kind_display() if row.name else "", row.worker, involved
    )


def proceeding_line(row: Any) -> str:
    """One proceeding: kind, lead, reference, next date."""
    coming = f"next {medium_date(row.next_on)}" if row.next_on else ""
    return _joined(
        row.get_kind_display(), row.lead, row.proceeding_reference, _joined(coming, row.next_event)
    )


def child_line(child: ReferredChild) -> str:
    """A child after the fourth, as text (rule 4.5)."""
    born = f"born {medium_date(child.born_on)}" if child.born_on else ""
    aged = f"aged {child.age}" if child.age is not None else ""
    expected = f"expected {medium_date(child.expected_on)}" if child.expected_on else ""
    care = child.get_care_status_display() if child.care_status else ""
    plan = (
        f"child protection plan: {child.get_protection_plan_display().lower()}"
        if child.protection_plan
        else ""
    )
    return _joined(
        child.name or child.get_kind_display(),
        born or aged or expected,
        child.get_sex_display().lower(),
        child.get_ethnicity_display(),
        child.address.replace("\n", ", "),
        child.get_placement_display(),
        care,
        plan,
        child.unidentified_detail,
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _others(facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    """Rule 4.5: up to four children in detail, the rest as text."""
    lines = [f"Child {number}: {child_line(one)}" for number, one in enumerate(facts.others, 5)]
    return CaseAnswer("\n".join(lines), "Children after the fourth") if lines else NONE


def _documents(facts: CaseAnswers, child: ReferredChild | None) -> CaseAnswer:
    titles = [one.description for referral in facts.referrals for one in referral.attachments.all()]
    return CaseAnswer("\n".join(dict.fromkeys(titles)), _referrals(facts))


FROM_REFERRALS = (
    "other_nature", "died_on", "serious_harm_reason", "harm_kinds", "harm_kinds_other", "place_kind",
    "place_description", "place_authority", "place_country", "normally_resident", "narrative", "action_taken",
    "action_needed", "media_interest", "media_detail",
)  # fmt: skip
OF_CHILD = (
    "name", "other_names", "kind", "born_on", "age", "expected_on", "unidentified_detail", "sex", "ethnicity",
    "ethnicity_described", "disabilities", "disability_detail", "address", "whereabouts", "schooling", "school",
    "care_status", "care_authority", "legal_status", "placement", "placement_detail", "protection_plan",
    "protection_category", "need_plan",
)  # fmt: skip

GETTERS: dict[str, Getter] = {
    "case.reference": lambda facts, child: CaseAnswer(facts.case.reference, "The case"),
    "case.other_children": _others,
    "notifier.local_authority": _local_authority,
    "notifier.name": partial(_notifier, lambda facts: facts.notifier.user.full_name),
    "notifier.role": partial(_notifier, lambda facts: facts.notifier.title),
    "notifier.phone": partial(_notifier, lambda facts: facts.notifier.user.telephone),
    "notifier.email": partial(_notifier, lambda facts: facts.notifier.user.email),
    "incident.route": lambda facts, child: CaseAnswer(facts.route, "The decision"),
    "incident.nature": partial(_from_incident, "nature", also="nature"),
    "incident.abuse": partial(_from_incident, "abuse", also="abuse_known"),
    "incident.abuse_reason": partial(_from_incident, "abuse_reason", also="abuse_reason"),
    "incident.occurred_on": _occurred_on,
    "incident.occurred_time": partial(_from_incident, "occurred_time"),
    "incident.occurred_roughly": _occurred_roughly,
    "incident.aware_on": _aware,
    "incident.aware_time": partial(_aware, time=True),
    "incident.aware_person": partial(_from_incident, "aware_person"),
    "referral.family": partial(_from_all, "family", person_line),
    "referral.agencies": partial(_from_all, "agencies", agency_line),
    "referral.proceedings": partial(_from_all, "proceedings", proceeding_line),
    "referral.known_to_agencies": _known,
    "referral.documents": _documents,
    "child.nhs_number": _nhs,
    "child.disabled": _disabled,
    **{f"referral.{name}": partial(_from_referrals, name) for name in FROM_REFERRALS},
    **{f"child.{name}": partial(_of_child, name) for name in OF_CHILD},
}
