"""How somebody without an account reaches one request: a link bound to an address, and the codes sent to it."""

from django.db import models

from cspr.models import Controlled, paired
from rapid_reviews.models.requests import InformationRequest
from rapid_reviews.models.review import MEMBER, moment, person
from rapid_reviews.options.requests import GuestPurpose


class GuestLink(Controlled):
    """One person's link to one request (roles.md, guests). Only the hash of its secret is stored.

    ``membership`` names the guest in the record: a contributor of the organisation whose user has no password and an
    address nothing is delivered to, so that it opens nothing but this link.
    """

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="guest_links")
    purpose = models.CharField(max_length=10, choices=GuestPurpose.choices)
    membership = models.ForeignKey(MEMBER, models.PROTECT, related_name="guest_links")
    name = models.CharField(max_length=150)
    email = models.EmailField()
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    revoked_at, revoked_by = moment(), person()

    class Meta:
        constraints = [
            paired("made"),
            paired("revoked"),
            models.UniqueConstraint(
                fields=["request", "purpose"],
                condition=models.Q(revoked_at__isnull=True),
                name="guestlink_one_standing",
            ),
        ]


class GuestCode(Controlled):
    """One code sent to a link's address: typed by the person, once, within minutes, after few wrong tries."""

    link = models.ForeignKey(GuestLink, models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]
        indexes = [models.Index(fields=["link", "made_at"], name="guestcode_of_link")]
