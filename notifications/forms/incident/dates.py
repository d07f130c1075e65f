"""The three dates: when it happened, when an agency became aware, when the local authority did (C1)."""

from typing import Any

from cspr.govuk.dates import DateRefused, london_moment
from cspr.govuk.fields import DateField, FileField, LongTextField, RoughDateField, TextField, TimeField
from cspr.govuk.forms import Form
from cspr.statute.definitions import FIVE_DAYS

AWARE_HINT = (
    "The day on which anybody in the local authority first knew or suspected. The five working days of the chapter "
    f"count from it: “{FIVE_DAYS.text}” ({FIVE_DAYS.source.paragraph} of the chapter)"
)


class DatesForm(Form):
    occurred = RoughDateField(label="When did it happen?", called="the date of the incident")
    occurred_time = TimeField(
        label="At what time, if it is known?", called="the time of the incident", required=False
    )
    happened_in = TextField(
        label="In which local authority area, or country, did it happen?",
        called="where it happened",
        hint="The area where it happened leads; others collaborate",
    )
    agency_aware_on = DateField(
        label="When did an agency first become aware?", called="the day the agency became aware"
    )
    agency_aware_time = TimeField(
        label="At what time, if it is known?", called="the time the agency became aware", required=False
    )
    agency_aware_person = TextField(
        label="Who became aware?", called="who became aware", hint="The agency, and the person’s job title"
    )


class AwarenessForm(Form):
    aware_on = DateField(
        label="On which day did the local authority become aware?",
        called="the day the local authority became aware",
        hint=AWARE_HINT,
    )
    aware_time = TimeField(label="At what time?", called="the time the local authority became aware")
    aware_person = TextField(
        label="Who in the local authority became aware?", called="who became aware", hint="Name and job title"
    )
    aware_evidence = LongTextField(
        label="How is that evidenced?",
        called="how that is evidenced",
        hint="For example a call note, an email or a strategy meeting",
        rows=3,
        max_length=2000,
    )
    evidence_file = FileField(label="File that shows it, if there is one", required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        day, hour = answers.get("aware_on"), answers.get("aware_time")
        if day and hour:
            try:
                answers["aware_at"] = london_moment(day, hour)
            except DateRefused as refused:
                self.add_error("aware_time", refused.sentence)
        return answers


class CorrectionForm(AwarenessForm):
    reason = LongTextField(
        label="Why is the moment corrected?",
        called="why the moment is corrected",
        hint="The first due date stays on record beside the new one, with this reason",
        rows=3,
    )
