"""The record of a case as pages: everything that happened, and who has looked."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window

from cspr.audit.models import Event
from cspr.audit.presenters import fingerprint, sentence
from cspr.audit.selectors import events_of, looks_at
from cspr.casework.views.case_file import CasePart
from cspr.govuk.dates import long_moment
from cspr.govuk.parts import Happening, Table
from cspr.permissions import Permission

A_PAGE = 50


def page_of(rows: QuerySet[Any], number: str) -> Page[Any]:
    """A page of the record. Its rows bring along how many there are; only a page that is none asks for that alone."""
    pages = Paginator(rows, A_PAGE)
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    last = asked * A_PAGE
    found = list(rows.annotate(total=Window(Count("pk")))[last - A_PAGE : last]) if asked else []
    if not found:
        return pages.get_page(number)
    vars(pages)["count"] = found[0].total
    return Page(found, asked, pages)


class Timeline(CasePart):
    """One timeline of all that happened, the newest first."""

    permission = Permission.SEE_CASES
    template_name = "casework/timeline.html"
    title = "Timeline"

    def part(self) -> dict[str, Any]:
        page = page_of(events_of(self.case.pk), self.request.GET.get("page", "1"))
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
        page = page_of(looks_at(self.case.pk), self.request.GET.get("page", "1"))
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
    return Happening(title=sentence(event), at=event.at, by=who, proof=fingerprint(event))
