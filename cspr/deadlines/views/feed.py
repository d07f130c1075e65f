"""The secret calendar address: its page, and the calendar it serves."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from cspr.deadlines import selectors, services
from cspr.deadlines.feed_dates import dates_of
from cspr.deadlines.presenters.feed import as_calendar
from cspr.permissions import Permission
from cspr.views import Page, PublicPage


class CalendarAddress(Page):
    """Make, copy, stop and remake the address. It is shown once, on the page that made it."""

    permission = Permission.HAVE_FEED
    template_name = "deadlines/calendar_address.html"
    title = "Calendar address"

    def context(self) -> dict[str, Any]:
        return {"address": selectors.feed_of(self.acting)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get("act") == "stop":
            return self.show(stopped=services.revoke_feed(by=self.acting))
        secret = services.make_feed(by=self.acting)
        return self.show(made=f"{settings.PUBLIC_URL}{reverse('calendar_feed', args=[secret])}")


class CalendarFeed(PublicPage):
    """The deadlines of one capacity as a calendar, for whoever has the secret. References and verbs only."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        membership = selectors.membership_of_feed(services.hash_of(self.kwargs["secret"]))
        if membership is None:
            raise Http404
        content = as_calendar(selectors.feed_deadlines(membership), dates_of(membership))
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'inline; filename="deadlines.ics"'
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
