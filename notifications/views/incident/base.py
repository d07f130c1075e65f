"""What every page of an incident shares: the case through need-to-know, its incident, the way back."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.views import CasePage, TransitionPage
from notifications.models import Incident
from notifications.selectors.incident import find_incident


class IncidentPage(CasePage):
    """A page of one incident."""

    incident: Incident

    def find(self) -> None:
        super().find()
        found = find_incident(self.case)
        if found is None:
            raise Http404
        self.incident = found

    def context(self) -> dict[str, Any]:
        return {"incident": self.incident}

    def own_url(self) -> str:
        return reverse("incident", args=[self.case.pk])


class IncidentQuestion(IncidentPage, TransitionPage):
    """The page of one step of an incident. ``about`` chooses what of the referrals stands beside the question."""

    template_name = "notifications/incident/question.html"
    about = ""
    can_forget = True

    def subject(self) -> Incident:
        return self.incident

    def back_url(self) -> str:
        return self.own_url()

    def between(self) -> list[tuple[str, str]]:
        return [("Referral and notification", self.own_url())]

    def saved(self) -> str:
        """Back to the incident, saying when it was saved on the London clock."""
        self.say_saved()
        return self.own_url()


class RevisedQuestion(IncidentQuestion):
    """A question typed over the incident: a save over somebody else's later one shows it."""

    def revised(self) -> Incident:
        return self.incident
