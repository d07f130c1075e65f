"""Names and what stands in their place: found in a text, and replaced where names are not shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SHORTEST = 3
FAMILY_NAME = "(family name)"
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "mother": ("mother", "mum", "mam", "mummy"),
    "father": ("father", "dad", "daddy"),
}
"""Words that mean a person where there is only one of the kind."""
NO_NAMES = frozenset(word for words in ROLE_WORDS.values() for word in words) | {
    "adult", "aunt", "baby", "brother", "carer", "child", "children", "family", "grandmother", "grandfather",
    "sibling", "sister", "step", "the", "twin", "uncle", "unknown",
}  # fmt: skip
"""Words that stand in a name box ("Baby Marsh", "Unknown adult") and would blank half of every text."""
AROUND_NAMES = frozenset({
    "aka", "also", "and", "as", "at", "born", "called", "formerly", "home", "in", "known", "name", "named", "nee",
    "née", "nickname", "or", "school", "sometimes", "spelt",
})  # fmt: skip
"""Words that say what kind of name it is: "known as Jo at home"."""


@dataclass(frozen=True)
class Known:
    """Somebody the chronology speaks of."""

    key: Any
    kind: str
    called: str
    name: str = ""
    other_names: str = ""

    @property
    def names(self) -> list[str]:
        """Every full name and other name, in single spaces."""
        given = [self.name, *re.split(r"[,;\n]", self.other_names)]
        return [" ".join(one.split()) for one in given if one.strip()]


class Names:
    """The names of everybody, as one pattern: whole words only, the longest first, capitals or not."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.people = list(people)
        self.instead: dict[str, str] = {}
        self.whose: dict[str, set[Any]] = {}
        for person in self.people:
            for name in person.names:
                self.add(name, person.called, person.key)
        for person in self.people:
            for name in person.names:
                self.add_parts(name.split(), person)
        self.add_roles()
        words = sorted(self.whose, key=len, reverse=True)
        any_of = "|".join(map(re.escape, words))
        self.pattern = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE) if words else None

    def add(self, name: str, called: str, key: Any) -> None:
        if len(name) >= SHORTEST - 1:
            self.instead.setdefault(name.lower(), called)
            self.whose.setdefault(name.lower(), set()).add(key)

    def add_parts(self, parts: list[str], person: Known) -> None:
        """A first name means the person; a last name, which a family shares, is only hidden."""
        given, parts = len(parts), [part for part in parts if part.lower() not in AROUND_NAMES]
        if len(parts) == 1 and given > 1:
            self.add(parts[0], person.called, person.key)
        if len(parts) < 2:
            return
        first, *middle, last = parts
        if len(first) >= SHORTEST and first.lower() not in NO_NAMES:
            known = self.whose.get(first.lower(), {person.key})
            self.instead[first.lower()] = person.called if known <= {person.key} else FAMILY_NAME
            self.whose.setdefault(first.lower(), set()).add(person.key)
        for part in (*middle, last):
            if len(part) >= SHORTEST and part.lower() not in NO_NAMES:
                self.instead.setdefault(part.lower(), FAMILY_NAME)
                self.whose.setdefault(part.lower(), set())

    def add_roles(self) -> None:
        """ "Mum" is the mother, where the chronology knows one mother. The word itself is no name and may stand."""
        for kind, words in ROLE_WORDS.items():
            these = [person for person in self.people if person.kind == kind]
            if len(these) == 1:
                for word in words:
                    self.whose.setdefault(word, set()).add(these[0].key)

    def found_in(self, text: str) -> list[Any]:
        """The keys of everybody a text speaks of, by name, by another name, or as the one mother or father."""
        if self.pattern is None:
            return []
        found = {key for match in self.pattern.finditer(text) for key in self.whose[match[0].lower()]}
        return [
            person.key
            for person in self.people
            if person.key in found or re.search(rf"(?<!\w){re.escape(person.called)}(?!\w)", text)
        ]

    def hidden(self, text: str) -> str:
        """The text with every name replaced by what the person is called."""
        if self.pattern is None or not text:
            return text
        return self.pattern.sub(lambda match: self.instead.get(match[0].lower(), match[0]), text)
