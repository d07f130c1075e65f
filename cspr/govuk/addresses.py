"""Addresses of pages by the ids in them: a hundred rows of one page resolve its pattern once."""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import get_urlconf, reverse

PLACES = tuple(UUID(int=place) for place in range(3))
"""Ids that stand for nobody's, one a place of the pattern."""


def address(page: str, *ids: UUID | str) -> str:
    """The address of a page whose parameters are ids only."""
    return _pattern(page, len(ids), get_urlconf() or settings.ROOT_URLCONF).format(*ids)


@cache
def _pattern(page: str, ids: int, urlconf: str) -> str:
    pattern = reverse(page, args=PLACES[:ids], urlconf=urlconf)
    for place in PLACES[:ids]:
        pattern = pattern.replace(str(place), "{}")
    return pattern
