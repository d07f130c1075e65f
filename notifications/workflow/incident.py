"""What may happen to an incident, as data: triage, the partners' views, the decision. Rules 4.1 to 4.8."""

from typing import Any

from cspr.permissions import Permission
from cspr.statute.duties import Step, missing
from cspr.statute.sources import CHAPTER_4, CHAPTER_4_FIVE_DAYS, NATIONAL_FORM, PANEL_FAQ, S16C, WT_2023
from cspr.workflow import Table, Transition
from notifications.models import Incident
from notifications.options import Nature
from notifications.options.incident import IncidentStatus
from notifications.workflow.routes import DEATH_CLOCK, RouteAnswers, clocks_wanted

TRIAGE, VIEWS_REQUESTED = IncidentStatus.TRIAGE, IncidentStatus.VIEWS_REQUESTED
NOTIFIABLE, NOT_NOTIFIABLE = IncidentStatus.NOTIFIABLE, IncidentStatus.NOT_NOTIFIABLE
NOTIFIED, LINKED = IncidentStatus.NOTIFIED, IncidentStatus.LINKED
OPEN = frozenset({TRIAGE, VIEWS_REQUESTED})
PREPARED_BY = ("views_requested_by", "routed_by")
"""Separation (roles.md): who prepared the question neither answers nor decides it."""


def answers_of(incident: Incident) -> RouteAnswers:
    """The answers of the tests as they stand."""
    return RouteAnswers(
        abuse=incident.abuse,
        nature=incident.nature,
        place=incident.place,
        care_status=incident.care_status,
        age_at_death=incident.age_at_death,
    )


def held(incident: Incident) -> set[str]:
    """What of the required content is there: the names of ``cspr.statute.duties``."""
    harm = bool(incident.nature and incident.nature_reason)
    there = {
        "aware_at": incident.aware_at is not None,
        "aware_person": bool(incident.aware_person),
        "abuse_or_neglect": bool(incident.abuse and incident.abuse_reason),
        "died_or_seriously_harmed": harm,
        "serious_harm": harm,
        "in_area_or_resident": bool(incident.place and incident.place_reason),
        "route": bool(incident.route),
    }
    return {what for what, is_there in there.items() if is_there}


def missing_before_asking(incident: Incident) -> list[str]:
    """Sentences for what the partners have to have before them; their views come later."""
    happened = () if incident.nature == Nature.DEATH else ("the child did not die",)
    content = missing(Step.DECIDE_NOTIFIABLE, held(incident), circumstances=happened)
    sentences = [duty.sentence for duty in content if duty.what != "three_views"]
    if incident.dates_recorded_at is None:
        sentences.insert(0, "Record when the incident happened and when the agency became aware.")
    return sentences


def has_its_papers(incident: Incident, by: Any) -> str | None:
    """Dates, tests with reasons and route are recorded."""
    sentences = missing_before_asking(incident)
    if not sentences:
        return None
    more = len(sentences) - 1
    return sentences[0] if not more else f"{sentences[0]} {more} more {'is' if more == 1 else 'are'} missing."


def is_not_yet_aware(incident: Incident, by: Any) -> str | None:
    """The first moment is recorded once; a corrected one is the manager's act, with a reason."""
    if incident.aware_at is None:
        return None
    return "The moment is recorded. The business unit manager can correct it, with a reason."


def is_aware(incident: Incident, by: Any) -> str | None:
    return None if incident.aware_at else "No moment is recorded yet, so there is nothing to correct."


def has_its_answers(incident: Incident, by: Any) -> str | None:
    """The route follows from the answers, so they come first."""
    return None if answers_of(incident).are_complete else "Answer the four tests first."


def goes_to_the_national_system(incident: Incident, by: Any) -> str | None:
    return None if incident.is_to_be_sent else "It was decided that nothing is to be notified."


def of_this_partnership(incident: Incident, by: Any) -> str | None:
    """A partner speaks for their own partnership only (4.3)."""
    own = by.partnership_id == incident.case.partnership_id
    return None if own else "This case belongs to another partnership."


