"""Passwords that are long and yet the first ones tried: repeats, runs and the words of this work (ASVS 6.2.11)."""

import re

from django.core.exceptions import ValidationError

from cspr.people.models import User

FEWEST_DIFFERENT = 6
SHORTEST_REST = 8
FIRST_TRIED = (
    "password", "passphrase", "welcome", "letmein", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "administrator",
    "admin", "changeme", "secret", "login", "safeguarding", "safeguard", "partnership", "child", "children", "review",
    "practice", "council", "police", "monday", "tuesday", "wednesday", "thursday", "friday", "summer", "winter",
    "spring", "autumn",
)  # fmt: skip
RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "98765432109876543210")
SENTENCE = "Choose words that have nothing to do with each other or with this work, and no runs or repeats."


class EasilyGuessed:
    """Refuses a password of which little is left once the words tried first, runs and repeats are taken away."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(set(password)) < FEWEST_DIFFERENT or len(self._rest(password)) < SHORTEST_REST:
            raise ValidationError(SENTENCE, code="password_easily_guessed")

    def get_help_text(self) -> str:
        return SENTENCE

    def _rest(self, password: str) -> str:
        rest = password.lower()
        for word in FIRST_TRIED:
            rest = rest.replace(word, "")
        rest = re.sub(r"(.+?)\1+", r"\1", rest)
        for run in RUNS:
            rest = re.sub("|".join(run[i : i + 4] for i in range(len(run) - 3)), "", rest)
        return re.sub(r"[\W_]", "", rest)
