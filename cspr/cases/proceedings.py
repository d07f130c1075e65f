"""The register of proceedings beside a case, what they hold up, and the family's one contact. Rule 7.3."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cspr.audit.recording import record, recorded
from cspr.cases.kinds import HoldOn, ProceedingStatus
from cspr.cases.models import Case, FamilyLead, Proceeding, ProceedingHold
from cspr.cases.workflow import CHANGE
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import AlreadyDone, Refused, refusals

FACTS = (
    "kind", "other_kind", "lead_body", "lead_person", "lead_contact", "reference", "venue", "next_on", "next_event",
    "note",
)  # fmt: skip
"""What a person types about a proceeding."""


def why_not(case: Case, by: Membership) -> str | None:
    """Why this person may not keep the register of a case now; None when they may. A wall counts at once."""
    if not can(by, Permission.KEEP_PROCEEDINGS):
        return f"This is not yours to do: it needs {Permission.KEEP_PROCEEDINGS.whose}."
    if (
        case.partnership_id != by.partnership_id
        or not Case.objects.visible_to(by).filter(pk=case.pk).exists()
    ):
        return "This case is not open to you."
    return None


def _require(case: Case, by: Membership) -> None:
    refusal = why_not(case, by)
    if refusal:
        raise Refused(refusal)


def _locked(proceeding: Proceeding) -> Proceeding:
    return Proceeding.objects.select_for_update(of=("self",)).select_related("case").get(pk=proceeding.pk)


def _keep(row: Proceeding, *, by: Membership, **save: Any) -> None:
    row._history_user = by.user  # type: ignore[attr-defined]
    row.save(**save)


@recorded
def register(
    case: Case, *, facts: Mapping[str, Any], by: Membership, taken_from: UUID | None = None
) -> Proceeding:
    """Register a proceeding. One taken over from a referral's answer twice is one."""
    _require(case, by)
    Case.objects.select_for_update().get(pk=case.pk)
    if taken_from is not None:
        standing = Proceeding.objects.filter(case=case, taken_from=taken_from).first()
        if standing is not None:
            return standing
    row = Proceeding(case=case, taken_from=taken_from, registered_at=now(), registered_by=by)
    _fill(row, facts)
    _keep(row, by=by, force_insert=True)
    record("proceeding.registered", by=by, subject=row, case=case, detail={"kind": row.get_kind_display()})
    return row


@recorded
def change(
    proceeding: Proceeding, *, facts: Mapping[str, Any], by: Membership, revision: int | None
) -> Proceeding:
    """Change what is known of a proceeding that runs. Raises Changed over somebody else's later save."""
    _require(proceeding.case, by)
    row = _locked(proceeding)
    _may_change(row, by)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    row.advance(revision)
    _fill(row, facts)
    _keep(row, by=by)
    record("proceeding.changed", by=by, subject=row, case=row.case, detail={"kind": row.get_kind_display()})
    return row


def _may_change(row: Proceeding, by: Membership) -> None:
    sentences = refusals(row, CHANGE, by)
    if sentences:
        raise Refused(*sentences)


def _fill(row: Proceeding, facts: Mapping[str, Any]) -> None:
    if facts.get("next_event") and not facts.get("next_on"):
        raise Refused(fields={"next_on": "Enter the day of what comes next"})
    if not str(facts.get("lead_body", row.lead_body)).strip():
        raise Refused(fields={"lead_body": "Enter who leads it"})
    for name in FACTS:
        if name in facts:
            setattr(row, name, facts[name])


@recorded
def place_hold(
    proceeding: Proceeding, *, on: str, reason: str, asked_for_by: str, by: Membership
) -> ProceedingHold:
    """Record that a proceeding holds something up. Placed twice by one person it is one."""
    _require(proceeding.case, by)
    row = _locked(proceeding)
    _may_change(row, by)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter why it is held up"})
    standing = row.holds.filter(on=on, lifted_at__isnull=True).first()
    if standing is not None:
        if (standing.placed_by_id, standing.reason) == (by.pk, reason):
            return standing
        raise Refused(fields={"on": "This is held up already. Lift that hold before placing another"})
    hold = ProceedingHold(
        proceeding=row, on=on, reason=reason, asked_for_by=asked_for_by, placed_at=now(), placed_by=by
    )
    hold.save(force_insert=True)
    _record_hold("proceeding.hold_placed", hold, by=by, reason=reason)
    return hold


