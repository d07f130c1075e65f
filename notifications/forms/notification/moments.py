"""A day and a time typed on one page, as one moment on the London clock."""

from datetime import datetime
from typing import Any

from cspr.documents.checks.kinds import ALLOWED
from cspr.govuk.dates import DateRefused, london_moment
from cspr.govuk.forms import Form
from cspr.now import now

ACCEPTED = f"{ALLOWED}, not protected by a password"


class MomentForm(Form):
    """A form with a day and a time; ``moment`` is both together, None where they make none."""

    day_field = ""
    time_field = ""
    moment: datetime | None = None

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        day, clock = answers.get(self.day_field), answers.get(self.time_field)
        if day is None or clock is None:
            return answers
        try:
            self.moment = london_moment(day, clock)
        except DateRefused as refused:
            self.add_error(self.time_field, refused.sentence)
            return answers
        if self.moment > now():
            self.add_error(self.time_field, "The time must be in the past")
        return answers

    @property
    def needed_moment(self) -> datetime:
        """The moment of a valid form."""
        if self.moment is None:
            raise ValueError("a form that is not valid has no moment")
        return self.moment

    def upload(self, name: str) -> Any:
        """The one file of a field, or None."""
        files = self.cleaned_data.get(name)
        return files[0] if files else None
