"""What a file was understood to say: rows, what was not understood and why, what the person should know."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Self

from cspr.govuk.dates import RoughDate


@dataclass(frozen=True)
class Told:
    """One row of a chronology as an agency wrote it. ``as_written`` is its date in the agency's own words."""

    place: str
    happened: RoughDate
    event: str
    as_written: str = ""
    at: time | None = None
    source: str = ""
    who: str = ""
    child_seen: str = ""
    child_said: str = ""
    response: str = ""
    analysis: str = ""
    themes: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        days = (self.happened.earliest, self.happened.latest)
        return {
            **vars(self),
            "happened": [self.happened.precision, *(day.isoformat() if day else None for day in days)],
            "at": self.at.isoformat("minutes") if self.at else None,
        }

    @classmethod
    def restored(cls, given: dict[str, Any]) -> Self:
        """From what ``stored`` gave."""
        precision, *days = given["happened"]
        return cls(
            **{
                **given,
                "happened": RoughDate(precision, *(date.fromisoformat(day) if day else None for day in days)),
                "at": time.fromisoformat(given["at"]) if given["at"] else None,
                "themes": tuple(given["themes"]),
                "notices": tuple(given["notices"]),
            }
        )


@dataclass(frozen=True)
class NotUnderstood:
    """A row or a cell that could not be read, what stands in it, and why."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True)
class Read:
    """One table that was read: where it stands, and which heading was taken for which column."""

    place: str
    columns: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...] = ()


@dataclass
class Understanding:
    """What one file says. ``warnings`` are whole sentences for the person who attached it."""

    rows: list[Told] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    tables: list[Read] = field(default_factory=list)

    @property
    def without_source(self) -> int:
        """How many rows name no source: each must have one before it is kept (rule 6.4)."""
        return sum(not row.source for row in self.rows)

    def warn(self, sentence: str) -> None:
        """Say it once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "rows": [row.stored() for row in self.rows],
            "not_understood": [vars(one) for one in self.not_understood],
            "warnings": self.warnings,
            "tables": [vars(one) for one in self.tables],
        }

    @classmethod
    def restored(cls, given: dict[str, Any]) -> Self:
        """From what ``stored`` gave."""
        return cls(
            rows=[Told.restored(row) for row in given["rows"]],
            not_understood=[NotUnderstood(**one) for one in given["not_understood"]],
            warnings=list(given["warnings"]),
            tables=[
                Read(one["place"], tuple(map(tuple, one["columns"])), tuple(one["left_out"]))
                for one in given["tables"]
            ],
        )
