"""The demonstration's mailbox: what would have been sent, readable without a mail server."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from cspr.dispatch import selectors


@method_decorator(login_not_required, name="dispatch")
class DemoOutbox(View):
    """Every mail of the demonstration; missing everywhere else."""

    public = True
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.CSPR_DEMO:
            raise Http404
        content = {"title": "Mail in the demonstration", "messages_written": selectors.demo_outbox()}
        return render(request, "dispatch/demo_outbox.html", content)
