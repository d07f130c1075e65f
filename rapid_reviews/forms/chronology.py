"""Forms of the chronology: one row, a file, its confirmation, a person, and what of the merged one is looked at."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cspr.govuk.dates import RoughDate
from cspr.govuk.fields import (
    ChoiceField,
    ConfirmField,
    DateField,
    FileField,
    LongTextField,
    MultipleChoiceField,
    RoughDateField,
    SelectField,
    TextField,
    TimeField,
    past_date,
)
from cspr.govuk.forms import Form, not_before
from rapid_reviews.models import ChronologyRow
from rapid_reviews.options.chronology import ChildSeen, PersonKind, Theme
from rapid_reviews.selectors.merged import Filter

HAPPENED = "happened"
KEPT = "kept"


class RowForm(Form):
    """One row. The source is required: without it a row cannot be merged (rule 6.4)."""

    happened = RoughDateField(label="When did it happen?", called="when it happened", rules=(past_date,))
    time_of_day = TimeField(label="Time of day, if it matters", called="time of day", required=False)
    source = TextField(
        label="Where does this come from?",
        called="where this comes from",
        hint="For example, “GP record” or “Case note of the duty worker”",
    )
    event = LongTextField(label="What happened?", called="what happened", rows=5)
    who = TextField(label="Who was involved?", hint="Names or roles, as your record has them", required=False)
    child_seen = ChoiceField(label="Was the child seen?", choices=ChildSeen.choices, required=False)
    child_said = LongTextField(
        label="What did the child say or show?",
        called="what the child said or showed",
        rows=3,
        required=False,
    )
    response = LongTextField(label="What did your agency do?", called="what was done", rows=3, required=False)
    analysis = LongTextField(
        label="What do you make of it now?",
        hint="Kept apart from what the record says",
        rows=3,
        required=False,
    )
    themes = MultipleChoiceField(
        label="What is it about?",
        hint="Select all that apply, or none",
        choices=Theme.choices,
        required=False,
    )

    def answers(self) -> dict[str, Any]:
        """The answers as columns: when it happened is three of them."""
        given = dict(self.cleaned_data)
        happened = given.pop(HAPPENED) or RoughDate(RoughDate.NOT_KNOWN)
        given["happened_precision"] = happened.precision
        given["happened_on"], given["happened_until_on"] = happened.earliest, happened.latest
        return {**given, "child_seen": given["child_seen"] or "", "time_of_day": given["time_of_day"] or None}

    @classmethod
    def typed_over(cls, row: ChronologyRow) -> dict[str, Any]:
        return {name: getattr(row, name) for name in cls.base_fields}

    def refuse(self, sentence: str, *, field: str | None = None) -> None:
        super().refuse(sentence, field=HAPPENED if field == "happened_on" else field)


class FileForm(Form):
    file = FileField(
        label="Word document or Excel workbook",
        called="file",
        hint="A table with the headings Date, Source and Event, in any order. Up to {largest}.",
        accept=".docx,.xlsx",
    )


class TakeInForm(Form):
    """Confirm what was read. ``source`` stands for the rows that name none, ``earlier`` is asked where rows stand."""

    earlier = ChoiceField(label="", missing="Select what becomes of the rows that are there")
    source = TextField(
        label="Where do the rows without a source come from?",
        called="where the rows without a source come from",
        hint="It is written into each of them. For example, “Health visitor record”",
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, asks_source: bool, standing: int, as_they_stand: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_source:
            del self.fields["source"]
        if not standing:
            del self.fields["earlier"]
            return
        rows = "1 row" if standing == 1 else f"{standing:,} rows"
        earlier: Any = self.fields["earlier"]
        earlier.label = (
            f"Your chronology has {rows} already. What becomes of {'it' if standing == 1 else 'them'}?"
        )
        stays, goes = (
            ("It stays", "It is taken off") if standing == 1 else ("They stay", "They are taken off")
        )
        earlier.choices = [
            (KEPT, f"{stays}, and what was read is added"),
            (
                as_they_stand,
                f"{goes}, and what was read stands in {'its' if standing == 1 else 'their'} place",
            ),
        ]

    def instead_of(self) -> str:
        """The mark of the rows that are taken off, if they are; empty where they stay."""
        chosen: str = self.cleaned_data.get("earlier") or KEPT
        return "" if chosen == KEPT else chosen


class PersonForm(Form):
    """Somebody the chronologies name, and what they are called where names are not shown."""

    kind = SelectField(label="Who is this to the child?", choices=PersonKind.choices)
    called = TextField(
        label="What are they called where names are not shown?",
        called="what they are called",
        hint="For example, “Father” or “Sibling 2”",
        max_length=60,
    )
    name = TextField(label="Full name", max_length=200)
    other_names = TextField(
        label="Other names",
        hint="Spellings, nicknames, earlier names, with a comma between them",
        max_length=200,
        required=False,
    )


class MergedFilter(Form):
    """What of the merged chronology is looked at. The address holds ids, codes and days, and no name."""

    agency = SelectField(label="Agency", choices=(), empty="All agencies", required=False)
    person = SelectField(label="Person", choices=(), empty="Everybody", required=False)
    theme = SelectField(label="Theme", choices=Theme.choices, empty="All themes", required=False)
    from_on = DateField(label="From", required=False, hint="")
    until_on = DateField(label="Until", called="the last day", required=False, hint="")
    differ = ConfirmField(label="Dates", words="Only where agencies give different dates", required=False)
    rules = [not_before("until_on", "from_on")]

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("person", people)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Filter:
        """The filter; what is not understood is not looked for."""
        if not self.is_bound:
            return Filter()
        self.is_valid()
        given = self.cleaned_data
        return Filter(
            agency=UUID(given["agency"]) if given.get("agency") else None,
            person=UUID(given["person"]) if given.get("person") else None,
            theme=given.get("theme") or "",
            from_on=given.get("from_on"),
            until_on=given.get("until_on"),
            differ=bool(given.get("differ")),
        )
