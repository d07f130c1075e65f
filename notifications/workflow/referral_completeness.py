"""What a referral must say before it can be sent, as a table: page, columns, sentence.

One place decides: the form of a page, the task list and the sending all ask here. "Not known" is an answer wherever
the national form accepts it, so that nobody waits for a fact before referring.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cspr.statute.sources import CHAPTER_3, CHAPTER_4, CHAPTER_4_LOOKED_AFTER, CHAPTER_7, Source
from notifications import options
from notifications.models import Referral, ReferredChild
from notifications.workflow.referral_pages import CHILD_PAGES, PAGES, Page, answered, stored

YES = options.YesNoUnknown.YES


@dataclass(frozen=True)
class Required:
    """One of ``columns`` must be answered, where the ``when`` column holds one of its values."""

    page: str
    columns: tuple[str, ...]
    sentence: str
    source: Source = CHAPTER_4
    when: tuple[str, tuple[str, ...]] | None = None

    def is_missing(self, answers: Mapping[str, Any]) -> bool:
        if self.when and not self._applies(answers.get(self.when[0]), self.when[1]):
            return False
        return not any(answered(answers.get(column)) for column in self.columns)

    @staticmethod
    def _applies(value: Any, values: tuple[str, ...]) -> bool:
        return any(one in values for one in (value if isinstance(value, list) else [value]))


R = Required
REQUIRED: tuple[Required, ...] = (
    R("referrer", ("referrer_name",), "Enter the name of the person making the referral"),
    R("referrer", ("referrer_role",), "Enter the job title of the person making the referral"),
    R("referrer", ("referrer_phone", "referrer_email"), "Enter a telephone number or an email address"),
    R("safeguarding-lead", ("lead_name",), "Enter the name of the safeguarding lead you have consulted"),
    R("safeguarding-lead", ("lead_role",), "Enter the job title of the safeguarding lead"),
    R("safeguarding-lead", ("lead_phone", "lead_email"), "Enter the safeguarding lead’s telephone number or email"),
    R("safeguarding-lead", ("lead_consulted_on",), "Enter the day you consulted the safeguarding lead"),
    R("purpose", ("purpose",), "Select why you are referring this"),
    R("awareness", ("agency_aware_on",), "Enter the day your agency became aware"),
    R("awareness", ("agency_aware_person",), "Enter who in your agency first became aware"),
    R("delay", ("delayed",), "Select whether there was a delay"),
    R("delay", ("delay_reason",), "Enter the reason for the delay", when=("delayed", (YES,))),
    R("when", ("occurred_precision",), "Select how well you know when it happened"),
    R("where", ("place_kind",), "Select where it happened", CHAPTER_4),
    R("where", ("place_authority",), "Enter the local authority area", CHAPTER_4,
      when=("place_kind", (options.PlaceKind.ENGLAND,))),
    R("where", ("place_country",), "Enter the country", CHAPTER_4, when=("place_kind", (options.PlaceKind.ABROAD,))),
    R("where", ("normally_resident",), "Select whether the child normally lives in this area", CHAPTER_4,
      when=("place_kind", (options.PlaceKind.ABROAD,))),
    R("what-happened", ("narrative",), "Enter what happened"),
    R("harm", ("nature",), "Select what harm came to the child", CHAPTER_3),
    R("harm", ("serious_harm_reason",), "Enter why you think the harm is serious", CHAPTER_3,
      when=("nature", (options.Nature.SERIOUS_HARM,))),
    R("harm", ("other_nature",), "Enter what makes this a case to refer", CHAPTER_3,
      when=("nature", (options.Nature.OTHER,))),
    R("harm", ("harm_kinds",), "Select each kind of harm that may apply, or “Not clear yet”", CHAPTER_3),
    R("harm", ("harm_kinds_other",), "Enter the other kind of harm", CHAPTER_3,
      when=("harm_kinds", (options.HarmKind.OTHER,))),
    R("abuse-or-neglect", ("abuse_known",), "Select whether abuse or neglect is known or suspected", CHAPTER_3),
    R("abuse-or-neglect", ("abuse_reason",), "Enter why you say this", CHAPTER_3),
    R("immediate-action", ("action_taken",), "Enter what has been done to keep children safe"),
    R("media", ("media_interest",), "Select whether there is media interest"),
    R("media", ("media_unit_phoned",), "Select whether you have telephoned the business unit",
      when=("media_interest", (options.MediaInterest.SIGNIFICANT,))),
)  # fmt: skip
BORN, UNBORN = options.ChildKind.BORN, options.ChildKind.UNBORN
KNOWN_CHILD = (BORN, UNBORN)
PLAN_SEEN = (options.PlanState.NOW, options.PlanState.BEFORE)
CHILD_REQUIRED: tuple[Required, ...] = (
    R("identity", ("kind",), "Select whether the child is identified, unborn or unidentified"),
    R("identity", ("born_on", "age"), "Enter the child’s date of birth, or an age if you do not know it",
      when=("kind", (BORN,))),
    R("identity", ("unidentified_detail",), "Enter what is known about the child",
      when=("kind", (options.ChildKind.UNIDENTIFIED,))),
    R("about", ("sex",), "Select the child’s sex", when=("kind", (BORN,))),
    R("about", ("ethnicity",), "Select the child’s ethnicity", when=("kind", KNOWN_CHILD)),
    R("about", ("disabilities",), "Select each disability, “No disability” or “Not known”", when=("kind", (BORN,))),
    R("home", ("address", "whereabouts"), "Enter the child’s home address, or where the child is now",
      when=("kind", KNOWN_CHILD)),
    R("home", ("schooling",), "Select whether the child is at school", when=("kind", (BORN,))),
    R("care", ("care_status",), "Select whether the child is looked after or a care leaver", CHAPTER_4_LOOKED_AFTER,
      when=("kind", (BORN,))),
    R("care", ("legal_status",), "Select the child’s legal status", when=("kind", (BORN,))),
    R("care", ("placement",), "Select where the child was living", when=("kind", (BORN,))),
    R("plans", ("protection_plan",), "Select whether there is or was a child protection plan",
      when=("kind", KNOWN_CHILD)),
    R("plans", ("protection_category",), "Select the category of the child protection plan",
      when=("protection_plan", PLAN_SEEN)),
    R("plans", ("need_plan",), "Select whether there is or was a child in need plan", when=("kind", KNOWN_CHILD)),
)  # fmt: skip
ROW_REQUIRED: tuple[Required, ...] = (
    R("family", ("relationship",), "Select how this person is related to the child"),
    R("family", ("safety",), "Select whether this person is safe now"),
    R("family", ("safety_detail",), "Enter what the risk is and what is being done",
      when=("safety", (options.Safety.AT_RISK,))),
    R("agencies", ("name",), "Enter the name of the agency"),
    R("agencies", ("kind",), "Select what kind of agency this is"),
    R("agencies", ("still_involved",), "Select whether the agency is still involved"),
    R("key-dates", ("happened_precision",), "Select how well you know the date"),
    R("key-dates", ("event",), "Enter what happened"),
    R("key-dates", ("source",), "Enter where this comes from, for example “School record”"),
    R("proceedings", ("kind",), "Select what kind of proceeding this is", CHAPTER_7),
    R("proceedings", ("lead",), "Enter who leads the proceeding, or “Not known”", CHAPTER_7),
    R("proceedings", ("hold_reason",), "Enter what is held up, and until when if you know", CHAPTER_7,
      when=("holds", tuple(options.HoldOn.values))),
)  # fmt: skip


class PageState(StrEnum):
    """Where a task of the task list stands."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Missing:
    """What stands in the way of sending: on which page, of which child or row where it is one, and what to do."""

    page: str
    sentence: str
    subject: Any = None


