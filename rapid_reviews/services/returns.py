"""The agency's verbs on its return: assign, answer page by page, finish, hand back, sign off, refuse. Rule 6.3."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cspr.audit.recording import record, recorded
from cspr.deadlines import services as deadlines
from cspr.engine import apply
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import Refused, Transition
from notifications.services.referral import next_page_revision
from rapid_reviews.models import InformationRequest, Return
from rapid_reviews.options.requests import GuestPurpose, RefusalGround, RequestStatus, ReturnKind
from rapid_reviews.phrases_requests import (
    NOBODY_TO_SIGN_OFF,
    REQUEST_ASSIGNED,
    REQUEST_REFUSED,
    RETURN_ARRIVED,
    RETURN_HANDED_BACK,
    RETURN_TO_SIGN_OFF,
)
from rapid_reviews.question_set import thaw
from rapid_reviews.selectors.requests import (
    C6,
    clock_subject,
    contributors_for,
    leads_of,
    locked_request,
    second_people,
)
from rapid_reviews.services.guests import make_link, reach_author, refuse_second, revoke_links
from rapid_reviews.services.request_mail import tell_member, tell_unit
from rapid_reviews.services.requests import stop_clock
from rapid_reviews.services.review import keep
from rapid_reviews.workflow.requests import (
    AGENCY,
    ANSWER,
    HAND_BACK,
    NOTHING_KNOWN,
    REFUSE,
    is_of_the_agency,
    latest,
    sign_off_of,
)

NOT_WITH_YOU = "This request is not open for answers now."
NOT_YOURS = "You cannot open this request, so nothing was done."


@dataclass(frozen=True)
class SecondPerson:
    """Who signs a guest's return off: another person of the organisation, by name and address."""

    name: str
    email: str


@recorded
def assign(
    request: InformationRequest, *, contributor: Membership | None, by: Membership
) -> InformationRequest:
    """Give the agency's request to one of its people, or take it back. Who had it before loses it at once."""
    row = _reached(request, by=by)
    if not can(by, Permission.ASSIGN_CONTRIBUTOR) or is_of_the_agency(row, by) or row.is_guest:
        raise Refused(f"This is not yours to do: it needs {Permission.ASSIGN_CONTRIBUTOR.whose}.")
    if not row.is_waiting:
        raise Refused(NOT_WITH_YOU)
    if contributor is not None and not contributors_for(row).filter(pk=contributor.pk).exists():
        raise Refused(fields={"contributor": "Select somebody of your agency"})
    before = row.contributor
    if before == contributor:
        return row
    row.contributor = contributor
    row.assigned_at, row.assigned_by = (now(), by) if contributor else (None, None)
    row.advance(None)
    keep(row, by=by)
    name = (contributor or before).user.full_name  # type: ignore[union-attr]
    record_of_return("assigned" if contributor else "unassigned", row, by=by, name=name)
    if contributor is not None:
        tell_member(row, to=contributor, what=REQUEST_ASSIGNED, by=by)
    return row


@recorded
def save_page(
    request: InformationRequest,
    *,
    page: str,
    answers: Mapping[str, Any],
    revision: int | None,
    by: Membership,
) -> Return:
    """Keep one page's answers, as the frozen questions ask them. The same answers again change nothing.

    Raises Changed when another tab or person saved the page since ``revision``, and Refused once the request is not
    with the agency, or not with this person, any more.
    """
    row, version = open_version(request, by=by)
    asked = thaw(row.questions).page(page)
    if asked is None:
        raise Refused("This page is not part of the request.")
    given = {field.key: answers.get(field.key) for field in asked.fields}
    if all(version.answers.get(key) == value for key, value in given.items()):
        return version
    next_page_revision(version, page, revision)
    version.answers = {**version.answers, **given}
    write_version(version, by=by)
    record_of_return("page_saved", row, by=by, page=asked.title)
    return version


@recorded
def answer(
    request: InformationRequest, *, by: Membership, second: SecondPerson | None = None
) -> InformationRequest:
    """Finish the answers and put them to a second person. A guest names that person, who gets a link of their own."""
    return _finish(request, ANSWER, kind=ReturnKind.FULL, by=by, second=second)


@recorded
def nothing_known(
    request: InformationRequest, *, by: Membership, second: SecondPerson | None = None
) -> InformationRequest:
    """Say that the agency knows nothing of the child or family; a second person signs that off."""
    return _finish(request, NOTHING_KNOWN, kind=ReturnKind.NIL, by=by, second=second)


@recorded
def hand_back(request: InformationRequest, *, reason: str, by: Membership) -> InformationRequest:
    """Give a finished return back to its author instead of signing it off."""
    row = _reached(request, by=by)
    if row.is_with_agency:
        return apply(row, HAND_BACK, by=by, reason=reason)
    author = row.answered_by
    standing = _latest(row)

    def write(done: InformationRequest) -> None:
        standing.kind, standing.returned_at, standing.returned_by = ReturnKind.FULL, None, None
        keep(standing, by=by)

    changes = {"answered_at": None, "answered_by": None, "_history_user": by.user}
    detail = {"agency": row.agency.name}
    done = apply(row, HAND_BACK, by=by, reason=reason, changes=changes, write=write, detail=detail)
    if done.is_guest:
        reach_author(done, what=RETURN_HANDED_BACK, until=None, by=by)
        revoke_links(done, by=by, purpose=GuestPurpose.SIGN_OFF)
    elif author is not None:
        tell_member(done, to=author, what=RETURN_HANDED_BACK, by=by)
    return done


