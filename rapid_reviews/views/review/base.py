"""What every page of a rapid review shares: the case through need-to-know, its review, the way back."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.cases.models import Case
from cspr.decisions.models import Decision
from cspr.views import CasePage, TransitionPage
from rapid_reviews.models import RapidReview
from rapid_reviews.selectors.review import find_review
from rapid_reviews.selectors.signing import find_version


class ReviewPage(CasePage):
    """A page of one rapid review; 404 where none is open."""

    review: RapidReview

    def find(self) -> None:
        found = self.found_review()
        if found is None:
            raise Http404
        self.review, self.case = found, found.case

    def found_review(self) -> RapidReview | None:
        """The review this page is of, for whoever may open its case."""
        super().find()
        return find_review(self.case)

    def context(self) -> dict[str, Any]:
        return {"review": self.review}

    def between(self) -> list[tuple[str, str]]:
        """The review's own page stands between the case and every other page of it."""
        own = self.own_url()
        return [] if self.request.path == own else [("Rapid review", own)]

    def own_url(self) -> str:
        return reverse("rapid_review", args=[self.case.pk])


class OfAVersion:
    """Mixin: one version of the question put to the partners; one of another case is not found."""

    case: Case
    kwargs: dict[str, Any]
    version: Decision

    def find(self) -> None:
        super().find()  # type: ignore[misc]
        found = find_version(self.case, self.kwargs["decision_id"])
        if found is None:
            raise Http404
        self.version = found


class ReviewQuestion(ReviewPage, TransitionPage):
    """The page of one act on a rapid review."""

    template_name = "rapid_reviews/review/question.html"
    can_forget = True

    def subject(self) -> RapidReview:
        return self.review

    def back_url(self) -> str:
        return self.own_url()

    def saved(self) -> str:
        """Back to the review, saying when it was saved on the London clock."""
        self.say_saved()
        return self.own_url()
