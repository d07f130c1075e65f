"""What the chapter's words mean, in its own terms, for hints beside a question. Each names its section.

Quotations are verbatim but for one sentence of section 10, which is a slip in the chapter ("avoids the
safety and wellbeing") and is given by its evident meaning instead.
"""

from dataclasses import dataclass
from enum import StrEnum

from cspr.statute import sources
from cspr.statute.sources import Source


@dataclass(frozen=True)
class Definition:
    """A term, the text that defines it, and the points it lists where it lists any."""

    term: str
    text: str
    source: Source
    points: tuple[str, ...] = ()
    is_quoted: bool = True
    joined_by: str = ""

    @property
    def hint(self) -> str:
        """The whole definition with its citation, as one paragraph."""
        points = f"; {self.joined_by} ".join(self.points)
        return f"{self.text} {points}".strip().rstrip(".") + f". {self.source.cite()}."


SERIOUS_CASE = Definition(
    "Serious child safeguarding case",
    "Serious child safeguarding cases are those in which:",
    sources.CHAPTER_3,
    ("Abuse or neglect of a child is known or suspected", "The child has died or been seriously harmed"),
    joined_by="and",
)
SERIOUS_HARM = Definition(
    "Serious harm",
    (
        "Serious harm includes (but is not limited to) serious and/or long-term impairment of"
        " a child's mental health or intellectual, emotional, social or behavioural"
        " development. It should also cover impairment of physical health. This is not an"
        " exhaustive list. When making decisions, judgment should be exercised in cases where"
        " impairment is likely to be long-term, even if this is not immediately certain. Even"
        " if a child recovers, including from a one-off incident, serious harm may still have"
        " occurred."
    ),
    sources.CHAPTER_3,
)
NOTIFY_WHERE = Definition(
    "Where the child died or was harmed",
    (
        "Where a local authority in England knows or suspects that a child has been abused or"
        " neglected, the local authority must notify the Child Safeguarding Practice Review"
        " Panel if:"
    ),
    sources.CHAPTER_4,
    (
        "The child dies or is seriously harmed in the local authority's area",
        (
            "While normally resident in the local authority's area, the child dies or is"
            " seriously harmed outside England"
        ),
    ),
    joined_by="or",
)
FIVE_DAYS = Definition(
    "When the Panel is notified",
    "They should do so within five working days of becoming aware that the incident has occurred.",
    sources.CHAPTER_4_FIVE_DAYS,
)
LOOKED_AFTER_DEATH = Definition(
    "Death of a looked-after child",
    (
        "must also notify the Secretary of State and Ofsted where a looked after child has"
        " died, whether or not abuse or neglect is known or suspected."
    ),
    sources.CHAPTER_4_LOOKED_AFTER,
)
LEGAL_NOTIFIER = Definition(
    "Who notifies",
    (
        "The local authority where the incident happened is the legal notifier. All three"
        " safeguarding partners should agree which incidents are notified; the authority may"
        " go ahead against a partner's view, which stays on record."
    ),
    sources.PANEL_FAQ,
    is_quoted=False,
)
NOT_ONLY_SERIOUS = Definition(
    "Cases outside the definition",
    (
        "Some cases may not meet the definition of a 'serious child safeguarding case', but"
        " nevertheless raise issues of importance to the local area. That might, for example,"
        " include where there has been good practice, poor practice or where there have been"
        " 'near miss' events."
    ),
    sources.CHAPTER_5,
)
IMPROVEMENTS_NOT_BLAME = Definition(
    "What reviews are for",
    (
        "They are not conducted to hold individuals, organisations or agencies to account, as"
        " there are other processes for that purpose"
    ),
    sources.CHAPTER_2,
)
HARMLESS_PUBLICATION = Definition(
    "What is published",
    (
        "What is published should be written so that it does not harm the welfare of any"
        " child or vulnerable adult involved in the case."
    ),
    sources.CHAPTER_10_CONTENT,
    is_quoted=False,
)
DEFINITIONS = (
    SERIOUS_CASE,
    SERIOUS_HARM,
    NOTIFY_WHERE,
    FIVE_DAYS,
    LOOKED_AFTER_DEATH,
    LEGAL_NOTIFIER,
    NOT_ONLY_SERIOUS,
    IMPROVEMENTS_NOT_BLAME,
    HARMLESS_PUBLICATION,
)


class RouteKey(StrEnum):
    """The ways an incident can go (rule 4.4)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True)
class Route:
    """One route: whom it tells, which clocks it starts, and whether a rapid review follows."""

    key: RouteKey
    title: str
    sentence: str
    clocks: tuple[str, ...]
    rapid_review: bool
    source: Source


ROUTES: tuple[Route, ...] = (
    Route(
        RouteKey.A,
        "Serious incident",
        (
            "Abuse or neglect of a child is known or suspected, and the child died or was"
            " seriously harmed in the area, or outside England while normally resident in it. The"
            " Panel is notified and a rapid review always follows."
        ),
        ("C1", "C2"),
        True,
        sources.CHAPTER_4,
    ),
    Route(
        RouteKey.B,
        "Death of a looked-after child, abuse or neglect not suspected",
        (
            "A looked-after child died and neither abuse nor neglect is known or suspected. The"
            " Secretary of State and Ofsted are notified; there is no rapid review."
        ),
        ("C3",),
        False,
        sources.CHAPTER_4_LOOKED_AFTER,
    ),
    Route(
        RouteKey.C,
        "Death of a care leaver before their 25th birthday",
        (
            "A care leaver died aged 24 or younger. The Secretary of State and Ofsted are"
            " notified; there is no rapid review. Where the care leaver was under 18, the test of"
            " a serious incident is made as well."
        ),
        ("C3",),
        False,
        sources.WT_2023,
    ),
    Route(
        RouteKey.D,
        "Not a serious incident",
        (
            "The case does not meet the definition but may raise issues of importance to the"
            " area: good practice, poor practice or a near miss. Nothing is notified; the partners"
            " may still choose a local review."
        ),
        (),
        False,
        sources.CHAPTER_5,
    ),
)


def route(key: str) -> Route:
    """The route of that letter."""
    return next(each for each in ROUTES if each.key == key)
