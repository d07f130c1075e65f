"""Information requests and returns, built through the verbs of the unit and the agencies. All of it is invented."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cspr.people.models import Agency, Membership
from cspr.permissions import Role
from rapid_reviews.models import InformationRequest, RapidReview
from rapid_reviews.selectors.network import people_of
from rapid_reviews.services import requests, returns
from rapid_reviews.services.requests import Telling
from tests.factories.people import World, make_member
from tests.factories.rapid_reviews import opened
from tests.kept import kept

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "author": {"author_name": "Invented Author", "author_role": "Nurse", "author_contact": "01632 960 002"},
    "records": {
        "records_secured": "yes",
        "records_secured_on": "2026-11-16",
        "records_secured_by": "Invented Keeper",
    },
    "search": {
        "searched_from": "2024-01-01",
        "searched_until": "2026-11-12",
        "systems_searched": "Invented system",
    },
    "involvement": {
        "who_known": ["child", "parent"],
        "involvement": "Invented visits since birth",
        "still_involved": "yes",
    },
    "chronology": {"chronology_state": "none", "chronology_note": ""},
    "practice-episodes": {"practice_episodes": "An invented visit that was missed"},
    "voice": {"child_voice": "The child was seen and played"},
    "equality": {"equality": "An interpreter was never offered"},
    "good-practice": {"good_practice": "A nurse came back the same day"},
    "learning": {"learning": "Ask who else lives there", "recommendations": ""},
    "action": {"action_taken": "All visits were looked at again", "staff_welfare": ""},
    "other-reviews": {"other_reviews": ["none"]},
    "not-shareable": {"withheld": "no"},
}


def found(request: InformationRequest) -> InformationRequest:
    """The request as it stands in the database."""
    return InformationRequest.objects.select_related("agency", "case", "review").get(pk=request.pk)


def telling(review: RapidReview) -> Telling:
    """What every test's agency is told: the incident in a sentence, everybody the referrals name."""
    people = tuple(one.key for one in people_of(review.case))
    return Telling("A child was hurt at an invented home.", people, date(2024, 1, 1), date(2026, 11, 12))


@kept
def drafted(
    world: World, *, agency: Agency | None = None, review: RapidReview | None = None
) -> InformationRequest:
    """A request the unit prepares: to the school, unless another agency is named."""
    on = review or opened(world)
    made = requests.start_requests(
        on, agencies=[agency or world.school], telling=telling(on), by=world.officer
    )
    return found(made[0])


@kept
def issued(world: World, **drafted_with: Any) -> InformationRequest:
    """With the agency."""
    return found(requests.issue(drafted(world, **drafted_with), by=world.officer))


@kept
def guest_issued(world: World, *, review: RapidReview | None = None) -> InformationRequest:
    """With an organisation that has no account."""
    on = review or opened(world)
    draft = requests.start_guest_request(
        on, organisation="Invented Nursery", name="Invented Guest", email="guest@example.test",
        telling=telling(on), by=world.officer,
    )  # fmt: skip
    return found(requests.issue(draft, by=world.officer))


def filled(request: InformationRequest, *, by: Membership) -> InformationRequest:
    """Every page answered; a chronology that was written before is said to be complete."""
    has_rows = request.returns.filter(chronology__isnull=False).exists()
    state = {"chronology_state": "complete" if has_rows else "none"}
    for page, answers in ANSWERS.items():
        given = {**answers, **state} if page == "chronology" else answers
        returns.save_page(request, page=page, answers=given, revision=None, by=by)
    return found(request)


def contributor_of(request: InformationRequest, *, by: Membership) -> Membership:
    """Somebody of the agency to whom the request is assigned."""
    member = make_member(Role.CONTRIBUTOR, agency=request.agency, name="Invented Contributor")
    returns.assign(request, contributor=member, by=by)
    return member


@kept
def answered(world: World, **issued_with: Any) -> InformationRequest:
    """Finished by a contributor; the agency's lead has to sign it off."""
    request = issued(world, **issued_with)
    author = contributor_of(request, by=world.agency_lead)
    filled(found(request), by=author)
    return found(returns.answer(found(request), by=author))


@kept
def signed_off(world: World, **issued_with: Any) -> InformationRequest:
    """Returned to the unit."""
    return found(returns.sign_off(answered(world, **issued_with), by=world.agency_lead))


@kept
def nothing_known(world: World, **issued_with: Any) -> InformationRequest:
    """Signed off that nothing is known."""
    request = issued(world, **issued_with)
    author = contributor_of(request, by=world.agency_lead)
    returns.nothing_known(found(request), by=author)
    return found(returns.sign_off(found(request), by=world.agency_lead))
