"""Pages that ask again who is there: within five minutes of a sign-in or a repeated proof (security.md 3.2)."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.typed import services as typed
from cspr.views import Question


class StepUp(Question):
    """A question whose answer gives or ends access. What was typed is kept while the person proves who they are."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._prove() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        away = self._prove()
        if away is None:
            return super().post(request, *args, **kwargs)
        typed.keep(request.user, path=request.path, fields=dict(request.POST.lists()))  # type: ignore[arg-type]
        return away

    def _prove(self) -> HttpResponseBase | None:
        if not is_reauthentication_required(self.request, app="allauth.account"):
            return None
        address = urlencode({"next": self.request.path})
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{address}")
