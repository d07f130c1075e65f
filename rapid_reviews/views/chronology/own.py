"""An agency's chronology, row by row. Rule 6.3: each agency sees and writes only its own; every other is not found."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.urls import reverse

from cspr.audit.access import looked
from cspr.permissions import Permission
from cspr.views import Page, Question
from rapid_reviews.forms.chronology import ButtonForm, RowForm
from rapid_reviews.models import ChronologyRow, InformationRequest
from rapid_reviews.presenters import chronology as present
from rapid_reviews.selectors import chronology as select
from rapid_reviews.selectors.requests import visible_request
from rapid_reviews.services import chronology as services

A_PAGE = 100
ANOTHER = "another"


class OfAReturn(Page):
    """A page about the chronology of one request's return, for the agency that was asked."""

    permission = Permission.SEE_REQUESTS
    asked: InformationRequest

    def find(self) -> None:
        found = visible_request(self.kwargs["request_id"], to=self.request.acting)
        if found is None:
            raise Http404
        self.asked = found
        self.version = select.standing_version(found)

    def record_look(self, response: HttpResponseBase) -> None:
        if response.status_code == 200:
            what = f"{self.what or self.title}, {self.asked.agency.name}"
            looked(by=self.acting, case=self.asked.case, what=what, path=self.request.path)

    def list_url(self) -> str:
        return reverse("chronology", args=[self.asked.pk])

    def context(self) -> dict[str, Any]:
        return {"asked": self.asked, "list_url": self.list_url()}


class OwnQuestion(OfAReturn, Question):
    """A question about it, while the return is with the agency."""

    permission = Permission.ANSWER_REQUEST
    caption = "Chronology"

    def back_url(self) -> str:
        return self.list_url()

    def context(self) -> dict[str, Any]:
        refused = [] if self.asked.is_with_agency else [services.NOT_OPEN]
        return {**super().context(), "refusals": refused}


class OwnChronology(OfAReturn):
    """Every row by date, a page at a time; add one, read a file in."""

    template_name = "rapid_reviews/chronology/own.html"
    title = "Your agency’s chronology"

    def context(self) -> dict[str, Any]:
        writable = self.asked.is_with_agency
        rows = select.rows_of(self.version) if self.version else ChronologyRow.objects.none()
        page = Paginator(rows, A_PAGE).get_page(self.request.GET.get("page"))
        return {
            **super().context(),
            "page_obj": page,
            "lines": present.lines(page, request=self.asked, writable=writable),
            "writable": writable,
            "reading": select.waiting_reading(self.asked) if writable else None,
        }


class AddRow(OwnQuestion):
    """A new row; the second button asks for another."""

    template_name = "rapid_reviews/chronology/row.html"
    title = "Add to your chronology"
    form_class = RowForm
    once = True

    def save(self, form: RowForm) -> str:
        services.add_row(self.asked, answers=form.answers(), by=self.acting)
        messages.success(self.request, "The row was added.")
        return (
            reverse("chronology_add", args=[self.asked.pk])
            if ANOTHER in self.request.POST
            else self.list_url()
        )


class OfARow(OwnQuestion):
    """A page about one row of this return; a row of another is not found."""

    row: ChronologyRow | None

    def find(self) -> None:
        super().find()
        self.row = select.row_of(self.version, self.kwargs["row_id"])
        if self.row is None and not self.is_done_already():
            raise Http404

    def is_done_already(self) -> bool:
        """Whether a missing row means that this very act was done before."""
        return False


class AnswerRow(OfARow):
    """One row, to change."""

    template_name = "rapid_reviews/chronology/row.html"
    title = "Change this row"
    form_class = RowForm

    def initial(self) -> dict[str, Any]:
        return RowForm.typed_over(self.row) if self.row else {}

    def revised(self) -> Any:
        return self.row

    def context(self) -> dict[str, Any]:
        return {**super().context(), "row": self.row}

    def save(self, form: RowForm) -> str:
        if self.row is not None:
            revision = self.typed_revision()
            services.answer_row(
                self.row, request=self.asked, answers=form.answers(), revision=revision, by=self.acting
            )
        messages.success(self.request, "The row was saved.")
        return self.list_url()


class RemoveRow(OfARow):
    """Ask before a row is taken off."""

    template_name = "rapid_reviews/chronology/row_remove.html"
    title = "Remove this row?"
    button = "Remove this row"
    form_class = ButtonForm

    def is_done_already(self) -> bool:
        return self.request.method == "POST"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "row_name": present.row_name(self.row) if self.row else ""}

    def save(self, form: ButtonForm) -> str:
        if self.row is not None:
            services.remove_row(self.row, request=self.asked, by=self.acting)
        return self.list_url()
