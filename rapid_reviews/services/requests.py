"""The unit's verbs on information requests: prepare, describe, issue, send back, withdraw. Rule 6.3, clock C6.

Where both are locked, the review is locked first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cspr.audit.recording import record, recorded
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.deadlines import services as deadlines
from cspr.engine import apply
from cspr.now import london_day, now
from cspr.people.models import Agency, Membership
from cspr.people.services import add_guest_organisation
from cspr.permissions import Permission, can
from cspr.workflow import Refused, refusals
from rapid_reviews.models import InformationRequest, RapidReview, Return
from rapid_reviews.options.requests import GuestPurpose, RequestStatus, ReturnKind
from rapid_reviews.phrases_requests import REQUEST_ASKED_AGAIN, RETURN_SENT_BACK
from rapid_reviews.question_set import edition_in_force
from rapid_reviews.selectors.network import agencies_to_ask, people_of, told_people
from rapid_reviews.selectors.requests import C6, clock_subject, leads_of, locked_request
from rapid_reviews.selectors.review import locked, reaches
from rapid_reviews.services.guests import make_link, refuse_address, revoke_links
from rapid_reviews.services.request_mail import tell_agency, tell_of_request, tell_withdrawn
from rapid_reviews.services.return_versions import carry_over
from rapid_reviews.services.review import keep
from rapid_reviews.workflow.requests import ISSUE, SEND_BACK, WITHDRAW, latest

NOT_A_DRAFT = "This request has been issued, so what it says cannot be changed. It can be withdrawn."


@dataclass(frozen=True)
class Telling:
    """What the agencies of a request are told: the incident in words, whom it is about, the period to search."""

    context: str = ""
    people: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None


@recorded
def start_requests(
    review: RapidReview, *, agencies: Iterable[Agency], telling: Telling, by: Membership
) -> list[InformationRequest]:
    """Prepare one request an agency. An agency that has a standing request keeps it and gets no second one."""
    row = _open_to(review, by=by)
    allowed = {one.pk for one in agencies_to_ask(row)}
    chosen = [one for one in agencies if one.pk in allowed]
    if not chosen:
        raise Refused(fields={"agencies": "Select at least one agency that has not been asked yet"})
    return [_start(row, agency=one, telling=telling, by=by) for one in chosen]


@recorded
def start_guest_request(
    review: RapidReview, *, organisation: str, name: str, email: str, telling: Telling, by: Membership
) -> InformationRequest:
    """Prepare a request to an organisation without account: one named person answers by a link (roles.md, guests)."""
    row = _open_to(review, by=by)
    if any(one.agency.name.casefold() == organisation.casefold() for one in _standing(row)):
        raise Refused(fields={"organisation": "This organisation has been asked already"})
    refuse_address(email)
    agency = add_guest_organisation(name=organisation, by=by)
    guest = {"is_guest": True, "guest_name": name, "guest_email": email.lower()}
    return _start(row, agency=agency, telling=telling, by=by, **guest)


@recorded
def describe(
    request: InformationRequest, *, telling: Telling, revision: int | None, by: Membership
) -> InformationRequest:
    """Write what one agency is told, before it is issued. Raises Changed over somebody else's later save."""
    row = _locked_draft(request, by=by)
    given = _columns(row.review, telling)
    if all(getattr(row, name) == value for name, value in given.items()):
        return row
    row.advance(revision)
    for name, value in given.items():
        setattr(row, name, value)
    keep(row, by=by)
    _record("described", row, by=by)
    return row


@recorded
def delete_draft(request: InformationRequest, *, by: Membership) -> None:
    """Delete a request that was never issued. Deleting it again changes nothing."""
    if not InformationRequest.objects.filter(pk=request.pk).exists():
        return
    row = _locked_draft(request, by=by)
    _record("deleted", row, by=by)
    row.delete()


