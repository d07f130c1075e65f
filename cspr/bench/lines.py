"""What a measurement says: two things measured in turn, their ratio in every round, and the aim it is held to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

Measured = Callable[[], float]


@dataclass(frozen=True)
class Aim:
    """What the ratio is to be: at most, or at least, so many times."""

    times: float
    at_least: bool = False

    def met(self, ratio: float) -> bool:
        return ratio >= self.times if self.at_least else ratio <= self.times

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.times:g}"


@dataclass(frozen=True)
class Line:
    """One line of the table. ``low`` and ``high`` are the smallest and the largest ratio of any round."""

    name: str
    ours: str
    beside: str
    ratio: float | None = None
    low: float = 0.0
    high: float = 0.0
    aim: Aim | None = None
    queries: str = ""

    @property
    def verdict(self) -> str:
        """Whether the aim is met; a round on the other side of it is said."""
        if self.aim is None or self.ratio is None:
            return ""
        met = self.aim.met(self.ratio)
        always = self.aim.met(self.low) == self.aim.met(self.high) == met
        return ("met" if met else "MISSED") + ("" if always else ", not in every round")


def in_turn(
    ours: Measured, beside: Measured, *, rounds: int, times: int = 1
) -> tuple[list[float], list[float]]:
    """Measure one and the other in turn, so that whatever else the machine does touches both alike.

    A round is so many turns, and its two figures are their medians.
    """
    pairs = []
    for _ in range(rounds):
        turns = [(ours(), beside()) for _ in range(times)]
        pairs.append((median(one for one, _ in turns), median(other for _, other in turns)))
    return [one for one, _ in pairs], [other for _, other in pairs]


def compared(
    name: str,
    mine: list[float],
    theirs: list[float],
    *,
    unit: str,
    aim: Aim | None = None,
    queries: str = "",
) -> Line:
    """The medians of paired rounds, and the median, smallest and largest of their ratios."""
    ratios = [one / other for one, other in zip(mine, theirs, strict=True)]
    return Line(
        name=name,
        ours=unit.format(median(mine)),
        beside=unit.format(median(theirs)),
        ratio=median(ratios),
        low=min(ratios),
        high=max(ratios),
        aim=aim,
        queries=queries,
    )


HEAD = ("measured", "ours", "beside", "ratio", "rounds", "aim", "", "queries")


def table(lines: Iterable[Line]) -> str:
    """All lines under one head, as text."""
    rows = [HEAD, *(_cells(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _cells(line: Line) -> tuple[str, ...]:
    if line.ratio is None:
        return (line.name, line.ours, line.beside, "", "", "", "", line.queries)
    rounds = f"{_figure(line.low)} to {_figure(line.high)}"
    aim = str(line.aim) if line.aim else ""
    return (line.name, line.ours, line.beside, _figure(line.ratio), rounds, aim, line.verdict, line.queries)


def _figure(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}"
