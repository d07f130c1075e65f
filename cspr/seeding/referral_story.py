"""One invented referral with every page answered and a row in every list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from cspr.govuk.dates import RoughDate
from cspr.people.models import Membership
from cspr.seeding.words import Words
from cspr.seeding.world import World
from notifications import options
from notifications.models import Referral
from notifications.services.receiving import receive_referral
from notifications.services.referral import answer_page, start_referral
from notifications.services.referral_files import attach_file
from notifications.services.referral_rows import add_child, add_row, answer_child, finish_list
from notifications.workflow.referral_pages import PAGES


@dataclass(frozen=True)
class Story:
    """What an invented case is about."""

    child: str
    happened_on: date
    what: str
    age: int = 4
    nature: str = options.Nature.SERIOUS_HARM
    abuse: str = options.AbuseKnown.SUSPECTED
    care: str = options.CareStatus.NEITHER
    place: str = options.PlaceKind.IN_AREA


def file_of(words: Words, stem: str) -> SimpleUploadedFile:
    """An invented text file."""
    text = words.line("An invented letter about an invented case.", 2000)
    return SimpleUploadedFile(words.file_name(stem), text.encode(), content_type="text/plain")


def draft(world: World, story: Story, *, by: Membership) -> Referral:
    """A draft whose every page is answered."""
    referral = start_referral(world.partnership, by=by, token=uuid4())
    for page, answers in _pages(world.words, story, by).items():
        referral = answer_page(referral, page=page, answers=answers, revision=None, by=by)
    _add_children(referral, world.words, story, by)
    for page, answers in _rows(world.words, story).items():
        add_row(referral, page=page, answers=answers, by=by)
    attach_file(
        referral,
        upload=file_of(world.words, "Letter"),
        description=world.words.line("Letter of the practitioner", 150),
        by=by,
    )
    for one in PAGES:
        if one.rows is not None:
            referral = finish_list(referral, page=one.key, finished=True, by=by)
    return referral


def sent(world: World, story: Story, *, by: Membership, at: datetime) -> Referral:
    """A referral received at a moment."""
    return receive_referral(draft(world, story, by=by), by=by, at=at)


def _pages(words: Words, story: Story, by: Membership) -> dict[str, Mapping[str, Any]]:
    died = story.nature == options.Nature.DEATH
    harm_kinds = [options.HarmKind.PHYSICAL, options.HarmKind.OTHER]
    return {
        "referrer": {
            "referrer_name": words.line(by.user.full_name),
            "referrer_role": words.line("Practitioner"),
            "referrer_phone": words.line("01632 960 001"),
            "referrer_email": words.email("referrer"),
        },
        "safeguarding-lead": {
            "lead_name": words.line("Ada Lead"),
            "lead_role": words.line("Named safeguarding lead"),
            "lead_phone": words.line("01632 960 002"),
            "lead_email": words.email("lead"),
            "lead_consulted_on": story.happened_on,
        },
        "purpose": {"purpose": [options.Purpose.CRITERIA]},
        "awareness": {
            "agency_aware_on": story.happened_on,
            "agency_aware_time": time(10, 15),
            "agency_aware_person": words.line("Duty practitioner"),
        },
        "delay": {"delayed": "YES", "delay_reason": words.line("The lead was away for a morning.")},
        "when": {
            "occurred_precision": RoughDate.EXACT,
            "occurred_on": story.happened_on,
            "occurred_until_on": story.happened_on,
            "occurred_time": time(8, 0),
        },
        "where": _place(words, story),
        "what-happened": {"narrative": words.line(story.what, 2000)},
        "harm": {
            "nature": story.nature,
            "died_on": story.happened_on if died else None,
            "serious_harm_reason": words.line("Lasting impairment is likely, the consultant says.")
            if story.nature == options.Nature.SERIOUS_HARM
            else "",
            "other_nature": words.line("Nobody was hurt; it was close, and services can learn from it.")
            if story.nature == options.Nature.OTHER
            else "",
            "harm_kinds": harm_kinds,
            "harm_kinds_other": words.line("Not explained by the accounts given"),
        },
        "abuse-or-neglect": {
            "abuse_known": story.abuse,
            "abuse_reason": words.line("What the carers say does not agree with what was found."),
        },
        "immediate-action": {
            "action_taken": words.line("A strategy meeting was held on the same day."),
            "action_needed": words.line("A place of safety for the other child."),
        },
        "media": {
            "media_interest": options.MediaInterest.POSSIBLE,
            "media_detail": words.line("A local paper has telephoned the hospital."),
            "media_unit_phoned": "YES",
        },
    }


def _place(words: Words, story: Story) -> dict[str, Any]:
    elsewhere, abroad = options.PlaceKind.ENGLAND, options.PlaceKind.ABROAD
    return {
        "place_kind": story.place,
        "place_authority": words.line("Eastmoor") if story.place == elsewhere else "",
        "place_country": words.line("Inventia") if story.place == abroad else "",
        "place_description": words.line("At home, in the living room"),
        "normally_resident": "YES" if story.place == abroad else "",
    }


def _add_children(referral: Referral, words: Words, story: Story, by: Membership) -> None:
    born = story.happened_on - timedelta(days=365 * story.age + 40)
    first = {
        "kind": options.ChildKind.BORN,
        "name": words.line(story.child),
        "other_names": words.line(f"{story.child.split()[1]} at home"),
        "born_on": born,
        "age": None,
        "expected_on": None,
        "unidentified_detail": "",
        "nhs_number": "",
    }
    second = {
        **first,
        "kind": options.ChildKind.UNIDENTIFIED,
        "name": "",
        "other_names": "",
        "born_on": None,
        "unidentified_detail": words.line("A younger child seen at the window, not known to services"),
    }
    for identity in (first, second):
        child = add_child(referral, answers=identity, by=by)
        for page, answers in _child_pages(words, story).items():
            child = answer_child(child, page=page, answers=answers, revision=None, by=by)


def _child_pages(words: Words, story: Story) -> dict[str, Mapping[str, Any]]:
    looked_after = story.care == options.CareStatus.LOOKED_AFTER
    return {
        "about": {
            "sex": options.Sex.FEMALE,
            "ethnicity": options.Ethnicity.OOTH,
            "ethnicity_described": words.line("As the family describes it"),
            "disabilities": [options.Disability.LD],
            "disability_detail": words.line("Some delay in speech"),
            "language": words.line("English"),
            "religion": words.line("None"),
        },
        "home": {
            "address": words.line("1 Invented Street, Testtown", 500),
            "whereabouts": words.line("With a grandparent since the incident"),
            "schooling": options.Schooling.SCHOOL,
            "school": words.line("Invented Primary School"),
        },
        "care": {
            "care_status": story.care,
            "care_authority": words.line("Northvale council"),
            "legal_status": options.LegalStatus.C2 if looked_after else options.LegalStatus.NONE,
            "placement": options.Placement.U6 if looked_after else options.Placement.HOME,
            "placement_detail": words.line("Known to the service since spring"),
        },
        "plans": {
            "protection_plan": options.PlanState.BEFORE,
            "protection_category": options.PlanCategory.NEGLECT,
            "protection_from_on": story.happened_on - timedelta(days=400),
            "protection_until_on": story.happened_on - timedelta(days=200),
            "need_plan": options.PlanState.NOW,
            "need_from_on": story.happened_on - timedelta(days=199),
            "need_until_on": None,
        },
    }


def _rows(words: Words, story: Story) -> dict[str, Mapping[str, Any]]:
    return {
        "family": {
            "name": words.line("Testparent Invented"),
            "relationship": options.Relationship.MOTHER,
            "relationship_detail": words.line("Lives with the child"),
            "born_on": None,
            "age": 31,
            "ethnicity": options.Ethnicity.NOBT,
            "address": words.line("1 Invented Street, Testtown", 500),
            "protection_plan": options.PlanState.NEVER,
            "safety": options.Safety.AT_RISK,
            "safety_detail": words.line("A worker visits each day."),
        },
        "agencies": {
            "name": words.line("Invented Health Visiting Service"),
            "kind": options.ServiceKind.HEALTH_VISITING,
            "worker": words.line("Vera Visitor"),
            "contact": words.line("01632 960 003"),
            "involved_with": words.line("Routine visits, the last one missed"),
            "still_involved": "YES",
        },
        "key-dates": {
            "happened_precision": RoughDate.EXACT,
            "happened_on": story.happened_on - timedelta(days=30),
            "happened_until_on": story.happened_on - timedelta(days=30),
            "event": words.line("A bruise was seen at nursery and explained as a fall."),
            "source": words.line("Nursery record"),
        },
        "proceedings": {
            "kind": options.ProceedingKind.CRIMINAL,
            "lead": words.line("Inspector Invented"),
            "lead_contact": words.line("01632 960 004"),
            "proceeding_reference": words.line("INV/26/0001"),
            "next_on": story.happened_on + timedelta(days=60),
            "next_event": words.line("Charging decision"),
            "holds": [options.HoldOn.INTERVIEWS],
            "hold_reason": words.line("The carers are to be interviewed first."),
        },
    }
