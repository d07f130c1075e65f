"""Likely duplicates of an incident among the cases the acting person may open, each saying why (rule 4.1)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from cspr.cases.models import Case
from cspr.govuk.dates import long_date
from cspr.people.models import Membership
from notifications.models import ChildSound, Incident, Referral, ReferredChild
from notifications.options.incident import IncidentStatus
from notifications.workflow.sounds import alike, likely_slips, plain, sound_alike

DAYS_NEAR = 3
MOST_CANDIDATES = 200
MOST_SHOWN = 10
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
PLACE_WORD = re.compile(r"[^\W\d_]{4,}")
EVERYWHERE = frozenset({
    "home", "house", "flat", "road", "street", "lane", "close", "avenue", "near", "outside", "inside", "their", "with",
    "from", "this", "that", "area", "address", "school", "hospital", "park", "town", "where",
})  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """Another case that may be the same incident, and why."""

    incident: Incident
    reasons: tuple[str, ...]
    weight: int


def likely_duplicates(incident: Incident, *, to: Membership) -> list[Suggestion]:
    """The likeliest first, at most ten: a name sounding alike, a birth equal or mistyped, date and place near."""
    own = _described(Referral.objects.filter(case=incident.case_id).prefetch_related("children__sound"))
    found = []
    for other in _candidates(incident, own, to=to):
        theirs = _described(other.case.referrals.all())
        reasons = [*_child_reasons(own, theirs), *_near(incident, other, own, theirs)]
        if reasons:
            weight = sum(points for points, _ in reasons)
            found.append(Suggestion(other, tuple(sentence for _, sentence in reasons), weight))
    return sorted(found, key=lambda one: (-one.weight, one.incident.case.reference))[:MOST_SHOWN]


@dataclass(frozen=True)
class Described:
    """What the referrals of a case say of children and place."""

    children: tuple[ReferredChild, ...]
    codes: frozenset[str]
    places: tuple[str, ...]


def _described(referrals: Iterable[Referral]) -> Described:
    children: list[ReferredChild] = []
    places: list[str] = []
    for referral in referrals:
        children += referral.children.all()
        places.append(f"{referral.place_authority} {referral.place_description}")
        places += [child.address for child in referral.children.all()]
    codes = {code for child in children if hasattr(child, "sound") for code in child.sound.codes}
    return Described(tuple(children), frozenset(codes), tuple(place for place in places if place.strip()))


def _candidates(incident: Incident, own: Described, *, to: Membership) -> list[Incident]:
    """Cases sharing a sound, a date of birth or near dates, by indexes; never a case the person may not open."""
    days = sorted({day for child in own.children if child.born_on for day in likely_slips(child.born_on)})
    heard = ChildSound.objects.filter(Q(codes__overlap=sorted(own.codes)) | Q(born_on__in=days))
    first, last = incident.occurred_on, incident.occurred_until_on
    near = Q(pk__in=[])
    if first and last:
        span = timedelta(days=DAYS_NEAR)
        near = Q(occurred_on__lte=last + span, occurred_until_on__gte=first - span)
    visible = Case.objects.visible_to(to).filter(
        partnership_id=incident.case.partnership_id, merged_into__isnull=True
    )
    alike_in_sound = Q(case__in=heard.values("referral__case"))
    rows = Incident.objects.filter(alike_in_sound | near, case__in=visible).exclude(pk=incident.pk)
    rows = rows.exclude(status=IncidentStatus.LINKED).select_related("case")
    return list(
        rows.prefetch_related("case__referrals__children__sound").order_by("-opened_at")[:MOST_CANDIDATES]
    )


def _child_reasons(own: Described, theirs: Described) -> list[tuple[int, str]]:
    """Names and dates of birth, the best pair of children only."""
    best: list[tuple[int, str]] = []
    for child in own.children:
        for other in theirs.children:
            reasons = [*_name_reason(child, other), *_birth_reason(child.born_on, other.born_on)]
            if sum(points for points, _ in reasons) > sum(points for points, _ in best):
                best = reasons
    return best


def _name_reason(child: ReferredChild, other: ReferredChild) -> list[tuple[int, str]]:
    first, second = (f"{one.name} {one.other_names}".strip() for one in (child, other))
    if first and second and plain(first) == plain(second):
        return [(5, "A child has the same name")]
    if sound_alike(child.name, other.name) or sound_alike(first, second):
        return [(4, "A child’s name sounds alike")]
    return []


def _birth_reason(own: date | None, other: date | None) -> list[tuple[int, str]]:
    if own is None or other is None:
        return []
    if own == other:
        return [(4, "A child has the same date of birth")]
    if other in likely_slips(own):
        return [(2, "A child’s date of birth is the same with figures changed round")]
    return []


def _near(one: Incident, other: Incident, own: Described, theirs: Described) -> list[tuple[int, str]]:
    """Dates within three days count together with a near place, or with one word of a name that sounds alike."""
    if not _dates_near(one, other):
        return []
    day = other.occurred_on
    when = f"It happened within {DAYS_NEAR} days of this one, on {long_date(day)}" if day else ""
    if _places_near(own.places, theirs.places):
        return [(3, f"{when}, and the places are described alike")]
    if any(alike(a.name, b.name) for a in own.children for b in theirs.children):
        return [(2, f"{when}, and part of a child’s name sounds alike")]
    return []


def _dates_near(one: Incident, other: Incident) -> bool:
    if not (one.occurred_on and one.occurred_until_on and other.occurred_on and other.occurred_until_on):
        return False
    span = timedelta(days=DAYS_NEAR)
    return (
        one.occurred_on - span <= other.occurred_until_on
        and other.occurred_on <= one.occurred_until_on + span
    )


def _places_near(own: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return any(_same_place(first, second) for first in own for second in theirs)


def _same_place(first: str, second: str) -> bool:
    """The same postcode, or two telling words in common."""
    codes = [{"".join(found).upper() for found in POSTCODE.findall(place)} for place in (first, second)]
    words = [set(PLACE_WORD.findall(plain(place))) - EVERYWHERE for place in (first, second)]
    return bool(codes[0] & codes[1]) or len(words[0] & words[1]) >= 2
