"""Referrals, built through the verbs an agency uses. All of it is invented."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import uuid4

from cspr.govuk.dates import RoughDate
from cspr.people.models import Membership, Partnership
from notifications import options
from notifications.models import Referral, ReferredChild
from notifications.services.referral import answer_page, start_referral, submit
from notifications.services.referral_rows import add_child, answer_child, finish_list
from notifications.workflow.referral_pages import PAGES
from tests.kept import kept

WHEN = date(2026, 11, 12)
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "referrer": {
        "referrer_name": "Invented Teacher",
        "referrer_role": "Head of year",
        "referrer_phone": "01632 960 001",
        "referrer_email": "teacher@example.test",
    },
    "safeguarding-lead": {
        "lead_name": "Invented Lead",
        "lead_role": "Designated safeguarding lead",
        "lead_phone": "01632 960 002",
        "lead_email": "",
        "lead_consulted_on": WHEN,
    },
    "purpose": {"purpose": [options.Purpose.CRITERIA]},
    "awareness": {
        "agency_aware_on": WHEN,
        "agency_aware_time": time(16, 40),
        "agency_aware_person": "Invented Nurse, school nurse",
    },
    "delay": {"delayed": "NO", "delay_reason": ""},
    "when": {
        "occurred_precision": RoughDate.EXACT,
        "occurred_on": WHEN,
        "occurred_until_on": WHEN,
        "occurred_time": time(9, 15),
    },
    "where": {
        "place_kind": options.PlaceKind.IN_AREA,
        "place_authority": "",
        "place_country": "",
        "place_description": "At home",
        "normally_resident": "",
    },
    "what-happened": {"narrative": "An invented account of an invented incident."},
    "harm": {
        "nature": options.Nature.SERIOUS_HARM,
        "died_on": None,
        "serious_harm_reason": "Invented lasting injury",
        "other_nature": "",
        "harm_kinds": [options.HarmKind.PHYSICAL],
        "harm_kinds_other": "",
    },
    "abuse-or-neglect": {"abuse_known": options.AbuseKnown.SUSPECTED, "abuse_reason": "Invented reason"},
    "immediate-action": {"action_taken": "The child is in hospital.", "action_needed": ""},
    "media": {"media_interest": options.MediaInterest.NONE, "media_detail": "", "media_unit_phoned": ""},
}
CHILD: Mapping[str, Mapping[str, Any]] = {
    "identity": {
        "kind": options.ChildKind.BORN,
        "name": "Invented Childname",
        "other_names": "",
        "born_on": date(2020, 3, 27),
        "age": None,
        "expected_on": None,
        "unidentified_detail": "",
        "nhs_number": "9434765919",
    },
    "about": {
        "sex": options.Sex.FEMALE,
        "ethnicity": options.Ethnicity.NOBT,
        "ethnicity_described": "",
        "disabilities": [options.Disability.NONE],
        "disability_detail": "",
        "language": "",
        "religion": "",
    },
    "home": {
        "address": "1 Invented Street",
        "whereabouts": "",
        "schooling": options.Schooling.SCHOOL,
        "school": "Invented School",
    },
    "care": {
        "care_status": options.CareStatus.NEITHER,
        "care_authority": "",
        "legal_status": options.LegalStatus.NONE,
        "placement": options.Placement.HOME,
        "placement_detail": "",
    },
    "plans": {
        "protection_plan": options.PlanState.NEVER,
        "protection_category": "",
        "protection_from_on": None,
        "protection_until_on": None,
        "need_plan": options.PlanState.NEVER,
        "need_from_on": None,
        "need_until_on": None,
    },
}


def started(by: Membership, partnership: Partnership | None = None) -> Referral:
    """A draft with nothing answered."""
    chosen = partnership or by.agency.partnerships.first()
    return start_referral(chosen, by=by, token=uuid4())


def with_child(referral: Referral, by: Membership, **changes: Any) -> ReferredChild:
    """A child with every page answered. ``changes`` are columns of "identity"."""
    child = add_child(referral, answers={**CHILD["identity"], **changes}, by=by)
    for page in ("about", "home", "care", "plans"):
        child = answer_child(child, page=page, answers=CHILD[page], revision=None, by=by)
    return child


@kept
def complete(
    by: Membership,
    partnership: Partnership | None = None,
    answers: Mapping[str, Any] | None = None,
    **child: Any,
) -> Referral:
    """A draft that can be sent. ``answers`` change columns of its pages, ``child`` those of the child's identity."""
    referral = started(by, partnership)
    for page, given in ANSWERS.items():
        changed = {column: (answers or {}).get(column, value) for column, value in given.items()}
        referral = answer_page(referral, page=page, answers=changed, revision=None, by=by)
    with_child(referral, by, **child)
    for one in PAGES:
        if one.rows is not None:
            referral = finish_list(referral, page=one.key, finished=True, by=by)
    return referral


@kept
def sent(
    by: Membership,
    partnership: Partnership | None = None,
    answers: Mapping[str, Any] | None = None,
    **child: Any,
) -> Referral:
    """A referral that has been sent."""
    return submit(complete(by, partnership, answers, **child), by=by)
