"""Statements that cost more to plan than to run: planned once a connection, then run by name.

PostgreSQL plans them anew by itself when tables or their statistics change. A connection that somebody else resets
between two transactions forgets them, so a pooler in front of the database has to keep sessions.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db.backends.utils import CursorWrapper

NAME = re.compile(r"%\((\w+)\)s")
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class _Statement(NamedTuple):
    """Its name, its text with numbered places, the name of the value at each place, the call."""

    name: str
    text: str
    places: tuple[str, ...]
    call: str


def execute(cursor: CursorWrapper, sql: str, values: Mapping[str, Any]) -> None:
    """Run ``sql``, whose values are named ``%(name)s`` and whose types its text makes plain."""
    statement = _numbered(sql)
    known = _known.setdefault(cursor.connection, set())
    if statement.name not in known:
        cursor.execute(f"PREPARE {statement.name} AS {statement.text}")
        known.add(statement.name)
    cursor.execute(statement.call, [values[place] for place in statement.places])


@lru_cache(maxsize=64)
def _numbered(sql: str) -> _Statement:
    places = tuple(dict.fromkeys(NAME.findall(sql)))
    text = NAME.sub(lambda found: f"${places.index(found[1]) + 1}", sql)
    name = f"cspr_{sha256(text.encode()).hexdigest()[:24]}"
    return _Statement(name, text, places, f"EXECUTE {name} ({', '.join(['%s'] * len(places))})")
