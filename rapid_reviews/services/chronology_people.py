"""Verbs on the people a chronology speaks of: taken from the referrals, corrected and added to by the unit."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cspr.audit.recording import record, recorded
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import Refused
from notifications.options import Relationship
from notifications.selectors.case_file import referrals_of
from rapid_reviews.models import ChronologyPerson, RapidReview
from rapid_reviews.options.chronology import PersonKind
from rapid_reviews.selectors.review import locked, reaches
from rapid_reviews.services.review import keep

KINDS = {
    Relationship.MOTHER: PersonKind.MOTHER,
    Relationship.FATHER: PersonKind.FATHER,
    Relationship.STEP_PARENT: PersonKind.CARER,
    Relationship.PARENTS_PARTNER: PersonKind.CARER,
    Relationship.CARER: PersonKind.CARER,
    Relationship.BROTHER_SISTER: PersonKind.SIBLING,
    Relationship.HALF_STEP_SIBLING: PersonKind.SIBLING,
    Relationship.GRANDPARENT: PersonKind.RELATIVE,
    Relationship.OTHER_RELATIVE: PersonKind.RELATIVE,
    Relationship.OTHER_CHILD: PersonKind.OTHER_CHILD,
}
COLUMNS = ("kind", "called", "name", "other_names")


@recorded
def list_people(review: RapidReview, *, by: Membership) -> None:
    """Take the children and the family over from the referrals, once; a person named twice is one."""
    if review.chronology_people.exists():
        return
    known: set[str] = set()
    numbers: Counter[str] = Counter()
    position = 0
    for kind, name, other_names in _people(review):
        if not name or name.casefold() in known:
            continue
        known.add(name.casefold())
        numbers[kind] += 1
        position += 1
        called = review.case.pseudonym if position == 1 else _called(kind, numbers[kind])
        person = ChronologyPerson(
            review=review,
            position=position,
            kind=kind,
            called=called[:60],
            name=name,
            other_names=other_names,
        )
        keep(person, by=by, force_insert=True)


@recorded
def add_person(review: RapidReview, *, answers: Mapping[str, Any], by: Membership) -> ChronologyPerson:
    """Write down another person that the chronologies name."""
    row = _open(review, by=by)
    last = row.chronology_people.order_by("position").values_list("position", flat=True).last() or 0
    return _write(ChronologyPerson(review=row, position=last + 1), answers=answers, by=by)


@recorded
def answer_person(
    person: ChronologyPerson, *, answers: Mapping[str, Any], revision: int | None, by: Membership
) -> ChronologyPerson:
    """Correct a person. The same answers again change nothing; raises Changed over a later save."""
    _open(person.review, by=by)
    row = (
        ChronologyPerson.objects.select_for_update(of=("self",))
        .select_related("review__case")
        .get(pk=person.pk)
    )
    if all(getattr(row, name) == answers[name] for name in COLUMNS):
        return row
    row.advance(revision)
    return _write(row, answers=answers, by=by)


def _write(row: ChronologyPerson, *, answers: Mapping[str, Any], by: Membership) -> ChronologyPerson:
    same = row.review.chronology_people.exclude(pk=row.pk).filter(called__iexact=answers["called"])
    if same.exists():
        raise Refused(fields={"called": "Somebody else is called that already"})
    for name in COLUMNS:
        setattr(row, name, answers[name])
    keep(row, by=by)
    detail = {"called": row.called}
    record("chronology.person_kept", by=by, subject=row, case=row.review.case, detail=detail)
    return row


def _open(review: RapidReview, *, by: Membership) -> RapidReview:
    row = locked(review)
    if not reaches(row.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    if not can(by, Permission.PREPARE_REVIEW):
        raise Refused(f"This is not yours to do: it needs {Permission.PREPARE_REVIEW.whose}.")
    return row


def _people(review: RapidReview) -> list[tuple[str, str, str]]:
    """Kind, name and other names of everybody the referrals name, the lead child first."""
    referrals = referrals_of(review.case)
    children = [child for one in referrals for child in one.children.all()]
    children.sort(key=lambda child: not child.is_lead)
    family = [person for one in referrals for person in one.family.all()]
    return [
        *((PersonKind.CHILD.value, child.name.strip(), child.other_names) for child in children),
        *((KINDS.get(one.relationship, PersonKind.ADULT).value, one.name.strip(), "") for one in family),
    ]


def _called(kind: str, number: int) -> str:
    """ "Mother", "Sibling 2", "Child 2"."""
    label = PersonKind(kind).label
    alone = kind in {PersonKind.MOTHER, PersonKind.FATHER} and number == 1
    return label if alone else f"{label} {number}"
