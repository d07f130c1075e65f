"""The requests as the unit sees them: who was asked, who has not answered, each return version by version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cspr.cases.models import Case
from cspr.deadlines.models import Deadline
from cspr.govuk.dates import long_date, long_moment, medium_date
from cspr.govuk.parts import Row, Step, Table
from cspr.now import london_day, today
from cspr.people.models import Membership
from cspr.permissions import can
from cspr.workflow import refusals
from notifications.presenters.referral import link
from rapid_reviews.models import InformationRequest, Return
from rapid_reviews.options.requests import RefusalGround, RequestStatus
from rapid_reviews.presenters.returns import Card, cards, shown, tag_of
from rapid_reviews.question_set import edition_in_force, thaw
from rapid_reviews.selectors.milestones import Milestone
from rapid_reviews.workflow import requests as table

S = RequestStatus
GROUPS = (
    ("Not answered yet", (S.ISSUED, S.ANSWERED), "Every agency that was asked has answered."),
    ("Returned", (S.SIGNED_OFF, S.NIL_RETURN), "No agency has returned anything yet."),
    ("Refused", (S.REFUSED,), ""),
    ("Being prepared", (S.DRAFT,), ""),
    ("Withdrawn", (S.WITHDRAWN,), ""),
)
ACTS: tuple[tuple[Any, str], ...] = (
    (table.ISSUE, "case_request_issue"),
    (table.SEND_BACK, "case_request_send_back"),
    (table.WITHDRAW, "case_request_withdraw"),
)


@dataclass(frozen=True)
class Group:
    """Requests that stand alike, under a heading with their number."""

    heading: str
    table: Table


@dataclass(frozen=True)
class Version:
    """One version of a return as it was signed off."""

    heading: str
    rows: list[Row]
    cards: list[Card]
    files: list[tuple[Any, Any]]


def groups(requests: list[InformationRequest], clocks: dict[Any, Deadline]) -> list[Group]:
    """The requests by where they stand; what is empty and need not be said is left out."""
    found = []
    for heading, statuses, empty in GROUPS:
        rows = [one for one in requests if one.status in statuses]
        if rows or (empty and requests):
            found.append(Group(f"{heading} ({len(rows)})", _table(heading, rows, clocks, empty)))
    return found


def _table(heading: str, rows: list[InformationRequest], clocks: dict[Any, Deadline], empty: str) -> Table:
    return Table(
        caption=heading,
        head=("Agency", "Asked", "Due", "Records secured", "Status"),
        rows=[_row(one, clocks.get(one.pk)) for one in rows],
        empty=empty,
    )


def _row(request: InformationRequest, clock: Deadline | None) -> tuple[Any, ...]:
    asked = medium_date(london_day(request.issued_at)) if request.issued_at else ""
    name = f"{request.agency.name} (guest)" if request.is_guest else request.agency.name
    href = reverse("case_request", args=[request.case_id, request.pk])
    return (link(name, href), asked, due_cell(clock), secured(request), shown(tag_of(request)))


def due_cell(clock: Deadline | None) -> str:
    """When a return is due, and whether it is or was late."""
    if clock is None:
        return ""
    day = medium_date(clock.due_on)
    if clock.met_on is not None:
        return f"{day}, returned {medium_date(clock.met_on)}" + (
            ", late" if clock.met_on > clock.due_on else ""
        )
    if clock.withdrawn_at is not None:
        return "No longer due"
    return f"{day}, late" if clock.due_on < today() else day


def signed_off(request: InformationRequest) -> list[Return]:
    """The versions the unit may read, the newest first."""
    return [one for one in reversed(request.returns.all()) if one.signed_off_at]


def secured(request: InformationRequest) -> str:
    """When the agency secured its records, as its newest signed-off version says."""
    for one in signed_off(request):
        day = one.answers.get("records_secured_on")
        return medium_date(date.fromisoformat(day)) if day else "Not said"
    return ""


def questions_shown(request: InformationRequest) -> list[tuple[str, list[str]]]:
    """What the agency is asked, page by page: a draft's as they stand today."""
    asked = thaw(request.questions or edition_in_force(today()))
    return [(page.title, [field.label for field in page.fields]) for page in asked.pages if page.fields]


