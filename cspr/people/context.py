"""What every page's frame shows: who I am, in which capacity, where I can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cspr.permissions import Permission, can

NAVIGATION = (("Board", "board", Permission.SEE_BOARD),)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the layout. ``acting`` is None before sign-in."""
    acting = getattr(request, "acting", None)
    return {
        "acting": acting,
        "demo": settings.CSPR_DEMO,
        "idle_warn_seconds": settings.SESSION_WARN_SECONDS,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "navigation": [
            {"label": label, "url": reverse(name), "current": request.path.startswith(reverse(name))}
            for label, name, permission in NAVIGATION
            if can(acting, permission)
        ],
    }
