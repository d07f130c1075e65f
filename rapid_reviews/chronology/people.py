"""Names and what stands in their place: found in a text, and replaced where names are not shown."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

SHORTEST = 2
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
SHORT_WORDS = frozenset({
    "ah", "am", "an", "as", "at", "be", "by", "do", "dr", "eh", "go", "ha", "he", "hi", "if", "in", "is", "it", "me",
    "mr", "ms", "my", "no", "of", "oh", "ok", "on", "or", "so", "st", "to", "uh", "um", "up", "us", "we",
})  # fmt: skip
"""Words of two letters that stand in every text; any other name of two letters is hidden."""


class Folding(dict[int, str]):
    """One plain letter for each: without accents, apostrophes straight, hyphens short. Texts keep their length."""

    SAME: ClassVar[dict[str, str]] = dict.fromkeys("‘’ʼʹ´`′", "'") | dict.fromkeys("‐‑‒–−\xad", "-")

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = self.SAME.get(letter) or unicodedata.normalize("NFD", letter)[0]
        self[code] = plain
        return plain


FOLDED = Folding()


def folded(text: str) -> str:
    """The text as names are looked for in it, letter by letter."""
    return text if text.isascii() and "`" not in text else text.translate(FOLDED)


def composed(text: str) -> str:
    """The text with each letter and its accent as one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


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
    """The names of everybody, as one pattern: whole words only, the longest first, capitals or not.

    A name is found whatever its accents, apostrophes and hyphens look like, and by the parts of a double name.
    """

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
        if len(name) >= SHORTEST:
            self.instead.setdefault(plain(name), called)
            self.whose.setdefault(plain(name), set()).add(key)

    def add_parts(self, parts: list[str], person: Known) -> None:
        """A first name means the person; a last name, which a family shares, is only hidden."""
        given, parts = len(parts), [part for part in parts if part.lower() not in AROUND_NAMES]
        if len(parts) == 1 and given > 1:
            self.add(parts[0], person.called, person.key)
        if len(parts) == 1:
            self.add_first(of_a_double_name(parts[0]), person)
        if len(parts) < 2:
            return
        first, *rest = parts
        self.add_first([first, *of_a_double_name(first)], person)
        for part in rest:
            for one in (part, *of_a_double_name(part)):
                if is_a_name(one):
                    self.instead.setdefault(plain(one), FAMILY_NAME)
                    self.whose.setdefault(plain(one), set())

    def add_first(self, names: Iterable[str], person: Known) -> None:
        """First names: of one person they mean that person, of two they are only hidden."""
        for name in names:
            if is_a_name(name):
                known = self.whose.get(plain(name), {person.key})
                self.instead[plain(name)] = person.called if known <= {person.key} else FAMILY_NAME
                self.whose.setdefault(plain(name), set()).add(person.key)

    def add_roles(self) -> None:
        """ "Mum" is the mother, where the chronology knows one mother. The word itself is no name and may stand."""
        for kind, words in ROLE_WORDS.items():
            these = [person for person in self.people if person.kind == kind]
            if len(these) == 1:
                for word in words:
                    self.whose.setdefault(word, set()).add(these[0].key)

    def matches(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where names stand in a composed text, and under what they are known here."""
        if self.pattern is None:
            return
        for match in self.pattern.finditer(folded(text)):
            yield *match.span(), match[0].lower()

    def found_in(self, text: str) -> list[Any]:
        """The keys of everybody a text speaks of, by name, by another name, or as the one mother or father."""
        text = composed(text)
        found = {key for _, _, name in self.matches(text) for key in self.whose[name]}
        return [
            person.key
            for person in self.people
            if person.key in found or re.search(rf"(?<!\w){re.escape(person.called)}(?!\w)", text)
        ]

    def hidden(self, text: str) -> str:
        """The text with every name replaced by what the person is called."""
        text, parts, done = composed(text), [], 0
        for start, end, name in self.matches(text):
            parts += [text[done:start], self.instead.get(name, text[start:end])]
            done = end
        return "".join([*parts, text[done:]])


def plain(name: str) -> str:
    """A name as the pattern and both dictionaries know it."""
    return folded(composed(name)).lower()


def of_a_double_name(name: str) -> list[str]:
    """The parts of "Anne-Marie" or "O’Brien-Marsh"; none of a name without a hyphen."""
    parts = folded(name).split("-")
    return parts if len(parts) > 1 else []


def is_a_name(word: str) -> bool:
    """Whether a part of a name is hidden wherever it stands: not "the", "baby", "an" or a letter alone."""
    return len(word) >= SHORTEST and plain(word) not in NO_NAMES | SHORT_WORDS
