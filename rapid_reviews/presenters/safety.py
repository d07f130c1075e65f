"""Immediate safety actions as they stand: cards with what can be done, the learning shared, rows of the board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from cspr.govuk.dates import long_date, long_moment, medium_date
from cspr.govuk.parts import Row, Step, Table, Tag
from cspr.now import today
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import Transition, refusals
from rapid_reviews.models import LearningShared, RapidReview, SafetyAction
from rapid_reviews.options.safety import ActionStatus
from rapid_reviews.selectors import safety as selectors
from rapid_reviews.workflow import safety as table

LATE = Tag("Overdue", "red")
PAGES = {table.CHANGE: "safety_change", **{one: f"safety_{one.name}" for one in table.TRANSITIONS}}
LABELS = {table.CHANGE.name: "Change"}


@dataclass(frozen=True)
class ShownAction:
    """One action: its state, what is known, what this person can do with it."""

    action: SafetyAction
    tag: Tag
    rows: list[Row]
    steps: list[Step]


def shown_actions(actions: Iterable[SafetyAction], acting: Membership) -> list[ShownAction]:
    return [ShownAction(one, state_tag(one), _rows(one), _steps(one, acting)) for one in actions]


def state_tag(action: SafetyAction) -> Tag:
    """Due today is not overdue."""
    if action.status == ActionStatus.TO_DO and action.due_on < today():
        return LATE
    return Tag(action.get_status_display())


def _rows(action: SafetyAction) -> list[Row]:
    rows = [
        Row("For whom", action.for_whom),
        Row("Who does it", action.owner),
        Row("By", long_date(action.due_on)),
    ]
    if action.done_on is not None and action.done_by is not None:
        rows.append(Row("Done", f"{long_date(action.done_on)}, recorded by {action.done_by.user.full_name}"))
    if action.dropped_at is not None and action.dropped_by is not None:
        dropped = f"{long_moment(action.dropped_at)}, {action.dropped_by.user.full_name}"
        rows.append(Row("No longer needed", dropped))
    return [*rows, Row("Note", action.note)] if action.note else rows


def _steps(action: SafetyAction, acting: Membership) -> list[Step]:
    if not can(acting, Permission.KEEP_SAFETY_ACTIONS):
        return []
    open_to_do: Sequence[Transition] = (table.COMPLETE, table.CHANGE, table.DROP)
    wanted = open_to_do if action.status == ActionStatus.TO_DO else (table.REOPEN,)
    return [_step(action, one, acting) for one in wanted]


def _step(action: SafetyAction, transition: Transition, acting: Membership) -> Step:
    href = reverse(PAGES[transition], args=[action.review.case_id, action.pk])
    label = LABELS.get(transition.name, transition.label)
    why = tuple(refusals(action, transition, acting))
    return Step(label, href, why, secondary=transition is not table.COMPLETE)


def learning_table(entries: Iterable[LearningShared]) -> Table:
    return Table(
        caption="Learning shared at once",
        head=("When", "With whom", "What", "How", "Written down by"),
        rows=[
            (
                medium_date(one.shared_on),
                one.with_whom,
                one.what,
                one.get_how_display(),
                one.recorded_by.user.full_name,
            )
            for one in entries
        ],
        empty="Learning that was passed on at once will stand here: what, with whom, when and how.",
    )


def safety_facts(review: RapidReview) -> list[tuple[str, str]]:
    """The actions and the learning as facts of the section on immediate action."""
    actions = [
        (
            f"Action for {one.for_whom}",
            f"{one.what} ({one.owner}, by {medium_date(one.due_on)}: {_state(one)})",
        )
        for one in selectors.actions_of(review)
        if one.status != ActionStatus.DROPPED
    ]
    learning = [
        (f"Learning shared with {one.with_whom}", f"{one.what} ({medium_date(one.shared_on)})")
        for one in selectors.learning_of(review)
    ]
    return actions + learning


def _state(action: SafetyAction) -> str:
    return f"done {medium_date(action.done_on)}" if action.done_on else "to be done"
