"""Events as sentences. Every kind has one; an unknown kind is a fault, not an empty line."""

from cspr.audit.models import Event
from cspr.audit.sentences import SENTENCES


class _Detail(dict):
    def __missing__(self, key: str) -> str:
        return "not recorded"


def sentence(event: Event) -> str:
    """The event for a person. Raises KeyError when no app registered its kind."""
    return SENTENCES[event.kind].format_map(_Detail(event.detail))
