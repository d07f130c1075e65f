"""Addresses of the clocks."""

from django.urls import path

from cspr.deadlines.views.clock import ClockOfCase, WorkingDays
from cspr.deadlines.views.feed import CalendarAddress, CalendarFeed
from cspr.deadlines.views.settings import CalendarSettings, ChangeCalendar, ClockSettings, ProclaimHoliday

urlpatterns = [
    path("working-days", WorkingDays.as_view(), name="working_days"),
    path("cases/<uuid:case_id>/clocks/<uuid:deadline_id>", ClockOfCase.as_view(), name="case_clock"),
    path("calendar-address", CalendarAddress.as_view(), name="calendar_address"),
    path("calendar/<str:secret>.ics", CalendarFeed.as_view(), name="calendar_feed"),
    path("settings/clocks", ClockSettings.as_view(), name="settings_clocks"),
    path("settings/calendar", CalendarSettings.as_view(), name="settings_calendar"),
    path("settings/calendar/proclaim", ProclaimHoliday.as_view(), name="settings_calendar_proclaim"),
    path(
        "settings/calendar/<str:change>/<str:day>", ChangeCalendar.as_view(), name="settings_calendar_change"
    ),
]
