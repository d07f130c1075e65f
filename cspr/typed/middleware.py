"""A form posted after the session ended: what was typed is kept for the person who typed it, who then signs in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cspr.typed import services


class TypedAfterSignOut:
    """Runs before the sign-in check. Stores only for a person named by our own signature, in a form of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        if request.method != "POST" or request.user.is_authenticated or "typed_by" not in request.POST:
            return
        services.keep_after_sign_out(path=request.path, fields=dict(request.POST.lists()))
