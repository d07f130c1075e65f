"""What the Panel considers before a national review, in the chapter's own words, and whom it discusses it with. 7.2."""

from collections.abc import Iterable, Mapping

from cspr.govuk.words import listed
from cspr.people.models import Partner
from cspr.statute.criteria import NATIONAL_CIRCUMSTANCES, NATIONAL_CRITERIA

CRITERIA = {one.what: one.sentence for one in NATIONAL_CRITERIA}
CIRCUMSTANCES = {one.what: one.sentence for one in NATIONAL_CIRCUMSTANCES}
PARTNERS = {one.value: f"The {one.label}" for one in Partner}


def in_order(given: Iterable[str], codes: Mapping[str, str]) -> list[str]:
    """Codes that were ticked, once each, as the list has them; a code it does not have comes last."""
    ticked = set(given)
    return [one for one in codes if one in ticked] + sorted(ticked - set(codes))


def with_whom(partners: Iterable[str]) -> str:
    """Partners as words: "the local authority and police"."""
    return f"the {listed([Partner(one).label for one in partners])}"
