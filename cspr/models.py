"""Abstract bases of every stored fact, and the lock that keeps writing inside recorded verbs."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models import Q

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Locked(RuntimeError):
    """A controlled row was written outside a recorded verb: no audit event could follow it."""


class Changed(Exception):
    """Somebody else, or another tab, saved first; what was typed is kept by the caller."""


@contextmanager
def writing() -> Iterator[None]:
    """Opens the lock. Only ``cspr.audit.recording.recorded`` calls this."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def _require_verb(what: object) -> None:
    if not _writing.get():
        raise Locked(f"{what} can be written only inside a @recorded service verb")


class ControlledQuerySet(models.QuerySet):
    """Bulk writes leave no field history and reach around the verbs, so they are refused outside one."""

    def update(self, **kwargs: Any) -> int:
        _require_verb(self.model.__name__)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        _require_verb(self.model.__name__)
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        _require_verb(self.model.__name__)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> int:
        _require_verb(self.model.__name__)
        return super().bulk_update(objs, fields, *args, **kwargs)


class Identified(models.Model):
    """A row with an address that cannot be guessed or counted (security.md, T19)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Controlled(Identified):
    """A row that only a ``@recorded`` verb may write (house.md, "A transition")."""

    objects = ControlledQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _require_verb(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _require_verb(self)
        return super().delete(*args, **kwargs)


class Revised(models.Model):
    """A row two people can have open at once: every save names the revision it was typed over."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def advance(self, typed_over: int | None) -> None:
        """Count the revision up; raises ``Changed`` when ``typed_over`` is not the revision stored."""
        if typed_over is not None and typed_over != self.revision:
            raise Changed
        self.revision += 1


def paired(name: str, *, model: str = "%(app_label)s_%(class)s") -> models.CheckConstraint:
    """A moment has its person: ``<name>_at`` and ``<name>_by`` are both set or both empty."""
    return models.CheckConstraint(
        name=f"{model}_{name}_paired",
        condition=Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
        | Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
    )
