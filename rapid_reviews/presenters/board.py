"""The rapid review's rows of the board: of each kind that waits, what to do, verb first, or whom one waits for."""

from collections.abc import Callable
from datetime import date

from cspr.cases.kinds import ProceedingKind
from cspr.cases.waiting import Row
from cspr.govuk.addresses import address
from cspr.govuk.dates import short_date
from cspr.govuk.parts import Waiting
from cspr.govuk.words import listed
from cspr.now import today
from cspr.people.models import Membership, Partner
from cspr.permissions import Permission, can
from rapid_reviews.options.meeting import MeetingStatus
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.presenters.national import PARTS

FOR_THE_UNIT = "Waiting for the business unit"
MOST_NAMED = 3
TO_DO = {
    ReviewStatus.GATHERING: "Prepare the rapid review",
    ReviewStatus.SIGNED: "Send the rapid review to the Panel",
}
NATIONAL = {
    "considered": "what the Panel considered",
    **{name: words for words, name in PARTS},
    "partners": "a discussion with each partner",
    "secretary": "that the Secretary of State was told",
    "family": "that the family was told",
}


def _day(told: str) -> str:
    return short_date(date.fromisoformat(told))


def _review(row: Row, acting: Membership) -> Waiting:
    title = TO_DO[ReviewStatus(row.facts["status"])]
    return row.waiting(title, "rapid_review", told=FOR_THE_UNIT if row.for_others else "")


def _signatures(row: Row, acting: Membership) -> Waiting:
    """Of a delegated partner their own signature, of a lead partner the disagreement, of others whom they wait for."""
    if not row.for_others and can(acting, Permission.SIGN_REVIEW):
        return row.waiting(
            "Sign the rapid review", "rapid_review_sign", told=f"asked by {row.facts['asked_by']}"
        )
    if not row.for_others:
        return row.waiting("Decide on the disagreement", "rapid_review_escalation", told=row.facts["why"])
    if row.facts["why"] is not None:
        told = "Waiting for the lead safeguarding partners"
        return row.waiting("A disagreement on the rapid review", "rapid_review", told=told)
    missing = " and the ".join(one.label for one in Partner if one not in row.facts["signed"])
    return row.waiting(
        "The signatures on the rapid review", "rapid_review", told=f"Waiting for the {missing}"
    )


def _panel_question(row: Row, acting: Membership) -> Waiting:
    title = "Answer the Panel’s question"
    if row.for_others:
        return row.waiting(title, "rapid_review_sent", told=FOR_THE_UNIT)
    came = f"its letter came {_day(row.facts['came_on'])}"
    return row.waiting(title, "rapid_review_reply", row.about, told=came)


def _decide_again(row: Row, acting: Membership) -> Waiting:
    if row.for_others:
        return row.waiting("Decide again", "rapid_review_sent", told=FOR_THE_UNIT)
    answer = PanelAnswerKind(row.facts["answer"]).label[3:]
    return row.waiting("Decide again", "rapid_review_decide_again", told=f"the Panel answered: {answer}")


def _panel_answer(row: Row, acting: Membership) -> Waiting:
    """The Panel's answer is waited for and never late: C8 is a chase, not a breach."""
    told, expected = f"Waiting for the Panel since {_day(row.facts['since'])}", row.facts["expected"]
    if expected is not None:
        late = date.fromisoformat(expected) < today()
        told += f". Ask for it: expected by {_day(expected)}" if late else f", expected by {_day(expected)}"
    return row.waiting("The Panel’s answer to the rapid review", "rapid_review_sent", told=told)


def _national(row: Row, acting: Membership) -> Waiting:
    """What of a national review is not recorded yet, in the words of its page (7.2)."""
    title, missing = "Record what is missing of the national review", row.facts["missing"]
    words = [words for one, words in NATIONAL.items() if one in missing]
    return row.waiting(title, "rapid_review_national", told=f"not recorded yet: {listed(words)}")


def _requests_to_ask(row: Row, acting: Membership) -> Waiting:
    return row.waiting("Ask the agencies for information", "case_requests")


def _requests_to_issue(row: Row, acting: Membership) -> Waiting:
    drafts = row.facts["drafts"]
    told = "1 request is prepared" if drafts == 1 else f"{drafts} requests are prepared"
    return row.waiting("Issue the information requests", "case_requests", told=told)


def _refused(row: Row, acting: Membership) -> Waiting:
    return row.waiting(f"Answer the refusal of {row.facts['agency']}", "case_request", row.about)


def _returns(row: Row, acting: Membership) -> Waiting:
    """Who has not answered, since when, and the chase."""
    waited = row.facts["waited"]
    named = [f"{agency} since {_day(issued)}" for agency, issued in row.facts["first"][:MOST_NAMED]]
    more = waited - len(named)
    names = "; ".join(named) + (f" and {more} more" if more else "")
    return row.waiting(
        "The agencies’ returns",
        "case_requests",
        told=f"{waited} of {row.facts['asked']} not answered: {names}",
        offer=("Chase", address("case_requests_chase", row.case_id)),
    )


def _meeting_to_plan(row: Row, acting: Membership) -> Waiting:
    return row.waiting("Plan the rapid review meeting", "meetings")


def _meeting(row: Row, acting: Membership) -> Waiting:
    held = row.facts["status"] == MeetingStatus.HELD
    title = "Finish the minutes of the meeting" if held else "Hold the rapid review meeting"
    return row.waiting(title, "meeting", row.about)


def _meeting_to_attend(row: Row, acting: Membership) -> Waiting:
    return row.waiting("Attend the rapid review meeting", "meeting", row.about)


def _safety(row: Row, acting: Membership) -> Waiting:
    title = "Follow up an immediate safety action"
    return row.waiting(title, "safety_actions", told=f"with {row.facts['owner']}")


def _proceeding(row: Row, acting: Membership) -> Waiting:
    """Prepare for the next date, then say what comes next (rule 7.3)."""
    passed = row.due_on is not None and row.due_on < today()
    title = (
        "Record what came of a date in proceedings" if passed else "Prepare for the next date in proceedings"
    )
    told = row.facts["other"] or ProceedingKind(row.facts["kind"]).label
    return row.waiting(title, "case_proceedings", told=told)


def _family_again(row: Row, acting: Membership) -> Waiting:
    return row.waiting("Look again at why somebody of the family is not told", "family")


def _family_to_tell(row: Row, acting: Membership) -> Waiting:
    return row.waiting("Tell the family the decision, or record why not", "family")


ROWS: dict[str, Callable[[Row, Membership], Waiting]] = {
    "review": _review,
    "signatures": _signatures,
    "panel_question": _panel_question,
    "decide_again": _decide_again,
    "panel_answer": _panel_answer,
    "national": _national,
    "requests_to_ask": _requests_to_ask,
    "requests_to_issue": _requests_to_issue,
    "refused": _refused,
    "returns": _returns,
    "meeting_to_plan": _meeting_to_plan,
    "meeting": _meeting,
    "meeting_to_attend": _meeting_to_attend,
    "safety": _safety,
    "proceeding": _proceeding,
    "family_again": _family_again,
    "family_to_tell": _family_to_tell,
}
"""How the row of each kind reads."""
