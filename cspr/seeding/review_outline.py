"""What was seeded of a rapid review, for a check from outside: each thing that has an address, and its markers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import models
from django.urls import reverse

from cspr.cases.models import Case
from rapid_reviews.models import InformationRequest, RapidReview
from rapid_reviews.selectors.review import find_review

Described = tuple[str, models.Model, str, list[models.Model], dict[str, Any]]
"""Kind, row, address, the rows whose markers are its own, and what else is said of it."""


def of_review(case: Case) -> Iterator[Described]:
    """Everything of the case's rapid review, and of its register of proceedings, that has an address."""
    for proceeding in case.proceedings.all():
        url = reverse("case_proceedings", args=[case.pk])
        yield "proceeding", proceeding, url, [proceeding, *proceeding.holds.all()], {}
    review = find_review(case)
    if review is None:
        return
    yield "rapid_review", review, reverse("rapid_review", args=[case.pk]), list(_written(review)), {}
    yield from _requests(review)
    yield from _around(review)


def rows_of(case: Case) -> Iterator[models.Model]:
    """Every row of a review and its register, for the case's own list of markers."""
    for _, _, _, rows, _ in of_review(case):
        yield from rows
    yield from case.family_leads.all()


def _written(review: RapidReview) -> Iterator[models.Model]:
    yield from (*review.sections.all(), *review.criteria.all(), *review.proposals.all())
    yield from review.chronology_people.all()
    for escalation in review.escalations.all():
        yield from (escalation, *escalation.answers.all())
    for sent in review.sendings.all():
        yield from (sent, *sent.panel_answers.all())
    yield from (*review.national_scopes.all(), *review.secretary_told.all())
    for closing in review.closings.all():
        yield closing
        if hasattr(closing, "reopening"):
            yield closing.reopening


def _requests(review: RapidReview) -> Iterator[Described]:
    for request in review.requests.select_related("agency", "contributor__user"):
        unit = reverse("case_request", args=[review.case_id, request.pk])
        yield "information_request", request, unit, list(_returned(request)), {}
        if request.is_draft or request.is_guest:
            continue
        own = {
            "agency": request.agency.name,
            "by": request.contributor.user.email if request.contributor else "",
        }
        yield "agency_return", request, reverse("request", args=[request.pk]), list(_returned(request)), own


def _returned(request: InformationRequest) -> Iterator[models.Model]:
    yield request
    for version in request.returns.all():
        yield from (version, *version.chronology.all())
        for file in version.files.all():
            yield from (file, file.document, *file.document.versions.all())


def _around(review: RapidReview) -> Iterator[Described]:
    case = review.case_id
    pages: tuple[tuple[str, str, Iterable[models.Model], Callable[[Any], list[models.Model]]], ...] = (
        ("safety_action", "safety_actions", review.safety_actions.all(), lambda one: [one]),
        ("learning_shared", "safety_actions", review.learning_shared.all(), lambda one: [one]),
        ("family_person", "family", review.family.all(), lambda one: [one, *one.contacts.all()]),
    )
    for kind, page, rows, own in pages:
        for row in rows:
            yield kind, row, reverse(page, args=[case]), own(row), {}
    for meeting in review.meetings.all():
        rows = [meeting, *meeting.attendance.all(), *meeting.minutes.all(), *meeting.packs.all()]
        yield "meeting", meeting, reverse("meeting", args=[case, meeting.pk]), rows, {}
