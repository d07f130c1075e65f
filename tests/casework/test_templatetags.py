"""Words that pages of the frame make of what is stored."""

import pytest

from cspr.casework.templatetags.casework import browser


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/131.0 Safari/537.36",
            "Chrome on Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari on an iPhone",
        ),
        ("", "Another browser on another system"),
    ],
)
def test_browser_is_named_as_a_person_knows_it(said: str, words: str) -> None:
    assert browser(said) == words