@recorded
def lift_hold(hold: ProceedingHold, *, reason: str, by: Membership) -> ProceedingHold:
    """Lift a hold, with a reason. Pressed twice it is lifted once; raises AlreadyDone when a colleague lifted it."""
    _require(hold.proceeding.case, by)
    row = _locked(hold.proceeding)
    found = row.holds.select_related("lifted_by__user").get(pk=hold.pk)
    if found.lifted_by is not None:
        if found.lifted_by.user_id != by.user_id:
            raise AlreadyDone(by=found.lifted_by, what="Lift this hold")
        return found
    _may_change(row, by)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter why the hold is lifted"})
    found.lifted_at, found.lifted_by, found.lifted_reason = now(), by, reason
    found.save()
    _record_hold("proceeding.hold_lifted", found, by=by, reason=reason)
    return found


def _record_hold(kind: str, hold: ProceedingHold, *, by: Membership, reason: str) -> None:
    row = hold.proceeding
    detail = {"kind": row.get_kind_display(), "on": hold.get_on_display().lower(), "reason": reason}
    record(kind, by=by, subject=row, case=row.case, detail=detail)


@recorded
def name_family_lead(
    case: Case, *, name: str, agency: str, contact: str = "", reason: str = "", by: Membership
) -> FamilyLead:
    """Name the one person who speaks with the family; replacing one asks why. The same again changes nothing."""
    _require(case, by)
    Case.objects.select_for_update().get(pk=case.pk)
    moment, standing = now(), family_lead(case)
    if standing is not None:
        if (standing.name, standing.agency, standing.contact) == (name, agency, contact):
            return standing
        if not reason.strip():
            raise Refused(fields={"reason": "Enter why this is changed"})
        standing.replaced_at, standing.replaced_by, standing.replaced_reason = moment, by, reason
        standing.save()
    lead = FamilyLead(case=case, name=name, agency=agency, contact=contact, named_at=moment, named_by=by)
    lead.save(force_insert=True)
    record("case.family_lead_named", by=by, subject=lead, case=case)
    return lead


@recorded
def follow_case(case: Case, *, to: Case, by: Membership) -> None:
    """The register goes along when a case is joined to another (rule 4.1), so that no hold is lost.

    Who speaks with the family goes along too, unless the other case names somebody.
    """
    Case.objects.select_for_update().get(pk=to.pk)
    for row in Proceeding.objects.select_for_update().filter(case=case):
        row.case = to
        row.advance(None)
        _keep(row, by=by)
        record("proceeding.moved", by=by, subject=row, case=to, detail={"from": case.reference})
    lead = family_lead(case)
    if lead is not None and family_lead(to) is None:
        lead.case = to
        lead.save()
        record("case.family_lead_named", by=by, subject=lead, case=to)


def family_lead(case: Case) -> FamilyLead | None:
    """Who speaks with the family now, across all processes."""
    return (
        FamilyLead.objects.filter(case=case, replaced_at__isnull=True)
        .select_related("named_by__user")
        .first()
    )


def proceedings_of(case: Case) -> "QuerySet[Proceeding]":
    """The register of a case with its holds: two queries."""
    rows = Proceeding.objects.filter(case=case).select_related("registered_by__user", "ended_by__user")
    return rows.prefetch_related("holds__placed_by__user", "holds__lifted_by__user").order_by(
        "-status", "next_on", "registered_at"
    )


def find_proceeding(case: Case, proceeding_id: UUID) -> Proceeding | None:
    return proceedings_of(case).select_related("case").filter(pk=proceeding_id).first()


def find_hold(case: Case, hold_id: UUID) -> ProceedingHold | None:
    rows = ProceedingHold.objects.filter(proceeding__case=case)
    return rows.select_related("proceeding__case", "lifted_by__user").filter(pk=hold_id).first()


def standing_holds(case: Case, *, on: HoldOn) -> "QuerySet[ProceedingHold]":
    """What holds up interviews, or publishing, now: later stages ask here before they do either."""
    rows = ProceedingHold.objects.filter(proceeding__case=case, on=on, lifted_at__isnull=True)
    return rows.select_related("proceeding", "placed_by__user")


def next_dates(acting: Membership) -> "QuerySet[Proceeding]":
    """Running proceedings that have a next date, on the cases this person may open."""
    rows = Proceeding.objects.filter(status=ProceedingStatus.RUNNING, next_on__isnull=False)
    return rows.filter(case__in=Case.objects.visible_to(acting)).select_related("case").order_by("next_on")
