"""A national review the Panel holds, as it is shown: the letter, what was recorded since, what is not yet. Rule 7.2."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.urls import reverse

from cspr.govuk.dates import long_date
from cspr.govuk.parts import Row
from cspr.govuk.words import capital, listed
from cspr.now import london_day
from cspr.people.models import Membership, Partner
from cspr.permissions import Permission, can
from rapid_reviews.models import FamilyPerson, NationalScope, PanelAnswer, RapidReview, SecretaryTold
from rapid_reviews.options.family import Matter
from rapid_reviews.options.national import PARTNERS, with_whom
from rapid_reviews.presenters.family import NOT_YET, national_of
from rapid_reviews.presenters.papers import in_paragraphs
from rapid_reviews.presenters.sending import Where, answer_rows, considered_rows, on_the_case, recorded
from rapid_reviews.selectors import national as selectors
from rapid_reviews.selectors.family import people_of
from rapid_reviews.selectors.sending import holds_a_national_review

PARTS = (
    ("the scope", "scope"),
    ("the method", "method"),
    ("how the Panel will engage with people", "engagement"),
)


@dataclass(frozen=True)
class ShownEntry:
    """One entry under its own heading."""

    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class ShownLetter(ShownEntry):
    """The Panel's letter, with what was recorded of its criteria and circumstances before the entry that stands."""

    before: list[ShownEntry]


@dataclass(frozen=True)
class Acts:
    """Where this person can record something; empty where it is not theirs."""

    considered: str = ""
    scope: str = ""
    secretary: str = ""
    family: str = ""


@dataclass(frozen=True)
class ShownNational:
    """The whole page. ``missing`` says in words what of scope and method is not recorded yet."""

    letters: list[ShownLetter]
    discussions: list[ShownEntry]
    missing: list[str]
    told: list[Row]
    told_before: list[ShownEntry]
    family: list[Row] = field(default_factory=list)
    acts: Acts = field(default_factory=Acts)


def national_url(review: RapidReview) -> str:
    """Where the national review is shown; empty where the Panel holds none."""
    holds = holds_a_national_review(review)
    return reverse("rapid_review_national", args=[review.case_id]) if holds else ""


def national_shown(review: RapidReview, acting: Membership) -> ShownNational:
    """Everything recorded of the national review, with "Not recorded yet" where nothing is."""
    family = [_family_row(one, acting) for one in people_of(review)]
    return replace(recorded_of(review), family=family, acts=_acts(review, acting))


def recorded_of(review: RapidReview, where: Where = on_the_case) -> ShownNational:
    """What is recorded of the Panel's own work, without the family and without what can be done."""
    letters = list(selectors.national_letters(review))
    discussions = list(selectors.discussions(review))
    told = list(selectors.secretary_told(review))
    return ShownNational(
        letters=[_letter(one, where) for one in letters],
        discussions=[_discussion(one) for one in discussions],
        missing=missing_of(discussions),
        told=_told_rows(told[0] if told else None),
        told_before=[ShownEntry(recorded(one), _told_rows(one)[:2]) for one in told[1:]],
    )


def _letter(answer: PanelAnswer, where: Where) -> ShownLetter:
    before = list(answer.considered.all())[:-1]
    return ShownLetter(
        heading=f"The Panel’s letter of {long_date(london_day(answer.received_at))}",
        rows=answer_rows(answer, where),
        before=[ShownEntry(recorded(one), considered_rows(one)) for one in reversed(before)],
    )


def missing_of(discussions: Iterable[NationalScope]) -> list[str]:
    """What no discussion recorded so far has said, and the partners none was held with."""
    found = list(discussions)
    unsaid = [words for words, name in PARTS if not any(getattr(one, name) for one in found)]
    absent = [Partner(one).label for one in PARTNERS if not any(one in each.partners for each in found)]
    rows = [f"{capital(listed(unsaid))}"] if unsaid else []
    return rows + ([f"A discussion with the {listed(absent)}"] if absent else [])


def _discussion(one: NationalScope) -> ShownEntry:
    rows = (
        ("Scope", in_paragraphs(one.scope)),
        ("Method", in_paragraphs(one.method)),
        ("How the Panel will engage with people", in_paragraphs(one.engagement)),
        ("Recorded", recorded(one)),
    )
    heading = f"{long_date(one.discussed_on)}, with {with_whom(one.partners)}"
    return ShownEntry(heading, [Row(key, value) for key, value in rows if value])


def _told_rows(entry: SecretaryTold | None) -> list[Row]:
    if entry is None:
        return [Row("Told by the Panel", NOT_YET)]
    return [
        Row("Told by the Panel", long_date(entry.told_on)),
        Row("How this is known", in_paragraphs(entry.how_known)),
        Row("Recorded", recorded(entry)),
    ]


def _family_row(person: FamilyPerson, acting: Membership) -> Row:
    in_full = can(acting, Permission.SEE_NAMES)
    key, value = str(person) if in_full else person.get_kin_display(), national_of(person, in_full=in_full)
    if not can(acting, Permission.TELL_FAMILY):
        return Row(key, value)
    href = reverse("family_told", args=[person.review.case_id, person.pk])
    about = f"what was told to {person}"
    return Row(key, value, href=f"{href}?matter={Matter.NATIONAL}", action="Record", about=about)


def _acts(review: RapidReview, acting: Membership) -> Acts:
    case = [review.case_id]
    family = reverse("family", args=case) if can(acting, Permission.SEE_NAMES) else ""
    if not can(acting, Permission.RECORD_PANEL_ANSWER):
        return Acts(family=family)
    return Acts(
        considered=reverse("rapid_review_national_considered", args=case),
        scope=reverse("rapid_review_national_scope", args=case),
        secretary=reverse("rapid_review_secretary_told", args=case),
        family=family,
    )
