"""Where the board's rows come from: what waits on cases is one statement, what is one's own one source each."""

from collections import Counter
from collections.abc import Iterable

from cspr.cases.waiting import Row, first_of
from cspr.casework.board import Found, Source, Wanted, When
from cspr.govuk.addresses import address
from cspr.govuk.parts import Waiting
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from notifications.options import ReferralStatus
from notifications.presenters import board as notification_rows
from notifications.selectors import board as selectors
from notifications.selectors.board import OwnReferral
from rapid_reviews.options.sending import Standing
from rapid_reviews.presenters import board as review_rows
from rapid_reviews.presenters import panel as panel_rows
from rapid_reviews.presenters import request_board
from rapid_reviews.selectors import board as review_selectors
from rapid_reviews.selectors import panel as panel_selectors

ROWS = notification_rows.ROWS | review_rows.ROWS


def on_cases(acting: Membership, wanted: Wanted) -> Found:
    """What waits on the cases this person may open, of every stage, the most urgent of each place first."""
    if not can(acting, Permission.SEE_CASES):
        return Found([])
    stages = (notification_rows.kinds(acting), review_selectors.kinds(acting, wanted.on, wanted.in_force))
    ranked = first_of(acting, stages, wanted.within, wanted.narrowed.cases())
    hidden = {When(place): total - len(ranked.rows[place]) for place, total in ranked.totals.items()}
    return Found([in_words(one, acting) for rows in ranked.rows.values() for one in rows], hidden)


def in_words(row: Row, acting: Membership) -> Waiting:
    """How a row reads, by its kind."""
    return ROWS[row.kind](row, acting)


def referrals(acting: Membership) -> Found:
    """An agency's drafts to finish, and its referrals that wait for the decision."""
    if not can(acting, Permission.MAKE_REFERRAL):
        return Found([])
    found = selectors.own_referrals(acting)
    totals = {one.status: one.total for one in found}
    shown = Counter(one.status for one in found)
    hidden = {
        When.LATER: totals.get(ReferralStatus.DRAFT, 0) - shown[ReferralStatus.DRAFT],
        When.OTHERS: totals.get(ReferralStatus.SUBMITTED, 0) - shown[ReferralStatus.SUBMITTED],
    }
    return Found([_referral(one) for one in found], hidden)


def _referral(one: OwnReferral) -> Waiting:
    if one.status == ReferralStatus.DRAFT:
        return Waiting(
            title="Finish the referral",
            href=address("referral", one.id),
            reference="Draft",
            told=f"started by {one.started_by}",
        )
    return Waiting(
        title="The decision on your referral",
        href=address("referral", one.id),
        reference=one.reference or "",
        told="Waiting for the partnership",
        for_others=True,
    )


def sent_to_the_panel(acting: Membership) -> Found:
    """What waits for the Panel, and its questions that wait for a partnership, for who acts for the Panel."""
    if not can(acting, Permission.SEE_SENT):
        return Found([])
    found, totals = panel_selectors.waiting(acting), panel_selectors.counts(acting)
    shown = Counter(one.standing for one in found)
    places = {Standing.WAITING: When.LATER, Standing.QUESTION: When.OTHERS}
    hidden = {place: totals.get(standing, 0) - shown[standing] for standing, place in places.items()}
    return Found([panel_rows.waits(one) for one in found], hidden)


OWN: tuple[Source, ...] = (referrals, request_board.waiting, sent_to_the_panel)
"""What waits in one's agency, or for the Panel: each gives all its rows, or the first and how many it hides."""


def waiting_for(acting: Membership, wanted: Wanted) -> Found:
    """All that waits for this capacity, as far as it is asked for, and how much more there is."""
    found: list[Iterable[Waiting]] = [on_cases(acting, wanted)]
    if not wanted.narrowed:
        found += [source(acting) for source in OWN]
    hidden: Counter[When] = Counter()
    for one in found:
        hidden.update(one.hidden if isinstance(one, Found) else {})
    return Found([row for one in found for row in one], hidden)
