"""How this stage looks from the case page and the board: its stage, its pages, what can be done."""

from typing import Any

from django.urls import reverse

from cspr.cases.models import Case
from cspr.govuk.parts import Stage, Step
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from rapid_reviews.presenters import request_board, review_stage
from rapid_reviews.presenters.signing import escalation_shown, shown_all
from rapid_reviews.selectors.review import find_review, review_of
from rapid_reviews.selectors.signing import escalations, versions
from rapid_reviews.services.signing import sign_refusals

PAGES = (
    ("The review", "rapid_review", Permission.SEE_CASES),
    ("Requests and returns", "case_requests", Permission.SEE_CASES),
    ("Merged chronology", "merged_chronology", Permission.SEE_CASES),
    ("Immediate safety actions", "safety_actions", Permission.SEE_CASES),
    ("Meetings", "meetings", Permission.SEE_CASES),
    ("The family", "family", Permission.SEE_NAMES),
    ("Sent and answered", "rapid_review_sent", Permission.SEE_CASES),
)


def stages(case: Case) -> dict[str, Stage]:
    """The stage, and those later ones that are not taken, by label; none before a review is open."""
    review = review_of(case)
    return {} if review is None else review_stage.stages(review)


def steps(case: Case, acting: Membership) -> list[Step]:
    """What this person can do next of this stage."""
    review = review_of(case)
    if review is None:
        return []
    return [*review_stage.steps(review, acting), *request_board.steps(review, acting)]


def chronology(case: Case) -> str:
    """Where the case's chronology is once a review is open: the merged one, with the referrers' key dates in it."""
    return "" if review_of(case) is None else reverse("merged_chronology", args=[case.pk])


def pages(case: Case, path: str, acting: Membership) -> list[dict[str, Any]]:
    """The pages of the rapid review this person may open, where ``path`` is one; the one it lies under is marked."""
    if review_of(case) is None or not path.startswith(reverse("rapid_review", args=[case.pk])):
        return []
    addresses = [
        (label, reverse(name, args=[case.pk])) for label, name, permission in PAGES if can(acting, permission)
    ]
    under = [url for _, url in addresses if path.startswith(url)]
    here = max(under, key=len, default="")
    return [{"label": label, "url": url, "current": url == here} for label, url in addresses]


def decisions_shown(case: Case, acting: Membership) -> dict[str, Any]:
    """Every version put to the partners with its signatures, the newest first, and every disagreement escalated."""
    review = find_review(case)
    if review is None:
        return {"versions": [], "escalations": []}
    return {
        "versions": shown_all(list(versions(case)), acting, may_sign=not sign_refusals(review, acting)),
        "escalations": [escalation_shown(one) for one in escalations(review)],
    }
