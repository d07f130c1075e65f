"""Which cases a capacity reaches, as one condition on the columns that name a case and its partnership.

Rules of roles.md: access is need-to-know, by a grant on the case or on its partnership; grants end by themselves; a
wall hides the case whatever the role. It is SQL, because nearly every statement of every page carries it: put together
by the query builder it cost each of them more than a millisecond (docs/measurements.md).
"""

from collections.abc import Callable
from typing import Any

from django.db.models import BooleanField, F, Func, Q

from cspr.now import now, today
from cspr.people.models import BodyKind, Membership
from cspr.people.workflow import SEE_THE_PARTNERSHIP
from cspr.permissions import Permission, can

NOT_OPEN_TO_YOU = "You cannot open this case, so nothing was done."
OPEN_CASE, SEE_ITS_CASES = "open_case", "see_its_cases"

# Grants and walls are read once, as arrays: an IN is charged anew for every case looked up, so that the planner rather
# reads all cases.
GRANTED = """{case} = ANY(ARRAY(
    SELECT g.content_object_id FROM cases_casegrant g JOIN auth_permission p ON p.id = g.permission_id
     WHERE g.membership_id = %s AND p.codename = %s AND g.starts_at <= %s AND (g.ends_at IS NULL OR g.ends_at > %s)))"""
OWN_PARTNERSHIP = """EXISTS(
    SELECT 1 FROM cases_partnershipgrant g JOIN auth_permission p ON p.id = g.permission_id
     WHERE g.user_id = %s AND g.content_object_id = %s AND p.codename = %s)"""
OF_THE_PANEL = """EXISTS(
    SELECT 1 FROM people_membership m JOIN people_body b ON b.id = m.body_id
     WHERE m.id = %s AND b.kind = %s AND b.effective_from <= %s
       AND (b.effective_until IS NULL OR b.effective_until >= %s))"""
WALLED = (
    "{case} = ANY(ARRAY(SELECT w.case_id FROM cases_wall w WHERE w.user_id = %s AND w.lifted_at IS NULL))"
)

WALLED_OF_MANY = (
    "EXISTS(SELECT 1 FROM cases_wall w WHERE w.case_id = {case} AND w.user_id = %s AND w.lifted_at IS NULL)"
)
"""The same as a join: rows are compared with the walls at once, not each with every wall."""


def reach_sql(acting: Membership | None, *, case: str, walled: str = WALLED) -> tuple[str, list[Any]] | None:
    """Whether the case of this column is granted to the capacity, or its partnership is, and no wall hides it.

    With its values in order; None where this capacity opens no case. It does not ask whose partnership's the case is.
    ``walled`` is ``WALLED_OF_MANY`` where it is asked of rows by the thousand.
    """
    if acting is None or not can(acting, Permission.SEE_CASES):
        return None
    moment = now()
    condition, given = GRANTED, [acting.pk, OPEN_CASE, moment, moment]
    if acting.role in SEE_THE_PARTNERSHIP:
        condition = f"({GRANTED} OR {OWN_PARTNERSHIP})"
        given += [acting.user_id, acting.partnership_id, SEE_ITS_CASES]
    return f"({condition} AND NOT {walled})".format(case=case), [*given, acting.user_id]


def shared_sql(acting: Membership, *, case: str) -> tuple[str, list[Any]]:
    """Whether a case that another area shares may be read by who reads the partnership's own: no wall hides it."""
    given = [acting.user_id, acting.partnership_id, SEE_ITS_CASES, acting.user_id]
    return f"({OWN_PARTNERSHIP} AND NOT {WALLED})".format(case=case), given


def sent_sql(acting: Membership, *, case: str) -> tuple[str, list[Any]]:
    """Whether what was sent to the Panel on a case may be read by this person: they act for it, no wall hides it."""
    day = today()
    given = [acting.pk, BodyKind.PANEL.value, day, day, acting.user_id]
    return f"({OF_THE_PANEL} AND NOT {WALLED})".format(case=case), given


class On(Func):
    """One of these conditions on a column that the query builder names."""

    output_field = BooleanField()

    def __init__(
        self, case: str, condition: Callable[..., tuple[str, list[Any]] | None], acting: Membership
    ) -> None:
        super().__init__(F(case))
        self.condition, self.acting = condition, acting

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        case, none = compiler.compile(self.source_expressions[0])
        condition, given = self.condition(self.acting, case=case) or ("FALSE", [])
        return condition, [*none, *given]


def reached_by(
    acting: Membership | None, *, case: str = "pk", partnership: str = "partnership_id"
) -> Q | None:
    """The condition, where ``case`` and ``partnership`` name the columns; None where this capacity opens no case.

    The partnership stands by itself in it, so that an index on it is used.
    """
    if acting is None or not can(acting, Permission.SEE_CASES):
        return None
    return Q(On(case, reach_sql, acting), **{partnership: acting.partnership_id})