def missing_on(
    page: str, answers: Mapping[str, Any], table: tuple[Required, ...] = REQUIRED
) -> list[Required]:
    """The requirements of one page that these answers do not meet."""
    return [row for row in table if row.page == page and row.is_missing(answers)]


def missing_of_child(child: ReferredChild) -> Iterator[Missing]:
    """What one child's pages still need. Some of it depends on whether the child is born, unborn or unidentified."""
    for page in CHILD_PAGES:
        answers = {"kind": child.kind, **stored(child, page.columns)}
        for row in missing_on(page.key, answers, CHILD_REQUIRED):
            yield Missing(page.key, row.sentence, child)


def missing_on_list(page: Page, referral: Referral) -> Iterator[Missing]:
    """What a list still needs: at least one child, and word that each list has been answered in full."""
    if page.rows is None:
        return
    rows = list(getattr(referral, page.rows.accessor).all())
    if page.key == "children":
        if not rows:
            yield Missing(page.key, "Add at least one child, who may be unborn or unidentified", None)
        for child in rows:
            yield from missing_of_child(child)
    if not getattr(referral, page.rows.flag):
        yield Missing(page.key, f"Say whether you have added every {page.rows.noun}", None)


def missing_answers(referral: Referral) -> list[Missing]:
    """Everything that stands in the way of sending, in the order of the pages. Reads the referral's rows."""
    found: list[Missing] = []
    for page in PAGES:
        if page.rows is not None:
            found += missing_on_list(page, referral)
        else:
            answers = stored(referral, page.columns)
            found += [Missing(page.key, row.sentence) for row in missing_on(page.key, answers)]
    return found


def state_of_answers(page: Page, subject: Any, table: tuple[Required, ...] = REQUIRED) -> PageState:
    """Where a page of questions stands. "About" a child depends on what kind of child it is."""
    answers = stored(subject, page.columns)
    if not any(answered(value) for value in answers.values()):
        return PageState.NOT_STARTED
    facts = {**answers, "kind": subject.kind} if isinstance(subject, ReferredChild) else answers
    return PageState.IN_PROGRESS if missing_on(page.key, facts, table) else PageState.COMPLETED


def state_of_child_page(page: Page, child: ReferredChild) -> PageState:
    """Where one page of a child stands; what is not asked of an unborn child needs no answer."""
    needed = missing_on(page.key, {"kind": child.kind, **stored(child, page.columns)}, CHILD_REQUIRED)
    state = state_of_answers(page, child, CHILD_REQUIRED)
    return PageState.COMPLETED if state == PageState.NOT_STARTED and not needed else state


def state_of(page: Page, referral: Referral) -> PageState:
    """Where a task stands. Reads the referral's rows for a list."""
    if page.rows is None:
        return state_of_answers(page, referral)
    rows = getattr(referral, page.rows.accessor).all()
    if not any(missing_on_list(page, referral)):
        return PageState.COMPLETED
    started = bool(rows) or getattr(referral, page.rows.flag)
    return PageState.IN_PROGRESS if started else PageState.NOT_STARTED
