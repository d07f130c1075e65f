"""The lists of a draft: what has been added, whether there is more, add one, change one, remove one."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.govuk.forms import ButtonForm
from cspr.workflow import Refused
from notifications.forms.referral import ROW_FORMS, PageForm, questions_of
from notifications.forms.referral.acts import AttachForm
from notifications.forms.referral.rows import MoreForm
from notifications.presenters.answers import answer_rows
from notifications.presenters.referral import listed, row_name
from notifications.selectors.referral import row_of, rows_of
from notifications.services.referral_files import attach_file
from notifications.services.referral_rows import add_row, answer_row, finish_list, remove_row
from notifications.views.referral_base import DraftQuestion, beside_fields
from notifications.workflow.referral_pages import Page
from notifications.workflow.referral_pages import page as page_of


class OfAList(DraftQuestion):
    """A page about one list of the referral."""

    page: Page

    def find(self) -> None:
        super().find()
        try:
            self.page = page_of(self.kwargs["page"])
        except KeyError:
            raise Http404 from None
        if self.page.rows is None:
            raise Http404
        self.caption = self.page.section

    def list_url(self) -> str:
        return reverse("referral_list", args=[self.referral.pk, self.page.key])

    def add_url(self) -> str:
        if self.page.key == "children":
            return reverse("referral_child_add", args=[self.referral.pk])
        if self.page.key == "attachments":
            return reverse("referral_attach", args=[self.referral.pk])
        return reverse("referral_row_add", args=[self.referral.pk, self.page.key])

    def back_url(self) -> str:
        return self.list_url()

    def context(self) -> dict[str, Any]:
        return {**super().context(), "page": self.page, "rows": self.page.rows, "add_url": self.add_url()}


class ListPage(OfAList):
    """What has been added to a list, and whether there is more."""

    template_name = "notifications/referral_list.html"

    def find(self) -> None:
        super().find()
        self.title = self.page.title
        self.added = rows_of(self.referral, self.page.key)

    def form(self, **kwargs: Any) -> MoreForm:
        rows = self.page.rows
        at_least = 1 if self.page.key == "children" else 0
        return MoreForm(noun=rows.noun if rows else "", number=len(self.added), at_least=at_least, **kwargs)

    def initial(self) -> dict[str, Any]:
        rows = self.page.rows
        return {"more": False} if rows and getattr(self.referral, rows.flag) else {}

    def back_url(self) -> str:
        return self.own_url()

    def context(self) -> dict[str, Any]:
        return {**super().context(), "listed": listed(self.page, self.added)}

    def save(self, form: Any) -> str:
        more = form.cleaned_data["more"]
        finish_list(self.referral, page=self.page.key, finished=not more, by=self.acting)
        return self.add_url() if more else self.next_url(self.page.key)


class AddRow(OfAList):
    """A new row of a list."""

    once = True

    def find(self) -> None:
        super().find()
        if self.page.key not in ROW_FORMS or self.page.rows is None:
            raise Http404
        self.title = self.page.rows.add

    def form(self, **kwargs: Any) -> PageForm:
        return ROW_FORMS[self.page.key](**kwargs)

    def save(self, form: PageForm) -> str:
        try:
            add_row(self.referral, page=self.page.key, answers=form.answers(), by=self.acting)
        except Refused as refused:
            raise beside_fields(form, refused) from refused
        self.say_saved()
        return self.list_url()


class OfARow(OfAList):
    """A page about one row of a list: a row of another referral is not found."""

    row: Any

    def find(self) -> None:
        super().find()
        self.row = row_of(self.referral, self.page.key, self.kwargs["row_id"])
        if self.row is None and not self.is_done_already():
            raise Http404

    def is_done_already(self) -> bool:
        """Whether a missing row means that this very act was done before."""
        return False


class AnswerRow(OfARow):
    """One row, to change."""

    def find(self) -> None:
        super().find()
        if self.page.key not in ROW_FORMS or self.page.rows is None:
            raise Http404
        self.title = f"Change this {self.page.rows.noun}"

    def form(self, **kwargs: Any) -> PageForm:
        return ROW_FORMS[self.page.key](**kwargs)

    def initial(self) -> dict[str, Any]:
        return ROW_FORMS[self.page.key].typed_over(self.row)

    def revised(self) -> Any:
        return self.row

    def context(self) -> dict[str, Any]:
        saved = answer_rows(self.row, questions_of(self.page.key, self.row))
        return {**super().context(), "saved_rows": saved}

    def save(self, form: PageForm) -> str:
        revision, key = self.typed_revision(), self.page.key
        try:
            answer_row(self.row, page=key, answers=form.answers(), revision=revision, by=self.acting)
        except Refused as refused:
            raise beside_fields(form, refused) from refused
        self.say_saved()
        return self.list_url()


class RemoveRow(OfARow):
    """Ask before a row is taken off its list."""

    form_class = ButtonForm
    template_name = "notifications/referral_row_remove.html"

    def find(self) -> None:
        super().find()
        noun = self.page.rows.noun if self.page.rows else ""
        self.title, self.button = f"Remove this {noun}?", f"Remove this {noun}"

    def is_done_already(self) -> bool:
        return self.request.method == "POST"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "row_name": row_name(self.row) if self.row else ""}

    def save(self, form: Any) -> str:
        if self.row is not None:
            remove_row(self.referral, page=self.page.key, row=self.row, by=self.acting)
        return self.list_url()


class AttachFile(DraftQuestion):
    """A file for a draft. A refused file keeps its description."""

    once = True
    form_class = AttachForm
    title = "Add a file"
    caption = "Attachments"
    button = "Add this file"

    def back_url(self) -> str:
        return reverse("referral_list", args=[self.referral.pk, "attachments"])

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        attach_file(self.referral, upload=given["file"][0], description=given["description"], by=self.acting)
        self.say_saved()
        return self.back_url()
