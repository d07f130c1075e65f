"""What of the board an address asks for: a stage, an agency, a person, one place and its page. Ids only, no names."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict

from cspr.casework.board import Wanted, When
from cspr.deadlines import calendar
from cspr.govuk.fields import SelectField
from cspr.govuk.forms import Form
from cspr.now import today
from cspr.people.models import Membership
from cspr.people.selectors import agencies_within, unit_of
from cspr.permissions import Permission, can
from notifications.options.incident import IncidentStatus as Status
from notifications.selectors.board import EVERYTHING, Narrowed

NO_REVIEW = Q(case__rapid_review__isnull=True)
STAGES = {
    "referral": ("Referral", Q(status__in=[Status.TRIAGE, Status.VIEWS_REQUESTED])),
    "notification": (
        "Notification",
        Q(status__in=[Status.NOTIFIABLE, Status.NOT_NOTIFIABLE, Status.NOTIFIED]) & NO_REVIEW,
    ),
    "rapid_review": ("Rapid review", ~NO_REVIEW),
}
"""The stage a case is at, by its incident."""
MOST_PAGES = 100
ASKING, PLACE, PAGE = "filter", "when", "page"


class BoardFilter(Form):
    """Narrows the board; the address keeps it."""

    stage = SelectField(label="Stage", empty="Every stage", required=False)
    agency = SelectField(label="Referred by", empty="Every agency", required=False)
    person = SelectField(label="Worked on by", empty="Everybody", required=False)

    def __init__(self, *args: Any, agencies: Iterable[Any], people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(key, label) for key, (label, _) in STAGES.items()]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [(str(one.pk), one.name) for one in agencies]  # type: ignore[attr-defined]
        self.fields["person"].choices = [(str(one.pk), one.user.full_name) for one in people]  # type: ignore[attr-defined]

    def narrowed(self) -> Narrowed:
        """What was chosen; everything where a choice is none of ours, which the form then says."""
        if not self.is_valid():
            return EVERYTHING
        given = self.cleaned_data
        stage = STAGES[given["stage"]][1] if given["stage"] else Q()
        agency, person = (UUID(given[name]) if given[name] else None for name in ("agency", "person"))
        return Narrowed(stage, agency, person)


def may_filter(acting: Membership) -> bool:
    """Whoever sees cases: an agency's own board is short."""
    return can(acting, Permission.SEE_CASES) and acting.partnership is not None


def filter_form(address: QueryDict, acting: Membership) -> BoardFilter | None:
    """The filter where the address asks for it or holds one; its choices are read only then."""
    asked = ASKING in address or any(address.get(name) for name in BoardFilter.base_fields)
    if acting.partnership is None or not asked or not may_filter(acting):
        return None
    people = unit_of(acting.partnership)
    return BoardFilter(address, agencies=agencies_within(acting), people=people)


def wanted(address: QueryDict, form: BoardFilter | None) -> Wanted:
    """What the address asks for, today."""
    place, page = address.get(PLACE, ""), address.get(PAGE, "")
    return Wanted(
        on=today(),
        in_force=calendar.current(),
        place=When(place) if place in set(When) else None,
        page=min(int(page), MOST_PAGES)
        if page.isascii() and page.isdigit() and len(page) < 5 and int(page)
        else 1,
        narrowed=form.narrowed() if form else EVERYTHING,
    )


def address_of(place: When, address: QueryDict) -> str:
    """The page of all rows at one place, which keeps the filter."""
    kept = {name: address[name] for name in BoardFilter.base_fields if address.get(name)}
    return f"?{urlencode({**kept, PLACE: place.value})}"
