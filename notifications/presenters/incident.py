"""The incident's page: its task list, its facts as rows, what can be done next and what not yet."""

from dataclasses import dataclass

from django.urls import reverse

from cspr.govuk.dates import long_date, long_moment
from cspr.govuk.parts import CANNOT_START, COMPLETED, NOT_STARTED, Row, Step, Tag, Task
from cspr.people.models import Membership
from cspr.permissions import can
from cspr.statute.definitions import route as route_of
from cspr.workflow import Transition, refusals
from notifications.models import Incident
from notifications.options.incident import TESTS
from notifications.presenters.answers import moment
from notifications.selectors.incident import read_preparers
from notifications.services.asking import view_refusals
from notifications.workflow import incident as table


def page_of(transition: Transition, incident: Incident) -> str:
    """The address of the page on which a step is taken: its name is the step's."""
    return reverse(f"incident_{transition.name}", args=[incident.case_id])


@dataclass(frozen=True)
class Section:
    """Tasks under one heading."""

    heading: str
    tasks: list[Task]


def sections(incident: Incident, acting: Membership) -> list[Section]:
    """The task list of triage: dates, tests, route, other areas, other cases."""
    at = [incident.case_id]
    aware_page = table.correction(incident) if incident.aware_at else table.RECORD_AWARENESS
    aware_href = reverse(
        "incident_correct_awareness" if incident.aware_at else "incident_record_awareness", args=at
    )
    dates = [
        _task("When it happened, and when an agency became aware", table.RECORD_DATES, incident, acting,
              done=incident.dates_recorded_at is not None),
        _task("When the local authority became aware", aware_page, incident, acting,
              done=incident.aware_at is not None, href=aware_href,
              hint=long_moment(incident.aware_at) if incident.aware_at else "The clocks of notification count from it"),
    ]  # fmt: skip
    tests = [
        _task(title, table.ANSWER_TEST, incident, acting, done=bool(getattr(incident, column)),
              href=reverse("incident_answer_test", args=[*at, slug]))
        for slug, (title, column) in TESTS.items()
    ]  # fmt: skip
    route = _task(
        "The route", table.CONFIRM_ROUTE, incident, acting, done=bool(incident.route),
        hint=f"Route {incident.route}: {route_of(incident.route).title}" if incident.route else "",
    )  # fmt: skip
    others = [
        Task("Other areas it concerns", reverse("incident_areas", args=at), Tag("Optional"), ""),
        _task("Other cases about the same incident", table.LINK, incident, acting, done=None),
    ]
    return [
        Section("The dates", dates),
        Section("The tests", [*tests, route]),
        Section("Beyond this case", others),
    ]


def _task(
    title: str,
    transition: Transition,
    incident: Incident,
    acting: Membership,
    *,
    done: bool | None,
    href: str = "",
    hint: str = "",
) -> Task:
    """One line; what this person cannot do now has no link."""
    closed = refusals(incident, transition, acting)
    state = Tag("Optional") if done is None else COMPLETED if done else NOT_STARTED
    if closed:
        return Task(title, "", COMPLETED if done else CANNOT_START, hint)
    return Task(title, href or page_of(transition, incident), state, hint)


LABELS = {
    table.DECIDE_NOTIFIABLE.name: "Decide whether to notify",
    table.LINK.name: "Join to another case",
}
AT_STATUS: dict[str, tuple[Transition, ...]] = {
    table.TRIAGE: (table.REQUEST_VIEWS, table.LINK),
    table.VIEWS_REQUESTED: (table.GIVE_VIEW, table.DECIDE_NOTIFIABLE, table.TAKE_BACK),
    table.NOT_NOTIFIABLE: (table.REOPEN,),
}


def steps(incident: Incident, acting: Membership) -> list[Step]:
    """What belongs to this person at this stage, on a page of a case they opened; what cannot be done yet says why."""
    offered = [one for one in AT_STATUS.get(incident.status, ()) if can(acting, one.permission)]
    if any(one.not_same_as for one in offered):
        read_preparers(incident)
    return [
        Step(
            label=LABELS.get(one.name, one.label),
            href=page_of(one, incident),
            refusals=tuple(
                view_refusals(incident, acting, opened=True)
                if one is table.GIVE_VIEW
                else refusals(incident, one, acting)
            ),
            secondary=one in {table.TAKE_BACK, table.LINK},
        )
        for one in offered
    ]


def fact_rows(incident: Incident) -> list[Row]:
    """What is recorded, for everybody who may open the case."""
    by = incident.routed_by
    rows = [
        ("When it happened", _occurred(incident)),
        ("Where", incident.happened_in),
        ("An agency became aware", _agency_aware(incident)),
        ("The local authority became aware", _aware(incident)),
        ("Abuse or neglect", _pair(incident.get_abuse_display(), incident.abuse_reason)),
        ("Harm", _pair(incident.get_nature_display(), incident.nature_reason)),
        ("Place", _pair(incident.get_place_display(), incident.place_reason)),
        ("Looked after or care leaver", _pair(incident.get_care_status_display(), incident.care_reason)),
        ("Route", _pair(incident.get_route_display(), incident.route_reason)),
        ("Route confirmed by", f"{by}" if by else ""),
    ]
    return [Row(key, value or "Not recorded yet") for key, value in rows]


def _pair(answer: str, reason: str) -> str:
    return f"{answer}. {reason}" if answer and reason else answer


def _occurred(incident: Incident) -> str:
    if incident.occurred is None:
        return ""
    words = moment(incident.occurred)
    at = f" at {incident.occurred_time:%H:%M}" if incident.occurred_time else ""
    return f"{words}{at}{_unconfirmed(incident)}"


def _agency_aware(incident: Incident) -> str:
    day = incident.agency_aware_on
    return f"{long_date(day)}{_unconfirmed(incident)}" if day else ""


def _unconfirmed(incident: Incident) -> str:
    """What only the referral says so far is not recorded by the unit."""
    return "" if incident.dates_recorded_at else " (from the referral, not confirmed yet)"


def _aware(incident: Incident) -> str:
    if incident.aware_at is None:
        return ""
    return f"{long_moment(incident.aware_at)}. {incident.aware_person}. {incident.aware_evidence}"
