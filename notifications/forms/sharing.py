"""Sharing with another area, and its answer. Rule 4.8."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import Truncator

from cspr.govuk.fields import ChoiceField, DateField, FileField, LongTextField, MultipleChoiceField
from cspr.govuk.forms import Form
from notifications.forms.referral.acts import ACCEPTED
from notifications.selectors.sharing import Choice
from notifications.services.sharing import CHANGED

UNIT, PARTNERS = "unit", "partners"
FACT, PAGE = 300, 140
"""Characters of a fact, and of a page's labels, shown beside a box; the case holds the whole of it."""
OFFERED = ("facts", "pages", "documents")


class ShareForm(Form):
    """What, why, who there, until when. Kinds of which the case has nothing are not asked."""

    facts = MultipleChoiceField(
        label="Facts of the incident", hint="Each is shared word for word, as it stands now", required=False
    )
    pages = MultipleChoiceField(
        label="Pages of the notification as it was sent",
        hint="Names, dates of birth and addresses stand on these pages. Share only those this area needs",
        required=False,
    )
    documents = MultipleChoiceField(
        label="Documents",
        hint="The version that is the newest now. Check that it says no more than this area needs",
        required=False,
    )
    note = LongTextField(
        label="Note to this area", hint="For example what you ask of them", required=False, rows=5
    )
    reason = LongTextField(
        label="Why does this area need to know?",
        called="why this area needs to know",
        missing="Enter why this area needs to know",
        hint="They read this, and it stays on record",
        rows=3,
        max_length=2000,
    )
    readers = ChoiceField(
        label="Who may see it there?",
        choices=[
            (UNIT, "The business unit only"),
            (PARTNERS, "The business unit and the three delegated safeguarding partners"),
        ],
        missing="Select who may see it there",
    )
    until = DateField(
        label="Last day on which it is shown, if there is one",
        called="last day",
        hint="For example, 27 3 2027. You can also withdraw it at any time",
        required=False,
    )

    def __init__(self, *args: Any, offered: Mapping[str, Iterable[Choice]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in OFFERED:
            choices = list(offered[name])
            if not choices:
                del self.fields[name]
                continue
            field: Any = self.fields[name]
            field.choices = [(one.key, one.title) for one in choices]
            field.hints = {one.key: hint for one in choices if (hint := said(one, name))}
            field.error_messages["invalid_choice"] = CHANGED

    def chosen(self, name: str) -> tuple[str, ...]:
        """The keys chosen of one kind."""
        return tuple(self.cleaned_data.get(name) or ())


def said(choice: Choice, kind: str) -> str:
    """What stands beside a box: the fact's own words, the labels of a page but no name on it, a file's virus check."""
    if choice.version is not None:
        return choice.version.get_scan_display()
    if kind == "facts":
        return Truncator(choice.rows[0][1]).chars(FACT)
    return Truncator("; ".join(label for label, _ in choice.rows)).chars(PAGE)


class AnswerForm(Form):
    text = LongTextField(
        label="Your answer",
        missing="Enter your answer",
        hint="The area that holds the case keeps it with the case. Say no more than they need",
        rows=8,
    )
    file = FileField(label="File, if there is one", hint=ACCEPTED, required=False)
