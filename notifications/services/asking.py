"""Verbs of the question to the three partners: ask, take back, give a view. Rule 4.3."""

from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.decisions import services as decisions
from cspr.decisions.models import Answer, Decision, Question, SignOff
from cspr.dispatch import services as dispatch
from cspr.engine import apply
from cspr.people.models import Membership
from cspr.people.selectors import partners_of
from cspr.workflow import Refused, refusals
from notifications import phrases
from notifications.models import Incident
from notifications.selectors import incident as incidents
from notifications.selectors.papers import papers_of, proposal_of
from notifications.workflow.incident import GIVE_VIEW, REQUEST_VIEWS, TAKE_BACK, VIEWS_REQUESTED


@recorded
def request_views(incident: Incident, *, by: Membership) -> Incident:
    """Ask the three partners whether this is a notifiable incident, with the papers frozen as they stand.

    Each delegated partner is mailed a reference and a link, nothing else. Raises Refused while dates, tests or route
    are missing.
    """
    locked = incidents.locked(incident)

    def ask(asked: Incident) -> None:
        decisions.ask(
            asked.case,
            question=Question.NOTIFIABLE,
            by=by,
            proposal=proposal_of(asked),
            papers=papers_of(asked),
        )
        _tell_partners(asked, by=by)

    return apply(locked, REQUEST_VIEWS, by=by, write=ask, changes={"_history_user": by.user})


def _tell_partners(incident: Incident, *, by: Membership) -> None:
    """One mail to each delegated partner; nobody walled off is told, nor whoever asks."""
    case = incident.case
    clock = incidents.running_clock(case, "C4")
    for partner in partners_of(case.partnership):
        if partner.user_id != by.user_id:
            dispatch.post(
                to=partner,
                subject=phrases.VIEW_ASKED,
                reference=case.reference,
                link=reverse("incident_give_view", args=[case.pk]),
                until=clock.due_on if clock else None,
                by=by,
                about=case,
            )


@recorded
def take_back(incident: Incident, *, by: Membership, reason: str) -> Incident:
    """Take the question back to triage, with a reason. The views given stay readable in this version."""
    locked = incidents.locked(incident)

    def close(changed: Incident) -> None:
        question = incidents.open_question(changed.case, lock=True)
        if question is not None:
            decisions.take_back(question, by=by, reason=reason)

    return apply(locked, TAKE_BACK, by=by, reason=reason, write=close, changes={"_history_user": by.user})


@recorded
def give_view(incident: Incident, *, by: Membership, answer: Answer, reason: str) -> SignOff:
    """Give the view of one's own partner. The last of the three tells the local authority's partner that it can decide.

    Raises Refused for another partnership or whoever prepared the question; AlreadyDone when a colleague answered for
    the partner first.
    """
    locked = incidents.locked(incident)
    decision = incidents.open_question(locked.case, lock=True)
    sentences = view_refusals(locked, by)
    if sentences or decision is None:
        raise Refused(*(sentences or ["There is no question open now."]))
    before = decisions.missing_partners(decision)
    sign_off = decisions.give_view(decision, by=by, answer=answer, reason=reason)
    if before and not decisions.missing_partners(decision):
        _tell_decider(locked, by=by)
    return sign_off


def view_refusals(incident: Incident, by: Membership, *, opened: bool = False) -> list[str]:
    """Why this person cannot give a view now, as sentences: the page and the verb ask here.

    ``opened``: the page asked is one of this case and found it by what the person may open, a moment ago.
    """
    sentences = refusals(incident, GIVE_VIEW, by)
    if sentences or incident.status != VIEWS_REQUESTED:
        return sentences
    refusal: str | None = "There is no question open now."
    if opened:
        if asked := incidents.question_to(by, incident.case):
            refusal = decisions.answer_refusal(
                by, asked_by_user=asked.asked_by_user, answered_for=asked.answered_for
            )
    elif decision := incidents.open_question(incident.case):
        refusal = decisions.view_refusal(decision, by)
    return [refusal] if refusal else []


def _tell_decider(incident: Incident, *, by: Membership) -> None:
    case = incident.case
    for partner in partners_of(case.partnership):
        if partner.partner == "LA" and partner.user_id != by.user_id:
            link = reverse("incident_decide_notifiable", args=[case.pk])
            dispatch.post(
                to=partner,
                subject=phrases.VIEWS_COMPLETE,
                reference=case.reference,
                link=link,
                by=by,
                about=case,
            )


def own_view(decision: Decision, by: Membership) -> SignOff | None:
    """What this person's partner answered."""
    return next((one for one in decision.sign_offs.all() if one.partner == by.partner), None)
