"""Choosing the capacity one acts in, for people who hold more than one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.people.selectors import CHOSEN, capacities
from cspr.permissions import Permission
from cspr.views import Page


class ChooseCapacity(Page):
    """The capacities this person holds today; the one chosen is shown in the header and stands on the record."""

    permission = Permission.SIGNED_IN
    template_name = "casework/capacity.html"
    title = "In which capacity are you acting?"

    def context(self) -> dict[str, Any]:
        return {"capacities": capacities(self.acting.user_id), "back_url": reverse("board")}

    def post(self, request: HttpRequest, membership_id: Any = None) -> HttpResponseBase:
        chosen = next((one for one in capacities(self.acting.user_id) if one.pk == membership_id), None)
        if chosen is None:
            raise Http404
        request.session.cycle_key()
        request.session[CHOSEN] = str(chosen.pk)
        return HttpResponseRedirect(reverse("board"))
