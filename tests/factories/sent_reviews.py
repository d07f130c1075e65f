"""Reviews sent to the Panel and answered by it, through the verbs. All of it is invented."""

from datetime import date, datetime
from typing import Any

from cspr.now import now
from cspr.people.models import Membership
from rapid_reviews.models import PanelAnswer, RapidReview
from rapid_reviews.options.sending import PanelAnswerKind, SentHow
from rapid_reviews.services.closing import Correspondence
from rapid_reviews.services.panel_answers import Received, record_panel_answer
from rapid_reviews.services.sending import Sending, send_review
from tests.factories import rapid_reviews as make
from tests.factories.notifications import evidence
from tests.factories.people import World
from tests.kept import kept


def sending(*, at: datetime | None = None, **changes: Any) -> Sending:
    """What is recorded of a sending, now where no moment is given."""
    given = {
        "at": at or now(),
        "how": SentHow.EMAIL,
        "sender_name": "Invented Sender",
        "evidence": evidence(),
    }
    return Sending(**{**given, **changes})


@kept
def sent(world: World, *, by: Membership | None = None, **written_with: Any) -> RapidReview:
    """Signed, then recorded as sent."""
    return send(make.signed(world, **written_with), by=by or world.officer)


def send(review: RapidReview, *, by: Membership) -> RapidReview:
    """Recorded as sent, now."""
    return make.found(send_review(review, sending(), by=by))


def received(kind: PanelAnswerKind = PanelAnswerKind.AGREES, **changes: Any) -> Received:
    """A letter of the Panel that came now; a question asks for an answer by 30 November 2026."""
    given = {
        "kind": kind, "at": now(), "said_by": "Invented Chair", "letter": evidence("letter.txt"),
        "text": "Invented letter", "rationale": "Invented rationale", "next_steps": "Invented next steps",
        "answer_by": date(2026, 11, 30),
    }  # fmt: skip
    return Received(**{**given, **changes})


def answered(
    review: RapidReview, kind: PanelAnswerKind = PanelAnswerKind.AGREES, *, by: Membership, **changes: Any
) -> PanelAnswer:
    return record_panel_answer(review, received(kind, **changes), by=by)


def wrote(**changes: Any) -> Correspondence:
    """What the Panel wrote on closing, now."""
    return Correspondence(**{"file": evidence(), "said_by": "Invented Secretary", "at": now(), **changes})
