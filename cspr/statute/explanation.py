"""How a due date was reached, day by day: an ordered list for readers, a sentence for a letter."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["day 0", "counted", "skipped", "due"]


@dataclass(frozen=True)
class Day:
    """One day of a count. `number` is its place when counted; `reason` is why it was skipped.

    `kind` "due" is the last day of a period of months, or a date that is set: neither is reached by counting.
    """

    date: date
    kind: Kind
    number: int | None = None
    reason: str = ""
    is_due: bool = False

    @property
    def words(self) -> str:
        """What stands under the day on a clock strip: "day 0", "4", "5 due", "weekend", "Good Friday"."""
        if self.kind == "counted":
            return f"{self.number} due" if self.is_due else str(self.number)
        return self.reason if self.kind == "skipped" else self.kind


@dataclass(frozen=True)
class Explanation:
    """The arithmetic of one due date. `rule` is the rule in words; `days` run in the order of the count."""

    start: date
    due: date
    rule: str
    days: tuple[Day, ...]
    backwards: bool = False
    announced_until: date | None = None

    @property
    def counted(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if day.kind == "counted")

    @property
    def skipped(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if day.kind == "skipped")

    @property
    def in_date_order(self) -> tuple[Day, ...]:
        """The same days from the earliest to the latest, for a strip."""
        return tuple(sorted(self.days, key=lambda day: day.date))

    @property
    def is_provisional(self) -> bool:
        """Whether the count runs past the last day for which bank holidays have been announced."""
        return self.announced_until is not None

    def as_text(self, *, event: str = "", task: str = "") -> str:
        """A paragraph for a letter. `event` is what happened on day 0, `task` what must be done in time."""
        began = ""
        if self.days[0].kind == "day 0":
            began = f"Day 0 is {in_words(self.start)}" + (f", when {event}" if event else "") + "."
        return " ".join(part for part in (began, self.rule, *self._counting(), self._ending(task)) if part)

    def _counting(self) -> list[str]:
        if not self.counted:
            return []
        days = ", ".join(f"{in_words(day.date)} ({day.number})" for day in self.counted)
        said = [f"The working days {'counted back' if self.backwards else 'counted'} are {days}."]
        holidays = [f"{in_words(day.date)} ({day.reason})" for day in self.skipped if day.reason != "weekend"]
        weekends = any(day.reason == "weekend" for day in self.skipped)
        left_out = holidays + (["Saturdays and Sundays"] if weekends else [])
        if left_out:
            said.append(f"Not counted: {_listed(left_out)}.")
        return said

    def _ending(self, task: str) -> str:
        last = f"{task} by" if task else "The last day is"
        ending = f"{last} {in_words(self.due)}."
        if self.announced_until:
            ending += (
                f" Bank holidays after {in_words(self.announced_until)} have not been announced yet,"
                " so this date may change."
            )
        return ending


def in_words(day: date) -> str:
    """Thursday 26 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
