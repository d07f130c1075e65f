"""What a person has typed and not yet saved, so that a time-out, a refused page or a closed lid loses nothing."""

from django.db import models

from cspr.models import Identified


class TypedWork(Identified):
    """The fields of one form page as typed by one person, by the page's address. Deleted once the page is saved."""

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="typed_work")
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    saved_at = models.DateTimeField()
    form = models.CharField(
        max_length=64, blank=True, help_text="digest of the token of the opening typed into"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="typed_typedwork_one_per_page")]


class UsedPostToken(models.Model):
    """A form that was sent: sent a second time, it leads to the first one's result (one referral, not two)."""

    token = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    result = models.CharField(max_length=300)
    used_at = models.DateTimeField()
