"""Which dates of a referral cannot all be true. "Today" is London's; a rough date is judged by its bounds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cspr.govuk.dates import in_london, long_date
from notifications import options
from notifications.models import Referral, ReferredChild

LONGEST_PREGNANCY = timedelta(days=300)


@dataclass(frozen=True)
class Order:
    """``earlier`` may not be after ``later``; each has a sentence for when it is the one being answered."""

    earlier: str
    later: str
    when_earlier: str
    when_later: str

    def broken(self, facts: Mapping[str, Any]) -> dict[str, str]:
        first, then = facts.get(self.earlier), facts.get(self.later)
        if first is None or then is None or first <= then:
            return {}
        return {
            self.earlier: self.when_earlier.format(long_date(then)),
            self.later: self.when_later.format(long_date(first)),
        }


IN_ORDER: tuple[Order, ...] = (
    Order(
        "occurred_on",
        "died_on",
        "The incident must be on or before the date of death, {}",
        "The date of death must be on or after the day of the incident, {}",
    ),
    Order(
        "occurred_on",
        "agency_aware_on",
        "The incident must be on or before the day your agency became aware, {}",
        "The day your agency became aware must be on or after the day of the incident, {}",
    ),
    Order(
        "occurred_on",
        "lead_consulted_on",
        "The incident must be on or before the day the safeguarding lead was consulted, {}",
        "The day you consulted the safeguarding lead must be on or after the day of the incident, {}",
    ),
)
OF_A_CHILD: tuple[Order, ...] = (
    Order(
        "born_on",
        "occurred_until_on",
        "The date of birth must be on or before the day of the incident, {}. If the child was not born yet, "
        "go back and select “An unborn child”",
        "The incident must be on or after the child’s date of birth, {}",
    ),
    Order(
        "protection_from_on",
        "protection_until_on",
        "The day the child protection plan began must be on or before the day it ended, {}",
        "The day the child protection plan ended must be on or after the day it began, {}",
    ),
    Order(
        "need_from_on",
        "need_until_on",
        "The day the child in need plan began must be on or before the day it ended, {}",
        "The day the child in need plan ended must be on or after the day it began, {}",
    ),
)
DEATH_AFTER_BIRTH = Order(
    "born_on",
    "died_on",
    "The date of birth must be on or before the date of death, {}",
    "The date of death must be on or after the child’s date of birth, {}",
)
NOT_IN_FUTURE: Mapping[str, str] = {
    "occurred_on": "The day of the incident",
    "occurred_until_on": "The day of the incident",
    "happened_on": "The date",
    "happened_until_on": "The date",
    "died_on": "The date of death",
    "agency_aware_on": "The day your agency became aware",
    "lead_consulted_on": "The day you consulted the safeguarding lead",
    "born_on": "The date of birth",
    "protection_from_on": "The day the child protection plan began",
    "protection_until_on": "The day the child protection plan ended",
    "need_from_on": "The day the child in need plan began",
    "need_until_on": "The day the child in need plan ended",
}
ABOUT = options.Precision.ABOUT


def future_dates(facts: Mapping[str, Any], today: date) -> Iterator[dict[str, str]]:
    """Dates that have not come yet. The far end of "about 2026" may lie ahead; the near end may not."""
    for column, name in NOT_IN_FUTURE.items():
        roughly = facts.get(f"{column.removesuffix('_until_on')}_precision") == ABOUT
        if column.endswith("_until_on") and roughly:
            continue
        if facts.get(column) is not None and facts[column] > today:
            yield {column: f"{name} must be today or in the past"}


def referral_facts(referral: Referral) -> dict[str, Any]:
    """The referral's dates and times."""
    columns = (
        "occurred_precision", "occurred_on", "occurred_until_on", "occurred_time", "died_on",
        "agency_aware_on", "agency_aware_time", "lead_consulted_on",
    )  # fmt: skip
    return {column: getattr(referral, column) for column in columns}


def comparable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts less an "about" day: "about 12 November" is too rough to contradict a neighbouring day."""
    about_one_day = (
        facts["occurred_precision"] == ABOUT and facts["occurred_on"] == facts["occurred_until_on"]
    )
    hidden = {"occurred_on", "occurred_until_on"} if about_one_day else set()
    return {column: value for column, value in facts.items() if column not in hidden}


def times_out_of_order(facts: Mapping[str, Any], moment: datetime) -> Iterator[dict[str, str]]:
    """Hours on the same day: aware before it happened, or a time later than now."""
    local = in_london(moment)
    for day, hour, name in (
        ("occurred_on", "occurred_time", "The time of the incident"),
        ("agency_aware_on", "agency_aware_time", "The time your agency became aware"),
    ):
        if facts[day] == local.date() and facts[hour] and facts[hour] > local.time():
            yield {hour: f"{name} must be in the past"}
    same_day = (
        facts["occurred_precision"] == options.Precision.EXACT
        and facts["occurred_on"] == facts["agency_aware_on"]
    )
    happened, aware = facts["occurred_time"], facts["agency_aware_time"]
    if same_day and happened and aware and aware < happened:
        yield {
            "occurred_time": f"The time of the incident must be before your agency became aware, {aware:%H:%M}",
            "agency_aware_time": f"The time your agency became aware must be after the incident, {happened:%H:%M}",
        }


def unlikely_ages(child: ReferredChild, facts: Mapping[str, Any], today: date) -> Iterator[dict[str, str]]:
    """A child older than any care leaver (rule 4.4), or expected later than a pregnancy lasts."""
    then = facts.get("occurred_on") or today
    if child.born_on and then.year - child.born_on.year > options.OLDEST_CARE_LEAVER + 1:
        yield {
            "born_on": "The date of birth must be less than 25 years before the incident",
            "occurred_on": "The incident must be less than 25 years after the child’s date of birth",
        }
    if child.expected_on and child.expected_on > today + LONGEST_PREGNANCY:
        yield {"expected_on": "The expected date of birth must be within the next 10 months"}


def of_referral(
    referral: Referral, children: list[ReferredChild], moment: datetime
) -> Iterator[dict[str, str]]:
    """Every contradiction among a referral's dates and its children's, each as column -> sentence."""
    today, facts = in_london(moment).date(), referral_facts(referral)
    yield from future_dates(facts, today)
    yield from times_out_of_order(facts, moment)
    for order in IN_ORDER:
        yield order.broken(comparable(facts))
    for child in children:
        yield from of_child(child, referral, moment)
    births = [child.born_on for child in children if child.born_on]
    if births and len(births) == len(children):
        yield DEATH_AFTER_BIRTH.broken({**facts, "born_on": min(births)})


def of_child(child: ReferredChild, referral: Referral, moment: datetime) -> Iterator[dict[str, str]]:
    """The contradictions of one child's dates with each other and with the incident."""
    today, facts = in_london(moment).date(), comparable(referral_facts(referral))
    own = {order.earlier: getattr(child, order.earlier) for order in OF_A_CHILD}
    own |= {f"{plan}_until_on": getattr(child, f"{plan}_until_on") for plan in ("protection", "need")}
    yield from future_dates(own, today)
    for order in OF_A_CHILD:
        yield order.broken({**facts, **own})
    yield from unlikely_ages(child, facts, today)


def on_page(conflicts: Iterator[dict[str, str]], columns: tuple[str, ...]) -> dict[str, str]:
    """The sentences that belong to the page being answered: the first for each of its columns."""
    found: dict[str, str] = {}
    for conflict in conflicts:
        for column, sentence in conflict.items():
            if column in columns:
                found.setdefault(column, sentence)
    return found
