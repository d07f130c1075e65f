"""What is recorded of a national review the Panel holds: append-only, the entry made last stands. Rule 7.2.

What the letter says is with the letter (``PanelAnswer``); what the family was told is in the family's log.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cspr.models import Controlled, paired
from rapid_reviews.models.review import MEMBER, RapidReview, prose
from rapid_reviews.models.sent import PanelAnswer
from rapid_reviews.options.national import CIRCUMSTANCES, CRITERIA, PARTNERS


def codes() -> ArrayField:
    return ArrayField(models.CharField(max_length=30), blank=True, default=list)


class Entry(Controlled):
    """Who recorded it, and when. A correction is another entry."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class NationalConsidered(Entry):
    """Which criteria and circumstances the Panel's letter says it considered; wording: ``cspr.statute``."""

    answer = models.ForeignKey(PanelAnswer, models.PROTECT, related_name="considered")
    criteria = codes()
    circumstances = codes()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            paired("recorded"),
            models.CheckConstraint(
                name="nationalconsidered_names_the_chapters_own",
                condition=Q(criteria__contained_by=list(CRITERIA))
                & Q(circumstances__contained_by=list(CIRCUMSTANCES)),
            ),
            models.CheckConstraint(
                name="nationalconsidered_names_one",
                condition=~Q(criteria=[]) | ~Q(circumstances=[]),
            ),
        ]


class NationalScope(Entry):
    """Scope and method as the Panel discussed them with the partners on one day, and how it will engage people."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="national_scopes")
    scope = prose()
    method = prose()
    engagement = prose()
    discussed_on = models.DateField()
    partners = codes()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            paired("recorded"),
            models.CheckConstraint(
                name="nationalscope_says_something",
                condition=~Q(scope="") | ~Q(method="") | ~Q(engagement=""),
            ),
            models.CheckConstraint(
                name="nationalscope_says_with_whom",
                condition=Q(partners__contained_by=list(PARTNERS)) & ~Q(partners=[]),
            ),
        ]


class SecretaryTold(Entry):
    """That the Panel told the Secretary of State of its decision: on which day, and how the unit knows."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="secretary_told")
    told_on = models.DateField()
    how_known = prose()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            paired("recorded"),
            models.CheckConstraint(name="secretarytold_says_how_it_is_known", condition=~Q(how_known="")),
        ]
