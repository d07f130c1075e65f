"""Free text of invented cases: as it stands, or with a marker nobody can guess in every single text."""

import base64
import hashlib
import re
from itertools import count
from typing import Protocol

MARKER = re.compile(r"mk[a-z2-7]{14}")


class Words(Protocol):
    """How a text is written: ``most`` is how many characters its column takes."""

    def line(self, text: str, most: int = 200) -> str: ...

    def email(self, local: str) -> str: ...

    def file_name(self, stem: str) -> str: ...


class Plain:
    """Texts as they stand."""

    def line(self, text: str, most: int = 200) -> str:
        return text[:most]

    def email(self, local: str) -> str:
        return f"{local}@demo.invalid"

    def file_name(self, stem: str) -> str:
        return f"{stem}.txt"


class Marked:
    """Every text carries a marker of its own, the same ones in the same order for the same seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._numbers = count(1)

    def marker(self) -> str:
        drawn = hashlib.sha256(f"marker {self.seed} {next(self._numbers)}".encode()).digest()
        return "mk" + base64.b32encode(drawn).decode().lower()[:14]

    def line(self, text: str, most: int = 200) -> str:
        return f"{text[: most - 17]} {self.marker()}"

    def email(self, local: str) -> str:
        return f"{local}.{self.marker()}@acceptance.invalid"

    def file_name(self, stem: str) -> str:
        return f"{stem} {self.marker()}.txt"
