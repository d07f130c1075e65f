"""Which dates of an incident cannot be true: ahead, before birth, awareness before the incident. London's clock."""

from collections.abc import Collection
from datetime import date, datetime, time

from cspr.govuk.dates import RoughDate, in_london, long_date

IN_FUTURE = "{} must be today or in the past"


def earliest_sure(occurred: RoughDate | None) -> date | None:
    """The first day it can have happened; None for "about 12 November", too rough to contradict a neighbouring day."""
    if occurred is None or occurred.earliest is None:
        return None
    about_one_day = occurred.precision == RoughDate.ABOUT and occurred.earliest == occurred.latest
    return None if about_one_day else occurred.earliest


def wrong_occurrence(
    occurred: RoughDate,
    at: time | None,
    *,
    moment: datetime,
    births: Collection[date],
    aware_at: datetime | None,
) -> dict[str, str]:
    """Sentences by field for the day and time of the incident. ``births`` are given only where every child has one."""
    local = in_london(moment)
    wrong: dict[str, str] = {}
    first, last = occurred.earliest, occurred.latest
    if first is None or last is None:
        return wrong
    ahead = first if occurred.precision == RoughDate.ABOUT else last
    sure = earliest_sure(occurred)
    if ahead > local.date():
        wrong["occurred"] = IN_FUTURE.format("The day of the incident")
    elif births and last < min(births):
        wrong["occurred"] = "The incident must be on or after the child’s date of birth"
    elif aware_at and sure and sure > in_london(aware_at).date():
        known = long_date(in_london(aware_at).date())
        wrong["occurred"] = (
            f"The incident must be on or before the day the local authority became aware, {known}"
        )
    elif at and occurred.precision == RoughDate.EXACT and first == local.date() and at > local.time():
        wrong["occurred_time"] = "The time of the incident must be in the past"
    return wrong


def wrong_agency_awareness(
    day: date, at: time | None, *, occurred: RoughDate, occurred_time: time | None, moment: datetime
) -> dict[str, str]:
    """Sentences by field for when the agency became aware."""
    local, sure = in_london(moment), earliest_sure(occurred)
    if day > local.date():
        return {"agency_aware_on": IN_FUTURE.format("The day the agency became aware")}
    if sure and day < sure:
        return {
            "agency_aware_on": f"The day the agency became aware must be on or after the incident, {long_date(sure)}"
        }
    if at and day == local.date() and at > local.time():
        return {"agency_aware_time": "The time the agency became aware must be in the past"}
    same_day = occurred.precision == RoughDate.EXACT and day == occurred.earliest
    if same_day and at and occurred_time and at < occurred_time:
        return {
            "agency_aware_time": f"The time the agency became aware must be after the incident, {occurred_time:%H:%M}"
        }
    return {}


def wrong_awareness(
    aware_at: datetime, *, occurred: RoughDate | None, occurred_time: time | None, moment: datetime
) -> dict[str, str]:
    """Sentences by field for when the local authority became aware (C1): not ahead, not before the incident."""
    local, sure = in_london(aware_at), earliest_sure(occurred)
    if aware_at > moment:
        ahead = local.date() > in_london(moment).date()
        field = "aware_on" if ahead else "aware_time"
        what = IN_FUTURE.format("The day the local authority became aware")
        return {field: what if ahead else "The time the local authority became aware must be in the past"}
    if sure and local.date() < sure:
        return {
            "aware_on": "The day the local authority became aware must be on or after the incident, "
            f"{long_date(sure)}"
        }
    exact = (
        occurred is not None and occurred.precision == RoughDate.EXACT and local.date() == occurred.earliest
    )
    if exact and occurred_time and local.time() < occurred_time:
        return {
            "aware_time": f"The time the local authority became aware must be after the incident, {occurred_time:%H:%M}"
        }
    return {}