P = Permission
RECORD_DATES = Transition(
    "record_dates", "Save the dates", OPEN, TRIAGE, P.TRIAGE, CHAPTER_4, guards=(of_this_partnership,),
    past="dates_recorded",
)  # fmt: skip
RECORD_AWARENESS = Transition(
    "record_awareness", "Record when the local authority became aware", OPEN, TRIAGE, P.TRIAGE, CHAPTER_4_FIVE_DAYS,
    guards=(of_this_partnership, is_not_yet_aware),
)  # fmt: skip
CORRECT_AWARENESS = Transition(
    "correct_awareness", "Correct when the local authority became aware", OPEN, TRIAGE, P.CORRECT_AWARENESS,
    CHAPTER_4_FIVE_DAYS, guards=(of_this_partnership, is_aware), needs_reason=True,
)  # fmt: skip
CORRECT_AWARENESS_LATER = Transition(
    "correct_awareness_later", "Correct when the local authority became aware", frozenset({NOTIFIABLE}), NOTIFIABLE,
    P.CORRECT_AWARENESS, CHAPTER_4_FIVE_DAYS, guards=(of_this_partnership, is_aware), needs_reason=True,
)  # fmt: skip
ANSWER_TEST = Transition(
    "answer_test", "Save the answer", OPEN, TRIAGE, P.TRIAGE, S16C, guards=(of_this_partnership,)
)
CONFIRM_ROUTE = Transition(
    "confirm_route", "Confirm the route", OPEN, TRIAGE, P.TRIAGE, WT_2023,
    guards=(of_this_partnership, has_its_answers), needs_reason=True, past="routed",
)  # fmt: skip
REQUEST_VIEWS = Transition(
    "request_views", "Ask the partners", frozenset({TRIAGE}), VIEWS_REQUESTED, P.REQUEST_VIEWS, PANEL_FAQ,
    guards=(of_this_partnership, has_its_papers), past="views_requested",
)  # fmt: skip
TAKE_BACK = Transition(
    "take_back", "Take the question back", frozenset({VIEWS_REQUESTED}), TRIAGE, P.REQUEST_VIEWS, PANEL_FAQ,
    guards=(of_this_partnership,), needs_reason=True,
)  # fmt: skip
GIVE_VIEW = Transition(
    "give_view", "Give your view", frozenset({VIEWS_REQUESTED}), VIEWS_REQUESTED, P.GIVE_VIEW, PANEL_FAQ,
    guards=(of_this_partnership,), not_same_as=PREPARED_BY,
)  # fmt: skip
DECIDE_NOTIFIABLE = Transition(
    "decide_notifiable", "Decide to notify", frozenset({VIEWS_REQUESTED}), NOTIFIABLE, P.DECIDE_NOTIFIABLE, PANEL_FAQ,
    guards=(of_this_partnership,), meets=("C4",), not_same_as=PREPARED_BY, past="decided",
)  # fmt: skip
DECIDE_NOT_NOTIFIABLE = Transition(
    "decide_not_notifiable", "Decide not to notify", frozenset({VIEWS_REQUESTED}), NOT_NOTIFIABLE,
    P.DECIDE_NOTIFIABLE, PANEL_FAQ, guards=(of_this_partnership,), meets=("C4",), not_same_as=PREPARED_BY,
    past="decided",
)  # fmt: skip
REOPEN = Transition(
    "reopen", "Open again", frozenset({NOT_NOTIFIABLE}), TRIAGE, P.REOPEN, CHAPTER_4, guards=(of_this_partnership,),
    needs_reason=True,
)  # fmt: skip
LINK = Transition(
    "link", "Join to another case", OPEN, LINKED, P.LINK_REFERRALS, CHAPTER_4, guards=(of_this_partnership,),
    needs_reason=True, past="linked",
)  # fmt: skip
MARK_NOTIFIED = Transition(
    "mark_notified", "Record the notification as sent", frozenset({NOTIFIABLE, NOT_NOTIFIABLE}), NOTIFIED,
    P.RECORD_SENT, NATIONAL_FORM, guards=(of_this_partnership, goes_to_the_national_system), meets=("C1", "C3"),
    past="notified",
)  # fmt: skip
TRANSITIONS = Table((
    RECORD_DATES, RECORD_AWARENESS, CORRECT_AWARENESS, CORRECT_AWARENESS_LATER, ANSWER_TEST, CONFIRM_ROUTE,
    REQUEST_VIEWS, TAKE_BACK, GIVE_VIEW, DECIDE_NOTIFIABLE, DECIDE_NOT_NOTIFIABLE, REOPEN, LINK, MARK_NOTIFIED,
))  # fmt: skip
DECISIONS = {"yes": DECIDE_NOTIFIABLE, "no": DECIDE_NOT_NOTIFIABLE}


def correction(incident: Incident) -> Transition:
    """The row by which a manager corrects the moment of awareness now."""
    return CORRECT_AWARENESS_LATER if incident.status == NOTIFIABLE else CORRECT_AWARENESS


def wanted_clocks(incident: Incident) -> frozenset[str]:
    """Which of C1, C2 and C3 run in this state. A death that has to be told is told whatever was decided."""
    if incident.aware_at is None or incident.status == LINKED:
        return frozenset()
    if incident.status == NOT_NOTIFIABLE:
        return frozenset({DEATH_CLOCK} if incident.death_to_be_told else ())
    return clocks_wanted(route_key=incident.route, death_to_be_told=incident.death_to_be_told)
