"""Changing the pack: one page of the form at a time, and the children told of. What is typed is kept."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from cspr.views import Revision
from notifications.forms.notification import ChildrenForm, SectionForm
from notifications.national_words import as_typed
from notifications.presenters import notification as present
from notifications.selectors.notification import PackSection, pack_of
from notifications.services.notification import CHILDREN, answer_section, choose_children
from notifications.views.notification.base import NotificationQuestion
from notifications.workflow.notification import READ_ONLY


class PackQuestion(NotificationQuestion):
    """One page of the pack; once it was sent the page says so and cannot be saved."""

    what = "Notification pack, changing it, with names"
    page = ""

    def revised(self) -> Revision:
        return Revision(self.notification.page_revisions.get(self.page, 0))

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        if self.notification.is_sent:
            more.setdefault("refusals", [READ_ONLY])
        return super().show_form(form, **more)


class AnswerSection(PackQuestion):
    """The fields of one page of the national form, as the case answers them, to be typed over."""

    template_name = "notifications/notification/section.html"
    button = "Save"
    section: PackSection

    def find(self) -> None:
        super().find()
        self.page = self.kwargs["section"]
        pack = pack_of(self.notification)
        found = pack.section(self.page)
        if found is None:
            raise Http404
        self.section, self.number_of_children = found, len(pack.children)

    @property
    def title(self) -> str:  # type: ignore[override]
        section = self.section
        if section.child is None:
            return section.section.title
        return present.child_title(section.number, self.number_of_children, section.section.title)

    def form(self, **kwargs: Any) -> SectionForm:
        return SectionForm(section=self.section.section, **kwargs)

    def initial(self) -> dict[str, Any]:
        return {answer.field.key: as_typed(answer.field, answer.value) for answer in self.section.answers}

    def context(self) -> dict[str, Any]:
        typed = [answer for answer in self.section.answers if answer.typed]
        return {**super().context(), "help": self.section.section.help, "typed_over": typed}

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        if more.get("changed"):
            more["saved_rows"] = present.saved_otherwise(self.section, form.cleaned_data)
        return super().show_form(form, **more)

    def save(self, form: SectionForm) -> str:
        answer_section(
            self.notification,
            section=self.page,
            answers=form.cleaned_data,
            revision=self.typed_revision(),
            by=self.acting,
        )
        return f"{self.back_url()}#{self.page}"


class ChooseChildren(PackQuestion):
    """Which children are told of, and which leads."""

    title = "The children told of, and who leads"
    page = CHILDREN
    button = "Save"

    def form(self, **kwargs: Any) -> ChildrenForm:
        return ChildrenForm(known=present.child_choices(pack_of(self.notification)), **kwargs)

    def initial(self) -> dict[str, Any]:
        pack = pack_of(self.notification)
        told = [str(child.pk) for child in (*pack.children, *pack.others)]
        return {"children": told, "lead": told[0] if told else None}

    def save(self, form: ChildrenForm) -> str:
        answers = form.cleaned_data
        choose_children(
            self.notification,
            children=[UUID(one) for one in answers["children"]],
            lead=UUID(answers["lead"]),
            revision=self.typed_revision(),
            by=self.acting,
        )
        return reverse("notification", args=[self.case.pk])
