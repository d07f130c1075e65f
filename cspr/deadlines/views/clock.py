"""A clock, opened; and the public page that counts for anybody."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from cspr.deadlines import calendar, selectors
from cspr.deadlines.forms import WorkingDaysForm
from cspr.deadlines.models import Deadline
from cspr.deadlines.presenters import answers, clock_page
from cspr.now import today
from cspr.permissions import Permission
from cspr.views import CasePage, PublicPage


class ClockOfCase(CasePage):
    """One clock of a case: its days, its rule, what changed, words for a letter."""

    permission = Permission.SEE_CASES
    template_name = "deadlines/clock.html"
    deadline: Deadline

    def find(self) -> None:
        super().find()
        self.deadline = get_object_or_404(selectors.deadlines_of(self.case), pk=self.kwargs["deadline_id"])
        self.what = f"The clock {self.deadline.clock}"

    def context(self) -> dict[str, Any]:
        page = clock_page(
            self.deadline,
            today(),
            due_dates=selectors.due_dates_of(self.deadline),
            reminders=selectors.reminders_of(self.deadline),
        )
        return {"page": page, "title": page.title}


class WorkingDays(PublicPage):
    """When is it due? Answers anybody, with the working; stores nothing."""

    template_name = "deadlines/working_days.html"
    title = "Work out the last day"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = any(name.split("_")[0] in QUESTIONS for name in request.GET)
        form = WorkingDaysForm(request.GET if asked else None)
        if not asked:
            return self.show(form=form)
        found = answers(form.cleaned_data, calendar.current()) if form.is_valid() else []
        return self.show(form=form, answers=found)


QUESTIONS = {name.split("_")[0] for name in WorkingDaysForm.base_fields}
