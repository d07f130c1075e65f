"""The only words a mail may carry beside a reference, a date and a link (roles.md: no email holds personal
data).

A phrase says what kind of thing waits, never what it says. Each is registered while its module is imported:
``VIEW_ASKED = phrase("Your view is asked")``. `post` refuses any other text.
"""

import re

LONGEST = 80
PLAIN = re.compile(r"[A-Z][A-Za-z ’,()-]+")
PHRASES: set[str] = set()


def phrase(words: str) -> str:
    """Register fixed words for mails and answer them. Letters and spaces only: nothing can be filled in."""
    if len(words) > LONGEST or not PLAIN.fullmatch(words):
        raise ValueError(f"not a fixed phrase for a mail: {words!r}")
    PHRASES.add(words)
    return words


INCIDENT_TO_PARTNER = phrase("A serious incident is to be read by the safeguarding partners")
INCIDENT_TO_AREA = phrase("A serious incident concerns your area")
REFERRAL_DECIDED = phrase("A referral was decided")
REVIEW_DECIDED = phrase("A local child safeguarding practice review will be held")
REVIEW_NOT_HELD = phrase("A local child safeguarding practice review will not be held after all")
REVIEWER_NAMED = phrase("A reviewer was named for a local child safeguarding practice review")
REPORT_WAITS = phrase("A report waits to be read before its publication")
DELAY = phrase("A delay is to be read")
SOMETHING_WAITS = phrase("Information waits for you")
NOT_DELIVERED = phrase("A message could not be delivered")
