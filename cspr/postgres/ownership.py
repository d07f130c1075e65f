"""When the database is used as its owner: to migrate, and to make and drop test databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_owner: ContextVar[bool] = ContextVar("acting_as_owner", default=False)


def acting_as_owner() -> bool:
    """Whether connections opened now keep the rights of the user in DATABASE_URL."""
    return _owner.get()


@contextmanager
def as_owner() -> Iterator[None]:
    """Connections opened inside keep the owner's rights. The caller closes them before and after."""
    token = _owner.set(True)
    try:
        yield
    finally:
        _owner.reset(token)
