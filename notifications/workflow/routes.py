"""Which route an incident goes (rule 4.4), from the answers of the tests: pure, and the only place that decides it."""

from dataclasses import dataclass

from cspr.statute.definitions import RouteKey, route
from notifications.options import AbuseKnown, CareStatus, Nature
from notifications.options.incident import PlaceTest

A, B, C, D = RouteKey.A, RouteKey.B, RouteKey.C, RouteKey.D
ADULT = 18
CARE_LEAVER_UNTIL = 25
SUSPECTED = frozenset({AbuseKnown.KNOWN, AbuseKnown.SUSPECTED})
HARMED = frozenset({Nature.DEATH, Nature.SERIOUS_HARM})
HERE = frozenset({PlaceTest.IN_AREA, PlaceTest.ABROAD_RESIDENT})
BEFORE_THE_ROUTE = ("C1", "C2")
"""Clocks that run from awareness until the route is known: the cautious reading."""
DEATH_CLOCK = "C3"


@dataclass(frozen=True)
class RouteAnswers:
    """The answers: rules 3.1 (abuse, nature), 4.2 (place), 4.4 (care). ``age_at_death`` in years."""

    abuse: str = ""
    nature: str = ""
    place: str = ""
    care_status: str = ""
    age_at_death: int | None = None

    @property
    def are_complete(self) -> bool:
        return all((self.abuse, self.nature, self.place, self.care_status))

    @property
    def is_child(self) -> bool:
        """Under 18. A care leaver without a known age is not taken for a child; everybody else is."""
        if self.age_at_death is not None:
            return self.age_at_death < ADULT
        return self.care_status != CareStatus.CARE_LEAVER

    @property
    def looked_after_died(self) -> bool:
        return self.nature == Nature.DEATH and self.care_status == CareStatus.LOOKED_AFTER

    @property
    def care_leaver_died(self) -> bool:
        """Before the 25th birthday. An age that is not known is taken to be under 25."""
        young = self.age_at_death is None or self.age_at_death < CARE_LEAVER_UNTIL
        return self.nature == Nature.DEATH and self.care_status == CareStatus.CARE_LEAVER and young

    @property
    def death_to_be_told(self) -> bool:
        """C3: the Secretary of State and Ofsted are told, whether or not abuse or neglect is suspected."""
        return self.looked_after_died or self.care_leaver_died

    @property
    def is_serious(self) -> bool:
        """Rules 3.1 and 4.2 together, for a child."""
        return self.is_child and self.abuse in SUSPECTED and self.nature in HARMED and self.place in HERE


def proposed(answers: RouteAnswers) -> RouteKey:
    """The route that follows from the answers. A comes first: with a looked-after child's death it also starts C3."""
    if answers.is_serious:
        return A
    if answers.looked_after_died:
        return B
    return C if answers.care_leaver_died else D


def possible(answers: RouteAnswers) -> tuple[RouteKey, ...]:
    """The routes an officer may confirm: a death that has to be told cannot be taken out of the count by route D."""
    allowed = {
        A: answers.is_child,
        B: answers.looked_after_died,
        C: answers.care_leaver_died,
        D: not answers.death_to_be_told,
    }
    return tuple(key for key in RouteKey if allowed[key])


def clocks_wanted(*, route_key: str, death_to_be_told: bool) -> frozenset[str]:
    """Which of C1, C2 and C3 run once the local authority is aware. Without a route: as for a serious incident."""
    own = route(route_key).clocks if route_key else BEFORE_THE_ROUTE
    return frozenset({*own, DEATH_CLOCK} if death_to_be_told else own)