@recorded
def issue(request: InformationRequest, *, by: Membership, at: datetime | None = None) -> InformationRequest:
    """Send a request: its questions are frozen, the first version of the return begins, C6 starts, the agency is told.

    Pressed twice it is sent once. Raises Refused where nobody at the agency can receive it.
    """
    locked(request.review)
    row = locked_request(request)
    if not row.is_draft:
        return apply(row, ISSUE, by=by)
    if sentences := why_not_issued(row, by=by):
        raise Refused(*sentences)
    moment = at or now()
    edition = edition_in_force(london_day(moment))
    changes = {
        "questions": edition,
        "edition": edition["key"],
        "shared_people": told_people(row.case, row.shared_people),
        "_history_user": by.user,
    }
    done = apply(
        row,
        ISSUE,
        by=by,
        at=moment,
        changes=changes,
        write=_begin(by, moment),
        detail={"agency": row.agency.name},
    )
    clock = deadlines.start(done.case, clock=C6, moment=moment, subject=clock_subject(done, 1), by=by)
    if done.is_guest:
        make_link(
            done,
            purpose=GuestPurpose.ANSWER,
            name=done.guest_name,
            email=done.guest_email,
            until=clock.due_on,
            by=by,
        )
    else:
        tell_of_request(done, until=clock.due_on, by=by)
    return done


def why_not_issued(row: InformationRequest, *, by: Membership) -> list[str]:
    """Why a request cannot go out now; the pages ask here as well. Empty when it can."""
    if sentences := refusals(row, ISSUE, by):
        return sentences
    if not reaches(row.case, by):
        return [NOT_OPEN_TO_YOU]
    if row.is_guest or leads_of(row.agency, row.case):
        return []
    return [f"Nobody at {row.agency} can receive it. Give somebody there the role of agency lead first."]


@recorded
def issue_all(review: RapidReview, *, by: Membership) -> int:
    """Issue every prepared request of a review, or none: Refused names each that cannot go out. Answers how many."""
    row = _open_to(review, by=by)
    drafts = list(row.requests.filter(status=RequestStatus.DRAFT).select_related("agency"))
    refused: list[str] = []
    for one in drafts:
        try:
            issue(one, by=by)
        except Refused as refusal:
            refused += [f"{one.agency}: {each}" for each in (*refusal.sentences, *refusal.fields.values())]
    if refused:
        raise Refused(*refused)
    return len(drafts)


