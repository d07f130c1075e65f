"""Every status x transition x person, from the tables: allowed exactly when the table says so, else nothing changes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction

from cspr.audit.models import Event
from cspr.cases.models import StatusChange
from cspr.casework.diagrams import Moving, moving, page
from cspr.engine import apply
from cspr.people.models import Membership
from cspr.permissions import GRANTS, ONLY_FOR_THE_LOCAL_AUTHORITY, Role
from cspr.settings import ROOT
from cspr.workflow import STAYS, AlreadyDone, Refused, Transition
from rapid_reviews.models import RapidReview
from tests.matrices.personas import People, make_people
from tests.matrices.stages import STAGES
from tests.matrices.writes import written, written_since

MOVING = {one.name: one for one in moving()}
CELLS = [
    pytest.param(one, status, id=f"{one.name}-{status}") for one in MOVING.values() for status in one.statuses
]
A_REASON = "An invented reason"


class Undone(Exception):
    """Raised to give a cell's changes back before the next cell."""


@pytest.fixture(autouse=True)
def one_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 16, 10, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def is_the_act_of(row: Transition, by: Membership) -> bool:
    """Whether the act is this person's at all, said from the grants without asking ``can``."""
    if row.permission in ONLY_FOR_THE_LOCAL_AUTHORITY and by.partner != "LA":
        return False
    return by.ends_on is None and row.permission in GRANTS[Role(by.role)]


def comes_to(subject: Any, by: Membership) -> bool:
    """Whether the row is one of this person's at all: an agency's own, a partnership's own, sent to the Panel."""
    if by.is_agency:
        return getattr(subject, "agency_id", None) == by.agency_id
    if by.is_panel:
        return isinstance(subject, RapidReview) and subject.sent_at is not None
    owner = subject.partnership if subject.case is None else subject.case.partnership
    return by.partnership_id == owner.pk


def allowed(row: Transition, subject: Any, by: Membership) -> bool:
    prepared = {
        getattr(subject, column).user_id for column in row.not_same_as if getattr(subject, column) is not None
    }
    return (
        subject.status in row.from_
        and is_the_act_of(row, by)
        and comes_to(subject, by)
        and by.user_id not in prepared
        and not any(guard(subject, by) for guard in row.guards)
    )


def expected(row: Transition, subject: Any, by: Membership) -> str:
    """What the table says of one cell. A step taken last is not taken again; a stranger is not told by whom."""
    ours = is_the_act_of(row, by) and comes_to(subject, by)
    if ours and subject.status == row.to and row.to not in row.from_:
        last = StatusChange.objects.filter(subject_id=subject.pk).order_by("changed_at").last()
        if last is not None and last.transition == row.name:
            return "unchanged" if last.changed_by.user_id == by.user_id else "already done"
    return "done" if allowed(row, subject, by) else "refused"


def attempt(one: Moving, subject: Any, row: Transition, by: Membership, *, reason: str = A_REASON) -> str:
    """What became of one cell: "done", or "refused" with nothing written, and so on. All of it is given back."""
    changes = STAGES[one.name].changes.get(row.name)
    kind = f"{subject._meta.model_name}.{row.name}"
    told = Event.objects.filter(kind=kind, subject_id=str(subject.pk))
    given = changes(subject, by) if changes else {}
    before, events = written(), told.count()
    try:
        with transaction.atomic():
            after = apply(subject, row, by=by, reason=reason, changes=given)
            if not written_since(before):
                return "unchanged"
            assert after.status == (row.to or subject.status)
            assert told.count() == events + 1
            if after.case is not None and row.to != STAYS:
                change = StatusChange.objects.filter(subject_id=subject.pk).latest("changed_at")
                assert (change.transition, change.changed_by) == (row.name, by)
            raise Undone
    except Undone:
        return "done"
    except AlreadyDone:
        return "already done"
    except Refused as refused:
        anything = written_since(before)
        return "refused" if str(refused) and not anything else f"refused, but wrote {anything}"


@pytest.mark.parametrize(("one", "status"), CELLS)
def test_a_step_is_taken_exactly_when_the_table_says_so(one: Moving, status: str, people: People) -> None:
    subject = STAGES[one.name].made[status](people)
    assert subject.status == status
    subject = type(subject)._default_manager.get(pk=subject.pk)
    wrong = []
    for row in one.table:
        for name, by in people.own.items():
            happened, meant = attempt(one, subject, row, by), expected(row, subject, by)
            if happened != meant:
                wrong.append(f"{row.name} by the {name}: {happened}, not {meant}")
    assert wrong == []


@pytest.mark.parametrize(("one", "status"), CELLS)
def test_no_step_is_ever_a_strangers(one: Moving, status: str, people: People) -> None:
    subject = STAGES[one.name].made[status](people)
    strangers = [*people.other.items(), ("ended officer", people.own["ended officer"])]
    wrong = [
        f"{row.name} by the {name}"
        for row in one.table.leaving(status)
        for name, by in strangers
        if attempt(one, subject, row, by) != "refused"
    ]
    assert wrong == []


@pytest.mark.parametrize(("one", "status"), CELLS)
def test_a_step_that_needs_a_reason_is_refused_without_one(one: Moving, status: str, people: People) -> None:
    subject = STAGES[one.name].made[status](people)
    wrong = [
        f"{row.name} by the {name}"
        for row in one.table.leaving(status)
        if row.needs_reason
        for name, by in people.own.items()
        if allowed(row, subject, by) and attempt(one, subject, row, by, reason="  ") != "refused"
    ]
    assert wrong == []


def test_every_status_of_every_table_is_tried() -> None:
    assert {name: set(one.statuses) for name, one in MOVING.items()} == {
        name: set(stage.made) for name, stage in STAGES.items()
    }


def test_every_step_is_somebodys() -> None:
    nobodys = [
        row.name
        for one in MOVING.values()
        for row in one.table
        if not any(row.permission in granted for granted in GRANTS.values())
    ]
    assert nobodys == []


def test_the_page_of_the_tables_is_the_tables() -> None:
    written_page = (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8")
    assert written_page == page(), "Run manage.py show_workflow --write and review what changed"
