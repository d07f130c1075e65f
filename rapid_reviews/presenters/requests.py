"""The requests as the unit sees them: who was asked, who has not answered, each return version by version."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from cspr.deadlines.models import Deadline
from cspr.govuk.dates import long_date, long_moment, medium_date, short_date
from cspr.govuk.parts import Row, Step, Table
from cspr.now import london_day, now, today
from cspr.people.models import Membership
from cspr.permissions import can
from cspr.workflow import refusals
from notifications.presenters.referral import link
from rapid_reviews.models import GuestLink, InformationRequest, Return
from rapid_reviews.options.requests import GuestPurpose, RefusalGround, RequestStatus
from rapid_reviews.presenters.returns import Card, cards, either, refusal_rows, shown, tag_of
from rapid_reviews.question_set import edition_in_force, thaw
from rapid_reviews.selectors.milestones import Milestone
from rapid_reviews.selectors.requests import second_people
from rapid_reviews.workflow import requests as table

S = RequestStatus
NOT_ANSWERED, RETURNED, REFUSED = "Not answered yet", "Returned", "Refused"
PREPARED, WITHDRAWN = "Being prepared", "Withdrawn"
GROUPS = (
    (NOT_ANSWERED, (S.ISSUED, S.ANSWERED), "Every agency that was asked has answered."),
    (RETURNED, (S.SIGNED_OFF, S.NIL_RETURN), "No agency has returned anything yet."),
    (REFUSED, (S.REFUSED,), ""),
    (PREPARED, (S.DRAFT,), ""),
    (WITHDRAWN, (S.WITHDRAWN,), ""),
)
NOT_ASKED = {S.DRAFT, S.WITHDRAWN}
ACTS: tuple[tuple[Any, str], ...] = (
    (table.ISSUE, "case_request_issue"),
    (table.SEND_BACK, "case_request_send_back"),
    (table.CHASE, "case_request_chase"),
    (table.WITHDRAW, "case_request_withdraw"),
)
BY_LINK: tuple[tuple[Any, str], ...] = (
    (table.SEND_LINK, "case_request_send_link"),
    (table.END_LINK, "case_request_end_link"),
)
LABELS: dict[tuple[str, str], str] = {(table.SEND_BACK.name, S.REFUSED): "Ask again"}
NOBODY_SIGNS = "Nobody there can sign it off: a second person needs the role of agency lead"


@dataclass(frozen=True)
class Group:
    """Requests that stand alike, under a heading with their number."""

    heading: str
    table: Table


@dataclass(frozen=True)
class Listed:
    """What the unit's list knows beside the requests, each by the request's id: clocks, reminders, agencies' leads.

    ``opens`` says whether who reads the list can open the requests, in which people are named.
    """

    clocks: dict[Any, Deadline]
    reminded: dict[Any, datetime]
    leads: dict[Any, list[Membership]]
    opens: bool


@dataclass(frozen=True)
class Version:
    """One version of a return as it was signed off."""

    heading: str
    rows: list[Row]
    cards: list[Card]
    files: list[tuple[Any, Any]]


def groups(requests: list[InformationRequest], listed: Listed) -> list[Group]:
    """The requests by where they stand; what is empty and need not be said is left out."""
    found = []
    asked = any(one.status not in NOT_ASKED for one in requests)
    for heading, statuses, empty in GROUPS:
        rows = [one for one in requests if one.status in statuses]
        if rows or (empty and asked):
            head, cells = COLUMNS[heading]
            table = Table(heading, head, [cells(one, listed) for one in rows], empty=empty)
            found.append(Group(f"{heading} ({len(rows)})", table))
    return found


def _waiting_row(request: InformationRequest, listed: Listed) -> tuple[Any, ...]:
    """Who has not answered: since when, with whom it lies, when they were last reminded."""
    reminded = listed.reminded.get(request.pk)
    last = f"reminded {short_date(london_day(reminded))}" if reminded else "not reminded yet"
    lies = lies_with(request, listed.leads.get(request.agency_id, []))
    return (
        _name(request, listed),
        _day(request.issued_at),
        due_cell(listed.clocks.get(request.pk)),
        f"{lies}; {last}",
    )


def _returned_row(request: InformationRequest, listed: Listed) -> tuple[Any, ...]:
    due = due_cell(listed.clocks.get(request.pk))
    return (_name(request, listed), due, secured(request), shown(tag_of(request)))


def _refused_row(request: InformationRequest, listed: Listed) -> tuple[Any, ...]:
    return (_name(request, listed), _day(request.refused_at), RefusalGround(request.refusal_ground).label)


def _draft_row(request: InformationRequest, listed: Listed) -> tuple[Any, ...]:
    number = len(request.shared_people)
    told = "Nobody" if number == 0 else "1 person" if number == 1 else f"{number} people"
    return (_name(request, listed), _day(request.started_at), told)


def _withdrawn_row(request: InformationRequest, listed: Listed) -> tuple[Any, ...]:
    return (_name(request, listed), _day(request.withdrawn_at), request.withdrawn_reason)


def _name(request: InformationRequest, listed: Listed) -> Any:
    name = f"{request.agency.name} (guest)" if request.is_guest else request.agency.name
    if not listed.opens:
        return name
    return link(name, reverse("case_request", args=[request.case_id, request.pk]), whole=False)


COLUMNS: dict[str, tuple[tuple[str, ...], Callable[[InformationRequest, Listed], tuple[Any, ...]]]] = {
    NOT_ANSWERED: (("Agency", "Asked", "Due", "Lies with"), _waiting_row),
    RETURNED: (("Agency", "Due", "Records secured", "Status"), _returned_row),
    REFUSED: (("Agency", "Refused", "Ground"), _refused_row),
    PREPARED: (("Agency", "Prepared", "Told of"), _draft_row),
    WITHDRAWN: (("Agency", "Withdrawn", "Why"), _withdrawn_row),
}


def _day(moment: datetime | None) -> str:
    return short_date(london_day(moment)) if moment else ""


def lies_with(request: InformationRequest, leads: list[Membership]) -> str:
    """Whose step the agency's next one is, by name."""
    if request.status == S.ANSWERED:
        if request.is_guest:
            return "Sign-off, by a link"
        people = second_people(request, leads=leads, sender=request.answered_by)
        return f"Sign-off: {_either(people)}" if people else NOBODY_SIGNS
    if request.contributor is not None and request.contributor.is_current:
        return request.contributor.user.full_name
    return f"{_either(leads)}, not assigned yet" if leads else "Nobody there can receive it"