@recorded
def sign_off(request: InformationRequest, *, by: Membership) -> InformationRequest:
    """Sign a return off as the second person: it goes to the unit and meets C6, late or not.

    Pressed twice it happens once; raises AlreadyDone when a colleague signed first.
    """
    row = _reached(request, by=by)
    standing = _latest(row)
    step = sign_off_of(row)
    if row.is_returned:
        return apply(row, step, by=by)
    moment = now()

    def write(done: InformationRequest) -> None:
        standing.signed_off_at, standing.signed_off_by = moment, by
        keep(standing, by=by)

    detail = {"agency": row.agency.name}
    done = apply(row, step, by=by, at=moment, changes={"_history_user": by.user}, write=write, detail=detail)
    subject = clock_subject(done, standing.version)
    deadlines.meet(done.case, clock=C6, at=moment, by=by, subject=subject)
    tell_unit(done, what=RETURN_ARRIVED, by=by)
    return done


@recorded
def refuse(
    request: InformationRequest, *, ground: RefusalGround, reason: str, by: Membership
) -> InformationRequest:
    """Refuse to give information, on a ground, in words. The clock stops; the unit is told and can come back."""
    row = _reached(request, by=by)
    if row.status == RequestStatus.REFUSED:
        return apply(row, REFUSE, by=by, reason=reason)
    if ground not in RefusalGround.values:
        raise Refused(fields={"ground": "Select the ground"})
    changes = {"refusal_ground": ground, "refusal_reason": reason, "_history_user": by.user}
    words = RefusalGround(ground).label
    detail = {"agency": row.agency.name, "ground": words[0].lower() + words[1:]}
    done = apply(row, REFUSE, by=by, reason=reason, changes=changes, detail=detail)
    stop_clock(done, by=by, reason=f"The agency refused: {words}")
    tell_unit(done, what=REQUEST_REFUSED, by=by)
    return done


def _finish(
    request: InformationRequest,
    step: Transition,
    *,
    kind: ReturnKind,
    by: Membership,
    second: SecondPerson | None,
) -> InformationRequest:
    row = _reached(request, by=by)
    if not row.is_with_agency:
        return apply(row, step, by=by)
    if row.is_guest:
        if second is None:
            raise Refused(fields={"name": "Enter who signs this off"})
        refuse_second(row, email=second.email)
    standing, moment = _latest(row), now()

    def write(done: InformationRequest) -> None:
        standing.kind, standing.returned_at, standing.returned_by = kind, moment, by
        keep(standing, by=by)

    detail = {"agency": row.agency.name}
    done = apply(row, step, by=by, at=moment, changes={"_history_user": by.user}, write=write, detail=detail)
    if second is not None and done.is_guest:
        purpose = GuestPurpose.SIGN_OFF
        make_link(done, purpose=purpose, name=second.name, email=second.email, until=None, by=by)
    if not done.is_guest:
        _put_to_leads(done, by=by)
    return done


def _put_to_leads(done: InformationRequest, *, by: Membership) -> None:
    """Tell the agency's leads of what they sign off; where none of them can, tell the unit, who can appoint another."""
    leads = leads_of(done.agency, done.case)
    for one in leads:
        tell_member(done, to=one, what=RETURN_TO_SIGN_OFF, by=by)
    if not second_people(done, leads=leads, sender=by):
        tell_unit(done, what=NOBODY_TO_SIGN_OFF, by=by)


def _reached(request: InformationRequest, *, by: Membership) -> InformationRequest:
    """The row, locked, for somebody who sees it now: a wall or another contributor since the page was opened counts."""
    row = locked_request(request)
    if not InformationRequest.objects.visible_to(by).filter(pk=row.pk).exists():
        raise Refused(NOT_YOURS)
    return row


def open_version(request: InformationRequest, *, by: Membership) -> tuple[InformationRequest, Return]:
    """The request and the version being written, locked, for somebody who may write it. Raises Refused.

    Call it inside a verb.
    """
    row = _reached(request, by=by)
    if not can(by, Permission.ANSWER_REQUEST):
        raise Refused(f"This is not yours to do: it needs {Permission.ANSWER_REQUEST.whose}.")
    sentences = [sentence for guard in AGENCY if (sentence := guard(row, by))]
    if not row.is_with_agency or sentences:
        raise Refused(*(sentences or [NOT_WITH_YOU]))
    return row, Return.objects.select_for_update(of=("self",)).get(pk=_latest(row).pk)


def _latest(row: InformationRequest) -> Return:
    standing = latest(row)
    if standing is None:
        raise Refused(NOT_WITH_YOU)
    return standing


def write_version(version: Return, *, by: Membership) -> None:
    """Keep a version that something was written of: who wrote it is one of its authors from now on."""
    version.authors = sorted({*version.authors, str(by.user_id)})
    version.advance(None)
    keep(version, by=by)


def record_of_return(kind: str, row: InformationRequest, *, by: Membership, **detail: str) -> None:
    """The event of a verb on a request by its agency."""
    told = {"agency": row.agency.name, **detail}
    record(f"informationrequest.{kind}", by=by, subject=row, case=row.case, detail=told)
