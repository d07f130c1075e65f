"""What every page's frame shows: who I am, in which capacity, where I can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cspr.permissions import Permission, can

NAVIGATION = (
    ("Board", "board", Permission.SEE_BOARD),
    ("Referrals", "referrals", Permission.SEE_REFERRALS),
    ("Requests", "requests", Permission.SEE_REQUESTS),
    ("Cases", "cases", Permission.SEE_CASES),
    ("Sent to the Panel", "panel_sent", Permission.SEE_SENT),
    ("People", "people", Permission.MANAGE_PEOPLE),
    ("Settings", "settings", Permission.MANAGE_SETTINGS),
    ("Calendar address", "calendar_address", Permission.HAVE_FEED),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the layout. ``acting`` is None before sign-in."""
    acting = getattr(request, "acting", None)
    return {
        "acting": acting,
        "search_url": reverse("search") if can(acting, Permission.SEE_CASES) else "",
        "demo": settings.CSPR_DEMO,
        "idle_warn_seconds": settings.SESSION_WARN_SECONDS,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "navigation": [
            {"label": label, "url": reverse(name), "current": _is_here(request.path, reverse(name))}
            for label, name, permission in NAVIGATION
            if can(acting, permission)
        ],
    }


def _is_here(path: str, url: str) -> bool:
    """Whether a page lies under a navigation link; the board is only itself."""
    return path == url or (url != "/" and path.startswith(url))
