"""An agency answers: one page of questions at a time, its files, and sending them for sign-off."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse

from cspr.documents.selectors import latest as latest_version
from cspr.govuk.forms import ButtonForm
from cspr.permissions import Permission
from cspr.views import Revision
from rapid_reviews.forms.returns import (
    LATER,
    FileForm,
    PageForm,
    SecondPersonForm,
    WhoDecidesForm,
    typed_over,
)
from rapid_reviews.models import ReturnFile
from rapid_reviews.presenters import returns as present
from rapid_reviews.presenters.return_tasks import still_missing
from rapid_reviews.question_set import Page, thaw
from rapid_reviews.selectors.chronology import waiting_reading
from rapid_reviews.selectors.requests import file_of, files_of, who_can_sign
from rapid_reviews.services import guest_links, return_files
from rapid_reviews.services import returns as services
from rapid_reviews.views.returns.base import FROM_CHECK, RequestStep, WritingQuestion
from rapid_reviews.workflow import requests as table


class AnswerPage(WritingQuestion):
    """One page of the frozen questions."""

    template_name = "rapid_reviews/returns/page.html"
    page: Page

    def find(self) -> None:
        super().find()
        found = thaw(self.asked.questions).page(self.kwargs["page"])
        if found is None or not found.fields:
            raise Http404
        self.page = found
        self.title = found.title

    def form(self, **kwargs: Any) -> PageForm:
        return PageForm(page=self.page, **kwargs)

    def initial(self) -> dict[str, Any]:
        standing = table.latest(self.asked)
        return typed_over(self.page, standing.answers if standing else {})

    def revised(self) -> Revision:
        standing = table.latest(self.asked)
        return Revision(standing.page_revisions.get(self.page.key, 0) if standing else 0)

    def context(self) -> dict[str, Any]:
        standing = table.latest(self.asked)
        saved = present.saved_rows(self.page, standing)
        found = {**super().context(), "page": self.page, "saved_rows": saved, "may_wait": True}
        if self.page.part != "chronology":
            return found
        rows = present.rows_told(standing) if standing else ""
        return {**found, "rows_url": self.address("chronology"), "rows_told": rows}

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        return super().show_form(form, **{"caption": self.page.section, **more})

    def save(self, form: PageForm) -> str:
        services.save_page(
            self.asked,
            page=self.page.key,
            answers=form.answers(),
            revision=self.typed_revision(),
            by=self.acting,
        )
        self.say_saved()
        if LATER in self.request.POST:
            return self.address("request")
        if self.request.GET.get("from") == FROM_CHECK:
            return self.address("request_check")
        following = thaw(self.asked.questions).after(self.page.key)
        if following is None or not following.fields:
            return self.address("request")
        return self.address("request_page", following.key)


class Files(WritingQuestion):
    """The files of the return so far, and another one."""

    template_name = "rapid_reviews/returns/files.html"
    title = "Files"
    button = "Attach this file"
    form_class = FileForm
    once = True

    def context(self) -> dict[str, Any]:
        standing = table.latest(self.asked)
        rows = files_of(standing) if standing else []
        listed = [
            (one, latest_version(one.document), self.address("request_file_remove", one.pk)) for one in rows
        ]
        return {**super().context(), "listed": listed}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        return_files.attach_file(
            self.asked, upload=given["file"][0], description=given["description"], by=self.acting
        )
        self.say_saved()
        return self.address("request_files")


class RemoveFile(WritingQuestion):
    """Ask before a file is taken out: one of another return is not found."""

    title = "Take this file out of the return?"
    button = "Take it out"
    form_class = ButtonForm
    file: ReturnFile

    def find(self) -> None:
        super().find()
        found = file_of(self.asked, self.kwargs["file_id"])
        if found is None:
            raise Http404
        self.file = found

    def context(self) -> dict[str, Any]:
        return {**super().context(), "explained": self.file.description}

    def back_url(self) -> str:
        return self.address("request_files")

    def save(self, form: Any) -> str:
        return_files.remove_file(self.asked, file_id=self.file.pk, by=self.acting)
        return self.address("request_files")


class Finishing(RequestStep, WritingQuestion):
    """A step that puts the return to a second person; a guest says who that is."""

    permission = Permission.ANSWER_REQUEST

    def form(self, **kwargs: Any) -> Any:
        return SecondPersonForm(**kwargs) if self.asked.is_guest else ButtonForm(**kwargs)

    def context(self) -> dict[str, Any]:
        names = [] if self.asked.is_guest else who_can_sign(self.asked, sender=self.acting)
        alone = not names and not self.asked.is_guest
        reading = waiting_reading(self.asked)
        waits = self.address("chronology_reading", reading.pk) if reading else ""
        return {
            **super().context(),
            "signers": present.either(names),
            "nobody_signs": alone,
            "reading_url": waits,
        }

    def second(self, form: Any) -> services.SecondPerson | None:
        return services.SecondPerson(**form.cleaned_data) if self.asked.is_guest else None


class BringIn(WritingQuestion):
    """A guest's organisation may refuse: whoever decides that is sent a link of their own."""

    template_name = "rapid_reviews/returns/bring_in.html"
    title = "If your organisation will not answer"
    button = "Send them a link"
    form_class = WhoDecidesForm

    def context(self) -> dict[str, Any]:
        return {**super().context(), "duty": table.DUTY}

    def save(self, form: Any) -> str:
        guest_links.bring_in(self.asked, **form.cleaned_data, by=self.acting)
        messages.success(self.request, f"A link was sent to {form.cleaned_data['email']}")
        return self.address("request")


class CheckReturn(Finishing):
    """Check your answers, and send them for sign-off."""

    template_name = "rapid_reviews/returns/check.html"
    title = "Check your answers"
    button = "Send for sign-off"
    transition = table.ANSWER

    def context(self) -> dict[str, Any]:
        standing = table.latest(self.asked)
        files = files_of(standing) if standing else []
        return {
            **super().context(),
            "cards": present.cards(
                self.asked, standing, self.address, files=files, rows_url=self.address("chronology")
            )
            if standing
            else [],
            "missing": still_missing(self.asked, self.address),
        }

    def save(self, form: Any) -> str:
        services.answer(self.asked, by=self.acting, second=self.second(form))
        return self.address("request")


class NothingKnown(Finishing):
    """Nothing is known: this page, and its button."""

    template_name = "rapid_reviews/returns/nothing_known.html"
    title = "Nothing is known of the child or family"
    button = "Nothing is known"
    transition = table.NOTHING_KNOWN

    def context(self) -> dict[str, Any]:
        return {**super().context(), "begun": present.is_begun(self.asked)}

    def save(self, form: Any) -> str:
        services.nothing_known(self.asked, by=self.acting, second=self.second(form))
        return self.address("request")
