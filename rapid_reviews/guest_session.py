"""A guest's session: which link it was opened with, until it lies unused or ends. It signs nobody in."""

from typing import Any

from django.conf import settings

from cspr.now import now
from rapid_reviews.models import GuestLink
from rapid_reviews.selectors.guests import link_of_session

KEY = "guest"


def open_session(session: Any, link: GuestLink) -> None:
    """Begin afresh: nothing of what was in the session before is carried over, its key is a new one."""
    session.flush()
    moment = now().timestamp()
    session[KEY] = {"link": str(link.pk), "opened": moment, "used": moment}


def link_in(request: Any) -> GuestLink | None:
    """The link this session was opened with, while it may be used. Somebody signed in is no guest."""
    held = request.session.get(KEY)
    if held is None or request.user.is_authenticated:
        return None
    moment = now().timestamp()
    idle = moment - held["used"] > settings.SESSION_IDLE_SECONDS
    if idle or moment - held["opened"] > settings.SESSION_LONGEST_SECONDS:
        request.session.flush()
        return None
    request.session[KEY] = {**held, "used": moment}
    return link_of_session(held["link"])


def close_session(session: Any) -> None:
    session.flush()
