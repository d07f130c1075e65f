"""The manager's settings: the calendar and the partnership's numbers."""

import binascii
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.deadlines import calendar, selectors, services
from cspr.deadlines.forms import ChangeForm, HolidayForm, NumbersForm
from cspr.deadlines.presenters.calendar_page import change_page, holiday_table, withdrawn_table
from cspr.deadlines.services import Change, Preview
from cspr.models import Changed
from cspr.now import today
from cspr.people.models import Partnership
from cspr.permissions import Permission
from cspr.views import Page, Question, Revision
from cspr.workflow import Refused


class CalendarSettings(Page):
    """The bank holidays to come."""

    permission = Permission.MANAGE_CALENDAR
    template_name = "deadlines/calendar.html"
    title = "Bank holidays"

    def context(self) -> dict[str, Any]:
        standing, on = list(selectors.standing_changes()), today()
        return {
            "state": calendar.state(),
            "known_until": calendar.current().known_until,
            "running_out": selectors.calendar_running_out(on),
            "holidays": holiday_table(calendar.current(), standing, on),
            "withdrawn": withdrawn_table(standing, on),
            "breadcrumbs": [("Settings", reverse("settings")), (self.title, "")],
        }


class ProclaimHoliday(Question):
    """Which day becomes a bank holiday? Nothing changes before the next page."""

    permission = Permission.MANAGE_CALENDAR
    form_class = HolidayForm
    title = "Proclaim a bank holiday"
    button = "See what would move"

    def save(self, form: Any) -> str:
        day, title = form.cleaned_data["day"], form.cleaned_data["title"]
        services.refuse_impossible(day, title=title, change=Change.PROCLAIM, in_force=calendar.current())
        return reverse(
            "settings_calendar_change", args=[Change.PROCLAIM.value, day.isoformat()], query={"title": title}
        )

    def back_url(self) -> str:
        return reverse("settings_calendar")


class ChangeCalendar(Page):
    """What a change would move, and the button that makes it."""

    permission = Permission.MANAGE_CALENDAR
    template_name = "deadlines/change.html"

    def find(self) -> None:
        try:
            self.change, self.day = Change(self.kwargs["change"]), date.fromisoformat(self.kwargs["day"])
        except ValueError as error:
            raise Http404 from error
        self.holiday = self.request.GET.get("title", "").replace("\x00", "")

    def preview(self) -> Preview:
        return services.preview_change(self.day, title=self.holiday, change=self.change)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show_change(ChangeForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return self.show_change(form)
        try:
            done = services.apply_change(
                self.day, title=self.holiday, change=self.change, by=self.acting,
                seen=request.POST.get("seen") or "none", note=form.cleaned_data["note"],
            )  # fmt: skip
        except Changed:
            return self.show_change(form, changed=True)
        except Refused as refused:
            for field, sentence in refused.fields.items():
                form.refuse(sentence, field=field)
            return self.show_change(form)
        moved = len(done.moves)
        messages.info(
            request, f"The calendar has changed. {moved} due date{'s' if moved != 1 else ''} moved."
        )
        return HttpResponseRedirect(reverse("settings_calendar"))

    def show_change(self, form: BaseForm, *, changed: bool = False) -> HttpResponse:
        crumbs = [
            ("Settings", reverse("settings")),
            ("Bank holidays", reverse("settings_calendar")),
            ("Change", ""),
        ]
        try:
            preview = self.preview()
        except Refused as refused:
            sentences = [*refused.sentences, *refused.fields.values()]
            return self.show(title="The calendar stays as it is", refusals=sentences, breadcrumbs=crumbs)
        cases = (one.deadline.case_id for one in preview.moves)
        page = change_page(preview, self.acting, visible=selectors.pseudonyms(cases, to=self.acting))
        return self.show(
            form=form, page=page, title=page.title, seen=preview.seen, changed=changed, breadcrumbs=crumbs,
            past=self.day < today(),
        )  # fmt: skip


class ClockSettings(Question):
    """The partnership's numbers; clocks already started keep theirs."""

    permission = Permission.MANAGE_SETTINGS
    form_class = NumbersForm
    template_name = "deadlines/numbers.html"
    title = "Days and months your partnership chooses"
    button = "Save"

    def partnership(self) -> Partnership:
        if self.acting.partnership is None:
            raise Http404
        return self.acting.partnership

    def initial(self) -> dict[str, Any]:
        return dict(services.numbers_of(self.partnership()))

    def revised(self) -> Revision:
        """It changes with any of the numbers."""
        return Revision(binascii.crc32(repr(sorted(self.initial().items())).encode()) % 100_000_000)

    def save(self, form: Any) -> str:
        if self.typed_revision() not in (None, self.revised().revision):
            raise Changed
        services.set_numbers(
            self.partnership(), numbers=form.cleaned_data, by=self.acting, typed_over=self.initial()
        )
        messages.info(self.request, "Saved. Clocks started from now on use these numbers.")
        return reverse("settings")

    def back_url(self) -> str:
        return reverse("settings")