def milestone_rows(milestones: Iterable[Milestone]) -> list[Row]:
    """The days of the rapid review."""
    return [
        Row(one.title, f"{long_date(one.due_on)}, working day {one.number} of the rapid review")
        for one in milestones
    ]


def standing_rows(request: InformationRequest, clock: Deadline | None) -> list[Row]:
    """Where one request stands, for the unit."""
    rows = [Row("Agency", request.agency.name)]
    if request.is_guest:
        rows.append(Row("Answers by a link", f"{request.guest_name}, {request.guest_email}"))
    if clock is not None:
        rows.append(Row("Due", due_cell(clock)))
    if request.contributor is not None:
        rows.append(Row("Written by", request.contributor.user.full_name))
    happened = (
        ("Issued", request.issued_at, request.issued_by),
        ("Finished", request.answered_at, request.answered_by),
        ("Signed off", request.signed_off_at, request.signed_off_by),
        ("Refused", request.refused_at, request.refused_by),
        ("Withdrawn", request.withdrawn_at, request.withdrawn_by),
    )
    rows += [Row(label, f"{long_moment(moment)}, by {by}") for label, moment, by in happened if moment and by]
    if request.refusal_ground:
        rows += [
            Row("Ground of the refusal", RefusalGround(request.refusal_ground).label),
            Row("Why", request.refusal_reason),
        ]
    if request.withdrawn_reason:
        rows.append(Row("Why it was withdrawn", request.withdrawn_reason))
    return rows


def versions(request: InformationRequest, files: dict[Any, list[tuple[Any, Any]]]) -> list[Version]:
    """Every version that was signed off, the newest first, each beside the others for ever."""
    found = signed_off(request)
    merged = f"{reverse('merged_chronology', args=[request.case_id])}?agency={request.agency_id}"
    return [
        Version(
            heading=f"The return, version {one.version}",
            rows=_version_rows(one),
            cards=cards(
                request,
                one,
                files=[file for file, _ in files.get(one.pk, [])],
                rows_url=merged if one is found[0] else "",
            ),
            files=files.get(one.pk, []),
        )
        for one in found
    ]


def _version_rows(version: Return) -> list[Row]:
    rows = []
    if version.returned_at and version.returned_by:
        rows.append(Row("Written by", f"{version.returned_by}, {long_moment(version.returned_at)}"))
    if version.signed_off_at and version.signed_off_by:
        rows.append(Row("Signed off by", f"{version.signed_off_by}, {long_moment(version.signed_off_at)}"))
    if version.sent_back_at and version.sent_back_by:
        told = f"{long_moment(version.sent_back_at)}, by {version.sent_back_by}: {version.sent_back_note}"
        rows.append(Row("Sent back", told))
    return rows


def steps(request: InformationRequest, acting: Membership) -> list[Step]:
    """What this person can do with one request; what cannot be done yet says why."""
    args = [request.case_id, request.pk]
    found = []
    for transition, name in ACTS:
        if request.status in transition.from_ and can(acting, transition.permission):
            sentences = tuple(refusals(request, transition, acting))
            secondary = transition is not table.ISSUE
            found.append(Step(transition.label, reverse(name, args=args), sentences, secondary))
    if request.is_draft and found:
        found.append(Step("Change what they are told", reverse("case_request_describe", args=args), (), True))
        found.append(Step("Delete this draft", reverse("case_request_delete", args=args), (), True))
    return found


def crumbs(case: Case, *places: str) -> list[tuple[str, str]]:
    """The way back: the case, its review, its requests, and the page itself."""
    found = [
        (case.reference, reverse("case", args=[case.pk])),
        ("Rapid review", reverse("rapid_review", args=[case.pk])),
    ]
    if places:
        found.append(("Information requests", reverse("case_requests", args=[case.pk])))
    return [*found, *((one, "") for one in (places or ("Information requests",)))]
