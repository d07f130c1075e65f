"""Pages that reach beyond the case: likely duplicates, joining, other areas. Rules 4.1 and 4.8."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.govuk.forms import ButtonForm
from cspr.permissions import Permission
from cspr.workflow import Refused
from notifications.forms.incident.links import NAMED, AreaForm, FindForm, LinkForm
from notifications.models import Incident, OtherArea
from notifications.presenters.incident_papers import offered
from notifications.selectors.duplicates import likely_duplicates
from notifications.selectors.incident import (
    areas_of,
    find_area,
    other_partnerships,
    visible_by_reference,
    visible_incident,
)
from notifications.services.areas import CLOSED, TOLD_ALREADY, add_area, remove_area
from notifications.services.linking import link, refusal_of_target
from notifications.views.incident.base import IncidentQuestion
from notifications.workflow import incident as table


class FindOther(IncidentQuestion):
    """Cases that may be the same incident, each saying why; any other by its reference."""

    permission = table.LINK.permission
    transition = table.LINK
    form_class = FindForm
    template_name = "notifications/incident/link.html"
    title = "Other cases about the same incident"
    button = "Find this case"

    def context(self) -> dict[str, Any]:
        found = likely_duplicates(self.incident, to=self.acting)
        return {**super().context(), "offered": offered(found, self.incident, refusal_of_target)}

    def save(self, form: Any) -> str:
        other = visible_by_reference(form.cleaned_data["reference"], to=self.acting)
        if other is None:
            raise Refused(fields={"reference": "There is no case of this reference that you can open"})
        refusal = refusal_of_target(self.incident, other)
        if refusal:
            raise Refused(fields={"reference": refusal})
        return reverse("incident_link_to", args=[self.case.pk, other.case_id])


class LinkTo(IncidentQuestion):
    """Join this case to the other one, with a reason."""

    permission = table.LINK.permission
    transition = table.LINK
    form_class = LinkForm
    template_name = "notifications/incident/link_to.html"
    title = "Join this case to another"
    button = table.LINK.label
    other: Incident

    def find(self) -> None:
        super().find()
        found = visible_incident(self.kwargs["other_id"], to=self.request.acting)  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        self.other = found

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "other": self.other,
            "refusal": refusal_of_target(self.incident, self.other),
        }

    def back_url(self) -> str:
        return reverse("incident_link", args=[self.case.pk])

    def save(self, form: Any) -> str:
        link(self.incident, into=self.other, by=self.acting, reason=form.cleaned_data["reason"])
        return reverse("incident", args=[self.other.case_id])


class Areas(IncidentQuestion):
    """Other areas the incident concerns; the place of the incident leads."""

    permission = Permission.TRIAGE
    transition = table.ANSWER_TEST
    template_name = "notifications/incident/areas.html"
    title = "Other areas it concerns"
    button = "Add this area"
    once = True

    def form(self, **kwargs: Any) -> AreaForm:
        return AreaForm(partnerships=other_partnerships(self.incident), **kwargs)

    def show_form(self, form: Any, **more: Any) -> Any:
        more["refusals"] = [CLOSED] if self.incident.linked_into_id else []
        return super().show_form(form, **more)

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "areas": areas_of(self.incident),
            "may_remove": self.incident.decided_at is None,
        }

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        named = given["kind"] == NAMED
        add_area(
            self.incident,
            by=self.acting,
            why=given["why"],
            partnership=None if named else given["partnership"],
            name=given["name"] if named else "",
            email=given["email"] if named else "",
            is_lead=bool(given["is_lead"]),
        )
        return self.request.path


class RemoveArea(IncidentQuestion):
    """Ask before an area is taken off."""

    permission = Permission.TRIAGE
    transition = table.ANSWER_TEST
    form_class = ButtonForm
    title = "Take this area off?"
    button = "Take this area off"
    area: OtherArea

    def find(self) -> None:
        super().find()
        found = find_area(self.incident, self.kwargs["area_id"])
        if found is None:
            raise Http404
        self.area, self.title = found, f"Take {found} off?"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "area": self.area}

    def show_form(self, form: Any, **more: Any) -> Any:
        more["refusals"] = [TOLD_ALREADY] if self.incident.decided_at else []
        return super().show_form(form, **more)

    def back_url(self) -> str:
        return reverse("incident_areas", args=[self.case.pk])

    def save(self, form: Any) -> str:
        remove_area(self.incident, self.area, by=self.acting)
        return self.back_url()
