"""Verbs on the family's log: who they are, what each was told, or why they are not told. Rules 5.3 and 7.2."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from cspr.audit.recording import record, recorded
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.permissions import Permission
from cspr.workflow import Refused
from rapid_reviews.models import FamilyContact, FamilyPerson, RapidReview
from rapid_reviews.options.family import Constraint, Matter
from rapid_reviews.selectors.family import untold
from rapid_reviews.selectors.national import told_of_it_on
from rapid_reviews.selectors.signing import first_decided_on
from rapid_reviews.services.review import keep
from rapid_reviews.services.rights import require
from rapid_reviews.workflow.family import why_not_told_then, why_not_told_yet, why_not_yet_a_matter

TELL = Permission.TELL_FAMILY
FACTS = ("kin", "known_as", "side", "contact_lead", "care")


@recorded
def add_person(review: RapidReview, *, facts: Mapping[str, Any], by: Membership) -> FamilyPerson:
    """Add somebody of the family, by relationship and initials or pseudonym, with who speaks with them."""
    require(review.case, TELL, by=by)
    person = FamilyPerson(review=review, added_at=now(), added_by=by, **{name: facts[name] for name in FACTS})
    _keep_once(person, by=by, force_insert=True)
    RapidReview.objects.filter(pk=review.pk).update(family_to_tell=True)
    detail = {"kin": person.get_kin_display().lower()}
    record("family.person_added", by=by, subject=person, case=review.case, detail=detail)
    return person


@recorded
def change_person(
    person: FamilyPerson, *, facts: Mapping[str, Any], revision: int | None, by: Membership
) -> FamilyPerson:
    """Change how somebody is known, who speaks with them, what to mind. Raises Changed over a later save."""
    require(person.review.case, TELL, by=by)
    rows = FamilyPerson.objects.select_for_update(of=("self",)).select_related("review__case")
    row = rows.get(pk=person.pk)
    if all(getattr(row, name) == facts[name] for name in FACTS):
        return row
    row.advance(revision)
    for name in FACTS:
        setattr(row, name, facts[name])
    _keep_once(row, by=by)
    detail = {"kin": row.get_kin_display().lower()}
    record("family.person_changed", by=by, subject=row, case=row.review.case, detail=detail)
    return row


def _keep_once(person: FamilyPerson, *, by: Membership, **save: Any) -> None:
    try:
        with transaction.atomic():
            keep(person, by=by, **save)
    except IntegrityError:
        sentence = "Somebody with this relationship is known by these initials already"
        raise Refused(fields={"known_as": sentence}) from None


@recorded
def record_told(
    person: FamilyPerson,
    *,
    matter: Matter,
    on: date,
    how: str,
    by_whom: str,
    text: str,
    advocate: str,
    by: Membership,
) -> FamilyContact:
    """Keep that somebody was told: what, by whom, how, when, and whether an advocate was offered."""
    review = _locked_review(person, by)
    if on > today():
        raise Refused(fields={"on": "The day they were told must be today or in the past"})
    letter_on = told_of_it_on(review)
    early = why_not_yet_a_matter(matter, letter_on) or why_not_told_yet(review, matter)
    first_on = first_decided_on(review)
    before = why_not_told_then(review, matter, on, letter_on=letter_on, first_on=first_on)
    if early or before:
        raise Refused(fields={"matter": early} if early else {"on": before or ""})
    contact = FamilyContact(
        person=person,
        matter=matter,
        told=True,
        on=on,
        how=how,
        by_whom=by_whom,
        text=text,
        advocate=advocate,
        recorded_at=now(),
        recorded_by=by,
    )
    contact.save(force_insert=True)
    return _recorded_contact("family.told", contact, by=by)


@recorded
def record_not_told(
    person: FamilyPerson,
    *,
    matter: Matter,
    constraint: Constraint,
    reason: str,
    by_whom: str,
    look_again_on: date,
    by: Membership,
) -> FamilyContact:
    """Keep why somebody is not told now, who decided it, and when it is looked at again."""
    review = _locked_review(person, by)
    early = why_not_yet_a_matter(matter, told_of_it_on(review))
    if matter == Matter.CLOSED:
        early = early or why_not_told_yet(review, matter)
    if early:
        raise Refused(fields={"matter": early})
    if look_again_on <= today():
        raise Refused(fields={"look_again_on": "The day to look at this again must be in the future"})
    contact = FamilyContact(
        person=person,
        matter=matter,
        told=False,
        on=today(),
        by_whom=by_whom,
        constraint=constraint,
        reason=reason,
        look_again_on=look_again_on,
        recorded_at=now(),
        recorded_by=by,
    )
    contact.save(force_insert=True)
    return _recorded_contact("family.not_told", contact, by=by)


def _locked_review(person: FamilyPerson, by: Membership) -> RapidReview:
    """The review, locked, so that a decision taken back at the same second is not told."""
    require(person.review.case, TELL, by=by)
    return RapidReview.objects.select_for_update(of=("self",)).get(pk=person.review_id)


def _recorded_contact(kind: str, contact: FamilyContact, *, by: Membership) -> FamilyContact:
    review = contact.person.review
    if contact.matter == Matter.DECISION:
        RapidReview.objects.filter(pk=review.pk).update(family_to_tell=bool(untold(review)))
    detail = {
        "kin": contact.person.get_kin_display().lower(),
        "matter": contact.get_matter_display().lower(),
    }
    record(kind, by=by, subject=contact, case=review.case, detail=detail)
    return contact
