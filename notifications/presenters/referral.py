"""A referral made ready for the page: task list, lists, status, receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline
from cspr.deadlines.services import rule_of, settings_of
from cspr.govuk.components import component
from cspr.govuk.dates import long_date, long_moment
from cspr.govuk.parts import (
    CANNOT_START,
    COMPLETED,
    IN_PROGRESS,
    NOT_STARTED,
    Row,
    Strip,
    StripDay,
    Table,
    Tag,
    Task,
)
from cspr.now import london_day
from notifications.models import FamilyMember, Referral, ReferredChild
from notifications.options import ReferralStatus
from notifications.presenters.answers import answer_rows, shown
from notifications.workflow.referral_completeness import (
    Missing,
    PageState,
    missing_answers,
    state_of,
    state_of_child_page,
)
from notifications.workflow.referral_pages import CHILD_PAGES, PAGES, Page, in_sections
from notifications.workflow.referral_pages import page as page_of

TAGS: Mapping[PageState, Tag] = {
    PageState.NOT_STARTED: NOT_STARTED,
    PageState.IN_PROGRESS: IN_PROGRESS,
    PageState.COMPLETED: COMPLETED,
}
STATUS_TAGS: Mapping[str, Tag] = {
    ReferralStatus.DRAFT: Tag("Draft", "grey"),
    ReferralStatus.SUBMITTED: Tag("Waiting for the decision", "blue"),
    ReferralStatus.DECIDED: Tag("Decided", "purple"),
    ReferralStatus.WITHDRAWN: Tag("Withdrawn", "grey"),
}
Questions = Callable[[str, Any], Mapping[str, str]]
"""What a page asks of a row: (page key, row) -> field name -> question."""


@dataclass(frozen=True)
class Section:
    """A heading of the task list and its tasks."""

    heading: str
    tasks: list[Task]


@dataclass(frozen=True)
class Card:
    """One page's answers, or one row's, on check-your-answers and the copy."""

    title: str
    rows: list[Row]


def address(page: Page, referral: Referral) -> str:
    """Where a task is done."""
    return reverse("referral_list" if page.rows else "referral_page", args=[referral.pk, page.key])


def task_sections(referral: Referral) -> list[Section]:
    """The task list, with sending at its end."""
    sections = [
        Section(
            heading,
            [Task(page.title, address(page, referral), TAGS[state_of(page, referral)]) for page in pages],
        )
        for heading, pages in in_sections()
    ]
    number = len(missing_answers(referral))
    check = Task(
        "Check your answers and send",
        "" if number else reverse("referral_check", args=[referral.pk]),
        CANNOT_START if number else NOT_STARTED,
        hint=f"{number} {'answer is' if number == 1 else 'answers are'} still needed" if number else "",
    )
    return [*sections, Section("Send", [check])]


def progress(referral: Referral) -> str:
    """ "7 of 18 tasks completed"."""
    done = sum(state_of(page, referral) == PageState.COMPLETED for page in PAGES)
    return f"{done} of {len(PAGES)} tasks completed"


def child_tasks(child: ReferredChild) -> list[Task]:
    """The pages of one child."""
    return [
        Task(
            page.title,
            reverse("referral_child_page", args=[child.referral_id, child.pk, page.key]),
            TAGS[state_of_child_page(page, child)],
        )
        for page in CHILD_PAGES
    ]


def row_name(row: Any) -> str:
    """How a list names one of its rows."""
    if isinstance(row, ReferredChild):
        named = row.name or row.get_kind_display()
        return f"{named}, lead child" if row.is_lead else named
    if isinstance(row, FamilyMember):
        return ", ".join(part for part in (row.name, row.get_relationship_display()) if part)
    if hasattr(row, "happened"):
        return f"{shown(row, 'happened')}: {row.event[:80]}"
    return str(row)


def row_state(row: Any) -> Tag | None:
    """A child says whether all its pages are answered; other rows are one page."""
    if not isinstance(row, ReferredChild):
        return None
    complete = all(state_of_child_page(page, row) == PageState.COMPLETED for page in CHILD_PAGES)
    return TAGS[PageState.COMPLETED if complete else PageState.IN_PROGRESS]


def row_address(page: Page, row: Any) -> str:
    """Where a row is changed."""
    if page.key == "children":
        return reverse("referral_child", args=[row.referral_id, row.pk])
    return reverse("referral_row", args=[row.referral_id, page.key, row.pk])


@dataclass(frozen=True)
class ListedRow:
    """One row of a list page."""

    name: str
    change: str
    remove: str
    state: Tag | None
    file: Any = None


def listed(page: Page, rows: list[Any]) -> list[ListedRow]:
    """The rows of a list page with their links; a file opens instead of being changed."""
    return [
        ListedRow(
            row_name(row),
            "" if page.key == "attachments" else row_address(page, row),
            reverse("referral_row_remove", args=[row.referral_id, page.key, row.pk]),
            row_state(row),
            file_of(row.document) if page.key == "attachments" else None,
        )
        for row in rows
    ]


def file_of(document: Any) -> Any:
    """The newest version of a document whose versions were read with it."""
    return max(document.versions.all(), key=lambda version: version.number, default=None)


def cards(referral: Referral, questions: Questions, *, change: bool) -> list[Card]:
    """Every answer, page by page and row by row, in the order of the task list."""
    found: list[Card] = []
    for page in PAGES:
        if page.rows is None:
            href = f"{address(page, referral)}?from=check" if change else ""
            found.append(Card(page.title, answer_rows(referral, questions(page.key, referral), href=href)))
        else:
            found += _list_cards(page, referral, questions, change=change)
    return found


def _list_cards(page: Page, referral: Referral, questions: Questions, *, change: bool) -> list[Card]:
    rows = list(getattr(referral, page.rows.accessor).all()) if page.rows else []
    if not rows:
        link = address(page, referral) if change else ""
        return [Card(page.title, [Row(page.title, "None added", href=link, about=page.title)])]
    if page.key == "children":
        return [card for child in rows for card in _child_cards(child, questions, change=change)]
    if page.key == "attachments":
        files = [Row(row.description or str(row.document), str(file_of(row.document))) for row in rows]
        return [Card(page.title, files)]
    return [
        Card(
            f"{page.title}: {row_name(row)}",
            answer_rows(row, questions(page.key, row), href=row_address(page, row) if change else ""),
        )
        for row in rows
    ]


def _child_cards(child: ReferredChild, questions: Questions, *, change: bool) -> list[Card]:
    return [
        Card(
            f"{child}: {page.title}",
            answer_rows(
                child,
                questions(page.key, child),
                href=f"{reverse('referral_child_page', args=[child.referral_id, child.pk, page.key])}?from=check"
                if change
                else "",
            ),
        )
        for page in CHILD_PAGES
    ]


def still_missing(referral: Referral, missing: list[Missing]) -> list[tuple[str, str]]:
    """What is still needed, each with the address at which to give it."""
    return [
        (
            f"{one.subject}: {one.sentence}" if one.subject else one.sentence,
            reverse("referral_child_page", args=[referral.pk, one.subject.pk, one.page])
            if one.subject
            else address(page_of(one.page), referral),
        )
        for one in missing
    ]


def list_table(referrals: list[Referral], *, of_agency: bool) -> Table:
    """References, dates and where each stands, without names: an agency reads for whom, the partnership from whom."""
    return Table(
        caption="Referrals",
        head=("Referral", "For" if of_agency else "From", "Made by", "Sent", "Status"),
        rows=[
            (
                link(
                    one.reference or title_of(one),
                    reverse("referral", args=[one.pk]),
                    whole=bool(one.reference),
                ),
                one.partnership.name if of_agency else one.agency.name,
                one.started_by.user.full_name,
                long_date(london_day(one.submitted_at)) if one.submitted_at else "Not sent",
                component("tag", {"text": STATUS_TAGS[one.status].text, "classes": tag_class(one)}),
            )
            for one in referrals
        ],
        empty="No referral has been made yet. Each one will stand here with its reference and where it stands.",
    )


def link(text: str, href: str, *, whole: bool) -> SafeString:
    """A link as a table's cell; a ``whole`` one is not broken over two lines."""
    return format_html(
        '<a class="govuk-link{}" href="{}">{}</a>', " app-reference" if whole else "", href, text
    )


