"""What moves in and around a rapid review, in each of its statuses, made by the verbs that lead there."""

from datetime import timedelta
from typing import Any

from cspr.now import now, today
from cspr.people.models import Membership
from rapid_reviews.options.requests import RefusalGround
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.services import meeting as meetings
from rapid_reviews.services import proceedings, returns, safety
from rapid_reviews.services import requests as asking
from rapid_reviews.services.closing import close_not_meeting
from rapid_reviews.services.signing import redecide
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import requests
from tests.factories import sent_reviews as panel
from tests.matrices.personas import People
from tests.matrices.stage import Stage

REASON = "Invented reason"


def _answered_review(people: People) -> Any:
    world = people.northvale
    review = panel.sent(world)
    panel.answered(review, PanelAnswerKind.NATIONAL_REVIEW, by=world.officer)
    panel.answered(make.found(review), PanelAnswerKind.ASKS_TO_RECONSIDER, by=world.officer)
    return make.found(review)


def _gathering_again(people: People) -> Any:
    """Written, sent, answered by a national review, to be reconsidered, and being written again."""
    world = people.northvale
    again = make.found(redecide(_answered_review(people), by=world.officer, reason=REASON))
    make.propose(again, by=world.officer, note=" again")
    return make.found(again)


def _closed_review(people: People) -> Any:
    world = people.northvale
    review = make.opened(world)
    return close_not_meeting(
        review,
        reason=REASON,
        correspondence=panel.wrote(),
        by=world.manager,
    )


REVIEW = Stage(
    made={
        "gathering": _gathering_again,
        "with_partners": lambda people: make.with_partners(people.northvale),
        "signed": lambda people: make.signed(people.northvale),
        "sent": lambda people: panel.sent(people.northvale),
        "answered": _answered_review,
        "closed_not_meeting": _closed_review,
    }
)


def _filled(people: People) -> Any:
    world = people.northvale
    request = requests.issued(world)
    author = requests.contributor_of(request, by=world.agency_lead)
    return requests.filled(requests.found(request), by=author)


def _refused(people: People) -> Any:
    world = people.northvale
    request = requests.issued(world)
    return returns.refuse(request, ground=RefusalGround.COURT_ORDER, reason=REASON, by=world.agency_lead)


def _withdrawn(people: People) -> Any:
    world = people.northvale
    return asking.withdraw(requests.issued(world), reason=REASON, by=world.officer)


REQUEST = Stage(
    made={
        "draft": lambda people: requests.drafted(people.northvale),
        "issued": _filled,
        "answered": lambda people: requests.answered(people.northvale),
        "signed_off": lambda people: requests.signed_off(people.northvale),
        "nil_return": lambda people: requests.nothing_known(people.northvale),
        "refused": _refused,
        "withdrawn": _withdrawn,
    },
    changes={
        "issue": lambda request, by: {"edition": "2025-06"},
        "refuse": lambda request, by: {
            "refusal_ground": RefusalGround.COURT_ORDER,
            "refusal_reason": REASON,
        },
        "withdraw": lambda request, by: {"withdrawn_reason": REASON},
    },
)


def _meeting(people: People) -> Any:
    world = people.northvale
    made = around.meeting(make.opened(world), by=world.officer)
    around.present(made, world.la, by=world.officer)
    return around.fresh(made)


def _held(people: People) -> Any:
    world = people.northvale
    held = around.held(make.opened(world), world)
    meetings.write_minute(held, item="Invented item", discussion="Invented words", by=world.officer)
    return around.fresh(held)


def _minuted(people: People) -> Any:
    return around.fresh(meetings.agree_minutes(_held(people), by=people.northvale.officer))


def _cancelled(people: People) -> Any:
    return meetings.cancel(_meeting(people), reason=REASON, by=people.northvale.officer)


MEETING = Stage(
    made={"planned": _meeting, "held": _held, "minuted": _minuted, "cancelled": _cancelled},
    changes={"correct_minutes": lambda meeting, by: {"minuted_at": None, "minuted_by": None}},
)


def _action(people: People) -> Any:
    world = people.northvale
    return around.action(make.opened(world), by=world.officer)


def _done(people: People) -> Any:
    return safety.complete_action(_action(people), done_on=today(), note="", by=people.northvale.officer)


def _dropped(people: People) -> Any:
    return safety.drop_action(_action(people), reason=REASON, by=people.northvale.officer)


ACTION = Stage(
    made={"to_do": _action, "done": _done, "dropped": _dropped},
    changes={
        "complete": lambda action, by: {"done_on": today()},
        "reopen": lambda action, by: {
            "done_on": None, "done_at": None, "done_by": None, "dropped_at": None, "dropped_by": None,
        },
    },
)  # fmt: skip


def _running(people: People) -> Any:
    world = people.northvale
    return around.proceeding(make.opened(world).case, by=world.officer)


def _ended(people: People) -> Any:
    return proceedings.end(
        _running(people), ended_on=today(), outcome="Invented outcome", by=people.northvale.officer
    )


def _ending(proceeding: Any, by: Membership) -> dict[str, Any]:
    return {"ended_on": (now() - timedelta(days=1)).date(), "outcome": "Invented outcome"}


PROCEEDING = Stage(
    made={"running": _running, "ended": _ended},
    changes={
        "end": _ending,
        "reopen": lambda proceeding, by: {
            "ended_on": None,
            "ended_at": None,
            "ended_by": None,
            "outcome": "",
        },
    },
)
RAPID_REVIEW: dict[str, Stage] = {
    "review": REVIEW,
    "request": REQUEST,
    "meeting": MEETING,
    "action": ACTION,
    "proceeding": PROCEEDING,
}
