"""How the children of sent referrals sound, and when they were born: what likely duplicates are found by."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from cspr.models import Controlled


class ChildSound(Controlled):
    """One child of a sent referral. A sent child never changes, so neither does this row; it follows the referral."""

    child = models.OneToOneField("notifications.ReferredChild", models.CASCADE, related_name="sound")
    referral = models.ForeignKey("notifications.Referral", models.CASCADE, related_name="sounds")
    codes = ArrayField(models.CharField(max_length=40), default=list)
    born_on = models.DateField(null=True, db_index=True)

    class Meta:
        indexes = [GinIndex(fields=["codes"], name="child_sound_codes")]
