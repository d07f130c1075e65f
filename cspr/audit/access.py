"""The read log: no record, no page (security.md decision 7)."""

from typing import Any

from django.db import transaction

from cspr.audit.models import Access
from cspr.now import now
from cspr.security_log import security_event


def looked(*, by: Any, what: str, path: str, case: Any = None, stream: str = "") -> None:
    """Record that ``by`` was shown ``what``. Call inside the transaction that builds the page."""
    access = Access.objects.create(
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
    transaction.on_commit(
        lambda: security_event(
            "sensitive_read", user=access.user_id, by=access.actor_id, case=access.case_id, path=access.path
        )
    )
