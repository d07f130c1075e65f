"""Text set as a PDF. What no typeface at hand can show is named in words, never lost in silence and never a stop.

A PDF for readers may not hold a letter that cannot be shown; the Word document holds the text as it was written.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from itertools import pairwise
from typing import Any

UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
JOINERS = frozenset("\u200d\ufe0e\ufe0f")
"""They join or colour the sign before them, and mean nothing after its name."""
LEFT_OUT = "[text in {script} letters: see the Word document]"
SCRIPTS = {"CJK": "Chinese", "HANGUL": "Korean"}
MOST_ATTEMPTS = 60


def typeset(template: bytes, data: dict[str, Any], *, at: datetime) -> bytes:
    """The template with the data as a tagged PDF of that moment. The same data gives the same bytes."""
    typst = import_module("typst")  # loaded at its first use: no other page needs it
    unshown: set[str] = set()
    for _ in range(MOST_ATTEMPTS):
        try:
            made: bytes = typst.compile(
                template,
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs={"copy": json.dumps(_each(data, partial(in_words, unshown=unshown)))},
                pdf_standards=["ua-1"],
                timestamp=int(at.timestamp()),
            )
        except typst.TypstError as wrong:
            found = _named_in(str(wrong))
            if found <= unshown:
                raise
            unshown |= found
        else:
            return made
    raise ValueError(f"more than {MOST_ATTEMPTS} kinds of letters cannot be shown")


def _named_in(complaint: str) -> set[str]:
    """The kinds of letters a complaint of the type-setter names. Plain letters can always be shown."""
    texts = (ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in UNSHOWN.findall(complaint))
    return {_kind(character) for text in texts for character in text if not character.isascii()}


def in_words(text: str, unshown: set[str]) -> str:
    """The text with what cannot be shown named: "[crying face]", or once for a passage in another script."""
    if not unshown or text.isascii():
        return text
    words, passage = [], ""
    for before, character in pairwise(" " + text):
        kind = _kind(character)
        if character in JOINERS and (_kind(before) in unshown or before in JOINERS):
            continue
        if kind not in unshown:
            words.append(character)
            passage = passage if character.isspace() else ""
        elif character.isalpha() or unicodedata.category(character).startswith("M"):
            script = SCRIPTS.get(kind, kind.capitalize())
            words.append("" if kind == passage else LEFT_OUT.format(script=script))
            passage = kind
        else:
            words.append(f"[{unicodedata.name(character, 'sign').lower()}]")
            passage = ""
    return "".join(words)


def _kind(character: str) -> str:
    """The script of a letter, the sign itself otherwise."""
    of_a_word = character.isalpha() or unicodedata.category(character).startswith("M")
    return unicodedata.name(character, character).split(" ")[0].split("-")[0] if of_a_word else character


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    return [_each(one, change) for one in value] if isinstance(value, list) else value
