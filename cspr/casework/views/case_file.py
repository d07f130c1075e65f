"""The parts of a case file that are read: overview, people, chronology, documents."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from cspr.cases.models import Case
from cspr.cases.proceedings import family_lead
from cspr.cases.services import show_names
from cspr.casework import file_presenter
from cspr.permissions import Permission, can
from cspr.views import CasePage, not_yours
from notifications.presenters.stage import decisions_shown, overview
from notifications.selectors.case_file import referrals_of, with_incident, with_router
from rapid_reviews.presenters import stage as rapid_review
from rapid_reviews.selectors.review import review_of, with_review


class CasePart(CasePage):
    """A part of the file under its tab."""

    def cases(self) -> QuerySet[Case]:
        return with_review(with_incident(super().cases()))

    def context(self) -> dict[str, Any]:
        return self.part()

    def part(self) -> dict[str, Any]:
        return {}


class Overview(CasePart):
    """Where the case stands, its clocks (from the frame), what is known in short."""

    permission = Permission.SEE_CASES
    template_name = "casework/overview.html"
    title = "Overview"

    def cases(self) -> QuerySet[Case]:
        return with_router(super().cases())

    def part(self) -> dict[str, Any]:
        return overview(self.case, self.acting)


class People(CasePart):
    """The children, the family and the agencies: by number and relationship until the names are asked for."""

    permission = Permission.SEE_CASES
    template_name = "casework/people.html"
    title = "People"
    named = False

    def part(self) -> dict[str, Any]:
        may_see_names = can(self.acting, Permission.SEE_NAMES)
        return {
            **file_presenter.people(referrals_of(self.case), named=self.named),
            "named": self.named,
            "may_see_names": may_see_names,
            "family_lead": family_lead(self.case),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(self.acting, Permission.SEE_NAMES):
            return not_yours(request, Permission.SEE_NAMES)
        show_names(self.case, by=self.acting)
        self.named, self.what = True, "People, with names"
        return self.show()


class Chronology(CasePart):
    """The key dates the referrers gave, in one order, each with its source. A rapid review's merged chronology has them

    among what the agencies tell, so once one is open this address leads there.
    """

    permission = Permission.SEE_CASES
    template_name = "casework/part_table.html"
    title = "Chronology"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if review_of(self.case) is not None:
            return HttpResponseRedirect(rapid_review.chronology(self.case))
        return super().get(request, *args, **kwargs)

    def part(self) -> dict[str, Any]:
        return {"table": file_presenter.chronology(referrals_of(self.case))}


class Documents(CasePart):
    """Every file of the case: what it is, who gave it, whether it was scanned."""

    permission = Permission.SEE_CASES
    template_name = "casework/part_table.html"
    title = "Documents"

    def part(self) -> dict[str, Any]:
        return {"table": file_presenter.documents(self.case, self.acting)}


class Decisions(CasePart):
    """Every question put to the partners, its views and its outcome, earlier versions beside later ones."""

    permission = Permission.SEE_CASES
    template_name = "casework/decisions.html"
    title = "Decisions"

    def part(self) -> dict[str, Any]:
        return {
            "decisions": decisions_shown(self.case, self.acting),
            **rapid_review.decisions_shown(self.case, self.acting),
        }
