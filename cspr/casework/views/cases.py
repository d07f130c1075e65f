"""The list of cases, by pseudonym and reference; the search, whose words never stand in an address."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.casework import case_list
from cspr.govuk.fields import SelectField, TextField
from cspr.govuk.forms import Form
from cspr.permissions import Permission, can
from cspr.views import Page

SEARCH = "search_words"


class CaseFilter(Form):
    """Narrows the list; the address keeps it."""

    stage = SelectField(label="Stage", choices=case_list.STAGES, empty="All stages", required=False)


class SearchForm(Form):
    """Words to look for in references and pseudonyms, and in the names the case files hold."""

    q = TextField(
        label="Reference, pseudonym or name",
        missing="Enter what to search for",
        hint="A case or referral reference, a pseudonym, or a child's or family member's name.",
        max_length=100,
    )


class Cases(Page):
    """Every case this person may open, the newest first."""

    permission = Permission.SEE_CASES
    template_name = "casework/cases.html"
    title = "Cases"

    def context(self) -> dict[str, Any]:
        filter_form = CaseFilter(self.request.GET or None)
        stage = (
            filter_form.cleaned_data.get("stage", "")
            if filter_form.is_bound and filter_form.is_valid()
            else ""
        )
        page = case_list.CasePages(self.acting, stage=stage).get_page(self.request.GET.get("page"))
        return {
            "filter_form": filter_form,
            "page_obj": page,
            "table": case_list.table(list(page)),
            "search_url": reverse("search"),
            "shared_url": reverse("shared") if can(self.acting, Permission.SEE_SHARED) else "",
        }


class Search(Page):
    """POST the words, then read the answer: a name typed here is in no address, title or log."""

    permission = Permission.SEE_CASES
    template_name = "casework/search.html"
    title = "Search cases"

    def context(self) -> dict[str, Any]:
        words = self.request.session.get(SEARCH, "")
        found = case_list.search(self.acting, words) if words else []
        return {
            "form": SearchForm(initial={"q": words}),
            "words": words,
            "table": case_list.table(found),
            "most": case_list.MOST_FOUND,
            "found": len(found),
            "may_break_glass": can(self.acting, Permission.BREAK_GLASS),
        }

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = SearchForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, words="")
        request.session[SEARCH] = form.cleaned_data["q"]
        return HttpResponseRedirect(reverse("search"))
