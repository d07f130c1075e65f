"""The record of a case as pages: everything that happened, and who has looked."""

from typing import Any

from django.core.paginator import Paginator

from cspr.audit.models import Event
from cspr.audit.presenters import sentence
from cspr.audit.selectors import events_of, looks_at
from cspr.casework.views.case_file import CasePart
from cspr.govuk.dates import long_moment
from cspr.govuk.parts import Happening, Table
from cspr.permissions import Permission

A_PAGE = 50


class Timeline(CasePart):
    """One timeline of all that happened, the newest first."""

    permission = Permission.SEE_CASES
    template_name = "casework/timeline.html"
    title = "Timeline"

    def part(self) -> dict[str, Any]:
        page = Paginator(events_of(self.case.pk), A_PAGE).get_page(self.request.GET.get("page"))
        return {
            "page_obj": page,
            "happenings": [_happening(event) for event in page],
        }


class WhoHasLooked(CasePart):
    """Everybody who was shown something of this case: who, in which capacity, what, when."""

    permission = Permission.SEE_WHO_LOOKED
    template_name = "casework/looked.html"
    title = "Who has looked"

    def part(self) -> dict[str, Any]:
        page = Paginator(looks_at(self.case.pk), A_PAGE).get_page(self.request.GET.get("page"))
        return {
            "page_obj": page,
            "table": Table(
                caption="Who was shown what of this case, and when",
                head=("Person", "What", "When"),
                rows=[
                    (f"{one.actor_name}, {one.actor_capacity}", one.what, long_moment(one.at)) for one in page
                ],
                empty="Everybody who is shown a page of this case will stand here.",
            ),
        }


def _happening(event: Event) -> Happening:
    who = ", ".join(part for part in (event.actor_name, event.actor_capacity) if part)
    return Happening(title=sentence(event), at=event.at, by=who)
