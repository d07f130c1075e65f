"""What may happen to an information request, as data: issued, answered, signed off, refused, sent back. Rule 6.3.

Clock C6 is moved by the verbs, because each request has its own; the rows below say when.
"""

from typing import Any

from cspr.govuk.dates import in_london
from cspr.now import london_day, now, today
from cspr.permissions import Permission, Role
from cspr.statute.sources import CHAPTER_6, RETURN_SETTING
from cspr.workflow import Table, Transition
from rapid_reviews.models import InformationRequest, Return
from rapid_reviews.options.requests import RequestStatus, ReturnKind
from rapid_reviews.question_set import thaw
from rapid_reviews.workflow.review import of_this_partnership

DRAFT, ISSUED, ANSWERED = RequestStatus.DRAFT, RequestStatus.ISSUED, RequestStatus.ANSWERED
SIGNED_OFF, NIL_RETURN = RequestStatus.SIGNED_OFF, RequestStatus.NIL_RETURN
REFUSED, WITHDRAWN = RequestStatus.REFUSED, RequestStatus.WITHDRAWN

DUTY = (
    "Safeguarding partners may ask a person or body to give information about a child or adult, to enable or assist "
    "them in their functions. Who is asked must comply (Children Act 2004 section 16H)."
)


def latest(request: InformationRequest) -> Return | None:
    """The version of the return that stands."""
    return max(request.returns.all(), key=lambda one: one.version, default=None)


def is_of_the_agency(request: InformationRequest, by: Any) -> str | None:
    """Rule 6.3: each agency answers only its own."""
    return None if by.agency_id == request.agency_id else "Only the agency that was asked can do this."


def is_in_their_hands(request: InformationRequest, by: Any) -> str | None:
    """A contributor answers what is assigned to them now; the agency's lead answers anything of the agency."""
    if by.role == Role.AGENCY_LEAD or request.contributor_id == by.pk:
        return None
    return "This request is assigned to somebody else in your agency."


def review_is_open(request: InformationRequest, by: Any) -> str | None:
    """After the review was sent or closed nobody is asked any more."""
    return None if request.review.is_open else "The rapid review has been sent or closed."


def can_be_understood(request: InformationRequest, by: Any) -> str | None:
    """An agency cannot search without being told whom and what it is about."""
    if request.shared_context.strip() and (request.shared_people or request.is_guest):
        return None
    if request.shared_context.strip():
        return "Choose whom the agency is told of, so that it can search its records."
    return "Write what the agency is told about the incident."


def is_complete(request: InformationRequest, by: Any) -> str | None:
    """Every question that needs an answer has one."""
    standing = latest(request)
    number = len(thaw(request.questions).missing(standing.answers if standing else {}))
    if number == 0:
        return None
    return "1 answer is still needed." if number == 1 else f"{number} answers are still needed."


def chronology_disagrees(version: Return | None) -> str | None:
    """What the agency says of its chronology beside what it holds: complete with nothing in it, or none with rows."""
    said = version.answers.get("chronology_state") if version else None
    if version is None or said not in ("complete", "none"):
        return None
    rows = version.chronology.count()
    if said == "none" and rows:
        return f"You say there is no contact to record, and your chronology has {rows:,} row{'' if rows == 1 else 's'}."
    if said == "complete" and not rows and not version.files.exists():
        return "You say your chronology is complete, and it has no row: type it, read it in from a file, or attach it."
    return None


def chronology_agrees(request: InformationRequest, by: Any) -> str | None:
    return chronology_disagrees(latest(request))


def no_file_waits(request: InformationRequest, by: Any) -> str | None:
    """What was read from a chronology file is no part of the return before somebody confirms it."""
    if not request.chronology_readings.filter(confirmed_at=None, dropped_at=None).exists():
        return None
    return "A chronology file was read and waits: take its rows in, or drop what was read."


def is_an_answer(request: InformationRequest, by: Any) -> str | None:
    standing = latest(request)
    return None if standing and standing.kind == ReturnKind.FULL else "The agency says that it knows nothing."


def is_nothing_known(request: InformationRequest, by: Any) -> str | None:
    standing = latest(request)
    return None if standing and standing.kind == ReturnKind.NIL else "The agency has answered the questions."


def not_the_only_author(request: InformationRequest, by: Any) -> str | None:
    """Rule 6.3: signed off by a second person, who did not write all of it."""
    standing = latest(request)
    alone = standing is not None and standing.authors == [str(by.user_id)]
    return "You wrote this return, so somebody else has to sign it off." if alone else None


def not_chased_today(request: InformationRequest, by: Any) -> str | None:
    """Once a day is enough: nobody is hurried twice on one day by two colleagues."""
    if request.chased_at is None or london_day(request.chased_at) < today():
        return None
    return (
        f"It was chased today at {in_london(request.chased_at):%H:%M}, by {request.chased_by.user.full_name}."
    )


