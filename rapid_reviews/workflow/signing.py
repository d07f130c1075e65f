"""When three signatures are enough, and what the lead partners' answers come to. Rule 6.5."""

from collections.abc import Collection, Mapping

from cspr.cases.models import Wall
from cspr.decisions.models import Answer, Decision
from cspr.people.models import Partner

ALL_PARTNERS = frozenset(Partner.values)


def all_agree(answers: Mapping[str, str]) -> bool:
    """Each of the three partners answered, and each agrees."""
    return set(answers) == ALL_PARTNERS and set(answers.values()) == {Answer.YES}


def answers_that_count(version: Decision) -> dict[str, str]:
    """What each partner answered, without the signatures of people who have a conflict of interest in the case now."""
    walled = Wall.objects.filter(case=version.case_id, lifted_at__isnull=True).values("user_id")
    counted = version.sign_offs.exclude(given_by__user__in=walled)
    return dict(counted.values_list("partner", "answer"))


def goes_to_the_leads(answer: str) -> bool:
    """A partner that disagrees, or cannot take part, leaves the three not agreed."""
    return answer != Answer.YES


def leads_agree(answers: Mapping[str, str], needed: Collection[str]) -> str:
    """The answer all lead partners share once each that can has given one; empty while one is missing or differs."""
    if not needed or not set(needed) <= set(answers):
        return ""
    given = {answers[one] for one in answers}
    return given.pop() if len(given) == 1 else ""
