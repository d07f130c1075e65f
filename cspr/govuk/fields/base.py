"""What every field of ours can be told about its looks and its words."""

from dataclasses import dataclass
from typing import Any

from django import forms

from cspr.govuk.words import missing


@dataclass(frozen=True)
class Look:
    """How one field stands on a page. `size` is s, m, l or xl; `heading` makes the label the page's h1."""

    size: str = ""
    heading: bool = False
    width: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: bool | None = None
    prefix: str = ""
    suffix: str = ""
    rows: int = 5
    inline: bool = False
    classes: str = ""


LOOKS = frozenset(Look.__dataclass_fields__)
PLAIN = Look()


class Spoken(forms.Field):
    """Mixin: looks by keyword, the name a sentence uses, and what to say where nothing was answered.

    `called` is the name inside error messages ("date of birth"); without it the label serves.
    `missing` is the whole sentence for an empty answer.
    """

    verb = "Enter"

    def __init__(
        self, *, label: str, hint: str = "", called: str = "", missing: str = "", **options: Any
    ) -> None:
        look = {name: options.pop(name) for name in LOOKS & set(options)}
        self.look = Look(**look)
        self.called = called or label.rstrip("?")
        self.missing_sentence = missing
        options.setdefault("help_text", hint)
        super().__init__(label=label, **options)
        self.error_messages["required"] = self.sentence_when_missing()

    def sentence_when_missing(self) -> str:
        called = self.called if str(self.label).rstrip("?") != self.called else str(self.label)
        return self.missing_sentence or missing(called, verb=self.verb)

    def relabel(self, label: str, *, hint: str | None = None) -> None:
        """Change the words after the class was written, as where a label names the child."""
        self.label, self.called = label, label.rstrip("?")
        self.error_messages["required"] = self.sentence_when_missing()
        if hint is not None:
            self.help_text = hint