def due_cell(clock: Deadline | None) -> str:
    """When a return is due, and whether it is or was late."""
    if clock is None:
        return ""
    day = short_date(clock.due_on)
    if clock.met_on is not None:
        return f"{day}, returned {short_date(clock.met_on)}" + (
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


def _either(people: list[Membership]) -> str:
    return either([one.user.full_name for one in people])


def standing_rows(
    request: InformationRequest,
    listed: Listed,
    links: Iterable[GuestLink] = (),
    *,
    refused: Iterable[Any] = (),
) -> list[Row]:
    """Where one request stands, for the unit."""
    rows, clock = [Row("Agency", request.agency.name)], listed.clocks.get(request.pk)
    if request.is_guest:
        rows.append(Row("Answers by a link", f"{request.guest_name}, {request.guest_email}"))
        rows += [_link_row(one) for one in links]
    if clock is not None:
        rows.append(Row("Due", due_cell(clock)))
    if request.is_waiting:
        rows.append(Row("Lies with", lies_with(request, listed.leads.get(request.agency_id, []))))
        rows.append(Row("Last reminded", _moment(listed.reminded.get(request.pk)) or "Not yet"))
    elif request.contributor is not None:
        rows.append(Row("Written by", request.contributor.user.full_name))
    happened = (
        ("Issued", request.issued_at, request.issued_by),
        ("Finished", request.answered_at, request.answered_by),
        ("Signed off", request.signed_off_at, request.signed_off_by),
        ("Refused", request.refused_at, request.refused_by),
        ("Withdrawn", request.withdrawn_at, request.withdrawn_by),
    )
    rows += [Row(label, f"{long_moment(moment)}, by {by}") for label, moment, by in happened if moment and by]
    rows += refusal_rows(request, refused)
    if request.withdrawn_reason:
        rows.append(Row("Why it was withdrawn", request.withdrawn_reason))
    return rows


def _moment(moment: datetime | None) -> str:
    return long_moment(moment) if moment else ""


def _link_row(link: GuestLink) -> Row:
    """One guest link: for what, whose, and whether it still opens the request."""
    label = "Link to answer" if link.purpose == GuestPurpose.ANSWER else "Link to sign off"
    if link.revoked_at is not None:
        told = f"ended {long_moment(link.revoked_at)}"
    elif link.ends_at <= now():
        told = f"ran out {long_moment(link.ends_at)}"
    else:
        told = f"open until {long_moment(link.ends_at)}"
    return Row(label, f"{link.name}, {link.email}: {told}")


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
    for transition, name in (*ACTS, *(BY_LINK if request.is_guest else ())):
        if request.status in transition.from_ and can(acting, transition.permission):
            sentences = tuple(refusals(request, transition, acting))
            secondary = transition is not table.ISSUE
            label = LABELS.get((transition.name, request.status), transition.label)
            found.append(Step(label, reverse(name, args=args), sentences, secondary))
    if request.is_draft and found:
        found.append(Step("Change what they are told", reverse("case_request_describe", args=args), (), True))
        found.append(Step("Delete this draft", reverse("case_request_delete", args=args), (), True))
    return found
