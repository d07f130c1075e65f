"""The merged chronology: all that the agencies told, in one order, as a table and a picture. Rule 6.4."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.cases.models import Case
from cspr.permissions import Permission, can
from cspr.views import CasePage, not_yours
from notifications.selectors.case_file import with_incident
from rapid_reviews.chronology.people import Names
from rapid_reviews.forms.chronology import MergedFilter
from rapid_reviews.models import RapidReview
from rapid_reviews.presenters import merged as present
from rapid_reviews.presenters.merged_rows import rows
from rapid_reviews.presenters.picture import Picture, picture
from rapid_reviews.selectors import merged as select
from rapid_reviews.selectors.merged import Filter, Mark
from rapid_reviews.selectors.review import review_of, with_review
from rapid_reviews.services.merged import show_names
from rapid_reviews.services.weaving import keep_woven

A_PAGE = 25
NAMED = "chronology-names"
"""The session's list of cases whose chronology this person switched to names."""


class OfTheChronology(CasePage):
    """A page about the merged chronology, with the filter of its address and its names hidden unless switched."""

    permission = Permission.SEE_CASES
    chosen: Filter
    review: RapidReview

    def cases(self) -> QuerySet[Case]:
        return with_review(with_incident(super().cases())).select_related("rapid_review__weave")

    def find(self) -> None:
        super().find()
        found = review_of(self.case)
        if found is None:
            raise Http404
        self.review = found
        self.named = self.is_named()

    def context(self) -> dict[str, Any]:
        return {"review": self.review}

    def between(self) -> list[tuple[str, str]]:
        return [("Rapid review", reverse("rapid_review", args=[self.case.pk]))]

    def is_named(self) -> bool:
        """Whether this session was switched to names by somebody who may see them now."""
        switched = str(self.case.pk) in self.request.session.get(NAMED, [])
        return switched and can(self.request.acting, Permission.SEE_NAMES)

    def read(self) -> None:
        """Bring the chronology up to date and read what every page of it needs."""
        woven = keep_woven(self.review, by=self.acting)
        self.people = select.people_known(self.review)
        self.agencies = select.agencies_told(woven)
        known = select.known_people(self.review, self.people)
        self.hide = str if self.named else Names(known).hidden
        self.filter_form = MergedFilter(
            self.request.GET or None,
            agencies=[(str(one.pk), one.name) for one in self.agencies],
            people=[(str(one.pk), one.name if self.named else one.called) for one in self.people],
        )
        self.chosen = self.filter_form.chosen()
        self.happenings = select.happenings_of(self.review, self.chosen)
        self.extent = select.extent_of(woven, self.happenings, self.chosen)

    def picture(self) -> Picture | None:
        """The picture of what is looked at."""

        def marks(begins: date, ends: date, zoom: str) -> Sequence[Mark]:
            shown = self.happenings.filter(first_on__range=(begins, ends))
            return select.marks_of(shown, zoom=zoom, agency=self.chosen.agency)

        lanes = [one for one in self.agencies if self.chosen.agency in (None, one.pk)]
        given = self.request.GET
        return picture(
            lanes,
            self.extent,
            marks=marks,
            chosen=self.chosen,
            zoom=given.get("zoom", ""),
            at=day_of(given.get("at", "")),
        )

    def merged_url(self) -> str:
        return reverse("merged_chronology", args=[self.case.pk])


class MergedChronology(OfTheChronology):
    """The table, a page at a time; above its first page the picture of all of it."""

    template_name = "rapid_reviews/chronology/merged.html"
    title = "Merged chronology"

    def context(self) -> dict[str, Any]:
        self.read()
        page = Paginator(range(self.extent.number), A_PAGE).get_page(self.request.GET.get("page"))
        first = page.start_index() - 1 if self.extent.number else 0
        events = select.read_events(self.happenings, first=first, until=first + A_PAGE)
        self.what = "Merged chronology, with names" if self.named else self.title
        return {
            **super().context(),
            "filter_form": self.filter_form,
            "chosen": self.chosen,
            "page_obj": page,
            "rows": rows(present.lines(events, hide=self.hide, part=not self.chosen.is_empty)),
            "number": self.extent.number,
            "gap_days": present.GAP_DAYS,
            "picture": self.picture() if page.number == 1 else None,
            "keeps": present.address(self.chosen),
            "named": self.named,
            "may_see_names": can(self.acting, Permission.SEE_NAMES),
            "may_keep_people": can(self.acting, Permission.PREPARE_REVIEW),
        }


class SwitchNames(OfTheChronology):
    """POST: show the names from here on, which is recorded, or hide them again."""

    title = "Names in the merged chronology"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(self.merged_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(self.acting, Permission.SEE_NAMES):
            return not_yours(request, Permission.SEE_NAMES)
        switched = [one for one in request.session.get(NAMED, []) if one != str(self.case.pk)]
        if "show" in request.POST:
            show_names(self.review, by=self.acting)
            switched.append(str(self.case.pk))
            messages.success(request, "Names are shown. This was recorded.")
        request.session[NAMED] = switched
        return HttpResponseRedirect(self.merged_url() + kept(request.POST.get("keeps", "")))


def kept(query: str) -> str:
    """The filter given back by the page; an empty one and anything else is dropped."""
    return query if query.startswith("?") and "\n" not in query and "\r" not in query and query != "?" else ""


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
