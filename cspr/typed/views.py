"""Autosave: the page's script posts what stands in the form; nothing is validated, nothing is shown to anyone else."""

from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.timezone import localtime
from django.views import View

from cspr.people.signed_in import SignedInRequest
from cspr.permissions import Permission
from cspr.typed import services


def is_page(path: str) -> bool:
    """Whether this is the path of a page of ours: no query, no other host, nothing made up."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


class KeepTyped(View):
    """POST ``typed_path`` and the fields; answers the London time of saving as "14:32"."""

    permission = Permission.SIGNED_IN
    http_method_names = ["post"]

    request: SignedInRequest

    def post(self, request: HttpRequest) -> JsonResponse | HttpResponseBadRequest:
        path = request.POST.get("typed_path", "")
        if not is_page(path):
            return HttpResponseBadRequest("typed_path")
        work = services.keep(self.request.user, path=path, fields=dict(request.POST.lists()))
        if work is None:
            return JsonResponse({"saved": None}, status=413)
        return JsonResponse({"saved": f"{localtime(work.saved_at):%H:%M}"})


class StayOn(View):
    """POST: the person is still there. The session's clock is moved by the middleware."""

    permission = Permission.SIGNED_IN
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"here": True})
