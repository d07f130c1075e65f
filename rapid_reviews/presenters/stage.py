"""How this stage looks from the case page and the board: its stage, its pages, what can be done."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from cspr.cases.models import Case
from cspr.govuk.parts import Stage, Step
from cspr.people.models import Membership
from rapid_reviews.presenters import request_board, review_stage
from rapid_reviews.presenters.signing import escalation_shown, shown_all
from rapid_reviews.selectors.review import find_review, review_of
from rapid_reviews.selectors.signing import escalations, versions
from rapid_reviews.services.signing import sign_refusals

PAGES = (
    ("The review", "rapid_review"),
    ("Requests and returns", "case_requests"),
    ("Merged chronology", "merged_chronology"),
    ("Immediate safety actions", "safety_actions"),
    ("Meetings", "meetings"),
    ("The family", "family"),
    ("Sent and answered", "rapid_review_sent"),
)


@dataclass(frozen=True)
class Surface:
    """What the case's frame shows of this stage."""

    stages: dict[str, Stage] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    chronology: str = ""


def surface(case: Case, acting: Membership, path: str) -> Surface:
    """The stage and those not taken by label, what this person can do next, the stage's own pages on each of them.

    ``chronology`` is where the case's chronology is: the merged one, with the referrers' key dates in it. All of it is
    empty before a review is open.
    """
    review = review_of(case)
    if review is None:
        return Surface()
    is_here = path.startswith(reverse("rapid_review", args=[case.pk]))
    return Surface(
        stages=review_stage.stages(review),
        steps=[*review_stage.steps(review, acting), *request_board.steps(review, acting)],
        pages=pages(case, path) if is_here else [],
        chronology=merged_chronology(case),
    )


def decisions_shown(case: Case, acting: Membership) -> dict[str, Any]:
    """Every version put to the partners with its signatures, the newest first, and every disagreement escalated."""
    review = find_review(case)
    if review is None:
        return {"versions": [], "escalations": []}
    return {
        "versions": shown_all(list(versions(case)), acting, may_sign=not sign_refusals(review, acting)),
        "escalations": [escalation_shown(one) for one in escalations(review)],
    }


def merged_chronology(case: Case) -> str:
    """Where the case's chronology is once a review is open: the merged one, with the referrers' key dates in it."""
    return reverse("merged_chronology", args=[case.pk])


def pages(case: Case, path: str) -> list[dict[str, Any]]:
    """The pages of the rapid review; the one that ``path`` lies under is marked."""
    addresses = [(label, reverse(name, args=[case.pk])) for label, name in PAGES]
    under = [url for _, url in addresses if path.startswith(url)]
    here = max(under, key=len, default="")
    return [{"label": label, "url": url, "current": url == here} for label, url in addresses]
