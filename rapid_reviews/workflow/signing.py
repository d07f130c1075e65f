"""When three signatures are enough, and what the lead partners' answers come to. Pure. Rule 6.5."""

from collections.abc import Collection, Mapping

from cspr.decisions.models import Answer
from cspr.people.models import Partner

ALL_PARTNERS = frozenset(Partner.values)


def all_agree(answers: Mapping[str, str]) -> bool:
    """Each of the three partners answered, and each agrees."""
    return set(answers) == ALL_PARTNERS and set(answers.values()) == {Answer.YES}


def goes_to_the_leads(answer: str) -> bool:
    """A partner that disagrees, or cannot take part, leaves the three not agreed."""
    return answer != Answer.YES


def leads_agree(answers: Mapping[str, str], needed: Collection[str]) -> str:
    """The answer all lead partners share once each that can has given one; empty while one is missing or differs."""
    if not needed or not set(needed) <= set(answers):
        return ""
    given = {answers[one] for one in answers}
    return given.pop() if len(given) == 1 else ""
