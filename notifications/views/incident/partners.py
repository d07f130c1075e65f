"""Pages of the question to the partners: ask, take back, give a view, decide, open again. Rule 4.3."""

from typing import Any

from django.http import HttpResponse

from cspr.govuk.forms import ButtonForm
from cspr.govuk.parts import Row
from cspr.people.models import Partner
from cspr.statute.definitions import LEGAL_NOTIFIER, NOTIFY_WHERE, SERIOUS_CASE, SERIOUS_HARM
from notifications.forms.incident.partners import DecisionForm, ReasonForm, ViewForm
from notifications.presenters.incident_papers import asked
from notifications.selectors.incident import latest_question, missing_views
from notifications.selectors.papers import papers_of, proposal_of
from notifications.services.asking import give_view, request_views, take_back, view_refusals
from notifications.services.deciding import decide, reopen
from notifications.views.incident.base import IncidentQuestion
from notifications.workflow import incident as table

CRITERIA = (SERIOUS_CASE, SERIOUS_HARM, NOTIFY_WHERE, LEGAL_NOTIFIER)


class RequestViews(IncidentQuestion):
    """Ask the three partners, with the papers as they will see them."""

    permission = table.REQUEST_VIEWS.permission
    transition = table.REQUEST_VIEWS
    form_class = ButtonForm
    template_name = "notifications/incident/request_views.html"
    title = "Ask the three partners whether the incident is notifiable"
    button = table.REQUEST_VIEWS.label

    def context(self) -> dict[str, Any]:
        ready = bool(self.incident.route)
        papers = papers_of(self.incident) if ready else []
        return {
            **super().context(),
            "proposal": proposal_of(self.incident) if ready else "",
            "papers": [Row(label, text) for label, text in papers],
            "missing": table.missing_before_asking(self.incident),
        }

    def save(self, form: Any) -> str:
        request_views(self.incident, by=self.acting)
        return self.own_url()


class TakeBack(IncidentQuestion):
    permission = table.TAKE_BACK.permission
    transition = table.TAKE_BACK
    form_class = ReasonForm
    title = "Take the question back"
    button = table.TAKE_BACK.label

    def save(self, form: Any) -> str:
        take_back(self.incident, by=self.acting, reason=form.cleaned_data["reason"])
        return self.own_url()


class BeforeThePartners(IncidentQuestion):
    """A page that shows the question with its papers, the criteria and every view given."""

    template_name = "notifications/incident/partners.html"

    def context(self) -> dict[str, Any]:
        question = latest_question(self.case)
        shown = asked(question, self.case, self.acting, may_answer=False) if question else None
        return {**super().context(), "asked": shown, "criteria": CRITERIA}


class GiveView(BeforeThePartners):
    """One's own partner's view. Who cannot give it is told why."""

    permission = table.GIVE_VIEW.permission
    transition = table.GIVE_VIEW
    form_class = ViewForm
    title = "Give your view: is this a notifiable incident?"
    button = "Give this view"

    def context(self) -> dict[str, Any]:
        partner = Partner(self.acting.partner).label if self.acting.partner else ""
        return {**super().context(), "for_partner": partner}

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("refusals", view_refusals(self.incident, self.acting))
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        give_view(self.incident, by=self.acting, answer=given["answer"], reason=given["reason"])
        return self.saved()


class DecideNotifiable(BeforeThePartners):
    """The local authority's decision, with every view in sight."""

    permission = table.DECIDE_NOTIFIABLE.permission
    transition = table.DECIDE_NOTIFIABLE
    title = "Decide whether to notify"
    button = "Record the decision"

    def form(self, **kwargs: Any) -> DecisionForm:
        waited_for = missing_views(self.case, but=self.acting.partner)
        return DecisionForm(missing_views=[Partner(one).label for one in waited_for], **kwargs)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        decide(
            self.incident,
            by=self.acting,
            outcome=given["outcome"],
            rationale=given["rationale"],
            referrer_reason=given["referrer_reason"],
            without_view_reason=given.get("without_view_reason", ""),
        )
        return self.saved()


class Reopen(IncidentQuestion):
    permission = table.REOPEN.permission
    transition = table.REOPEN
    form_class = ReasonForm
    template_name = "notifications/incident/reopen.html"
    title = "Open the incident again"
    button = table.REOPEN.label

    def save(self, form: Any) -> str:
        reopen(self.incident, by=self.acting, reason=form.cleaned_data["reason"])
        return self.own_url()
