"""The list of people, giving a role, and one person's role."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse

from cspr.casework.people_pages import acts, presenters
from cspr.casework.people_pages.forms import InviteForm, PeopleFilter, RoleForm
from cspr.people import selectors
from cspr.people.models import Membership
from cspr.people.workflow import roles_to_give
from cspr.permissions import Permission, Role
from cspr.step_up import StepUp
from cspr.views import Page, Question

A_PAGE = 25


class People(Page):
    """The people of one's own partnership and of the agencies that serve it; everybody for an administrator."""

    permission = Permission.MANAGE_PEOPLE
    template_name = "casework/people_list.html"
    title = "People"

    def context(self) -> dict[str, Any]:
        filter_form = PeopleFilter(self.request.GET or None)
        given = filter_form.cleaned_data if filter_form.is_bound and filter_form.is_valid() else {}
        found = selectors.people_listed(
            self.acting,
            words=given.get("words", ""),
            role=given.get("role", ""),
            ended=given.get("standing") == "ended",
        )
        page = Paginator(found, A_PAGE).get_page(self.request.GET.get("page"))
        return {"filter_form": filter_form, "page_obj": page, "table": presenters.people(list(page))}


class ChooseRole(Question):
    """Which role a person will have."""

    permission = Permission.MANAGE_PEOPLE
    title = "Give somebody a role"
    button = "Continue"

    def form(self, **kwargs: Any) -> RoleForm:
        return RoleForm(acting=self.acting, **kwargs)

    def back_url(self) -> str:
        return reverse("people")

    def save(self, form: Any) -> str:
        return reverse("person_invite", args=[form.cleaned_data["role"]])


class Invite(StepUp):
    """A person and the particulars of the role."""

    permission = Permission.MANAGE_PEOPLE
    button = "Give the role"
    caption = "Give somebody a role"
    once = True
    role: Role

    def find(self) -> None:
        chosen = self.kwargs["role"]
        if chosen not in set(Role):
            raise Http404
        self.role = Role(chosen)
        self.title = self.role.label

    def form(self, **kwargs: Any) -> InviteForm:
        if self.role not in roles_to_give(Role(self.acting.role)):
            raise Http404
        return InviteForm(acting=self.acting, role=self.role, **kwargs)

    def back_url(self) -> str:
        return reverse("person_choose_role")

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        membership = acts.invite(
            email=given["email"],
            full_name=given["full_name"],
            role=self.role,
            place=form.place(),
            by=self.acting,
            title=given["title"],
            delegation=given.get("delegation", ""),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )
        return reverse("person", args=[membership.pk])


class OfAPerson(Page):
    """A page about one role of one person: 404 for whoever does not manage them."""

    membership: Membership

    def find(self) -> None:
        found = selectors.person_within(self.request.acting, self.kwargs["membership_id"])  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        self.membership = found


class Person(OfAPerson):
    """One role of one person, and what can be done about it."""

    permission = Permission.MANAGE_PEOPLE
    template_name = "casework/person.html"

    def context(self) -> dict[str, Any]:
        one, user = self.membership, self.membership.user
        own = user.pk == self.acting.user_id
        administrator = self.acting.role == Role.ADMINISTRATOR
        second_factor = selectors.has_second_factor(user.pk)
        return {
            "title": user.full_name,
            "membership": one,
            "rows": presenters.person(one, second_factor=second_factor),
            "own": own,
            "may_change": not own and one.ended_at is None and user.is_active,
            "may_reset": not own and user.is_active and second_factor,
            "may_invite_again": not own and user.is_active and not user.has_usable_password(),
            "may_close": not own and administrator and user.is_active,
            "may_open": not own and administrator and not user.is_active,
            "back_url": reverse("people"),
        }