def is_by_a_link(request: InformationRequest, by: Any) -> str | None:
    return None if request.is_guest else "This agency has accounts, so it needs no link."


def has_an_open_link(request: InformationRequest, by: Any) -> str | None:
    """Whether there is a link to end."""
    standing = request.guest_links.filter(revoked_at__isnull=True, ends_at__gt=now())
    return None if standing.exists() else "No link is open."


P = Permission
UNIT = (of_this_partnership,)
AGENCY = (is_of_the_agency, is_in_their_hands)
SECOND = (is_of_the_agency, not_the_only_author)
ISSUE = Transition(
    "issue", "Issue the request", frozenset({DRAFT}), ISSUED, P.REQUEST_INFORMATION, CHAPTER_6,
    guards=(of_this_partnership, review_is_open, can_be_understood), past="issued",
)  # fmt: skip
"""Starts the request's own C6."""
ANSWER = Transition(
    "answer", "Send for sign-off", frozenset({ISSUED}), ANSWERED, P.ANSWER_REQUEST, RETURN_SETTING,
    guards=(*AGENCY, is_complete, chronology_agrees, no_file_waits), past="answered",
)  # fmt: skip
NOTHING_KNOWN = Transition(
    "nothing_known", "Say that nothing is known", frozenset({ISSUED}), ANSWERED, P.ANSWER_REQUEST, RETURN_SETTING,
    guards=(*AGENCY, no_file_waits), past="answered",
)  # fmt: skip
HAND_BACK = Transition(
    "hand_back", "Hand back to the author", frozenset({ANSWERED}), ISSUED, P.SIGN_OFF_RETURN, RETURN_SETTING,
    guards=(is_of_the_agency,), needs_reason=True,
)  # fmt: skip
SIGN_OFF = Transition(
    "sign_off", "Sign off and return", frozenset({ANSWERED}), SIGNED_OFF, P.SIGN_OFF_RETURN, RETURN_SETTING,
    guards=(*SECOND, is_an_answer, is_complete), not_same_as=("answered_by",), past="signed_off",
)  # fmt: skip
"""Meets C6."""
SIGN_OFF_NIL = Transition(
    "sign_off_nil", "Sign off that nothing is known", frozenset({ANSWERED}), NIL_RETURN, P.SIGN_OFF_RETURN,
    RETURN_SETTING, guards=(is_of_the_agency, is_nothing_known), not_same_as=("answered_by",), past="signed_off",
)  # fmt: skip
"""Meets C6."""


def sign_off_of(request: InformationRequest) -> Transition:
    """How what waits is signed off: as answers, or as knowing nothing."""
    return SIGN_OFF_NIL if is_an_answer(request, None) else SIGN_OFF


REFUSE = Transition(
    "refuse", "Refuse the request", frozenset({ISSUED, ANSWERED}), REFUSED, P.SIGN_OFF_RETURN, RETURN_SETTING,
    guards=(is_of_the_agency,), needs_reason=True, past="refused",
)  # fmt: skip
"""Withdraws C6: a refusal with its ground is an answer, and chasing it is the partners' act, not a reminder's."""
SEND_BACK = Transition(
    "send_back", "Send back for correction", frozenset({SIGNED_OFF, NIL_RETURN, REFUSED}), ISSUED,
    P.SEND_BACK_RETURN, RETURN_SETTING, guards=(of_this_partnership, review_is_open), needs_reason=True,
)  # fmt: skip
"""Begins the next version of the return, with a C6 of its own."""
WITHDRAW = Transition(
    "withdraw", "Withdraw the request", frozenset({ISSUED, ANSWERED, REFUSED}), WITHDRAWN, P.REQUEST_INFORMATION,
    CHAPTER_6, guards=UNIT, needs_reason=True, past="withdrawn",
)  # fmt: skip
"""Withdraws C6."""
CHASE = Transition(
    "chase", "Chase", frozenset({ISSUED, ANSWERED}), ISSUED, P.REQUEST_INFORMATION, RETURN_SETTING,
    guards=(of_this_partnership, not_chased_today),
)  # fmt: skip
SEND_LINK = Transition(
    "send_link", "Send a new link", frozenset({ISSUED, ANSWERED}), ISSUED, P.REQUEST_INFORMATION, RETURN_SETTING,
    guards=(of_this_partnership, is_by_a_link),
)  # fmt: skip
END_LINK = Transition(
    "end_link", "End the link", frozenset({ISSUED, ANSWERED, SIGNED_OFF, NIL_RETURN, REFUSED}), ISSUED,
    P.REQUEST_INFORMATION, RETURN_SETTING, guards=(of_this_partnership, is_by_a_link, has_an_open_link),
)  # fmt: skip
"""Never applied, as the two before it: they move no status and say who may reach the agency, and when."""
TRANSITIONS = Table((
    ISSUE, ANSWER, NOTHING_KNOWN, HAND_BACK, SIGN_OFF, SIGN_OFF_NIL, REFUSE, SEND_BACK, WITHDRAW,
))  # fmt: skip
