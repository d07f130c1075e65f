"""The pages of a referral, as data: task list, questions, check-your-answers and copy are all built from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rows:
    """A list somebody adds to: where its rows hang, and the words for one of them.

    ``flag`` is the column that says the list has been answered in full, which may be with nothing.
    """

    accessor: str
    flag: str
    noun: str
    add: str
    empty: str


@dataclass(frozen=True)
class Page:
    """One task: a page of questions on ``columns``, or a list of ``rows``."""

    key: str
    title: str
    section: str
    columns: tuple[str, ...] = ()
    rows: Rows | None = None
    hint: str = ""


REFERRAL = "About this referral"
CHILDREN = "The child or children, and family"
EVENTS = "What happened"
OTHERS = "Who else is involved"
REST = "Anything else"
SECTIONS = (REFERRAL, CHILDREN, EVENTS, OTHERS, REST)

PAGES: tuple[Page, ...] = (
    Page(
        "referrer",
        "Who is making this referral?",
        REFERRAL,
        ("referrer_name", "referrer_role", "referrer_phone", "referrer_email"),
    ),
    Page(
        "safeguarding-lead",
        "Which safeguarding lead have you consulted?",
        REFERRAL,
        ("lead_name", "lead_role", "lead_phone", "lead_email", "lead_consulted_on"),
        hint="The person in your agency who leads on safeguarding, or a manager, who agrees that this is referred.",
    ),
    Page("purpose", "Why are you referring this?", REFERRAL, ("purpose",)),
    Page(
        "awareness",
        "When did your agency become aware?",
        REFERRAL,
        ("agency_aware_on", "agency_aware_time", "agency_aware_person"),
        hint="The day and, if you can, the time at which somebody in your agency first knew of the incident.",
    ),
    Page("delay", "Was there a delay in referring?", REFERRAL, ("delayed", "delay_reason")),
    Page(
        "children",
        "The child or children",
        CHILDREN,
        rows=Rows(
            accessor="children",
            flag="children_listed",
            noun="child",
            add="Add a child",
            empty="No child has been added yet. Add the child, or each child, this referral is about. "
            "An unborn or an unidentified child can be added; a name is never required.",
        ),
    ),
    Page(
        "family",
        "Family and other children",
        CHILDREN,
        rows=Rows(
            accessor="family",
            flag="family_listed",
            noun="person",
            add="Add a person",
            empty="Nobody has been added yet. Add parents, carers, brothers and sisters, and others in the "
            "household, other children above all: say whether they are safe now.",
        ),
    ),
    Page(
        "when",
        "When did it happen?",
        EVENTS,
        ("occurred_precision", "occurred_on", "occurred_until_on", "occurred_time"),
    ),
    Page(
        "where",
        "Where did it happen?",
        EVENTS,
        ("place_kind", "place_authority", "place_country", "place_description", "normally_resident"),
        hint="A local authority notifies where a child dies or is seriously harmed in its area or, while normally "
        "resident in its area, outside England (Children Act 2004 section 16C(1); chapter section 4).",
    ),
    Page("what-happened", "What happened?", EVENTS, ("narrative",)),
    Page(
        "harm",
        "What harm came to the child?",
        EVENTS,
        ("nature", "died_on", "serious_harm_reason", "other_nature", "harm_kinds", "harm_kinds_other"),
    ),
    Page(
        "abuse-or-neglect",
        "Is abuse or neglect known or suspected?",
        EVENTS,
        ("abuse_known", "abuse_reason"),
        hint="Serious child safeguarding cases are those in which abuse or neglect of a child is known or suspected, "
        "and the child has died or been seriously harmed (chapter section 3).",
    ),
    Page(
        "immediate-action",
        "What has been done to keep children safe?",
        EVENTS,
        ("action_taken", "action_needed"),
    ),
    Page(
        "agencies",
        "Agencies that know the child or family",
        OTHERS,
        rows=Rows(
            accessor="agencies",
            flag="agencies_listed",
            noun="agency",
            add="Add an agency",
            empty="No agency has been added yet. Add each agency that knows or knew the child or the family, "
            "and say whether it is still involved.",
        ),
    ),
    Page(
        "key-dates",
        "Key dates",
        OTHERS,
        rows=Rows(
            accessor="key_dates",
            flag="key_dates_listed",
            noun="key date",
            add="Add a key date",
            empty="No key date has been added yet. Add what matters most in the story so far: dates may be rough.",
        ),
    ),
    Page(
        "proceedings",
        "Parallel proceedings",
        OTHERS,
        rows=Rows(
            accessor="proceedings",
            flag="proceedings_listed",
            noun="proceeding",
            add="Add a proceeding",
            empty="No proceeding has been added yet. Add any criminal investigation, coroner’s investigation, court "
            "case, disciplinary procedure or other review that runs beside this (chapter section 7).",
        ),
    ),
    Page("media", "Is there media interest?", REST, ("media_interest", "media_detail", "media_unit_phoned")),
    Page(
        "attachments",
        "Attachments",
        REST,
        rows=Rows(
            accessor="attachments",
            flag="attachments_listed",
            noun="file",
            add="Add a file",
            empty="No file has been added yet. Files are not required.",
        ),
    ),
)
CHILD_PAGES: tuple[Page, ...] = (
    Page(
        "identity",
        "Who is the child?",
        "",
        ("kind", "name", "other_names", "born_on", "age", "expected_on", "unidentified_detail", "nhs_number"),
    ),
    Page(
        "about",
        "About the child",
        "",
        ("sex", "ethnicity", "ethnicity_described", "disabilities", "disability_detail", "language", "religion"),
    ),
    Page("home", "Where does the child live, and go to school?", "", ("address", "whereabouts", "schooling", "school")),
    Page(
        "care",
        "Is the child looked after, or a care leaver?",
        "",
        ("care_status", "care_authority", "legal_status", "placement", "placement_detail"),
        hint="The Secretary of State and Ofsted must also be notified where a looked after child has died, whether or "
        "not abuse or neglect is known or suspected (chapter section 4).",
    ),
    Page(
        "plans",
        "Plans for the child, now or before",
        "",
        (
            "protection_plan", "protection_category", "protection_from_on", "protection_until_on",
            "need_plan", "need_from_on", "need_until_on",
        ),
    ),
)  # fmt: skip
ROW_PAGES: dict[str, tuple[str, ...]] = {
    "family": (
        "name", "relationship", "relationship_detail", "born_on", "age", "ethnicity", "address", "protection_plan",
        "safety", "safety_detail",
    ),
    "agencies": ("name", "kind", "worker", "contact", "involved_with", "still_involved"),
    "key-dates": ("happened_precision", "happened_on", "happened_until_on", "event", "source"),
    "proceedings": (
        "kind", "lead", "lead_contact", "proceeding_reference", "next_on", "next_event", "holds", "hold_reason",
    ),
}  # fmt: skip
"""The columns of one row of each list that is a single page."""


def page(key: str) -> Page:
    """The referral's page of this key. Raises KeyError."""
    return _by_key(PAGES)[key]


def child_page(key: str) -> Page:
    """The child's page of this key. Raises KeyError."""
    return _by_key(CHILD_PAGES)[key]


def _by_key(pages: tuple[Page, ...]) -> dict[str, Page]:
    return {one.key: one for one in pages}


def after(key: str, pages: tuple[Page, ...] = PAGES) -> Page | None:
    """The page that follows, or None after the last."""
    keys = [one.key for one in pages]
    place = keys.index(key) + 1
    return pages[place] if place < len(pages) else None


def in_sections() -> Iterator[tuple[str, list[Page]]]:
    """The pages under their headings, in order."""
    for section in SECTIONS:
        yield section, [one for one in PAGES if one.section == section]


def answered(value: Any) -> bool:
    """Whether a stored value is an answer; False and 0 are, empty text, None and an empty list are not."""
    return value not in (None, "", [], ())


def stored(subject: Any, columns: tuple[str, ...]) -> Mapping[str, Any]:
    """The stored answers of one page."""
    return {column: getattr(subject, column) for column in columns}