def tag_class(referral: Referral) -> str:
    """The colour of the status, as the design system names it."""
    return f"govuk-tag--{STATUS_TAGS[referral.status].colour}"


def title_of(referral: Referral) -> str:
    """A referral by its reference, a draft by when it was begun."""
    if referral.is_draft:
        return f"Draft begun on {long_moment(referral.started_at)}"
    return f"Referral {referral.reference}"


def standing(referral: Referral) -> list[Row]:
    """Where a sent referral stands, without personal data."""
    rows = [Row("Reference", referral.reference), Row("Agency", referral.agency.name)]
    if referral.submitted_at and referral.submitted_by:
        rows.append(Row("Sent", f"{long_moment(referral.submitted_at)}, by {referral.submitted_by}"))
    if referral.withdrawn_at:
        rows.append(Row("Withdrawn", f"{long_moment(referral.withdrawn_at)}: {referral.withdrawn_reason}"))
    if referral.decided_at:
        rows.append(Row("Decided", long_moment(referral.decided_at)))
    return rows


def told_outcome(referral: Referral) -> list[Row]:
    """What the agency was told of the decision."""
    if not referral.decided_at:
        return []
    return [Row("Outcome", referral.outcome), Row("Reason", referral.outcome_reason)]


def working(deadline: Deadline | None) -> Strip | None:
    """When the decision is due, and how that day was counted (clock C4)."""
    if deadline is None:
        return None
    rule = rule_of(deadline)
    explained = rule.explain(deadline.start_on, calendar.current(), settings=settings_of(deadline))
    kinds = {"day 0": "zero", "counted": "counted", "skipped": "skipped", "due": "due"}
    days = [
        StripDay(day.date, "due" if day.is_due else kinds[day.kind], day.words)
        for day in explained.in_date_order
    ]
    return Strip(rule.title, explained.as_text(event="the referral was received"), days)
