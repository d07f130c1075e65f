"""Which heading stands over which column: the words agencies use, in any order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

DATE, UNTIL, TIME, SOURCE, EVENT, WHO = "date", "until", "time", "source", "event", "who"
SEEN, SAID, RESPONSE, ANALYSIS, THEMES = "child_seen", "child_said", "response", "analysis", "themes"
LABELS = {
    DATE: "Date", UNTIL: "Date it ended", TIME: "Time", SOURCE: "Source", EVENT: "Event", WHO: "Who was involved",
    SEEN: "Child seen", SAID: "What the child said or showed", RESPONSE: "Response", ANALYSIS: "Analysis",
    THEMES: "Themes",
}  # fmt: skip
EXACTLY: dict[str, str] = {
    words: column
    for column, several in {
        DATE: "date|dates|when|day|date and time|date/time|date & time|time and date|date of event|event date|"
        "date of contact|date from|from|start date|date started|date or period|period",
        UNTIL: "to|until|end date|date to|date ended|finish date",
        TIME: "time|time of event|time of contact",
        SOURCE: "source|sources|record|records|reference|file reference|evidence|document|system|where recorded|origin|"
        "agency record|case record|electronic record|system/record",
        EVENT: "event|events|details|detail|description|summary|incident|narrative|information|entry|contact|outline|"
        "what happened|significant event|significant events|key event|key events|chronology|notes|activity|facts|"
        "case note|case notes|concern|concerns|observation|observations",
        WHO: "who|person|persons|people|involved|practitioner|professional|worker|individual|present|names|staff",
        SEEN: "seen|child seen|child seen?|child seen y/n|seen alone|was the child seen|child seen/heard",
        SAID: "voice|child's voice|voice of the child|heard|child heard|what the child said|lived experience",
        RESPONSE: "response|outcome|action|actions|action taken|response/outcome|result",
        ANALYSIS: "analysis|comment|comments|reflection|significance|commentary|author's comments|learning",
        THEMES: "theme|themes|category|issue|key theme|key themes|tag|tags",
    }.items()
    for words in several.split("|")
}
CONTAINING: tuple[tuple[str, str], ...] = (
    (SEEN, r"\bseen\b"),
    (SAID, r"\bvoice\b|\bchild\b.*\b(said|heard|view|wishes)|lived experience"),
    (SOURCE, r"\bsource\b|\brecorded (in|on|where)\b|\bfile ref|\brecord (type|system)|\binformation from\b"),
    (ANALYSIS, r"\banalysis\b|\bcomment|\breflect|\blearning\b"),
    (RESPONSE, r"\bresponse\b|\boutcome\b|\baction\b"),
    (THEMES, r"\btheme"),
    (UNTIL, r"\bend date\b|\bdate (to|ended)\b"),
    (DATE, r"\bdates?\b|^when\b"),
    (
        EVENT,
        r"\bevent|\bwhat happened\b|\bdetails\b|\bdescription\b|\bincident\b|\bsummary\b|\bcontact with\b|\bnarrati",
    ),
    (WHO, r"^who\b|\bperson|\bpeople\b|\binvolved\b|\bpractitioner|\bprofessional|\bstaff\b"),
    (TIME, r"^time\b"),
)
LONGEST = 90


@dataclass(frozen=True)
class Headings:
    """Where each column stands, the words over it, and the headings nobody asked for."""

    places: dict[str, int]
    words: dict[str, str]
    left_out: tuple[str, ...]

    @property
    def can_be_read(self) -> bool:
        """A chronology has at least a date and an event; a source may be given once for the whole table."""
        return DATE in self.places and EVENT in self.places

    def same_as(self, texts: Sequence[str]) -> bool:
        """Whether a row repeats the headings, as a table does on every page."""
        found = read_headings(texts)
        return found.can_be_read and found.places == self.places


def column_of(text: str) -> str | None:
    """The column a heading speaks of."""
    words = " ".join(text.lower().replace("’", "'").split()).strip(" :*.?()")
    words = re.sub(r"\s*\([^)]*\)\s*", " ", words).strip()
    if not words or len(words) > LONGEST:
        return None
    if words in EXACTLY:
        return EXACTLY[words]
    return next((column for column, pattern in CONTAINING if re.search(pattern, words)), None)


def read_headings(texts: Sequence[str]) -> Headings:
    """Understand a row as headings: exact words win over words inside, the first of two wins."""
    places: dict[str, int] = {}
    words: dict[str, str] = {}
    exact = [text.lower().strip(" :*.?") in EXACTLY for text in texts]
    for place in sorted(range(len(texts)), key=lambda one: (not exact[one], one)):
        column = column_of(texts[place])
        if column and column not in places and not repeats(texts, place):
            places[column], words[column] = place, texts[place]
    known = set(places.values())
    left = tuple(
        text for place, text in enumerate(texts) if text and place not in known and not repeats(texts, place)
    )
    return Headings(places, words, left)


def repeats(texts: Sequence[str], place: int) -> bool:
    """A heading merged over several columns stands in each of them."""
    return place > 0 and bool(texts[place]) and texts[place - 1] == texts[place]
