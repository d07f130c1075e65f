"""An agency's chronology, row by row. Rule 6.3: each agency sees and writes only its own; every other is not found."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404

from cspr.govuk.forms import ButtonForm
from cspr.permissions import Permission, can
from rapid_reviews.forms.chronology import RowForm
from rapid_reviews.models import ChronologyRow
from rapid_reviews.presenters import chronology as present
from rapid_reviews.question_set import thaw
from rapid_reviews.selectors import chronology as select
from rapid_reviews.services import chronology as services
from rapid_reviews.views.returns.base import RequestPage, RequestQuestion
from rapid_reviews.workflow.requests import latest

A_PAGE = 100
ANOTHER = "another"


class OfAReturn(RequestPage):
    """A page about the chronology of one request's return, for the agency that was asked."""

    def find(self) -> None:
        super().find()
        self.version = latest(self.asked)

    def list_url(self) -> str:
        return self.address("chronology")


class OwnQuestion(OfAReturn, RequestQuestion):
    """A question about it, while the return is with the agency."""

    permission = Permission.ANSWER_REQUEST

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
        writable = self.asked.is_with_agency and can(self.acting, Permission.ANSWER_REQUEST)
        rows = select.rows_of(self.version) if self.version else ChronologyRow.objects.none()
        reading = select.waiting_reading(self.asked) if writable else None
        page = Paginator(rows, A_PAGE).get_page(self.request.GET.get("page"))
        return {
            **super().context(),
            "page_obj": page,
            "lines": present.lines(page, self.address if writable else None),
            "writable": writable,
            "add_url": self.address("chronology_add"),
            "file_url": self.address("chronology_file"),
            "page_url": self.page_url() if writable else "",
            "reading": reading,
            "reading_url": self.address("chronology_reading", reading.pk) if reading else "",
        }

    def page_url(self) -> str:
        """The page of the return that asks where the chronology stands; empty where its questions have none."""
        pages = thaw(self.asked.questions).pages
        return next((self.address("request_page", one.key) for one in pages if one.part == "chronology"), "")


class AddRow(OwnQuestion):
    """A new row; the second button asks for another."""

    template_name = "rapid_reviews/chronology/row.html"
    title = "Add to your chronology"
    form_class = RowForm
    once = True

    def save(self, form: RowForm) -> str:
        services.add_row(self.asked, answers=form.answers(), by=self.acting)
        messages.success(self.request, "The row was added.")
        return self.address("chronology_add") if ANOTHER in self.request.POST else self.list_url()


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
