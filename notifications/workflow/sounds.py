"""Names as they sound, so that Sean and Shaun, Smith and Smyth are found together. Pure: no database."""

import re
import unicodedata
from datetime import date

import jellyfish

WORDS = re.compile(r"[^\W\d_]+")
LEFT_OUT = frozenset({"baby", "boy", "girl", "known", "unknown", "the", "of", "mr", "mrs", "miss", "ms"})
CODE_LENGTH = 40


def plain(text: str) -> str:
    """Small letters without accents; apostrophes join what they separate."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    return "".join(one for one in decomposed if not unicodedata.combining(one)).casefold()


def words_of(name: str) -> list[str]:
    """The words of a name that tell children apart: "Baby of Smith" is "smith"."""
    return [word for word in WORDS.findall(plain(name)) if len(word) > 1 and word not in LEFT_OUT]


def sounds_of(word: str) -> frozenset[str]:
    """How one word sounds, by two codes; a word in another script stands for itself."""
    codes = {("m", jellyfish.metaphone(word)), ("n", jellyfish.nysiis(word))} if word.isascii() else set()
    return frozenset(f"{kind}:{code}"[:CODE_LENGTH] for kind, code in {*codes, ("w", word)} if code)


def codes_of(*names: str) -> list[str]:
    """All codes of all words, for a stored index."""
    return sorted({code for name in names for word in words_of(name) for code in sounds_of(word)})


def alike(first: str, second: str) -> int:
    """How many words of two names sound alike; each word counts once."""
    left = [sounds_of(word) for word in words_of(second)]
    matches = 0
    for word in words_of(first):
        found = next((one for one in left if one & sounds_of(word)), None)
        if found is not None:
            left.remove(found)
            matches += 1
    return matches


def sound_alike(first: str, second: str) -> bool:
    """Whether two names may be one child's: two words sound alike, or the only word of one of them does."""
    shorter = min(len(words_of(first)), len(words_of(second)))
    return shorter > 0 and alike(first, second) >= min(shorter, 2)


def likely_slips(born_on: date) -> list[date]:
    """The date itself, and what it becomes when day and month, or two figures of the year, change places."""
    text = f"{born_on:%Y}"
    years = {text, text[:2] + text[3] + text[2]}
    found = []
    for year in sorted(years):
        for month, day in ((born_on.month, born_on.day), (born_on.day, born_on.month)):
            try:
                found.append(date(int(year), month, day))
            except ValueError:
                continue
    return sorted(set(found))
