"""Whose files these are: a referral's files open to whoever may see the referral."""

from typing import Any

from django.apps import apps


def referrals_open_to(acting: Any) -> Any:
    """The ids of the referrals a capacity may see, as a subquery."""
    return apps.get_model("notifications", "Referral").objects.visible_to(acting).values("pk")
