"""What each agency tells, row by row; the file it was read from; and all of it woven into one. Rules 6.3 and 6.4.

A row belongs to one version of one return and names its source. ``Happening`` and ``Telling`` are made from the rows of
the returns that stand, and are made anew when those change: they hold nothing that is not said elsewhere.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cspr.govuk.dates import RoughDate
from cspr.models import Controlled, Revised, paired
from rapid_reviews.models.requests import InformationRequest, Return
from rapid_reviews.models.review import MEMBER, RapidReview, moment, person
from rapid_reviews.options.chronology import ChildSeen, PersonKind, Theme

NARRATIVE, LINE = 10_000, 200


def line() -> models.CharField:
    """One line of text; empty means not answered."""
    return models.CharField(max_length=LINE, blank=True, default="")


def narrative() -> models.TextField:
    """Up to 10,000 characters; empty means not answered."""
    return models.TextField(max_length=NARRATIVE, blank=True, default="")


class ChronologyRow(Controlled, Revised):
    """One row of an agency's chronology: ``as_written`` is the date in its own words, ``read_from`` where it stood."""

    agency_return = models.ForeignKey(Return, models.PROTECT, related_name="chronology")
    position = models.PositiveIntegerField()
    happened_precision = models.CharField(max_length=10, choices=RoughDate.PRECISIONS)
    happened_on = models.DateField(null=True, blank=True)
    happened_until_on = models.DateField(null=True, blank=True)
    time_of_day = models.TimeField(null=True, blank=True)
    as_written = line()
    source = models.CharField(max_length=LINE)
    event = models.TextField(max_length=NARRATIVE)
    who = line()
    child_seen = models.CharField(max_length=12, choices=ChildSeen.choices, blank=True, default="")
    child_said = narrative()
    response = narrative()
    analysis = narrative()
    themes = ArrayField(models.CharField(max_length=20, choices=Theme.choices), blank=True, default=list)
    read_from = models.CharField(max_length=120, blank=True, default="")

    history = HistoricalRecords()

    class Meta:
        ordering = ["agency_return", F("happened_on").asc(nulls_last=True), "time_of_day", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agency_return", "position"], name="chronologyrow_position_once"),
            models.CheckConstraint(name="chronologyrow_has_a_source", condition=~Q(source="") & ~Q(event="")),
            models.CheckConstraint(
                name="chronologyrow_agrees_with_precision",
                condition=Q(
                    happened_precision="EXACT", happened_on__isnull=False, happened_until_on=F("happened_on")
                )
                | Q(
                    happened_precision__in=["ABOUT", "BETWEEN"],
                    happened_on__isnull=False,
                    happened_until_on__gte=F("happened_on"),
                )
                | Q(happened_precision="NOT_KNOWN", happened_on=None, happened_until_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.position}"

    @property
    def happened(self) -> RoughDate:
        return RoughDate(self.happened_precision, self.happened_on, self.happened_until_on)


class ChronologyReading(Controlled):
    """What a file was understood to say, kept until somebody confirms it or drops it; then it is emptied.

    The file itself is not kept: its name, its hash and every row taken in are.
    """

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="chronology_readings")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    understood = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    confirmed_at, confirmed_by = moment(), person()
    dropped_at, dropped_by = moment(), person()

    class Meta:
        ordering = ["-read_at"]
        constraints = [
            *(paired(name) for name in ("read", "confirmed", "dropped")),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(confirmed_at=None, dropped_at=None),
                name="chronologyreading_one_waiting",
            ),
            models.CheckConstraint(
                name="chronologyreading_one_end", condition=Q(confirmed_at=None) | Q(dropped_at=None)
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.dropped_at is None


class ChronologyPerson(Controlled, Revised):
    """Somebody the chronology speaks of: their names, and what they are called where names are not shown."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="chronology_people")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=PersonKind.choices)
    called = models.CharField(max_length=60)
    name = line()
    other_names = line()

    history = HistoricalRecords()

    class Meta:
        ordering = ["review", "position"]
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="chronologyperson_position_once"),
            models.UniqueConstraint(fields=["review", "called"], name="chronologyperson_called_once"),
        ]

    def __str__(self) -> str:
        return self.called


class Weave(Controlled):
    """When the chronology of a review was last woven, and of what: a hash of the returns, key dates and people.

    Also its extent: ``agencies`` that tell anything, the ``number`` of happenings, the first and last day any began on.
    """

    review = models.OneToOneField(RapidReview, models.PROTECT, related_name="weave")
    of = models.CharField(max_length=64)
    woven_at = models.DateTimeField()
    woven_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    agencies = ArrayField(models.UUIDField(), default=list)
    number = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)

    class Meta:
        constraints = [paired("woven")]


class Happening(Controlled):
    """One thing that happened, told by one agency or more. ``agree`` is false where no day fits all that was told.

    ``agencies`` has one entry for each telling.
    """

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="happenings")
    position = models.PositiveIntegerField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    agree = models.BooleanField(default=True)
    agencies = ArrayField(models.UUIDField(), default=list)

    class Meta:
        ordering = ["review", "position"]
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="happening_position_once")]


class Telling(Controlled):
    """What one agency tells of a happening: its row, or a key date of a referral it made."""

    happening = models.ForeignKey(Happening, models.CASCADE, related_name="tellings")
    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    row = models.ForeignKey(ChronologyRow, models.PROTECT, null=True, related_name="tellings")
    key_date = models.ForeignKey("notifications.KeyDate", models.PROTECT, null=True, related_name="+")
    people = ArrayField(models.UUIDField(), default=list)
    themes = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="telling_of_a_row_or_a_key_date",
                condition=Q(row__isnull=False, key_date=None) | Q(row=None, key_date__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["review", "agency"], name="telling_of_agency"),
            GinIndex(fields=["people"], name="telling_people"),
        ]
