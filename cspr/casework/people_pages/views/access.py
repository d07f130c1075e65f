"""Changing, ending and repairing one person's access."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from cspr.casework.people_pages import acts
from cspr.casework.people_pages.forms import ChangeRoleForm
from cspr.casework.people_pages.views.people import OfAPerson
from cspr.govuk.forms import ButtonForm
from cspr.people import services as people
from cspr.people.models import Membership
from cspr.permissions import Permission, Role
from cspr.step_up import StepUp
from cspr.views import Page


class PersonAct(OfAPerson, StepUp):
    """A question about one role of one person. ``told`` says what will happen, ``done`` afterwards that it did."""

    template_name = "casework/person_act.html"
    form_class = ButtonForm
    told: ClassVar[str] = ""
    done: ClassVar[str] = ""

    def back_url(self) -> str:
        return reverse("person", args=[self.membership.pk])

    def context(self) -> dict[str, Any]:
        return {"told": self.told, "caption": str(self.membership)}

    def save(self, form: Any) -> str:
        self.act(form)
        messages.success(self.request, self.done)
        return self.back_url()

    def act(self, form: Any) -> None:
        """Call the verb."""
        raise Http404


class ChangeRole(PersonAct):
    permission = Permission.MANAGE_PEOPLE
    title = "Change this role"
    button = "Save"
    done = "The role was changed."

    def form(self, **kwargs: Any) -> ChangeRoleForm:
        return ChangeRoleForm(role=Role(self.membership.role), **kwargs)

    def initial(self) -> dict[str, Any]:
        one = self.membership
        return {"title": one.title, "delegation": one.delegation, "ends_on": one.ends_on}

    def act(self, form: Any) -> None:
        given = form.cleaned_data
        people.change_role(
            self.membership,
            title=given["title"],
            delegation=given.get("delegation", ""),
            ends_on=given["ends_on"],
            by=self.acting,
        )


class EndAccess(PersonAct):
    permission = Permission.MANAGE_PEOPLE
    title = "End this role now?"
    button = "End this role"
    told = (
        "The person is signed out at once, and the role and every case opened through it are closed to them. "
        "What they did stays on record."
    )
    done = "The role was ended."

    def act(self, form: Any) -> None:
        acts.end_access(self.membership, by=self.acting)


class ResetSecondFactor(PersonAct):
    permission = Permission.MANAGE_PEOPLE
    title = "Reset this person’s second factor?"
    button = "Reset the second factor"
    told = (
        "Speak to the person first, in a way that proves who they are. They are signed out at once, told by email, "
        "and set up a new second factor when they next sign in with their password."
    )
    done = "The second factor was reset."

    def act(self, form: Any) -> None:
        acts.reset_second_factor(self.membership, by=self.acting)


class InviteAgain(PersonAct):
    permission = Permission.MANAGE_PEOPLE
    title = "Send the link again?"
    button = "Send the link"
    told = "A new link to choose a password goes to this person’s email address. It works once, within three days."
    done = "The link was sent."

    def act(self, form: Any) -> None:
        acts.invite_again(self.membership, by=self.acting)


class ByAdministrator(Page):
    """Only a system administrator closes and opens accounts."""

    def find(self) -> None:
        super().find()
        acting: Membership | None = self.request.acting
        if acting is None or acting.role != Role.ADMINISTRATOR:
            raise Http404


class CloseAccount(ByAdministrator, PersonAct):
    permission = Permission.MANAGE_PEOPLE
    title = "Close this account?"
    button = "Close the account"
    told = "Every role of the person ends now, they are signed out at once and cannot sign in again."
    done = "The account was closed."

    def act(self, form: Any) -> None:
        acts.close_account(self.membership.user, by=self.acting)


class OpenAccount(ByAdministrator, PersonAct):
    permission = Permission.MANAGE_PEOPLE
    title = "Open this account again?"
    button = "Open the account"
    told = "The person can sign in again. Roles that ended stay ended: give the person new ones."
    done = "The account was opened again."

    def act(self, form: Any) -> None:
        people.reactivate(self.membership.user, by=self.acting)
