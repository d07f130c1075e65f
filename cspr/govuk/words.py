"""Characters nobody can see, and the small grammar of an error message."""

import re
import unicodedata

DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_BREAKS = re.compile(r"\r\n|\r|\u2028|\u2029|\u0085")
DETERMINERS = frozenset({
    "a", "an", "any", "the", "this", "that", "your", "their", "his", "her", "our", "its", "how", "what",
    "when", "where", "who", "whom", "whose", "why", "which", "whether", "if", "yes", "at", "each", "every",
    "one",
})  # fmt: skip
IMPERATIVES = frozenset({
    "add", "choose", "confirm", "describe", "enter", "explain", "give", "list", "name", "record", "say",
    "select", "set", "tell", "upload", "write",
})  # fmt: skip
SPACES = re.compile(r"[\n\t]+")


def is_hidden(character: str) -> bool:
    """A control character, half a surrogate pair, or a direction override: unseen, and able to deceive or to break."""
    if character in "\n\t":
        return False
    return character in DIRECTION or unicodedata.category(character) in {"Cc", "Cs"}


def without_hidden(text: str) -> str:
    """The text as a reader sees it."""
    return "".join(character for character in LINE_BREAKS.sub("\n", text) if not is_hidden(character))


def count_hidden(text: str) -> int:
    return sum(is_hidden(character) for character in LINE_BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Line breaks and tabs pasted into a one-line field become spaces."""
    return SPACES.sub(" ", text)


def refusal_of_hidden(label: str, text: str) -> str:
    """The sentence for a text with hidden characters; the page shows the text again without them."""
    number = count_hidden(text)
    if number == 1:
        return f"{label} had a hidden character in it, which has been taken out. Check the text and continue"
    return f"{label} had {number} hidden characters in it, which have been taken out. Check the text and continue"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def inside_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "Date of birth" is "date of birth"; "NHS number" stays."""
    word = label.split(" ", 1)[0]
    return label if len(word) > 1 and word[1:] != word[1:].lower() else label[:1].lower() + label[1:]


def missing(label: str, *, verb: str) -> str:
    """What to do about an empty answer: "Enter the date of birth", the question, or a label that already says it."""
    if label.split(" ", 1)[0].lower() in IMPERATIVES and " " in label:
        return label
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    return f"{verb} {the(label)}"


def the(label: str) -> str:
    """ "the date of birth"; a label that brings its own article or question word stays."""
    word = label.split(" ", 1)[0].lower()
    return inside_sentence(label) if word in DETERMINERS else f"the {inside_sentence(label)}"


def listed(words: list[str]) -> str:
    """ "a day", "a day and month", "a day, month and year"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
