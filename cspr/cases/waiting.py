"""What waits on the cases a person may open: every kind of act is a SELECT, and all of them are one statement.

A stage describes its kinds; they are put together, each case is checked once against what this person may open, every
place of the board is counted, and only the rows that are shown are then looked up (docs/decisions/0007).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from cspr.cases.reach import WALLED_OF_MANY, reach_sql
from cspr.govuk.addresses import address
from cspr.govuk.parts import Waiting
from cspr.people.models import Membership
from cspr.postgres import prepared

PLACES = ("overdue", "today", "next", "later", "others")
MOST = 100

STATEMENT = """
WITH {shared}waiting (kind, case_id, about, due_on, for_others, since) AS (
    SELECT acts.* FROM ({kinds}) acts (kind, case_id, about, due_on, for_others, since)
     WHERE {reached}{narrowed}{own}),
placed AS MATERIALIZED (
    SELECT w.*, CASE WHEN for_others THEN 4 WHEN due_on < %(on)s THEN 0 WHEN due_on = %(on)s THEN 1
                     WHEN due_on <= %(until)s THEN 2 ELSE 3 END AS place
      FROM waiting w),
totals AS (
    SELECT place, count(*) AS total FROM placed
     WHERE %(place)s::int IS NULL OR place = %(place)s::int GROUP BY place)
SELECT r.kind, r.case_id::text, r.about::text, r.due_on, r.for_others, r.place, totals.total, c.reference, c.pseudonym,
       CASE r.kind {facts} END
  FROM totals CROSS JOIN LATERAL (
    SELECT * FROM placed WHERE placed.place = totals.place ORDER BY due_on, since, about, kind LIMIT %(most)s) r
  JOIN cases_case c ON c.id = r.case_id AND (c.partnership_id = %(partnership)s OR {ours})
 ORDER BY r.place, r.due_on, r.since, r.about, r.kind"""
ONE = "SELECT '{kind.name}', {kind.name}.* FROM ({kind.rows}) {kind.name}"


@dataclass(frozen=True)
class Kind:
    """One kind of act that waits.

    ``rows`` selects, of %(partnership)s only: the case, the id of what the act is about, the day it is due or null,
    whether one waits for others to do it, since when. ``facts`` is what its row says besides, as jsonb, on ``r``.
    ``of_others``: the cases are another partnership's, and ``rows`` itself decides who may know of them.
    """

    name: str
    rows: str
    facts: str = "NULL::jsonb"
    of_others: bool = False


@dataclass(frozen=True)
class Kinds:
    """The kinds of one stage, the common table expressions they share by name, the values both name."""

    kinds: Sequence[Kind] = ()
    shared: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Within:
    """Which part of the board: today and the last of the next days; so many rows of each place, or of one place."""

    on: date
    until: date
    most: int = MOST
    place: str = ""


@dataclass(frozen=True)
class Row:
    """One act that waits on one case; ids as an address writes them."""

    kind: str
    case_id: str
    about: str
    due_on: date | None
    for_others: bool
    reference: str
    pseudonym: str
    facts: Mapping[str, Any]

    def waiting(
        self, title: str, page: str, *ids: str, told: str = "", offer: tuple[str, str] | None = None
    ) -> Waiting:
        """This row in words, verb first; ``page`` is one of the case, of ``ids`` in it."""
        return Waiting(
            title=title, href=address(page, self.case_id, *ids), reference=self.reference, pseudonym=self.pseudonym,
            due_on=self.due_on, told=told, for_others=self.for_others, offer=offer,
        )  # fmt: skip


@dataclass(frozen=True)
class Ranked:
    """The first rows of each place, and how many there are in it."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)


def first_of(
    acting: Membership,
    stages: Iterable[Kinds],
    within: Within,
    narrowed: tuple[str, Sequence[Any]] = ("", ()),
) -> Ranked:
    """The acts of these stages that wait on cases this person may open: the first of each place, and how many.

    ``narrowed``: a SELECT of the cases asked for, with its values in order; all of them where it is empty.
    """
    asked = [stage for stage in stages if stage.kinds]
    reached = reach_sql(acting, case="acts.case_id", walled=WALLED_OF_MANY)
    if reached is None or not asked:
        return Ranked()
    kinds = [kind for stage in asked for kind in stage.kinds]
    reach, reach_values = named(*reached, "reach")
    only, only_values = named(*narrowed, "only")
    values = {
        **{name: value for stage in asked for name, value in stage.given.items()}, **reach_values, **only_values,
        "on": within.on, "until": within.until, "most": within.most,
        "place": PLACES.index(within.place) if within.place else None,
        "partnership": acting.partnership_id, "membership": acting.pk, "user": acting.user_id,
        "partner": acting.partner,
    }  # fmt: skip
    sql = STATEMENT.format(
        shared="".join(f"{name} AS ({sql}),\n" for stage in asked for name, sql in stage.shared.items()),
        kinds=_together(kind for kind in kinds if not kind.of_others),
        reached=reach,
        narrowed=f" AND acts.case_id IN ({only})" if only else "",
        own="" if only else "".join(f"\nUNION ALL {_one(kind)}" for kind in kinds if kind.of_others),
        ours=" OR ".join(f"r.kind = '{kind.name}'" for kind in kinds if kind.of_others) or "false",
        facts="\n".join(f"WHEN '{kind.name}' THEN ({kind.facts})" for kind in kinds),
    )
    return _read(sql, values)


def _together(kinds: Iterable[Kind]) -> str:
    return "\nUNION ALL ".join(_one(kind) for kind in kinds)


def _one(kind: Kind) -> str:
    return ONE.format(kind=kind)


def _read(sql: str, values: Mapping[str, Any]) -> Ranked:
    found = Ranked()
    with connection.cursor() as cursor:
        prepared.execute(cursor, sql, values)
        for (
            kind, case_id, about, due_on, for_others, place, total, reference, pseudonym, facts,
        ) in cursor.fetchall():  # fmt: skip
            told = json.loads(facts or "{}")
            row = Row(kind, case_id, about, due_on, for_others, reference, pseudonym, told)
            found.rows.setdefault(PLACES[place], []).append(row)
            found.totals[PLACES[place]] = total
    return found


def named(sql: str, given: Sequence[Any], prefix: str) -> tuple[str, dict[str, Any]]:
    """A condition whose values stand in order, as one that names them, with its values by name."""
    names = [f"{prefix}_{place}" for place in range(len(given))]
    return sql % tuple(f"%({name})s" for name in names), dict(zip(names, given, strict=True))
