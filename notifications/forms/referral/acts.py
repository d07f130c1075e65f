"""Forms of the acts around the pages: begin, attach, add to, withdraw, and acts that only need a button."""

from typing import Any

from cspr.documents.checks.kinds import ALLOWED
from cspr.govuk.fields import FileField, LongTextField, OneOf, TextField
from cspr.govuk.forms import Form

ACCEPTED = f"{ALLOWED}, not protected by a password"


class StartForm(Form):
    """Which partnership, where the agency works with several."""

    partnership = OneOf(label="Which partnership is this referral for?", missing="Select a partnership")

    def __init__(self, *args: Any, partnerships: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships  # type: ignore[attr-defined]


class AttachForm(Form):
    description = TextField(label="What is this file?", called="what this file is", max_length=150)
    file = FileField(label="File", hint=ACCEPTED)


class AdditionForm(Form):
    text = LongTextField(
        label="What do you want to add?", called="what you want to add", required=False, rows=8
    )
    file = FileField(label="File, if there is one", hint=ACCEPTED, required=False)


class WithdrawForm(Form):
    reason = LongTextField(
        label="Why are you withdrawing this referral?",
        missing="Enter why you are withdrawing this referral",
        hint="The business unit will read this. What you have sent stays on record.",
    )
