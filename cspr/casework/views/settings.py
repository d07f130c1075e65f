"""What the manager can set, whichever stage it belongs to."""

from typing import Any

from django.urls import reverse

from cspr.permissions import Permission
from cspr.views import Page

PAGES = (
    (
        "Bank holidays",
        "settings_calendar",
        "The days that do not count, and what a proclaimed or withdrawn day would move.",
    ),
    (
        "Days and months your partnership chooses",
        "settings_clocks",
        "The numbers that the rules leave to the partnership. Clocks already running keep theirs.",
    ),
    (
        "Who must be present in a rapid review meeting",
        "settings_quorum",
        "The safeguarding partners without whom a meeting decides nothing. Meetings already planned keep theirs.",
    ),
)


class Settings(Page):
    """The way to each page of settings."""

    permission = Permission.MANAGE_SETTINGS
    template_name = "casework/settings.html"
    title = "Settings"

    def context(self) -> dict[str, Any]:
        return {
            "pages": [{"label": label, "url": reverse(name), "told": told} for label, name, told in PAGES]
        }
