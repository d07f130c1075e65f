"""Verbs on a chronology file: read it, take in what was understood, or drop it. No row before it is confirmed."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.files.base import File

from cspr.audit.recording import record, recorded
from cspr.documents.checks import Limits, RefusedFile, display_name
from cspr.documents.models import Scan
from cspr.documents.scan import scan
from cspr.documents.services import VIRUS
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.chronology import Told, Understanding, checked, read_checked
from rapid_reviews.models import ChronologyReading, ChronologyRow, InformationRequest, Return
from rapid_reviews.options.chronology import ChildSeen, Theme
from rapid_reviews.selectors.chronology import mark_of, next_position, waiting_reading
from rapid_reviews.services.chronology import keep_rows, open_chronology, take_off_rows

NOT_SCANNED = "The file could not be checked for viruses just now. Nothing was read; try again later."
NOTHING = "Nothing in the file was understood, so there is nothing to take in."
ENDED = "This was taken in or dropped already."
OTHERS_NOW = "Your chronology has changed since this page was opened. Look at its rows, then choose again"
REFUSED = {Scan.INFECTED: VIRUS, Scan.WAITING: NOT_SCANNED}
NAMED = {label.lower(): code for code, label in Theme.choices} | {code: code for code in Theme.values}
"""The words that name a theme of our list, and its code."""
CHUNK = 256 * 1024
MOST_SENTENCES = 3


def read_file(request: InformationRequest, *, upload: "File[Any]", by: Membership) -> ChronologyReading:
    """Understand a file and keep what was understood until it is confirmed. One read before it is dropped.

    Raises Refused on ``file`` with one sentence. The file is checked and read before any row is locked.
    """
    understood = _understood(upload)
    return _keep_reading(request, name=upload.name or "", sha256=_hash(upload), understood=understood, by=by)


@recorded
def _keep_reading(
    request: InformationRequest, *, name: str, sha256: str, understood: Understanding, by: Membership
) -> ChronologyReading:
    open_chronology(request, by=by)
    before = waiting_reading(request)
    if before is not None:
        _end(before, "dropped", request=request, by=by)
    reading = ChronologyReading(
        request=request, name=display_name(name), sha256=sha256, understood=understood.stored(),
        rows=len(understood.rows), read_at=now(), read_by=by,
    )  # fmt: skip
    reading.save(force_insert=True)
    number = len(understood.not_understood)
    _record("file_read", request, by=by, rows=reading.rows, not_understood=number)
    return reading


@recorded
def take_in(
    reading: ChronologyReading,
    *,
    request: InformationRequest,
    source: str,
    instead_of: str = "",
    by: Membership,
) -> int:
    """Make the understood rows part of the return; answers how many. Confirmed twice they are taken in once.

    ``source`` stands for rows that name none; raises Refused on it where it is needed and empty (rule 6.4).
    ``instead_of``, the mark of all rows there as they were shown, says that they stand in place of these.
    """
    version = open_chronology(request, by=by)
    locked = ChronologyReading.objects.select_for_update(of=("self",)).get(pk=reading.pk, request=request)
    if locked.confirmed_at is not None:
        return locked.rows
    if not locked.is_waiting:
        raise Refused(ENDED)
    understood = Understanding.restored(locked.understood)
    if not understood.rows:
        raise Refused(NOTHING)
    if understood.without_source and not source.strip():
        raise Refused(fields={"source": "Enter where the rows without a source come from"})
    if instead_of:
        _make_room(version, shown=instead_of, request=request, by=by)
    open_chronology(request, adding=len(understood.rows), by=by)
    taken = keep_rows(_rows(version, understood, source.strip()), by=by)
    locked.rows = taken
    _end(locked, "confirmed", request=request, by=by)
    return taken


@recorded
def drop(reading: ChronologyReading, *, request: InformationRequest, by: Membership) -> None:
    """Forget what was read. Dropped twice it is gone once; what was taken in stays."""
    open_chronology(request, by=by)
    locked = ChronologyReading.objects.select_for_update(of=("self",)).get(pk=reading.pk, request=request)
    if locked.is_waiting:
        _end(locked, "dropped", request=request, by=by)


def _make_room(version: Return, *, shown: str, request: InformationRequest, by: Membership) -> None:
    """Take off the rows that were there when the person was asked. Raises Refused where they are others now."""
    if mark_of(version) != shown:
        raise Refused(fields={"earlier": OTHERS_NOW})
    taken_off = take_off_rows(version, by=by)
    _record("rows_replaced", request, by=by, rows=taken_off)


def _rows(version: Return, understood: Understanding, source: str) -> list[ChronologyRow]:
    first = next_position(version)
    return [
        _row(version, told, position=position, source=source)
        for position, told in enumerate(understood.rows, first)
    ]


def _row(version: Return, told: Told, *, position: int, source: str) -> ChronologyRow:
    return ChronologyRow(
        agency_return=version,
        position=position,
        happened_precision=told.happened.precision,
        happened_on=told.happened.earliest,
        happened_until_on=told.happened.latest,
        time_of_day=told.at,
        as_written=told.as_written,
        source=told.source or source[:200],
        event=told.event,
        who=told.who,
        child_seen=seen_code(told.child_seen),
        child_said=said_of(told),
        response=told.response,
        analysis=told.analysis,
        themes=theme_codes(told.themes),
        read_from=told.place[:120],
    )


def said_of(told: Told) -> str:
    """What the child said; words under "child seen" that are no plain yes or no stand before it."""
    seen = "" if seen_code(told.child_seen) else told.child_seen
    return "\n".join(filter(None, (seen, told.child_said)))


def seen_code(words: str) -> str:
    """ "Yes", "Y", "not seen" as the code; empty for other words, which are kept as what the child said."""
    plain = words.strip(" .").lower()
    if plain in {"y", "yes", "seen"}:
        return ChildSeen.SEEN
    if plain in {"n", "no", "not seen"}:
        return ChildSeen.NOT_SEEN
    if plain in {"alone", "seen alone", "yes, alone", "yes - alone"}:
        return ChildSeen.SEEN_ALONE
    return ChildSeen.NOT_KNOWN if plain in {"nk", "n/k", "not known", "not recorded", "unknown"} else ""


def theme_codes(words: Iterable[str]) -> list[str]:
    """The themes of our list that these words name; others are left out."""
    return sorted({NAMED[word.lower()] for word in words if word.lower() in NAMED})


def with_other_themes_told(understood: Understanding) -> Understanding:
    """What the rows say, each telling which of its themes are none of our list."""
    for number, told in enumerate(understood.rows):
        others = [word for word in told.themes if word.lower() not in NAMED]
        if others:
            said = f"No such theme here, so left out: {', '.join(others)}"
            understood.rows[number] = replace(told, notices=(*told.notices, said))
    return understood


def _understood(upload: "File[Any]") -> Understanding:
    stream: Any = upload.file
    limits = Limits(size=settings.LARGEST_FILE_BYTES)
    try:
        kind = checked(stream, name=upload.name or "", limits=limits)
        result = scan(stream)
        if result in REFUSED:
            raise RefusedFile(REFUSED[result])
        return with_other_themes_told(_something_in(read_checked(stream, kind, on=today())))
    except RefusedFile as refusal:
        raise Refused(fields={"file": refusal.sentence}) from None


def _something_in(understood: Understanding) -> Understanding:
    """The same. Raises RefusedFile, with what the file needs, where no row at all was found in it."""
    if understood.rows or understood.not_understood:
        return understood
    *before, reason = understood.warnings
    raise RefusedFile(" ".join([reason, *before][:MOST_SENTENCES]))


def _hash(upload: "File[Any]") -> str:
    sha256 = hashlib.sha256()
    for piece in upload.chunks(CHUNK):
        sha256.update(piece)
    return sha256.hexdigest()


def _end(reading: ChronologyReading, how: str, *, request: InformationRequest, by: Membership) -> None:
    setattr(reading, f"{how}_at", now())
    setattr(reading, f"{how}_by", by)
    reading.understood = {}
    reading.save()
    if how == "confirmed":
        _record("file_taken_in", request, by=by, rows=reading.rows, sha256=reading.sha256)
    else:
        _record("file_dropped", request, by=by)


def _record(kind: str, request: InformationRequest, *, by: Membership, **detail: Any) -> None:
    told = {"agency": request.agency.name, **detail}
    record(f"chronology.{kind}", by=by, subject=request, case=request.case, detail=told)
