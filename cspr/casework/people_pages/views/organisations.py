"""Partnerships, agencies and bodies."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.casework.people_pages import presenters
from cspr.casework.people_pages.forms import AgencyForm, BodyForm, PartnershipForm
from cspr.casework.people_pages.views.access import ByAdministrator
from cspr.people import selectors, services
from cspr.people.models import Agency
from cspr.permissions import Permission, Role
from cspr.step_up import StepUp
from cspr.views import Page


class Organisations(Page):
    """The agencies that serve one's partnership; every organisation for an administrator, and no case content."""

    permission = Permission.MANAGE_PEOPLE
    template_name = "casework/organisations.html"
    title = "Organisations"

    def context(self) -> dict[str, Any]:
        administrator = self.acting.role == Role.ADMINISTRATOR
        agencies = selectors.agencies_within(self.acting).prefetch_related("partnerships")
        tables = [presenters.agencies(list(agencies), may_change=administrator)]
        if administrator:
            tables = [
                presenters.partnerships(list(selectors.partnerships_within(self.acting))),
                *tables,
                presenters.bodies(list(selectors.bodies())),
            ]
        return {"tables": tables, "administrator": administrator}


class OrganisationQuestion(StepUp):
    """A question about an organisation; afterwards the list."""

    once = True

    def back_url(self) -> str:
        return reverse("organisations")


class AddAgency(OrganisationQuestion):
    permission = Permission.MANAGE_PEOPLE
    title = "Add an agency"
    button = "Add the agency"

    def form(self, **kwargs: Any) -> AgencyForm:
        return AgencyForm(acting=self.acting, **kwargs)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        serves = given.get("partnerships", [])
        services.add_agency(name=given["name"], kind=given["kind"], partnerships=serves, by=self.acting)
        return self.back_url()


class ChangeAgency(ByAdministrator, OrganisationQuestion):
    permission = Permission.MANAGE_PEOPLE
    title = "Change this agency"
    button = "Save"
    once = False
    agency: Agency

    def find(self) -> None:
        super().find()
        found = selectors.agency_within(self.request.acting, self.kwargs["agency_id"])  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        self.agency = found

    def form(self, **kwargs: Any) -> AgencyForm:
        return AgencyForm(acting=self.acting, **kwargs)

    def initial(self) -> dict[str, Any]:
        serves = list(self.agency.partnerships.all())
        return {"name": self.agency.name, "kind": self.agency.kind, "partnerships": serves}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        services.change_agency(
            self.agency,
            name=given["name"],
            kind=given["kind"],
            partnerships=given["partnerships"],
            by=self.acting,
        )
        return self.back_url()


class AddPartnership(ByAdministrator, OrganisationQuestion):
    permission = Permission.MANAGE_PEOPLE
    form_class = PartnershipForm
    title = "Add a partnership"
    button = "Add the partnership"

    def save(self, form: Any) -> str:
        services.add_partnership(**form.cleaned_data, by=self.acting)
        return self.back_url()


class AddBody(ByAdministrator, OrganisationQuestion):
    permission = Permission.MANAGE_PEOPLE
    form_class = BodyForm
    title = "Add a national body"
    button = "Add the body"

    def save(self, form: Any) -> str:
        services.add_body(**form.cleaned_data, by=self.acting)
        return self.back_url()
