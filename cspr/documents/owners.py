"""Who may open a document that does not simply follow its case: an app registers a rule for its own
streams.

A stream is ``<prefix>/<uuid>``, for example ``referral/3f2…``. The rule answers the ids of the owners whose
documents the capacity may open, as a queryset of ids or any iterable; it is asked once per query, so return
a queryset.
"""

from collections.abc import Callable, Iterable
from typing import Any

VisibleIds = Callable[[Any], Iterable[Any]]

REGISTERED: dict[str, VisibleIds] = {}


def register_owner(prefix: str, visible_ids: VisibleIds) -> None:
    """Register the rule for one prefix, in ``AppConfig.ready``. Raises ValueError for a second rule."""
    if REGISTERED.get(prefix, visible_ids) is not visible_ids or "/" in prefix or prefix == "case":
        raise ValueError(f"documents under {prefix!r} cannot have this owner")
    REGISTERED[prefix] = visible_ids
