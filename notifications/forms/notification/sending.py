"""What is recorded of the sending. Rule 4.6: reference, moment, who pressed, evidence."""

from cspr.govuk.fields import DateField, FileField, LongTextField, TextField, TimeField, past_date
from notifications.forms.notification.moments import ACCEPTED, MomentForm


class SentForm(MomentForm):
    day_field, time_field = "sent_on", "sent_time"

    system_reference = TextField(
        label="Reference the national system gave",
        missing="Enter the reference that the national system gave",
        max_length=60,
        width="20",
        autocomplete="off",
        spellcheck=False,
    )
    sent_on = DateField(label="Day it was sent", missing="Enter the day it was sent", rules=(past_date,))
    sent_time = TimeField(label="Time it was sent", missing="Enter the time it was sent")
    sender_name = TextField(
        label="Who pressed the button in the national system",
        missing="Enter who pressed the button in the national system",
        hint="Their full name. The local authority is the legal notifier whoever pressed",
        called="who pressed the button",
        autocomplete="off",
    )
    evidence = FileField(
        label="Evidence that it was sent",
        missing="Select the file that shows it was sent",
        hint=f"The confirmation page or email of the national system. {ACCEPTED}",
    )
    late_reason = LongTextField(
        label="Why it was sent late",
        called="the reason",
        hint="Needed only where it was sent after the due day. It stays on record",
        required=False,
        rows=3,
    )
    early_reason = LongTextField(
        label="Why it was sent before the decision was recorded",
        called="the reason",
        hint="Needed only where it was sent first",
        required=False,
        rows=3,
    )
