"""Somebody who opens pages and sends their forms, with a watch."""

import time
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from cspr.people.models import Membership
from tests.factories.fixtures import sign_in
from tests.guards.page_forms import forms_of


@dataclass
class Desk:
    """``slowest`` is the longest form sent so far, in seconds; ``slowest_look`` the longest page that was only read."""

    client: Client
    slowest: float = 0.0
    slowest_look: float = 0.0
    asked: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, person: Membership) -> "Desk":
        return cls(sign_in(person))

    def opens(self, path: str) -> Any:
        answer, seconds = self._timed(self.client.get, path)
        self.slowest_look = max(self.slowest_look, seconds)
        return answer

    def sends(self, path: str, **given: Any) -> Any:
        """Open a page, fill in its form, send it; it must be taken."""
        page = self.opens(path)
        assert page.status_code == 200, f"{path}: {page.status_code}"
        form = next(one for one in forms_of(page.content.decode()) if one.method == "post")
        answer, seconds = self._timed(self.client.post, path, {**form.values, **given})
        self.slowest = max(self.slowest, seconds)
        assert answer.status_code == 302, f"{path} was not taken: {answer.content.decode()[:2000]}"
        return answer

    def _timed(self, act: Any, path: str, *given: Any) -> tuple[Any, float]:
        before = time.monotonic()
        answer = act(path, *given)
        self.asked.append(path)
        return answer, time.monotonic() - before
