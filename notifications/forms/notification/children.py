"""Which children are told of, and which of them leads. Rule 4.5: four in detail, the rest as text."""

from collections.abc import Sequence
from typing import Any

from cspr.govuk.fields import ChoiceField, MultipleChoiceField
from cspr.govuk.forms import Form


class ChildrenForm(Form):
    children = MultipleChoiceField(
        label="Which children are told of?",
        missing="Select at least one child",
        hint="The first four are told of in detail, the others as text under further information",
    )
    lead = ChoiceField(
        label="Which child leads?",
        missing="Select the lead child",
        hint="The national figures are counted by one child of each notification",
    )

    def __init__(self, *args: Any, known: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("children", "lead"):
            self.fields[name].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        lead, children = answers.get("lead"), answers.get("children") or []
        if lead and children and lead not in children:
            self.add_error("lead", "The lead child must be one of the children told of")
        return answers
