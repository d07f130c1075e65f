"""The copy of a notification as it stood when it was recorded as sent, and the hash that proves it. Pure.

The copy is what JSON holds, so that it reads back from the database as it was written; the hash is SHA-256 over its
canonical form (keys in order, ASCII).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any


def hash_of(copy: Mapping[str, Any]) -> str:
    """SHA-256 of the copy in its canonical form."""
    return hashlib.sha256(json.dumps(copy, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def is_unchanged(copy: Mapping[str, Any] | None, kept: str) -> bool:
    """Whether the copy is the one the hash was made of."""
    return copy is not None and hash_of(copy) == kept


def fields_of(copy: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every field of the copy in the form's order, with its section."""
    return ((section, field) for section in copy["sections"] for field in section["fields"])