@recorded
def send_back(request: InformationRequest, *, note: str, by: Membership) -> InformationRequest:
    """Ask for a correction: the next version of the return begins beside the one signed off, with a C6 of its own."""
    locked(request.review)
    row = locked_request(request)
    before = latest(row)
    if before is None or not reaches(row.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    if row.is_with_agency:
        return apply(row, SEND_BACK, by=by, reason=note)
    moment, number = now(), before.version + 1
    what = REQUEST_ASKED_AGAIN if row.is_refused else RETURN_SENT_BACK

    def write(done: InformationRequest) -> None:
        before.sent_back_at, before.sent_back_by, before.sent_back_note = moment, by, note
        keep(before, by=by)
        _next_version(done, before, by=by, at=moment)

    changes = {**_undone("answered", "signed_off", "refused"), "refusal_ground": "", "refusal_reason": ""}
    detail = {"agency": row.agency.name, "version": number}
    changes["_history_user"] = by.user
    done = apply(row, SEND_BACK, by=by, reason=note, changes=changes, write=write, detail=detail)
    subject = clock_subject(done, number)
    clock = deadlines.start(done.case, clock=C6, moment=moment, subject=subject, by=by)
    revoke_links(done, by=by, purpose=GuestPurpose.SIGN_OFF)
    tell_agency(done, what=what, until=clock.due_on, by=by)
    return done


@recorded
def withdraw(request: InformationRequest, *, reason: str, by: Membership) -> InformationRequest:
    """Take a request back, saying why: its clock stops, guests lose their link, the agency is told."""
    row = locked_request(request)
    if row.status == RequestStatus.WITHDRAWN:
        return apply(row, WITHDRAW, by=by, reason=reason)
    if not reaches(row.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    changes = {"withdrawn_reason": reason, "_history_user": by.user}
    done = apply(row, WITHDRAW, by=by, reason=reason, changes=changes, detail={"agency": row.agency.name})
    stop_clock(done, by=by, reason=reason)
    tell_withdrawn(done, by=by)
    revoke_links(done, by=by)
    return done


@recorded
def withdraw_waiting(review: RapidReview, *, reason: str, by: Membership) -> int:
    """Withdraw every request still waited for, because the review ends without them (rule 4.7); answers how many."""
    waiting = [one for one in review.requests.all() if one.is_waiting]
    for one in waiting:
        withdraw(one, reason=reason, by=by)
    return len(waiting)


def stop_clock(request: InformationRequest, *, by: Membership, reason: str) -> None:
    """Withdraw the C6 of the version that stands."""
    standing = latest(request)
    subject = clock_subject(request, standing.version if standing else 1)
    deadlines.withdraw(request.case, clock=C6, subject=subject, by=by, reason=reason)


def _begin(by: Membership, moment: datetime) -> Any:
    """The first version of the return, empty."""

    def write(row: InformationRequest) -> None:
        keep(Return(request=row, version=1, created_at=moment), by=by, force_insert=True)

    return write


def _next_version(row: InformationRequest, before: Return, *, by: Membership, at: datetime) -> Return:
    """The next version, with what the one before said and who wrote it: a correction is written over it."""
    version = Return(
        request=row,
        version=before.version + 1,
        kind=ReturnKind.FULL,
        answers=before.answers,
        authors=before.authors,
        created_at=at,
    )
    keep(version, by=by, force_insert=True)
    carry_over(before, version, by=by)
    return version


def _undone(*steps: str) -> dict[str, Any]:
    return {f"{step}_{column}": None for step in steps for column in ("at", "by")}


def _open_to(review: RapidReview, *, by: Membership) -> RapidReview:
    """The review, locked, for somebody who may ask for it. Raises Refused."""
    if not can(by, Permission.REQUEST_INFORMATION):
        raise Refused(f"This is not yours to do: it needs {Permission.REQUEST_INFORMATION.whose}.")
    row = locked(review)
    if by.partnership_id != row.case.partnership_id or not reaches(row.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    if not row.is_open:
        raise Refused("The rapid review has been sent or closed.")
    return row


def _locked_draft(request: InformationRequest, *, by: Membership) -> InformationRequest:
    _open_to(request.review, by=by)
    row = locked_request(request)
    if not row.is_draft:
        raise Refused(NOT_A_DRAFT)
    return row


def _standing(review: RapidReview) -> list[InformationRequest]:
    return list(review.requests.exclude(status=RequestStatus.WITHDRAWN).select_related("agency"))


def _start(
    review: RapidReview, *, agency: Agency, telling: Telling, by: Membership, **guest: Any
) -> InformationRequest:
    given = {**_columns(review, telling), **guest}
    row = InformationRequest(
        case=review.case, review=review, agency=agency, started_at=now(), started_by=by, **given
    )
    keep(row, by=by, force_insert=True)
    _record("started", row, by=by)
    return row


def _columns(review: RapidReview, telling: Telling) -> dict[str, Any]:
    """The telling as columns; only people of this case's referrals can be named."""
    known = {one.key for one in people_of(review.case)}
    return {
        "shared_context": telling.context,
        "shared_people": [key for key in telling.people if key in known],
        "period_from_on": telling.from_on,
        "period_until_on": telling.until_on,
    }


def _record(kind: str, row: InformationRequest, *, by: Membership) -> None:
    detail = {"agency": row.agency.name}
    record(f"informationrequest.{kind}", by=by, subject=row, case=row.case, detail=detail)
