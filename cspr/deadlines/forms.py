"""What the pages of the clocks ask."""

from datetime import date
from typing import Any

from cspr.govuk.dates import DateRefused, london_moment
from cspr.govuk.fields import (
    DateField,
    IntegerField,
    LongTextField,
    TextField,
    TimeField,
    on_or_after,
    on_or_before,
)
from cspr.govuk.forms import Form, not_before
from cspr.statute.clock import REGULATIONS_IN_FORCE
from cspr.statute.clocks import SETTINGS

FIRST = on_or_after(REGULATIONS_IN_FORCE, why="when the rules came into force")
LAST = on_or_before(date(2098, 12, 31))
NO_TITLE = "Enter the name of the bank holiday"
NOTHING_ASKED = "Enter at least one date"


class WorkingDaysForm(Form):
    """The questions of the public page; one date is enough."""

    aware_on = DateField(
        label="The local authority became aware on", called="date of becoming aware", required=False
    )
    aware_time = TimeField(label="Time it became aware, if known", called="time", required=False)
    sent_on = DateField(
        label="The notification was sent on",
        called="date the notification was sent",
        required=False,
        hint="The rapid review is counted from this day. Leave it empty to count from the last day for notifying.",
    )
    publish_on = DateField(label="The report will be published on", called="publication date", required=False)
    decided_on = DateField(
        label="The partners decided to start a review on", called="date of the decision", required=False
    )
    rules = [not_before("sent_on", "aware_on")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.rules = [FIRST, LAST]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and not any(answers.get(name) for name in self.fields):
            self.add_error("aware_on", NOTHING_ASKED)
        day, time = answers.get("aware_on"), answers.get("aware_time")
        if time and not day and "aware_on" not in self.errors:
            self.add_error("aware_on", "Enter the day as well as the time")
        if time and day:
            try:
                london_moment(day, time)
            except DateRefused as refused:
                self.add_error("aware_time", refused.sentence)
        return answers


class HolidayForm(Form):
    """A day that becomes a bank holiday."""

    day = DateField(label="Which day is it?", called="day", missing="Enter the day")
    title = TextField(
        label="What is it called?", called="name of the bank holiday", missing=NO_TITLE, max_length=120
    )


class ChangeForm(Form):
    """Why the calendar changes."""

    note = LongTextField(
        label="Where it was announced, or why it changes",
        called="reason",
        hint="Required for a day in the past",
        max_length=300,
        required=False,
        rows=3,
    )


class NumbersForm(Form):
    """The numbers a partnership chooses, within the limits of the table of clocks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for setting in SETTINGS:
            self.fields[setting.name] = IntegerField(
                label=setting.label,
                hint=f"Between {setting.least} and {setting.most}. Usually {setting.default}.",
                least=setting.least,
                most=setting.most,
                width="3",
            )
