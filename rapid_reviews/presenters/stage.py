"""How this stage looks from the case page and the board: its stage, its pages, what can be done, what waits."""

from typing import Any

from django.urls import reverse

from cspr.cases.models import Case
from cspr.govuk.parts import Stage, Step, Waiting
from cspr.now import today
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from rapid_reviews.presenters import request_board, review_board, review_stage
from rapid_reviews.presenters.family import family_waiting
from rapid_reviews.presenters.meeting import meetings_waiting
from rapid_reviews.presenters.proceedings import proceedings_waiting
from rapid_reviews.presenters.safety import safety_waiting

PAGES = (
    ("The review", "rapid_review"),
    ("Requests and returns", "case_requests"),
    ("Merged chronology", "merged_chronology"),
    ("Immediate safety actions", "safety_actions"),
    ("Meetings", "meetings"),
    ("The family", "family"),
    ("Sent and answered", "rapid_review_sent"),
)


def stage(case: Case) -> Stage | None:
    """The stage as it stands once a review is open; None before."""
    return review_stage.stage(case)


def merged_chronology(case: Case) -> str:
    """Where the case's chronology is once a review is open: the merged one, with the referrers' key dates in it."""
    return reverse("merged_chronology", args=[case.pk])


def pages(case: Case, path: str) -> list[dict[str, Any]]:
    """The pages of the rapid review; the one that ``path`` lies under is marked."""
    addresses = [(label, reverse(name, args=[case.pk])) for label, name in PAGES]
    under = [url for _, url in addresses if path.startswith(url)]
    here = max(under, key=len, default="")
    return [{"label": label, "url": url, "current": url == here} for label, url in addresses]


def case_steps(case: Case, acting: Membership) -> list[Step]:
    """What this person can do on the rapid review of a case next; empty before one is open."""
    return [*review_stage.case_steps(case, acting), *request_board.case_steps(case, acting)]


def waiting(acting: Membership) -> list[Waiting]:
    """Everything of this stage that waits for this person, or that they wait for."""
    rows = [
        *review_board.waiting(acting),
        *request_board.waiting(acting),
        *meetings_waiting(acting),
        *safety_waiting(acting),
        *proceedings_waiting(acting),
    ]
    return rows + family_waiting(acting, until=today()) if can(acting, Permission.TELL_FAMILY) else rows
