"""The task list of a return: each page as a task, how far it is, what is still missing. Rule 6.3."""

from dataclasses import dataclass

from cspr.govuk.parts import CANNOT_START, COMPLETED, IN_PROGRESS, NOT_STARTED, Tag, Task
from rapid_reviews.models import InformationRequest, Return
from rapid_reviews.presenters.returns import Address, questions_of
from rapid_reviews.question_set import Page
from rapid_reviews.workflow.requests import chronology_disagrees, latest

OPTIONAL = Tag("Optional")


@dataclass(frozen=True)
class Section:
    """A heading of the task list and its tasks."""

    heading: str
    tasks: list[Task]


def sections(request: InformationRequest, address: Address, *, may_answer: bool) -> list[Section]:
    """The task list, with sending at its end."""
    asked, standing = questions_of(request), latest(request)
    answers = standing.answers if standing else {}
    disagrees = chronology_disagrees(standing) or ""
    found = [
        Section(
            heading,
            [_task(page, standing, address, may_answer=may_answer, disagrees=disagrees) for page in pages],
        )
        for heading, pages in asked.in_sections()
    ]
    number = len(asked.missing(answers)) + bool(disagrees)
    check = Task(
        "Check your answers and send them for sign-off",
        address("request_check") if not number and may_answer else "",
        CANNOT_START if number else NOT_STARTED,
        hint=f"{number} {'answer is' if number == 1 else 'answers are'} still needed" if number else "",
    )
    return [*found, Section("Send", [check])]


def _task(page: Page, standing: Return | None, address: Address, *, may_answer: bool, disagrees: str) -> Task:
    name = "request_files" if page.part == "files" else "request_page"
    href = address(name) if page.part == "files" else address(name, page.key)
    if page.part == "chronology" and disagrees:
        return Task(page.title, href if may_answer else "", IN_PROGRESS, hint=disagrees)
    return Task(page.title, href if may_answer else "", state_of(page, standing))


def state_of(page: Page, standing: Return | None) -> Tag:
    """How far one page is."""
    answers = standing.answers if standing else {}
    if page.part == "files":
        return OPTIONAL
    if not any(answers.get(field.key) not in (None, "", []) for field in page.fields):
        return NOT_STARTED
    return IN_PROGRESS if page.missing(answers) else COMPLETED


def progress(found: list[Section]) -> str:
    """ "7 of 13 tasks completed", of a task list: what is optional and the sending at its end aside."""
    states = [task.status for section in found[:-1] for task in section.tasks if task.status != OPTIONAL]
    return f"{states.count(COMPLETED)} of {len(states)} tasks completed"


def still_missing(request: InformationRequest, address: Address) -> list[tuple[str, str]]:
    """What is still needed, each with the address at which to give it."""
    standing = latest(request)
    answers = standing.answers if standing else {}
    asked = questions_of(request)
    missing = [
        (
            f"{page.title}{'' if page.title.endswith('?') else ':'} {field.label}",
            address("request_page", page.key),
        )
        for page, field in asked.missing(answers)
    ]
    disagrees = chronology_disagrees(standing)
    pages = [page for page in asked.pages if page.part == "chronology" and disagrees]
    return missing + [(disagrees or "", address("request_page", page.key)) for page in pages]
