"""Around every request: sessions that end, a second factor, the capacity in which the person acts, headers."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cspr.now import now
from cspr.people.selectors import acting_membership, has_second_factor
from cspr.security_log import security_event

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
        found = request.resolver_match
        if request.method == "POST" and found is not None and found.url_name == "account_logout":
            response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


class SessionAge:
    """Ends a session after 15 minutes without use or 10 hours in all (settings, in seconds).

    A session whose key changed on the way stays in its person's list of sessions, where it can be ended.
    """

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
                security_event("session_expired", user=request.user.pk)
                logout(request)
            elif moment - used >= 30 or USED not in request.session:
                request.session[USED] = moment
        before = request.session.session_key
        response = self.get_response(request)
        after = request.session.session_key
        if before and after and before != after:
            UserSession.objects.filter(session_key=before).update(session_key=after)
        return response


class SecondFactorRequired:
    """Signed in with a password alone, a person reaches only the pages that set up their second factor.

    A session that was opened before the factor was set up elsewhere proved nothing and ends: it may be another's, who
    knew the password. Without any factor left, one is set up before anything else.
    """

    SETTING_UP = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
    REMOVING = frozenset({"mfa_deactivate_totp", "mfa_remove_webauthn"})
    OPEN = SETTING_UP | {"mfa_index", "account_logout", "account_reauthenticate"}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        page = request.resolver_match.url_name if request.resolver_match else None
        changed = request.method == "POST" and response.status_code == 302 and request.user.is_authenticated
        if changed and page in self.SETTING_UP and has_second_factor(request.user.pk):
            request.session[SECOND_FACTOR] = True
            request.session.cycle_key()
        if changed and page in self.REMOVING and not has_second_factor(request.user.pk):
            request.session.pop(SECOND_FACTOR, None)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.session.get(SECOND_FACTOR):
            return None
        proofs = get_authentication_records(request, request.user)
        protected = has_second_factor(request.user.pk)
        if protected and any(proof.get("method") == "mfa" for proof in proofs):
            request.session[SECOND_FACTOR] = True
            return None
        next_page = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
        if protected:
            logout(request)
            return redirect(f"{reverse('account_login')}?{next_page}")
        if request.resolver_match is not None and request.resolver_match.url_name in self.OPEN:
            return None
        return redirect(f"{reverse('mfa_activate_totp')}?{next_page}")


class ActingCapacity:
    """``request.acting``: the membership this person uses now, or None."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = acting_membership(request)  # type: ignore[attr-defined]
        return self.get_response(request)
