"""What every page of one meeting shares."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.permissions import Permission
from cspr.views import TransitionPage
from rapid_reviews.models import Meeting
from rapid_reviews.selectors.meeting import find_meeting
from rapid_reviews.views.around import ReviewAroundQuestion
from rapid_reviews.views.review.base import ReviewPage


class OfAMeeting(ReviewPage):
    """A page of one meeting: one of another review is not found."""

    meeting: Meeting

    def find(self) -> None:
        super().find()
        found = find_meeting(self.review, self.kwargs["meeting_id"])
        if found is None:
            raise Http404
        self.meeting = found

    def context(self) -> dict[str, Any]:
        return {**super().context(), "meeting": self.meeting}

    def between(self) -> list[tuple[str, str]]:
        return [*super().between(), ("Meetings", reverse("meetings", args=[self.case.pk]))]


class MeetingQuestion(OfAMeeting, ReviewAroundQuestion, TransitionPage):
    """The page of one act on a meeting."""

    permission = Permission.RECORD_MEETING

    def subject(self) -> Meeting:
        return self.meeting

    def back_url(self) -> str:
        return reverse("meeting", args=[self.case.pk, self.meeting.pk])

    def context(self) -> dict[str, Any]:
        return OfAMeeting.context(self)
