"""Conflicts of interest, and breaking the glass (roles.md)."""

from typing import Any

from cspr.cases.models import CaseGrant
from cspr.govuk.dates import long_moment
from cspr.govuk.fields import LongTextField, OneOf, SelectOneOf, TextField
from cspr.govuk.forms import Form


def opening(grant: CaseGrant) -> str:
    """Who broke the glass, and when."""
    return f"{grant.user.full_name}, {long_moment(grant.starts_at)}"


class ConflictForm(Form):
    reason = LongTextField(
        label="What is the conflict of interest?",
        called="what the conflict of interest is",
        hint="For example that you know the family, or managed somebody involved. Say no more than is needed",
        rows=4,
        max_length=2000,
    )


class WallForm(Form):
    person = SelectOneOf(
        label="Who has a conflict of interest?", missing="Select who has a conflict of interest"
    )
    reason = LongTextField(
        label="What is the conflict of interest?",
        called="what the conflict of interest is",
        rows=4,
        max_length=2000,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class OpenToForm(Form):
    person = SelectOneOf(label="Who needs to open the case?", missing="Select who needs to open the case")
    reason = LongTextField(
        label="Why do they need to open it now?",
        called="why they need to open the case now",
        rows=4,
        max_length=2000,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class GlassReviewForm(Form):
    opening = OneOf(
        label="Which opening did you look at?", missing="Select which opening you looked at", named=opening
    )
    finding = LongTextField(
        label="What did you find?",
        called="what you found",
        hint="Whether the case had to be opened, what was read, and what follows from it",
        rows=4,
        max_length=2000,
    )

    def __init__(self, *args: Any, openings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opening"].queryset = openings  # type: ignore[attr-defined]


class GlassForm(Form):
    reference = TextField(label="Reference of the case", called="the reference of the case", width="20")
    reason = LongTextField(
        label="Why do you need to open this case now?",
        called="why you need to open this case now",
        hint="The business unit manager is told at once, with your name",
        rows=4,
        max_length=2000,
    )
