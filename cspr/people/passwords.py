"""Passwords long and yet soon guessed: breached ones, runs, repeats, names, words of this work (ASVS 6.2.11)."""

import re

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from cspr.people.models import User

JUDGED = 72
"""Characters looked at: what begins with so many good ones is not made worse by more."""
FEWEST_GUESSES = 2 * 10**9
"""Three unusual words pass; two, or three of this work, do not. Blanks and signs between words count for nothing."""
WORDS_OF_THIS_WORK = (
    "safeguarding", "safeguard", "partnership", "child", "children", "practice", "review", "reviews", "case",
    "council", "police", "health", "panel", "cspr", "changeme", "passphrase", "letmein",
)  # fmt: skip
SENTENCE = "Choose words that have nothing to do with each other or with this work, and no runs or repeats."


class SoonGuessed:
    """Refuses what an attacker tries early: estimated offline against lists of breached passwords, names and words."""

    def validate(self, password: str, user: User | None = None) -> None:
        if not password:
            return
        known = [*WORDS_OF_THIS_WORK, *(_words_of(user) if user is not None else ())]
        joined = re.sub(r"[\W_]+", "", password.lower())[:JUDGED]
        if not joined or zxcvbn(joined, user_inputs=known)["guesses"] < FEWEST_GUESSES:
            raise ValidationError(SENTENCE, code="password_soon_guessed")

    def get_help_text(self) -> str:
        return SENTENCE


def _words_of(user: User) -> list[str]:
    """A person's names and address, whole and in parts."""
    parts = re.split(r"[\W_]+", f"{user.full_name} {user.email}".lower())
    return [user.full_name.lower(), user.email.lower(), *(part for part in parts if len(part) > 2)]
