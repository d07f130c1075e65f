"""Verbs on the rows of one return's chronology. Rules 6.3, 6.4: each agency writes its own, each row has a source."""

from collections.abc import Iterable, Mapping
from typing import Any

from simple_history.utils import bulk_create_with_history

from cspr.audit.recording import record, recorded
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import ChronologyRow, InformationRequest, Return
from rapid_reviews.selectors.chronology import next_position
from rapid_reviews.services.return_versions import when_version_begins
from rapid_reviews.services.returns import open_version
from rapid_reviews.services.review import keep

COLUMNS = (
    "happened_precision", "happened_on", "happened_until_on", "time_of_day", "source", "event", "who", "child_seen",
    "child_said", "response", "analysis", "themes",
)  # fmt: skip
COPIED = (*COLUMNS, "as_written", "read_from", "position")
MOST_ROWS = 10_000
NOT_OPEN = "The return is not with your agency now, so its chronology cannot be changed."
TOO_MANY = f"A chronology holds {MOST_ROWS:,} rows. Tell the business unit of the rest."


@recorded
def add_row(request: InformationRequest, *, answers: Mapping[str, Any], by: Membership) -> ChronologyRow:
    """Add a row. Raises Refused on the column of what cannot be true, or where the return is not open to them."""
    version = open_chronology(request, adding=1, by=by)
    row = ChronologyRow(agency_return=version, position=next_position(version))
    _write(row, answers=answers, by=by)
    _record("row_added", request, by=by)
    return row


@recorded
def answer_row(
    row: ChronologyRow,
    *,
    request: InformationRequest,
    answers: Mapping[str, Any],
    revision: int | None,
    by: Membership,
) -> ChronologyRow:
    """Change a row. The same answers again change nothing; raises Changed when it was changed since ``revision``."""
    version = open_chronology(request, by=by)
    locked = (
        ChronologyRow.objects.select_for_update(of=("self",)).filter(pk=row.pk, agency_return=version).first()
    )
    if locked is None:
        raise Refused("This row was taken off the chronology, so nothing was changed.")
    if all(getattr(locked, name) == answers[name] for name in COLUMNS):
        return locked
    locked.advance(revision)
    _write(locked, answers=answers, by=by)
    _record("row_answered", request, by=by)
    return locked


@recorded
def remove_row(row: ChronologyRow, *, request: InformationRequest, by: Membership) -> None:
    """Take a row off. Taken off twice it is gone once."""
    version = open_chronology(request, by=by)
    found = version.chronology.filter(pk=row.pk).first()
    if found is None:
        return
    found._history_user = by.user  # type: ignore[attr-defined]
    found.delete()
    _record("row_removed", request, by=by)


def open_chronology(request: InformationRequest, *, by: Membership, adding: int = 0) -> Return:
    """The version being written, locked, with this author named among its authors. Raises Refused."""
    _, version = open_version(request, by=by)
    if adding and version.chronology.count() + adding > MOST_ROWS:
        raise Refused(TOO_MANY)
    author = str(by.user_id)
    if author not in version.authors:
        version.authors = sorted({*version.authors, author})
        version.advance(None)
        keep(version, by=by)
    return version


def keep_rows(rows: Iterable[ChronologyRow], *, by: Membership) -> int:
    """Write many rows at once with their field history; answers how many."""
    kept = list(rows)
    bulk_create_with_history(kept, ChronologyRow, batch_size=1_000, default_user=by.user)
    return len(kept)


def take_off_rows(version: Return, *, by: Membership) -> int:
    """Take every row off at once, each kept in the field history; answers how many."""
    past, standing = ChronologyRow.history.model, version.chronology.all()
    columns = [field.attname for field in past.tracked_fields]
    told = {"history_type": "-", "history_date": now(), "history_user": by.user}
    gone = [past(**told, **{name: getattr(row, name) for name in columns}) for row in standing]
    past.objects.bulk_create(gone, batch_size=1_000)
    standing._raw_delete(standing.db)
    return len(gone)


def carry_rows(before: Return, version: Return, by: Membership) -> None:
    """A version sent back for correction begins with the rows of the one before."""
    rows = before.chronology.order_by("position")
    copies = [
        ChronologyRow(agency_return=version, **{name: getattr(row, name) for name in COPIED}) for row in rows
    ]
    keep_rows(copies, by=by)


when_version_begins(carry_rows)


def _write(row: ChronologyRow, *, answers: Mapping[str, Any], by: Membership) -> None:
    wrong = refused_columns(answers)
    if wrong:
        raise Refused(fields=wrong)
    for name in COLUMNS:
        setattr(row, name, answers[name])
    keep(row, by=by)


def refused_columns(answers: Mapping[str, Any]) -> dict[str, str]:
    """Column to sentence, for what cannot be kept: no source (rule 6.4), no event, a day that has not come."""
    wrong = {}
    if not answers["source"]:
        wrong["source"] = "Enter where this comes from"
    if not answers["event"]:
        wrong["event"] = "Enter what happened"
    first, last, day = answers["happened_on"], answers["happened_until_on"], today()
    if first and (first > day or (answers["happened_precision"] == "BETWEEN" and last > day)):
        wrong["happened_on"] = "When it happened must be today or in the past"
    return wrong


def _record(kind: str, request: InformationRequest, *, by: Membership) -> None:
    record(
        f"chronology.{kind}",
        by=by,
        subject=request,
        case=request.case,
        detail={"agency": request.agency.name},
    )
