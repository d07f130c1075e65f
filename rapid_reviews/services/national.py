"""Verbs of a national review the Panel holds: what it considered, scope and method, the Secretary of State. Rule 7.2.

Each entry is kept for ever and the one made last stands: a correction is another entry. The same twice by one person is
one; raises AlreadyDone when a colleague recorded the same, Refused, by field, for a day that cannot be.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from cspr.audit.recording import recorded
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.engine import apply
from cspr.govuk.dates import long_date, medium_date
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone, Refused, Transition, refusals
from rapid_reviews.models import NationalConsidered, NationalScope, RapidReview, SecretaryTold
from rapid_reviews.models.national import Entry
from rapid_reviews.options.national import CIRCUMSTANCES, CRITERIA, PARTNERS, in_order, with_whom
from rapid_reviews.selectors import national as selectors
from rapid_reviews.selectors import review as reviews
from rapid_reviews.workflow.national import (
    RECORD_NATIONAL_CONSIDERED,
    RECORD_NATIONAL_SCOPE,
    RECORD_SECRETARY_TOLD,
)

One = TypeVar("One", bound=Entry)


@recorded
def record_national_considered(
    review: RapidReview, *, criteria: Sequence[str], circumstances: Sequence[str], by: Membership
) -> NationalConsidered:
    """Keep which criteria and circumstances the Panel's last such letter says it considered (7.2)."""
    locked = _locked(review, RECORD_NATIONAL_CONSIDERED, by)
    letter = selectors.national_letters(locked).reverse()[0]
    given = {
        "criteria": in_order(criteria, CRITERIA),
        "circumstances": in_order(circumstances, CIRCUMSTANCES),
    }
    if not any(given.values()):
        raise Refused(fields={"criteria": "Select what the Panel’s letter says it considered"})
    standing = _standing(selectors.considered(letter), given, RECORD_NATIONAL_CONSIDERED, by)
    if standing is not None:
        return standing
    entry = NationalConsidered(answer=letter, recorded_at=now(), recorded_by=by, **given)
    entry.save(force_insert=True)
    detail = {name: len(codes) for name, codes in given.items()}
    _apply(locked, RECORD_NATIONAL_CONSIDERED, by=by, detail=detail)
    return entry


@recorded
def record_national_scope(
    review: RapidReview,
    *,
    scope: str,
    method: str,
    engagement: str,
    discussed_on: date,
    partners: Sequence[str],
    by: Membership,
) -> NationalScope:
    """Keep scope and method as the Panel discussed them with the partners: on which day, with which of them (7.2)."""
    locked = _locked(review, RECORD_NATIONAL_SCOPE, by)
    given = {
        "scope": scope.strip(), "method": method.strip(), "engagement": engagement.strip(),
        "discussed_on": discussed_on, "partners": in_order(partners, PARTNERS),
    }  # fmt: skip
    wrong = _wrong_day(locked, "discussed_on", discussed_on, "The day it was discussed")
    if not (given["scope"] or given["method"] or given["engagement"]):
        wrong["scope"] = "Enter the scope, the method, or how people will be involved"
    if not given["partners"]:
        wrong["partners"] = "Select the partners it was discussed with"
    if wrong:
        raise Refused(fields=wrong)
    standing = _standing(selectors.discussions(locked), given, RECORD_NATIONAL_SCOPE, by)
    if standing is not None:
        return standing
    entry = NationalScope(review=locked, recorded_at=now(), recorded_by=by, **given)
    entry.save(force_insert=True)
    detail = {"on": medium_date(discussed_on), "partners": with_whom(entry.partners)}
    _apply(locked, RECORD_NATIONAL_SCOPE, by=by, detail=detail)
    return entry


@recorded
def record_secretary_told(
    review: RapidReview, *, told_on: date, how_known: str, by: Membership
) -> SecretaryTold:
    """Keep that the Panel told the Secretary of State, on which day, and how that is known (7.2)."""
    locked = _locked(review, RECORD_SECRETARY_TOLD, by)
    given = {"told_on": told_on, "how_known": how_known.strip()}
    wrong = _wrong_day(locked, "told_on", told_on, "The day the Secretary of State was told")
    if not given["how_known"]:
        wrong["how_known"] = "Enter how this is known"
    if wrong:
        raise Refused(fields=wrong)
    standing = _standing(selectors.secretary_told(locked), given, RECORD_SECRETARY_TOLD, by)
    if standing is not None:
        return standing
    entry = SecretaryTold(review=locked, recorded_at=now(), recorded_by=by, **given)
    entry.save(force_insert=True)
    _apply(locked, RECORD_SECRETARY_TOLD, by=by, detail={"on": medium_date(told_on)})
    return entry


def _locked(review: RapidReview, transition: Transition, by: Membership) -> RapidReview:
    locked = reviews.locked(review)
    if not reviews.comes_to(locked, by):
        raise Refused(NOT_OPEN_TO_YOU)
    if sentences := refusals(locked, transition, by):
        raise Refused(*sentences)
    return locked


def _standing(
    entries: "QuerySet[One]", given: Mapping[str, Any], transition: Transition, by: Membership
) -> One | None:
    """The entry that stands, where it says the very same; raises AlreadyDone when a colleague recorded that."""
    last = entries.first()
    if last is None or any(getattr(last, name) != value for name, value in given.items()):
        return None
    if last.recorded_by.user_id != by.user_id:
        raise AlreadyDone(by=last.recorded_by, what=transition.label)
    return last


def _wrong_day(review: RapidReview, field: str, day: date, called: str) -> dict[str, str]:
    """Neither later than today nor before the Panel's letter came."""
    letter_on = selectors.told_of_it_on(review)
    if day > today():
        return {field: f"{called} must be today or in the past"}
    if letter_on is not None and day < letter_on:
        return {
            field: f"{called} must be the same as or after the day the Panel’s letter came, {long_date(letter_on)}"
        }
    return {}


def _apply(review: RapidReview, transition: Transition, *, by: Membership, detail: dict[str, Any]) -> None:
    apply(review, transition, by=by, changes={"_history_user": by.user}, detail=detail)
