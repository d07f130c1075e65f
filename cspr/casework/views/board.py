"""The board: what waits for me."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.core.paginator import Page as OnePage
from django.core.paginator import Paginator
from django.urls import reverse

from cspr.casework import board_filter
from cspr.casework.alarms import alarms
from cspr.casework.board import A_PAGE, HEADINGS, Wanted, When, groups
from cspr.casework.board_sources import waiting_for
from cspr.govuk.dates import long_date
from cspr.govuk.parts import Group
from cspr.permissions import Permission
from cspr.views import Page


class Board(Page):
    """Every act that waits for this person in this capacity, overdue and due today on top, and how many.

    The first acts of each place are shown; ``?when=`` shows all of one, page by page. The address keeps the filter.
    """

    permission = Permission.SEE_BOARD
    template_name = "casework/board.html"
    title = "Your board"

    def context(self) -> dict[str, Any]:
        form = board_filter.filter_form(self.request.GET, self.acting)
        wanted = board_filter.wanted(self.request.GET, form)
        shown = self.groups(wanted)
        content = {
            "groups": shown,
            "on": long_date(wanted.on),
            "alarms": alarms(self.acting, wanted.in_force),
            "filter_form": form,
            "may_filter": board_filter.may_filter(self.acting),
        }
        return {**content, **self.all_of(wanted.place, wanted, shown[0])} if wanted.place else content

    def groups(self, wanted: Wanted) -> list[Group]:
        found = waiting_for(self.acting, wanted)
        address = partial(board_filter.address_of, address=self.request.GET)
        return groups(found, wanted.on, hidden=found.hidden, wanted=wanted, address=address)

    def all_of(self, place: When, wanted: Wanted, group: Group) -> dict[str, Any]:
        """One place, page by page; a page after the last is the last."""
        page: OnePage[int] = Paginator(range(group.count), A_PAGE).get_page(wanted.page)
        if page.number != wanted.page:
            group = self.groups(replace(wanted, page=page.number))[0]
        heading = HEADINGS[place][0]
        trail = [(self.title, reverse("board")), (heading, "")]
        return {
            "groups": [group],
            "place": place,
            "page_obj": page,
            "title": f"{self.title}: {heading.lower()}",
            "breadcrumbs": trail,
        }
