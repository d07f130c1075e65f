"""A request as its agency sees it: what it is told, the task list, its answers, where it stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cspr.deadlines.models import Deadline
from cspr.govuk.components import component
from cspr.govuk.dates import long_date, long_moment, medium_date
from cspr.govuk.parts import Row, Table, Tag
from cspr.now import london_day, today
from notifications.presenters.answers import lines
from notifications.presenters.referral import link
from rapid_reviews.models import InformationRequest, Return
from rapid_reviews.options.requests import RefusalGround, RequestStatus, ReturnKind
from rapid_reviews.question_set import Field, Page, QuestionSet, thaw
from rapid_reviews.selectors.chronology import summary_of
from rapid_reviews.workflow.requests import latest

Address = Callable[..., str]
"""``address(name, *more)``: where a page of this request is, for an account or for a guest."""
S = RequestStatus
TAGS = {
    S.DRAFT: Tag(S.DRAFT.label, "grey"),
    S.ISSUED: Tag(S.ISSUED.label, "blue"),
    S.ANSWERED: Tag(S.ANSWERED.label, "light-blue"),
    S.SIGNED_OFF: Tag(S.SIGNED_OFF.label, "turquoise"),
    S.NIL_RETURN: Tag(S.NIL_RETURN.label, "turquoise"),
    S.REFUSED: Tag(S.REFUSED.label, "orange"),
    S.WITHDRAWN: Tag(S.WITHDRAWN.label, "grey"),
}
FOR_AGENCY = {S.ISSUED: Tag("To answer", "blue"), S.ANSWERED: Tag("To sign off", "light-blue")}


@dataclass(frozen=True)
class Card:
    """One page's answers."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Told:
    """What the agency is told: the incident in words, the people, the period."""

    context: str
    people: list[Row]
    period: str


def told(request: InformationRequest, people: Iterable[dict[str, str]] | None = None) -> Told:
    """What the agency reads; ``people`` stands in for a draft's, which are not frozen yet."""
    named = request.shared_people if people is None else people
    rows = [Row(one["name"], one["about"]) for one in named]
    return Told(request.shared_context, rows, _period(request.period_from_on, request.period_until_on))


