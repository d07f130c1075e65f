"""Every citation, once. A table's row names one of these; a page prints its `cite()`.

What was read and what was not is said on each row, because a citation nobody has checked must not look like
one that was. The text of Working Together 2026 chapter 5 and of the Panel's June 2025 guidance was not
available to us: what they require is known through the chapter and through published local procedures that
restate them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How far a source binds."""

    LAW = "law"
    GUIDANCE = "national guidance"
    PROCEDURE = "local procedure"
    SETTING = "partnership's own setting"
    EXTERNAL = "set by somebody outside the partnership"


class Known(StrEnum):
    """How we know what the source says."""

    READ = "read in the text itself"
    RESTATED = "read in a document that restates it"
    UNCHECKED = "numbering from general knowledge, not checked against the text"
    OURS = "decided by the partnership, or by this system's default"


@dataclass(frozen=True)
class Source:
    """Where a duty comes from. `restates` is the source with more authority that this one repeats."""

    document: str
    edition: str
    paragraph: str
    address: str = ""
    standing: Standing = Standing.GUIDANCE
    known: Known = Known.RESTATED
    restates: "Source | None" = None

    def cite(self) -> str:
        """One line for a page or a letter: document, edition, paragraph."""
        edition = f" ({self.edition})" if self.edition else ""
        return f"{self.document}{edition}, {self.paragraph}"

    @property
    def authority(self) -> "Source":
        """The source at the end of the restatements: the law, where there is one behind it."""
        return self.restates.authority if self.restates else self


# ---- the law
ACT = "Children Act 2004"
ACT_ADDRESS = "https://www.legislation.gov.uk/ukpga/2004/31"
REGULATIONS = "Child Safeguarding Practice Review and Relevant Agency (England) Regulations 2018"
REGULATIONS_ADDRESS = "https://www.legislation.gov.uk/uksi/2018/789/made"


def _regulation(paragraph: str, *, known: Known = Known.UNCHECKED) -> Source:
    return Source(REGULATIONS, "SI 2018/789", paragraph, REGULATIONS_ADDRESS, Standing.LAW, known)


S16B = Source(ACT, "", "section 16B", f"{ACT_ADDRESS}/section/16B", Standing.LAW, Known.READ)
S16C = Source(ACT, "", "section 16C(1)", f"{ACT_ADDRESS}/section/16C", Standing.LAW, Known.RESTATED)
S16D = Source(ACT, "", "section 16D", f"{ACT_ADDRESS}/section/16D", Standing.LAW, Known.UNCHECKED)
S16F = Source(ACT, "", "section 16F", f"{ACT_ADDRESS}/section/16F", Standing.LAW, Known.UNCHECKED)
S16H = Source(ACT, "", "section 16H", f"{ACT_ADDRESS}/section/16H", Standing.LAW, Known.UNCHECKED)

REG_3 = _regulation("regulation 3", known=Known.RESTATED)
REG_4 = _regulation("regulation 4", known=Known.RESTATED)
REG_9 = _regulation("regulations 9 and 10", known=Known.RESTATED)
REG_11 = _regulation("regulation 11", known=Known.RESTATED)
REG_12 = _regulation("regulations 12 and 13")
REG_14 = _regulation("regulation 14", known=Known.READ)
REG_15 = _regulation("regulation 15")
REG_16 = _regulation("regulation 16")

# ---- the chapter this system was made for: read in full. It restates Working Together 2018, chapter 4.
CHAPTER_DOCUMENT = "Durham Safeguarding Children Partnership procedures, Child Safeguarding Practice Reviews"


def _chapter(section: int, restates: Source | None = None) -> Source:
    return Source(
        CHAPTER_DOCUMENT,
        "November 2020",
        f"section {section}",
        standing=Standing.PROCEDURE,
        known=Known.READ,
        restates=restates,
    )


# ---- national guidance in force, known through restatements
WT_2018 = Source("Working Together to Safeguard Children", "2018", "chapter 4")
WT_2023 = Source("Working Together to Safeguard Children", "2023", "chapter 5")
WT_2026 = Source(
    "Working Together to Safeguard Children",
    "2026",
    "chapter 5",
    "https://assets.publishing.service.gov.uk/media/69bb9be99c6ac6540dfd61f1/"
    "Working_together_to_safeguard_children_2026.pdf",
    known=Known.UNCHECKED,
)
PANEL_2025 = Source(
    "Child Safeguarding Practice Review Panel, guidance for safeguarding partners",
    "June 2025",
    "rapid reviews",
)
PANEL_FAQ = Source(
    "Child Safeguarding Practice Review Panel, frequently asked questions",
    "2026",
    "notifications and rapid reviews",
    "https://childsafeguarding.independent-panel.uk/about/faqs",
    known=Known.READ,
)
NATIONAL_FORM = Source(
    "Report a serious child safeguarding incident",
    "GOV.UK",
    "what to send",
    "https://www.gov.uk/guidance/report-a-serious-child-safeguarding-incident",
    known=Known.READ,
)
CHAPTER_1 = _chapter(1)
CHAPTER_2 = _chapter(2)
CHAPTER_3 = _chapter(3, S16B)
CHAPTER_4 = _chapter(4, S16C)
CHAPTER_4_FIVE_DAYS = _chapter(4, WT_2018)
CHAPTER_4_LOOKED_AFTER = _chapter(4, WT_2018)
CHAPTER_5 = _chapter(5, REG_11)
CHAPTER_5_ARRANGEMENTS = _chapter(5, S16F)
CHAPTER_6 = _chapter(6, WT_2018)
CHAPTER_7 = _chapter(7, REG_3)
CHAPTER_7_INFORMATION = _chapter(7, S16D)
CHAPTER_8 = _chapter(8, REG_12)
CHAPTER_9 = _chapter(9, REG_14)
CHAPTER_10_CONTENT = _chapter(10, REG_15)
CHAPTER_10_PUBLICATION = _chapter(10, REG_16)
CHAPTER_10_SEVEN_DAYS = _chapter(10, REG_15)
CHAPTER_10_SIX_MONTHS = _chapter(10, WT_2018)
CHAPTER_10_DELAY = _chapter(10, WT_2018)
CHAPTER_11 = _chapter(11, WT_2018)
CHAPTER_12 = _chapter(12, REG_4)
CHAPTER_13 = _chapter(13, REG_9)


# ---- what the partnership, or a letter, decides
def _setting(words: str) -> Source:
    return Source("Partnership setting", "", words, standing=Standing.SETTING, known=Known.OURS)


DECIDE_SETTING = _setting("days to decide whether an incident is notifiable")
LETTERS_SETTING = _setting("working day of the rapid review by which the letters to agencies go out")
RETURN_SETTING = _setting("working day of the rapid review on which returns are due")
MEETING_SETTING = _setting("working day of the rapid review on which its meeting is held")
TELL_SETTING = _setting("days within which “as soon as” is shown as due")
PANEL_REPLY_SETTING = _setting("days after which the Panel's reply is chased")
AUDIT_SETTING = _setting("months after which an improvement is audited")
PANEL_LETTER = Source("The Panel's letter", "", "the date it sets", "", Standing.EXTERNAL, Known.OURS, S16D)
AGREED_ACTION = Source("The agreed action", "", "its own date", "", Standing.SETTING, Known.OURS, CHAPTER_11)

ALL: tuple[Source, ...] = tuple(each for each in list(globals().values()) if isinstance(each, Source))
