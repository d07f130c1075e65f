"""The pages of questions of a draft, and the pages of one child."""

from typing import Any

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.views import Revision
from cspr.workflow import Refused
from notifications.forms.referral import CHILD_FORMS, LATER, PAGE_FORMS, ChildForm, PageForm, questions_of
from notifications.models import ReferredChild
from notifications.presenters.answers import answer_rows
from notifications.presenters.referral import child_tasks
from notifications.selectors.referral import child_of
from notifications.services.referral import answer_page
from notifications.services.referral_rows import add_child, answer_child, make_lead_child
from notifications.views.referral_base import (
    FROM_CHECK,
    DraftQuestion,
    ReferralPage,
    beside_fields,
)
from notifications.workflow.referral_pages import CHILD_PAGES, Page, after, child_page
from notifications.workflow.referral_pages import page as page_of


class AnswerPage(DraftQuestion):
    """One page of questions of the referral."""

    page: Page

    def find(self) -> None:
        super().find()
        if self.kwargs["page"] not in PAGE_FORMS:
            raise Http404
        self.page = page_of(self.kwargs["page"])
        self.title, self.caption = self.page.title, self.page.section

    def form(self, **kwargs: Any) -> PageForm:
        return PAGE_FORMS[self.page.key](**kwargs)

    def initial(self) -> dict[str, Any]:
        return PAGE_FORMS[self.page.key].typed_over(self.referral)

    def revised(self) -> Revision:
        return Revision(self.referral.page_revisions.get(self.page.key, 0))

    def context(self) -> dict[str, Any]:
        saved = answer_rows(self.referral, questions_of(self.page.key, self.referral))
        return {**super().context(), "page": self.page, "saved_rows": saved, "may_wait": True}

    def save(self, form: PageForm) -> str:
        revision, key = self.typed_revision(), self.page.key
        try:
            answer_page(self.referral, page=key, answers=form.answers(), revision=revision, by=self.acting)
        except Refused as refused:
            raise beside_fields(form, refused) from refused
        self.say_saved()
        return self.next_url(key)


class AddChild(DraftQuestion):
    """A new child, by the page that says who it is."""

    once = True
    title = "Add a child"
    caption = "The child or children"

    def form(self, **kwargs: Any) -> PageForm:
        return CHILD_FORMS["identity"](**kwargs)

    def back_url(self) -> str:
        return reverse("referral_list", args=[self.referral.pk, "children"])

    def context(self) -> dict[str, Any]:
        return {**super().context(), "page": child_page("identity")}

    def save(self, form: PageForm) -> str:
        try:
            child = add_child(self.referral, answers=form.answers(), by=self.acting)
        except Refused as refused:
            raise beside_fields(form, refused) from refused
        self.say_saved()
        return reverse("referral_child_page", args=[self.referral.pk, child.pk, "about"])


class OfAChild(ReferralPage):
    """A page of one child of the referral: a child of another referral is not found."""

    child: ReferredChild

    def find(self) -> None:
        super().find()
        child = child_of(self.referral, self.kwargs["child_id"])
        if child is None:
            raise Http404
        self.child = child


class AnswerChild(OfAChild, DraftQuestion):
    """One page of a child."""

    page: Page

    def find(self) -> None:
        super().find()
        if self.kwargs["page"] not in CHILD_FORMS:
            raise Http404
        self.page = child_page(self.kwargs["page"])
        self.title, self.caption = self.page.title, str(self.child)

    def form(self, **kwargs: Any) -> ChildForm:
        return CHILD_FORMS[self.page.key](kind=self.child.kind, **kwargs)

    def initial(self) -> dict[str, Any]:
        return CHILD_FORMS[self.page.key].typed_over(self.child)

    def revised(self) -> Revision:
        return Revision(self.child.page_revisions.get(self.page.key, 0))

    def back_url(self) -> str:
        return reverse("referral_child", args=[self.referral.pk, self.child.pk])

    def context(self) -> dict[str, Any]:
        saved = answer_rows(self.child, questions_of(self.page.key, self.child))
        return {**super().context(), "page": self.page, "saved_rows": saved, "may_wait": True}

    def save(self, form: PageForm) -> str:
        revision, key = self.typed_revision(), self.page.key
        try:
            answer_child(self.child, page=key, answers=form.answers(), revision=revision, by=self.acting)
        except Refused as refused:
            raise beside_fields(form, refused) from refused
        self.say_saved()
        if self.request.GET.get("from") == FROM_CHECK and LATER not in self.request.POST:
            return reverse("referral_check", args=[self.referral.pk])
        following = after(key, CHILD_PAGES)
        if following is None or LATER in self.request.POST:
            return self.back_url()
        return reverse("referral_child_page", args=[self.referral.pk, self.child.pk, following.key])


class ChildTasks(OfAChild, DraftQuestion):
    """The pages of one child; posting makes it the lead child."""

    template_name = "notifications/referral_child.html"

    def find(self) -> None:
        super().find()
        self.title = f"{self.child}{', lead child' if self.child.is_lead else ''}"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show() if self.referral.is_draft else HttpResponseRedirect(self.own_url())

    def back_url(self) -> str:
        return reverse("referral_list", args=[self.referral.pk, "children"])

    def context(self) -> dict[str, Any]:
        more = {"child": self.child, "tasks": child_tasks(self.child), "back_url": self.back_url()}
        return {**super().context(), **more}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        make_lead_child(self.child, by=self.acting)
        self.say_saved()
        return HttpResponseRedirect(self.back_url())
