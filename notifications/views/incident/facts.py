"""Pages of the incident's facts: its page, the dates, the tests, the route."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.govuk.dates import in_london
from cspr.permissions import Permission
from cspr.statute.definitions import route as route_of
from cspr.workflow import Transition
from notifications.forms.incident.dates import AwarenessForm, CorrectionForm, DatesForm
from notifications.forms.incident.route import ANSWER_FORMS, AnswerForm, RouteForm
from notifications.models import Incident
from notifications.options.incident import TESTS
from notifications.presenters.incident import fact_rows, sections, steps
from notifications.presenters.incident_papers import asked, said
from notifications.presenters.stage import referral_rows
from notifications.selectors.incident import areas_of, questions, referrals_of
from notifications.services.asking import view_refusals
from notifications.services.incident import (
    Occurrence,
    answer_test,
    confirm_route,
    correct_awareness,
    record_awareness,
    record_dates,
)
from notifications.views.incident.base import IncidentPage, RevisedQuestion
from notifications.workflow import incident as table
from notifications.workflow.routes import possible, proposed


class OneIncident(IncidentPage):
    """Where the incident stands: what is recorded, what the partners were asked and said, what can be done next."""

    permission = Permission.SEE_CASES
    template_name = "notifications/incident/incident.html"
    title = "Referral and notification"

    def context(self) -> dict[str, Any]:
        is_unit = self.acting.is_unit and self.incident.is_open
        may_answer = not view_refusals(self.incident, self.acting)
        versions = list(questions(self.case))
        return {
            **super().context(),
            "sections": sections(self.incident, self.acting) if is_unit else [],
            "facts": fact_rows(self.incident),
            "referrals": referral_rows(self.case, self.acting),
            "areas": areas_of(self.incident),
            "steps": steps(self.incident, self.acting),
            "questions": [asked(one, self.case, self.acting, may_answer=may_answer) for one in versions],
        }


class RecordDates(RevisedQuestion):
    permission = table.RECORD_DATES.permission
    transition = table.RECORD_DATES
    form_class = DatesForm
    title = "When it happened, and when an agency became aware"
    button = table.RECORD_DATES.label

    def context(self) -> dict[str, Any]:
        return {**super().context(), "said": said(referrals_of(self.incident), "dates")}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.incident, name) for name in DatesForm.base_fields}

    def save(self, form: Any) -> str:
        occurrence = Occurrence(**form.cleaned_data)
        record_dates(self.incident, occurrence=occurrence, by=self.acting, revision=self.typed_revision())
        return self.saved()


class RecordAwareness(RevisedQuestion):
    permission = table.RECORD_AWARENESS.permission
    transition = table.RECORD_AWARENESS
    form_class: type[AwarenessForm] = AwarenessForm
    title = "When the local authority became aware"
    button = "Record the moment"
    verb: Callable[..., Incident] = staticmethod(record_awareness)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        upload = given["evidence_file"][0] if given["evidence_file"] else None
        more = {"reason": given["reason"]} if "reason" in given else {}
        self.verb(
            self.incident,
            at=given["aware_at"],
            person=given["aware_person"],
            evidence=given["aware_evidence"],
            by=self.acting,
            upload=upload,
            revision=self.typed_revision(),
            **more,
        )
        return self.saved()


class CorrectAwareness(RecordAwareness):
    """The manager's page. Before the decision a question already put is taken back; after it only the clocks move."""

    permission = table.CORRECT_AWARENESS.permission
    form_class = CorrectionForm
    title = "Correct when the local authority became aware"
    button = "Correct the moment"
    verb: Callable[..., Incident] = staticmethod(correct_awareness)

    @property
    def transition(self) -> Transition:  # type: ignore[override]
        return table.correction(self.incident)

    def initial(self) -> dict[str, Any]:
        if self.incident.aware_at is None:
            return {}
        local = in_london(self.incident.aware_at)
        return {
            "aware_on": local.date(),
            "aware_time": local.time(),
            "aware_person": self.incident.aware_person,
            "aware_evidence": self.incident.aware_evidence,
        }


class AnswerTest(RevisedQuestion):
    """One of the four tests, with the chapter's own words above it and what the referrals say beside it."""

    permission = table.ANSWER_TEST.permission
    transition = table.ANSWER_TEST
    template_name = "notifications/incident/test.html"
    button = table.ANSWER_TEST.label
    form_class: type[AnswerForm]

    def find(self) -> None:
        super().find()
        slug = self.kwargs["test"]
        if slug not in ANSWER_FORMS:
            raise Http404
        self.form_class, self.title = ANSWER_FORMS[slug], TESTS[slug][0]

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "definition": self.form_class.definition,
            "said": said(referrals_of(self.incident), self.form_class.slug),
        }

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.incident, name) for name in self.form_class.base_fields}

    def save(self, form: Any) -> str:
        answer_test(self.incident, answers=form.answers(), by=self.acting, revision=self.typed_revision())
        self.saved()
        slugs = list(ANSWER_FORMS)
        following = slugs[slugs.index(self.form_class.slug) + 1 :]
        if following:
            return reverse("incident_answer_test", args=[self.case.pk, following[0]])
        return reverse("incident_confirm_route", args=[self.case.pk])


class ConfirmRoute(RevisedQuestion):
    """The route that follows from the answers, confirmed with a reason."""

    permission = table.CONFIRM_ROUTE.permission
    transition = table.CONFIRM_ROUTE
    template_name = "notifications/incident/route.html"
    title = "Confirm the route"
    button = table.CONFIRM_ROUTE.label

    def form(self, **kwargs: Any) -> RouteForm:
        allowed = tuple(key.value for key in possible(table.answers_of(self.incident)))
        return RouteForm(allowed=allowed, **kwargs)

    def initial(self) -> dict[str, Any]:
        return (
            {"route": self.incident.route, "reason": self.incident.route_reason}
            if self.incident.route
            else {}
        )

    def context(self) -> dict[str, Any]:
        answers = table.answers_of(self.incident)
        key = proposed(answers).value if answers.are_complete else ""
        return {
            **super().context(),
            "proposed": route_of(key) if key else None,
            "death_to_be_told": answers.death_to_be_told,
            "facts": fact_rows(self.incident)[4:8],
        }

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        confirm_route(
            self.incident,
            route=given["route"],
            reason=given["reason"],
            by=self.acting,
            revision=self.typed_revision(),
        )
        return self.saved()
