"""The demonstration shows the code of its own invented people, who have no telephone. Nowhere else, for nobody else."""

from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from cspr.now import now
from cspr.people.models import User
from cspr.seeding import credentials
from cspr.seeding.demo import DOMAIN

PAGES = frozenset({"mfa_authenticate", "mfa_reauthenticate"})
CODE_SECONDS = 30


def demo_code(request: HttpRequest) -> dict[str, Any]:
    """``demo_code`` and for how many seconds it holds: only where CSPR_DEMO is on, on the pages that ask for it."""
    if not settings.CSPR_DEMO or not _asks_for_a_code(request):
        return {}
    user = _who(request)
    if user is None or (not user.email.endswith(f".{DOMAIN}") and not user.email.endswith(f"@{DOMAIN}")):
        return {}
    secret = credentials.of_the_demo().totp_secret(user.email)
    left = CODE_SECONDS - int(now().timestamp()) % CODE_SECONDS
    return {"demo_code": credentials.code_now(secret), "demo_code_seconds": left}


def _asks_for_a_code(request: HttpRequest) -> bool:
    try:
        return resolve(request.path).url_name in PAGES
    except Resolver404:
        return False


def _who(request: HttpRequest) -> User | None:
    if request.user.is_authenticated:
        return request.user
    stage = get_pending_stage(request)
    return stage.login.user if stage is not None else None
