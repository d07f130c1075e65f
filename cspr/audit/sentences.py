"""The sentence of every kind of event. Each app registers its own when it is loaded."""

from collections.abc import Mapping

SENTENCES: dict[str, str] = {}


def register(sentences: Mapping[str, str]) -> None:
    """Add an app's sentences. ``{name}`` places are filled from the event's detail. Raises ValueError on a clash."""
    for kind, sentence in sentences.items():
        if SENTENCES.get(kind, sentence) != sentence:
            raise ValueError(f"two sentences for {kind}")
        SENTENCES[kind] = sentence
