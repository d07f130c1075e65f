"""What the pages around a review share: actions, meetings, the family, proceedings."""

from typing import Any

from django.urls import reverse

from cspr.views import CaseQuestion
from rapid_reviews.views.review.base import ReviewPage


class AroundQuestion(CaseQuestion):
    """A question about something beside the review; ``home`` names the page it belongs to."""

    template_name = "rapid_reviews/review/question.html"
    can_forget = True
    home = "case"

    def back_url(self) -> str:
        return reverse(self.home, args=[self.case.pk])

    def saved(self) -> str:
        """Back to where it belongs, saying when it was saved on the London clock."""
        self.say_saved()
        return self.back_url()


class ReviewAroundQuestion(ReviewPage, AroundQuestion):
    """The same, where there is nothing without a review."""

    def context(self) -> dict[str, Any]:
        return ReviewPage.context(self)