def _period(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return f"{long_date(first)} to {long_date(last)}"


def questions_of(request: InformationRequest) -> QuestionSet:
    """The frozen questions of an issued request."""
    return thaw(request.questions)


def is_begun(request: InformationRequest) -> bool:
    """Whether anything was answered that a return of "nothing known" leaves out."""
    standing = latest(request)
    return standing is not None and (bool(standing.answers) or bool(summary_of(standing)[0]))


def cards(
    request: InformationRequest,
    version: Return,
    address: Address | None = None,
    *,
    files: Iterable[Any] = (),
    rows_url: str = "",
) -> list[Card]:
    """Every answer of a version, page by page; with ``address``, each can be changed. ``rows_url`` shows its rows."""
    if version.kind == ReturnKind.NIL:
        return [
            Card("Nothing known", [Row("The agency says", "Nothing is known of the child or the family.")])
        ]
    found = []
    for page in questions_of(request).pages:
        href = f"{address('request_page', page.key)}?from=check" if address and page.part != "files" else ""
        rows = [
            Row(field.label, answer_of(field, version), href=href, about=page.title)
            for field in page.asked(version.answers)
        ]
        if page.part == "chronology":
            told = rows_told(version)
            rows.append(
                Row("Rows of the chronology", link(told, rows_url, whole=False) if rows_url else told)
            )
        if page.part == "files":
            rows = [Row(one.description, one.document.title) for one in files] or [
                Row(page.title, "None attached")
            ]
        found.append(Card(page.title, rows))
    return found


def rows_told(version: Return) -> str:
    """How many rows its chronology has, and over which days."""
    number, first, last = summary_of(version)
    if not number:
        return "No row yet"
    days = f", from {medium_date(first)} to {medium_date(last)}" if first and last else ""
    return f"{number:,} row{'' if number == 1 else 's'}{days}"


def saved_rows(page: Page, version: Return | None) -> list[Row]:
    """One page's answers as they are saved now."""
    return [Row(field.label, answer_of(field, version)) for field in page.fields] if version else []


def answer_of(field: Field, version: Return) -> Any:
    """One stored answer as a person reads it."""
    value = version.answers.get(field.key)
    if value in (None, "", []):
        return "Not answered"
    if field.kind == "date":
        return long_date(date.fromisoformat(value))
    return lines(field.words_of(value).split("\n"))


def standing_rows(
    request: InformationRequest, clock: Deadline | None, *, refused: Iterable[Any] = ()
) -> list[Row]:
    """Where a request stands, for its agency."""
    version = latest(request)
    unit = request.case.partnership
    rows = [Row("Case", request.case.reference), Row("Asked by", unit.name)]
    if contact := ", ".join(filter(None, (unit.unit_email, unit.unit_telephone))):
        rows.append(Row("Questions to", contact))
    if request.issued_at:
        rows.append(Row("Asked", long_moment(request.issued_at)))
    if clock is not None and clock.is_open:
        rows.append(Row("Due", due_words(clock)))
    if request.contributor is not None:
        rows.append(Row("Assigned to", request.contributor.user.full_name))
    rows += [
        Row(label, f"{long_moment(moment)}, by {by.user.full_name}")
        for label, moment, by in (
            ("Finished", request.answered_at, request.answered_by),
            ("Signed off", request.signed_off_at, request.signed_off_by),
            ("Refused", request.refused_at, request.refused_by),
        )
        if moment and by
    ]
    rows += refusal_rows(request, refused)
    if request.withdrawn_at:
        rows.append(Row("Withdrawn", f"{long_moment(request.withdrawn_at)}: {request.withdrawn_reason}"))
    if version is not None and version.version > 1:
        rows.append(Row("Version", str(version.version)))
    return rows


def refusal_rows(request: InformationRequest, refused: Iterable[Any]) -> list[Row]:
    """On what ground the agency refuses and why; beside it each refusal that the unit came back on."""
    rows = []
    if request.refusal_ground:
        ground = RefusalGround(request.refusal_ground).label
        rows = [Row("Ground of the refusal", ground), Row("Why", request.refusal_reason)]
    return rows + [
        Row(
            "Refused before",
            lines([
                f"{long_moment(one.refused_at)}, by {one.refused_by}",
                RefusalGround(one.refusal_ground).label,
                one.refusal_reason,
                *(f"The business unit answered: {note}" for note in answers_to(one, request)),
            ]),
        )
        for one in refused
        if one.refused_at != request.refused_at
    ]  # fmt: skip


def answers_to(refusal: Any, request: InformationRequest) -> list[str]:
    """What the unit wrote when it came back on a refusal: the note on the version that was never signed off."""
    found = [
        one
        for one in request.returns.all()
        if one.sent_back_at and not one.signed_off_at and one.sent_back_at > refusal.refused_at
    ]
    found.sort(key=lambda one: one.version)
    return [one.sent_back_note for one in found[:1]]


def either(names: list[str]) -> str:
    """ "A. Lead, B. Lead or C. Lead"."""
    return " or ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def due_words(clock: Deadline) -> str:
    """When a return is due; late ones say so."""
    late = ", which has passed" if clock.due_on < today() else ""
    return f"{long_date(clock.due_on)}{late}"


def correction(request: InformationRequest) -> Return | None:
    """The version that was sent back and is being corrected now."""
    version = latest(request)
    if version is None or version.version == 1 or not request.is_waiting:
        return None
    return next((one for one in request.returns.all() if one.version == version.version - 1), None)


def agency_table(requests: Iterable[InformationRequest], clocks: dict[Any, Deadline], address: Any) -> Table:
    """An agency's requests: no names, only references, dates and where each stands."""
    rows = []
    for one in requests:
        clock, tag = clocks.get(one.pk), tag_of(one, for_agency=True)
        due = medium_date(clock.due_on) if clock and clock.is_open else ""
        asked = medium_date(london_day(one.issued_at)) if one.issued_at else ""
        given = one.contributor.user.full_name if one.contributor else "Nobody yet"
        case = link(one.case.reference, address(one), whole=True)
        rows.append((case, one.case.partnership.name, asked, due, given, shown(tag)))
    return Table(
        caption="Information requests",
        head=("Case", "Asked by", "Asked", "Due", "Assigned to", "Status"),
        rows=rows,
        empty="Your agency has not been asked for information.",
    )


def tag_of(request: InformationRequest, *, for_agency: bool = False) -> Tag:
    status = RequestStatus(request.status)
    return FOR_AGENCY.get(status, TAGS[status]) if for_agency else TAGS[status]


def shown(tag: Tag) -> Any:
    """A tag as a table's cell."""
    return component("tag", {"text": tag.text, "classes": f"govuk-tag--{tag.colour}"})
