"""Events as sentences. Every kind has one; an unknown kind is a fault, not an empty line."""

from datetime import date

from cspr.audit.models import Event
from cspr.audit.sentences import SENTENCES
from cspr.govuk.dates import long_date


class _Detail(dict):
    """An event's detail as words: days in full, what is missing said so."""

    def __missing__(self, key: str) -> str:
        return "not recorded"

    def __getitem__(self, key: str) -> str:
        value = super().__getitem__(key)
        try:
            return long_date(date.fromisoformat(value))
        except (TypeError, ValueError):
            return value


def sentence(event: Event) -> str:
    """The event for a person. Raises KeyError when no app registered its kind."""
    return SENTENCES[event.kind].format_map(_Detail(event.detail))


def fingerprint(event: Event) -> str:
    """The SHA-256 of each thing an event froze, sent or took in, a line each. No sentence spells one out."""
    kept = event.detail.get("sha256") or []
    return "\n".join(f"SHA-256 {one}" for one in ([kept] if isinstance(kept, str) else kept))
