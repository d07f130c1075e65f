"""Around every request: sessions that end, a second factor, the capacity in which the person acts, headers."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cspr.now import now
from cspr.people.selectors import acting_membership

OPENED, USED, SECOND_FACTOR = "opened_at", "used_at", "second_factor"
GetResponse = Callable[[HttpRequest], HttpResponse]


class ResponseHeaders:
    """Nothing of ours is cached, framed or handed to another origin; static files keep their own headers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class SessionAge:
    """Ends a session after 15 minutes without use or 10 hours in all (settings, in seconds)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            moment = now().timestamp()
            opened = request.session.setdefault(OPENED, moment)
            used = request.session.get(USED, moment)
            if (
                moment - used > settings.SESSION_IDLE_SECONDS
                or moment - opened > settings.SESSION_LONGEST_SECONDS
            ):
                logout(request)
            elif moment - used >= 30 or USED not in request.session:
                request.session[USED] = moment
        return self.get_response(request)


class SecondFactorRequired:
    """Signed in with a password alone, a person reaches only the page that sets up their second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.session.get(SECOND_FACTOR):
            return None
        if is_mfa_enabled(request.user):
            request.session[SECOND_FACTOR] = True
            return None
        if request.path.startswith(
            (reverse("mfa_index"), reverse("account_logout"), reverse("account_reauthenticate"))
        ):
            return None
        return redirect(f"{reverse('mfa_activate_totp')}?{urlencode({'next': request.get_full_path()})}")


class ActingCapacity:
    """``request.acting``: the membership this person uses now, or None."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = acting_membership(request)
        return self.get_response(request)
