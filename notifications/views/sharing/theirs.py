"""Pages of those something is shared with: a list, one page a case, and what can be done there. Rule 4.8.

Everything is found through the row that names their area and what of it they are shown; nothing else of the case has an
address for them. Every look stands in the access record of the case.
"""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse

from cspr.documents.models import DocumentVersion
from cspr.documents.views import serve
from cspr.govuk.forms import ButtonForm
from cspr.permissions import Permission, can
from cspr.views import CasePage, CaseQuestion, Page
from notifications.forms.incident.access import ConflictForm, WallForm
from notifications.forms.sharing import AnswerForm
from notifications.models import OtherArea, SharedPiece
from notifications.options.sharing import PieceKind
from notifications.presenters.sharing import answer_shown, parts_of, share_shown, shared_table, whose
from notifications.selectors import sharing as selectors
from notifications.selectors.access import people_to_wall_off_there
from notifications.services.shared import answer, declare_conflict_here, receive, wall_off_colleague


class SharedWithUs(Page):
    """The cases of which other areas share something."""

    permission = Permission.SEE_SHARED
    template_name = "notifications/sharing/shared.html"
    title = "Shared with us"

    def context(self) -> dict[str, Any]:
        return {
            "table": shared_table(selectors.shared_cases(self.acting)),
            "breadcrumbs": [("Cases", reverse("cases")), (self.title, "")],
        }


class SharedPage(CasePage):
    """A page of what is shared of one case: 404 for whoever is shown nothing."""

    permission = Permission.SEE_SHARED
    area: OtherArea

    def find(self) -> None:
        found = selectors.visible_area(self.kwargs["shared_id"], to=self.request.acting)
        if found is None:
            raise Http404
        self.area, self.case = found, found.incident.case

    def own_url(self) -> str:
        return reverse("shared_case", args=[self.area.pk])

    def context(self) -> dict[str, Any]:
        crumbs = [("Cases", reverse("cases")), ("Shared with us", reverse("shared"))]
        here = [(self.case.reference, self.own_url()), (self.title, "")]
        return {"area": self.area, "caption": whose(self.area), "breadcrumbs": [*crumbs, *here]}


class SharedCase(SharedPage):
    """All that is shared of one case, what one's area answered, and what can be done."""

    template_name = "notifications/sharing/shared_case.html"
    title = "Shared with us"
    what = "What is shared with another area"

    def context(self) -> dict[str, Any]:
        shares = selectors.shares_with(self.area, to=self.acting)
        shown = [share_shown(one, self.area) for one in shares]
        may_answer = can(self.acting, Permission.ANSWER_SHARED)
        return {
            **super().context(),
            "breadcrumbs": [
                ("Cases", reverse("cases")),
                ("Shared with us", reverse("shared")),
                (self.case.reference, ""),
            ],
            "shares": shown,
            "is_new": any(one.is_new for one in shown),
            "answers": [answer_shown(one, self.area) for one in selectors.answers_of(self.area)],
            "may_answer": may_answer,
            "may_wall_off": can(self.acting, Permission.WALL_OFF),
        }


class SharedCopy(SharedPage):
    """Pages of the notification as it was sent: names stand on them."""

    permission = Permission.SEE_NAMES
    template_name = "notifications/sharing/shared_copy.html"
    title = "Notification as it was sent"
    what = "Pages of the notification, with names, shared with another area"
    piece: SharedPiece

    def find(self) -> None:
        super().find()
        found = selectors.visible_piece(
            self.area, self.kwargs["copy_id"], kind=PieceKind.NOTIFICATION, to=self.request.acting
        )
        if found is None:
            raise Http404
        self.piece = found

    def context(self) -> dict[str, Any]:
        return {**super().context(), "parts": parts_of(self.piece), "piece": self.piece}


class SharedFile(SharedPage):
    """One version of a document that is shared."""

    version: DocumentVersion

    def find(self) -> None:
        super().find()
        found = self.found_version()
        if found is None or not found.may_be_opened:
            raise Http404
        self.version = found

    def found_version(self) -> DocumentVersion | None:
        acting = self.request.acting
        piece = selectors.visible_piece(self.area, self.kwargs["file_id"], kind=PieceKind.DOCUMENT, to=acting)
        return piece.version if piece else None

    @property
    def what(self) -> str:  # type: ignore[override]
        return f"document shared with another area, version {self.version.number}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        return serve(self.version)


class SharedAnswerFile(SharedFile):
    """The file of an answer one's area gave."""

    def found_version(self) -> DocumentVersion | None:
        return selectors.answered_file(self.area, self.kwargs["given_id"])


class SharedQuestion(SharedPage, CaseQuestion):
    """A question of those something is shared with."""

    permission = Permission.ANSWER_SHARED
    template_name = "notifications/sharing/question.html"

    def back_url(self) -> str:
        return self.own_url()

    @property
    def caption(self) -> str:  # type: ignore[override]
        return whose(self.area)


class ReceiveShared(SharedQuestion):
    """Record that the unit has read what was shared so far."""

    form_class = ButtonForm
    template_name = "notifications/sharing/receive.html"
    title = "Record that you have read this"
    button = "We have read it"

    def save(self, form: ButtonForm) -> str:
        receive(self.area, by=self.acting)
        messages.success(self.request, "Recorded: your business unit has read what is shared here.")
        return self.own_url()


class AnswerShared(SharedQuestion):
    """Answer in writing, with a file where there is one."""

    form_class = AnswerForm
    title = "Answer in writing"
    button = "Send this answer"
    once = True

    def save(self, form: AnswerForm) -> str:
        given = form.cleaned_data
        upload = given["file"][0] if given["file"] else None
        answer(self.area, text=given["text"], upload=upload, by=self.acting)
        messages.success(self.request, f"Sent to {self.case.partnership}.")
        return self.own_url()


class DeclareConflictHere(SharedQuestion):
    """Step back from a case of which one is shown something."""

    permission = Permission.SEE_SHARED
    template_name = "notifications/sharing/declare_conflict.html"
    form_class = ConflictForm
    title = "Declare a conflict of interest"
    button = "Declare this conflict and leave the case"

    def save(self, form: ConflictForm) -> str:
        declare_conflict_here(self.area, by=self.acting, reason=form.cleaned_data["reason"])
        words = "Your conflict of interest is recorded. The case is no longer shown to you."
        messages.success(self.request, words)
        return reverse("board")


class WallOffColleague(SharedQuestion):
    """The manager's page there: a person of theirs who must not be shown this."""

    permission = Permission.WALL_OFF
    template_name = "notifications/sharing/wall_off.html"
    title = "Wall a person off what is shared"
    button = "Wall this person off"

    def form(self, **kwargs: Any) -> WallForm:
        return WallForm(people=people_to_wall_off_there(self.area, but=self.acting), **kwargs)

    def save(self, form: WallForm) -> str:
        given = form.cleaned_data
        wall_off_colleague(self.area, person=given["person"], by=self.acting, reason=given["reason"])
        messages.success(self.request, f"{given['person'].user.full_name} is no longer shown this.")
        return self.own_url()
