"""The read log: no record, no page (security.md decision 7)."""

from typing import Any

from cspr.audit.models import Access
from cspr.now import now


def looked(*, by: Any, what: str, path: str, case: Any = None, stream: str = "") -> None:
    """Record that ``by`` was shown ``what``. Call inside the transaction that builds the page."""
    Access.objects.create(
        at=now(),
        actor_id=by.pk,
        actor_name=by.user.full_name,
        actor_capacity=by.capacity,
        user_id=by.user_id,
        stream=stream or f"case/{case.pk}",
        case_id=case.pk if case is not None else None,
        what=what[:200],
        path=path[:500],
    )
