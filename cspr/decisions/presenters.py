"""A question to the partners as it is shown: one signature card a partner, dissent as readable as consent."""

from collections.abc import Iterable

from cspr.decisions.models import Answer, Decision, DecisionStatus, SignOff
from cspr.govuk.parts import Signature
from cspr.people.models import Membership, Partner

DIFFERS = "differs from the decision"


def signature_cards(
    decision: Decision, *, people: Iterable[Membership] = (), acting: Membership | None = None, href: str = ""
) -> list[Signature]:
    """LA, ICB, police: who answered what, why and when; who is awaited. ``href`` gives the acting partner's own view.

    ``people`` are the delegated partners of today, to name who is awaited.
    """
    given = {one.partner: one for one in decision.sign_offs.all()}
    awaited: dict[str, list[Membership]] = {}
    for one in people:
        awaited.setdefault(one.partner, []).append(one)
    cards = []
    for partner in Partner:
        if partner in given:
            cards.append(_given(given[partner], decision))
        else:
            own = href if acting is not None and acting.partner == partner else ""
            cards.append(_awaited(partner, decision, awaited.get(partner, []), href=own))
    return cards


def _given(sign_off: SignOff, decision: Decision) -> Signature:
    by = sign_off.given_by
    return Signature(
        partner=_name(sign_off.partner),
        person=by.user.full_name,
        capacity=f"{by.capacity}. {sign_off.delegation}" if sign_off.delegation else by.capacity,
        answer=f"{sign_off.get_answer_display()}, {DIFFERS}"
        if is_dissent(sign_off, decision)
        else _answer(sign_off),
        reason=sign_off.reason,
        at=sign_off.given_at,
    )


def _answer(sign_off: SignOff) -> str:
    words: str = sign_off.get_answer_display()
    return words


def _awaited(partner: Partner, decision: Decision, people: list[Membership], *, href: str) -> Signature:
    taken_back = decision.status == DecisionStatus.TAKEN_BACK
    settled = decision.status == DecisionStatus.SETTLED
    waiting = "Not given before the decision" if settled else "Not yet given"
    return Signature(
        partner=_name(partner),
        person="" if settled or taken_back else " or ".join(one.user.full_name for one in people),
        awaiting="Not given before the question was taken back" if taken_back else waiting,
        href="" if settled or taken_back else href,
    )


def is_dissent(sign_off: SignOff, decision: Decision) -> bool:
    """Whether a view differs from what was decided (rule 4.3)."""
    return (
        bool(decision.outcome)
        and sign_off.answer in {Answer.YES, Answer.NO}
        and sign_off.answer != decision.outcome
    )


def _name(partner: str) -> str:
    words = Partner(partner).label
    return f"{words[:1].upper()}{words[1:]}"
