"""Meetings to read: the list, one meeting, a frozen pack, its Word copy."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from cspr.documents.selectors import documents_of_case
from cspr.permissions import Permission
from rapid_reviews.models import MeetingPack
from rapid_reviews.presenters import meeting as presenter
from rapid_reviews.selectors import meeting as selectors
from rapid_reviews.services.packs import is_unchanged
from rapid_reviews.views.meeting.base import OfAMeeting
from rapid_reviews.views.review.base import ReviewPage
from rapid_reviews.word.meeting_pack import CONTENT_TYPE, pack_document


class Meetings(ReviewPage):
    """The review's meetings, and the day by which one is held."""

    permission = Permission.SEE_CASES
    template_name = "rapid_reviews/meeting/meetings.html"
    title = "Meetings"

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "meetings": presenter.meeting_list(selectors.meetings_of(self.review)),
            "by_day": selectors.milestone(self.case) if self.review.is_open else None,
            "quorum": presenter.quorum_words(selectors.quorum_of(self.case.partnership)),
            "own_steps": presenter.plan_steps(self.review, self.acting),
        }


class OneMeeting(OfAMeeting):
    """One meeting: who came, what was decided, with which papers, what can be done next."""

    permission = Permission.SEE_CASES
    template_name = "rapid_reviews/meeting/meeting.html"

    def find(self) -> None:
        super().find()
        self.title = presenter.heading(self.meeting)

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "rows": presenter.standing_rows(self.meeting, selectors.milestone(self.case)),
            "people": presenter.people(self.meeting, self.acting),
            "list_steps": presenter.list_steps(self.meeting, self.acting),
            "minutes": presenter.minutes(self.meeting, self.acting),
            "own_steps": presenter.steps(self.meeting, self.acting),
        }


class OfAPack(OfAMeeting):
    """A page of one frozen pack. It shows the review word for word, as the review's own page does."""

    permission = Permission.SEE_CASES
    pack: MeetingPack

    def find(self) -> None:
        super().find()
        found = selectors.find_pack(self.meeting, self.kwargs["version"])
        if found is None:
            raise Http404
        self.pack = found
        self.title = f"Papers of the meeting, version {found.version}"


class OnePack(OfAPack):
    template_name = "rapid_reviews/meeting/pack.html"

    def context(self) -> dict[str, Any]:
        documents = documents_of_case(self.case, to=self.acting)
        return {
            **super().context(),
            "pack": self.pack,
            "unchanged": is_unchanged(self.pack),
            "table": presenter.pack_table(self.pack, documents),
            "returns": presenter.returns_table(self.pack, self.acting),
            "word_url": reverse("meeting_pack_word", args=[self.case.pk, self.meeting.pk, self.pack.version]),
        }


class PackInWord(OfAPack):
    """The pack as one Word file: the list of papers with their hashes, and the review as it stood."""

    what = "Papers of the meeting, Word copy"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visible = documents_of_case(self.case, to=self.acting)
        files = presenter.pack_files(self.pack, visible)
        returns = presenter.pack_returns(self.pack)
        title = f"{self.case.reference}: {self.title}"
        content = pack_document(self.pack, files=files, returns=returns, title=title)
        response = HttpResponse(content, content_type=CONTENT_TYPE)
        name = f"{self.case.reference}-meeting-papers-{self.pack.version}.docx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response
