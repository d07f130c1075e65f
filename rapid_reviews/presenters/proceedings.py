"""The register of proceedings for the case's tab, what referrals tell beside it, rows of the board. Rule 7.3."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cspr.cases import proceedings as register
from cspr.cases.kinds import ProceedingStatus
from cspr.cases.models import Case, Proceeding, ProceedingHold
from cspr.cases.workflow import CHANGE, END, REOPEN
from cspr.govuk.dates import long_date, long_moment, medium_date
from cspr.govuk.parts import Row, Step, Tag
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import refusals
from notifications.models import KnownProceeding
from rapid_reviews.models import RapidReview
from rapid_reviews.selectors.proceedings import not_taken_over

PAGES = {CHANGE.name: "proceeding_change", END.name: "proceeding_end", REOPEN.name: "proceeding_reopen"}


@dataclass(frozen=True)
class ShownHold:
    """What is held up, with the page that lifts it."""

    heading: str
    told: str
    reason: str
    lift_href: str = ""
    lifted: str = ""


@dataclass(frozen=True)
class ShownProceeding:
    proceeding: Proceeding
    tag: Tag
    rows: list[Row]
    holds: list[ShownHold]
    steps: list[Step]


@dataclass(frozen=True)
class ToTakeOver:
    """What a referral tells and the register does not hold."""

    title: str
    told: str
    href: str


def register_page(case: Case, acting: Membership) -> dict[str, Any]:
    """All that the tab shows: the register, what referrals tell, who speaks with the family."""
    may_keep = register.why_not(case, acting) is None
    lead = register.family_lead(case)
    return {
        "proceedings": [_shown(one, case, acting) for one in register.proceedings_of(case)],
        "to_take_over": [_known(one, case) for one in not_taken_over(case)],
        "family_lead": lead,
        "family_lead_rows": _lead_rows(lead),
        "may_keep": may_keep,
    }


def _shown(row: Proceeding, case: Case, acting: Membership) -> ShownProceeding:
    row.case = case
    running = row.status == ProceedingStatus.RUNNING
    may_keep = can(acting, Permission.KEEP_PROCEEDINGS)
    return ShownProceeding(
        proceeding=row,
        tag=Tag(row.get_status_display()),
        rows=[one for one in _rows(row) if one.value],
        holds=[_hold(one, case, may_keep=may_keep) for one in _standing_first(row.holds.all())],
        steps=_steps(row, acting, running=running) if may_keep else [],
    )


def _rows(row: Proceeding) -> list[Row]:
    next_ = f"{long_date(row.next_on)}: {row.next_event}".removesuffix(": ") if row.next_on else ""
    ended = (
        f"{long_date(row.ended_on)}, recorded by {row.ended_by.user.full_name}"
        if row.ended_on and row.ended_by
        else ""
    )
    return [
        Row("Led by", ", ".join(filter(None, (row.lead_body, row.lead_person)))),
        Row("Contact", row.lead_contact),
        Row("Reference", row.reference),
        Row("Court or venue", row.venue),
        Row("Next date", next_),
        Row("Note", row.note),
        Row("Ended", ended),
        Row("Outcome", row.outcome),
    ]


def _standing_first(holds: Iterable[ProceedingHold]) -> list[ProceedingHold]:
    return sorted(holds, key=lambda one: (one.lifted_at is not None, one.placed_at))


def _hold(hold: ProceedingHold, case: Case, *, may_keep: bool) -> ShownHold:
    placed = f"Since {long_moment(hold.placed_at)}, recorded by {hold.placed_by.user.full_name}"
    told = f"{placed}; {hold.asked_for_by} asked for it"
    if hold.lifted_at is not None and hold.lifted_by is not None:
        lifted = (
            f"Lifted {long_moment(hold.lifted_at)} by {hold.lifted_by.user.full_name}: {hold.lifted_reason}"
        )
        return ShownHold(
            f"Held up until lifted: {hold.get_on_display().lower()}", told, hold.reason, lifted=lifted
        )
    href = reverse("hold_lift", args=[case.pk, hold.pk]) if may_keep else ""
    return ShownHold(f"Holds up: {hold.get_on_display().lower()}", told, hold.reason, lift_href=href)


def _steps(row: Proceeding, acting: Membership, *, running: bool) -> list[Step]:
    place = [row.case_id, row.pk]
    if not running:
        why = tuple(refusals(row, REOPEN, acting))
        return [Step(REOPEN.label, reverse("proceeding_reopen", args=place), why, secondary=True)]
    may_change = tuple(refusals(row, CHANGE, acting))
    return [
        Step("Change", reverse("proceeding_change", args=place), may_change, secondary=True),
        Step("Place a hold", reverse("hold_place", args=place), may_change, secondary=True),
        Step(
            END.label,
            reverse("proceeding_end", args=place),
            tuple(refusals(row, END, acting)),
            secondary=True,
        ),
    ]


def _known(known: KnownProceeding, case: Case) -> ToTakeOver:
    when = f"{medium_date(known.next_on)} {known.next_event}".strip() if known.next_on else known.next_event
    words = (known.lead, known.proceeding_reference, when, known.hold_reason)
    told = "; ".join(one for one in words if one) or "Nothing more is told"
    title = f"{known.get_kind_display() or 'A proceeding'}, told by {known.referral.agency.name}"
    return ToTakeOver(title, told, reverse("proceeding_take_over", args=[case.pk, known.pk]))


def _lead_rows(lead: Any) -> list[Row]:
    if lead is None:
        return []
    rows = [Row("Name", lead.name), Row("Agency", lead.agency), Row("Contact", lead.contact)]
    named = f"{long_moment(lead.named_at)} by {lead.named_by.user.full_name}"
    return [one for one in [*rows, Row("Named", named)] if one.value]


def proceedings_facts(review: RapidReview) -> list[tuple[str, str]]:
    """The register as facts of the section on parallel processes, then what referrals tell and it does not hold."""
    registered = [(str(one), _fact(one)) for one in register.proceedings_of(review.case)]
    return registered + [_told_only(one) for one in not_taken_over(review.case)]


def _told_only(known: KnownProceeding) -> tuple[str, str]:
    words = (known.lead, known.proceeding_reference, known.next_event)
    told = "; ".join(one for one in words if one) or "Known"
    return f"{known.get_kind_display() or 'A proceeding'}, told by {known.referral.agency.name}", told


def _fact(row: Proceeding) -> str:
    next_ = f"next date {medium_date(row.next_on)} {row.next_event}".strip() if row.next_on else ""
    held = [one.get_on_display().lower() for one in row.holds.all() if one.lifted_at is None]
    holds = f"holds up {' and '.join(held)}" if held else ""
    words = (row.lead_body, row.reference, row.get_status_display().lower(), next_, holds)
    return "; ".join(one for one in words if one)
