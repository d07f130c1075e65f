"""The site's addresses and one more: a page that does nothing but check the session. Used by the measurements only."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path

from cspr.permissions import Permission
from cspr.views import Page


class Empty(Page):
    """Signed in, in a capacity, nothing shown: what every page costs before it does anything."""

    permission = Permission.SIGNED_IN

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponse()


urlpatterns = [path("bench/empty", Empty.as_view(), name="bench_empty"), path("", include("cspr.urls"))]
