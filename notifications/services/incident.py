"""Verbs on an incident's facts: open it, record and correct its dates, answer its tests, confirm its route."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.files.base import File

from cspr.audit.recording import record, recorded
from cspr.decisions import services as decisions
from cspr.documents import services as documents
from cspr.documents.models import Document
from cspr.engine import apply
from cspr.govuk.dates import RoughDate, long_moment
from cspr.models import Changed
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import Refused, Transition
from notifications.models import ChildSound, Incident, Referral
from notifications.options.incident import TESTS
from notifications.selectors import incident as incidents
from notifications.services.incident_clocks import move_clocks, settle_clocks
from notifications.workflow import incident as table
from notifications.workflow.incident_dates import wrong_agency_awareness, wrong_awareness, wrong_occurrence
from notifications.workflow.routes import possible, proposed
from notifications.workflow.sounds import codes_of

NO_ROUTE: Mapping[str, Any] = {
    "route": "", "route_reason": "", "route_proposed": "", "routed_at": None, "routed_by": None,
}  # fmt: skip


@dataclass(frozen=True)
class Occurrence:
    """When and where it happened, and when an agency became aware."""

    occurred: RoughDate
    agency_aware_on: date
    occurred_time: time | None = None
    happened_in: str = ""
    agency_aware_time: time | None = None
    agency_aware_person: str = ""

    def columns(self) -> dict[str, Any]:
        given = asdict(self)
        del given["occurred"]
        return {
            **given,
            "occurred_precision": self.occurred.precision,
            "occurred_on": self.occurred.earliest,
            "occurred_until_on": self.occurred.latest,
        }


@dataclass(frozen=True)
class Awareness:
    """When the local authority became aware: the moment, who, and how that is evidenced (C1)."""

    at: datetime
    person: str
    evidence: str
    document: Document | None = None

    def columns(self, by: Membership) -> dict[str, Any]:
        given = {
            "aware_at": self.at,
            "aware_by": by,
            "aware_person": self.person,
            "aware_evidence": self.evidence,
        }
        return {**given, "aware_document": self.document} if self.document else given


@recorded
def open_incident(referral: Referral, *, by: Membership) -> Incident:
    """Open the incident of a referral just sent, with what the referral says of its dates. Once a case."""
    already = Incident.objects.filter(case=referral.case).first()
    if already is not None:
        return already
    incident = Incident(
        case=referral.case,
        partnership=referral.partnership,
        opened_at=referral.submitted_at or now(),
        opened_by=by,
        occurred_precision=referral.occurred_precision,
        occurred_on=referral.occurred_on,
        occurred_until_on=referral.occurred_until_on,
        occurred_time=referral.occurred_time,
        agency_aware_on=referral.agency_aware_on,
        agency_aware_time=referral.agency_aware_time,
        agency_aware_person=referral.agency_aware_person,
    )
    keep(incident, by=by)
    listen_to(referral)
    record(
        "incident.opened",
        by=by,
        subject=incident,
        case=incident.case,
        detail={"referral": referral.reference},
    )
    return incident


def keep(incident: Any, *, by: Membership) -> None:
    """Save the row with its author in the field history."""
    incident._history_user = by.user
    incident.save()


def listen_to(referral: Referral) -> None:
    """Keep how the children of a sent referral sound, so that likely duplicates are found by an index."""
    for child in referral.children.all():
        codes = codes_of(child.name, child.other_names)
        ChildSound(child=child, referral=referral, codes=codes, born_on=child.born_on).save(force_insert=True)


@recorded
def record_dates(
    incident: Incident, *, occurrence: Occurrence, by: Membership, revision: int | None = None
) -> Incident:
    """Record when it happened and when an agency became aware. Raises Refused, by field, on impossible dates."""
    incident = incidents.locked(incident)
    at, when = now(), occurrence.occurred
    wrong = wrong_occurrence(
        when,
        occurrence.occurred_time,
        moment=at,
        births=incidents.births(incident),
        aware_at=incident.aware_at,
    ) | wrong_agency_awareness(
        occurrence.agency_aware_on,
        occurrence.agency_aware_time,
        occurred=when,
        occurred_time=occurrence.occurred_time,
        moment=at,
    )
    if wrong:
        raise Refused(fields=wrong)
    again = incident.dates_recorded_at is not None
    return change(
        incident,
        table.RECORD_DATES,
        changes=occurrence.columns(),
        by=by,
        revision=revision,
        unless_same=again,
    )


@recorded
def record_awareness(
    incident: Incident,
    *,
    at: datetime,
    person: str,
    evidence: str,
    by: Membership,
    upload: "File[Any] | None" = None,
    revision: int | None = None,
) -> Incident:
    """Record when the local authority became aware, for the first time: C1 and C2 start, or what the route asks for.

    Raises Refused on a moment ahead or before the incident, and when a moment is recorded already.
    """
    _refuse_impossible(incident, at)
    aware = Awareness(at, person, evidence, _evidence(incident, upload, by=by))
    detail = {"moment": long_moment(at), "person": person}
    return change(
        incident, table.RECORD_AWARENESS, changes=aware.columns(by), by=by, revision=revision, detail=detail
    )


@recorded
def correct_awareness(
    incident: Incident,
    *,
    at: datetime,
    person: str,
    evidence: str,
    reason: str,
    by: Membership,
    upload: "File[Any] | None" = None,
    revision: int | None = None,
) -> Incident:
    """Correct the moment of awareness, with a reason: the manager's act. Running clocks get new due dates beside

    the first ones.
    """
    _refuse_impossible(incident, at)
    before = incident.aware_at
    aware = Awareness(at, person, evidence, _evidence(incident, upload, by=by))
    detail = {"before": long_moment(before) if before else "", "moment": long_moment(at)}
    row = table.correction(incident)
    return change(
        incident,
        row,
        changes=aware.columns(by),
        by=by,
        revision=revision,
        reason=reason,
        detail=detail,
        moved_to=at,
    )


def _refuse_impossible(incident: Incident, at: datetime) -> None:
    wrong = wrong_awareness(
        at, occurred=incident.occurred, occurred_time=incident.occurred_time, moment=now()
    )
    if wrong:
        raise Refused(fields=wrong)


def _evidence(incident: Incident, upload: "File[Any] | None", *, by: Membership) -> Document | None:
    if upload is None:
        return None
    stream, title = f"incident/{incident.pk}", "Evidence of when the local authority became aware"
    return documents.attach(
        incident.case,
        stream=stream,
        upload=upload,
        kind="awareness",
        by=by,
        title=title,
        field="evidence_file",
    )


@recorded
def answer_test(
    incident: Incident, *, answers: Mapping[str, Any], by: Membership, revision: int | None = None
) -> Incident:
    """Answer one test with its reason. A changed answer undoes the confirmed route, which follows from the answers."""
    standing = table.answers_of(incident)
    given = {name: value for name, value in answers.items() if name in asdict(standing)}
    death = type(standing)(**{**asdict(standing), **given}).death_to_be_told
    changes = {**answers, "death_to_be_told": death}
    undone = {} if given == {name: getattr(standing, name) for name in given} else NO_ROUTE
    detail = {"test": next(title for title, column in TESTS.values() if column in given)}
    return change(
        incident, table.ANSWER_TEST, changes={**changes, **undone}, by=by, revision=revision, detail=detail,
        unless_same=True,
    )  # fmt: skip


@recorded
def confirm_route(
    incident: Incident, *, route: str, reason: str, by: Membership, revision: int | None = None
) -> Incident:
    """Confirm the route with a reason (rule 4.4); C1, C2 and C3 run or are withdrawn as it says."""
    standing = table.answers_of(incident)
    if standing.are_complete and route not in possible(standing):
        raise Refused(fields={"route": "The answers of the tests do not allow this route. Select another"})
    changes = {
        "route": route,
        "route_reason": reason,
        "route_proposed": proposed(standing).value if standing.are_complete else "",
        "death_to_be_told": standing.death_to_be_told,
    }
    detail = {"route": route}
    return change(
        incident, table.CONFIRM_ROUTE, changes=changes, by=by, revision=revision, reason=reason, detail=detail
    )


def change(
    incident: Incident,
    row: Transition,
    *,
    changes: Mapping[str, Any],
    by: Membership,
    revision: int | None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    unless_same: bool = False,
    moved_to: datetime | None = None,
) -> Incident:
    """Change facts by one row of the table. A question before the partners is taken back, because its papers changed.

    Raises Changed when somebody saved since ``revision``. With ``unless_same`` the same answers again change nothing.
    """
    locked = incidents.locked(incident)
    if unless_same and all(getattr(locked, name) == value for name, value in changes.items()):
        return locked
    if revision is not None and locked.revision != revision:
        raise Changed
    why = f"{row.label}: {reason}" if reason else row.label

    def take_back(changed: Incident) -> None:
        question = incidents.open_question(changed.case, lock=True)
        if question is not None:
            decisions.take_back(question, by=by, reason=f"What the partners were shown changed. {why}")

    own = {**changes, "_history_user": by.user}
    changed = apply(locked, row, by=by, reason=reason, changes=own, write=take_back, detail=detail)
    if moved_to is not None:
        move_clocks(changed, to=moved_to, by=by, reason=reason)
    settle_clocks(changed, by=by, reason=why)
    return changed
