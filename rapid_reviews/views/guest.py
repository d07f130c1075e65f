"""A guest's way in: the link's page, which does nothing by itself, the code they type, and the pages of one request."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse

from cspr.govuk.forms import ButtonForm
from cspr.typed.views import KeepTyped
from cspr.views import PublicPage
from cspr.workflow import Refused
from rapid_reviews.forms.returns import CodeForm
from rapid_reviews.guest_session import close_session, link_in, open_session
from rapid_reviews.models import GuestLink, InformationRequest
from rapid_reviews.selectors.guests import guest_request, link_of_secret
from rapid_reviews.services.guests import send_code, use_code
from rapid_reviews.views.returns import acts, answer, read

WRONG_CODE = "This code does not open the request. Check the figures, or ask for a new code"
FRAME = {
    "navigation": [], "search_url": "", "user": AnonymousUser(), "acting": None, "idle_warn_seconds": 0,
}  # fmt: skip
"""The frame of a guest's page: it leads nowhere else."""
HANDED_BACK = "The return was handed back to its author. You are sent a new link when it waits for you again"
SIGNED_IN = "You are signed in. Sign out first, then open the link again"


def closed(request: HttpRequest) -> HttpResponse:
    """The answer to every link that opens nothing: unknown, ended and expired are the same."""
    content = {"title": "This link is not open", "kept": "typed_by" in request.POST}
    return render(request, "rapid_reviews/guest/closed.html", content, status=404)


class EntryPage(PublicPage):
    """A page of the way in: it knows the link and shows nothing of the request."""

    link: GuestLink

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = link_of_secret(kwargs["secret"])
        if found is None:
            return closed(request)
        self.link = found
        return super().dispatch(request, *args, **kwargs)

    def refused(self, form: Any, sentence: str, *, field: str | None = None) -> HttpResponse:
        form.add_error(field, sentence)
        return self.show(form=form)


class OpenLink(EntryPage):
    """The link's page. Looking at it, as mail scanners do, sends and opens nothing."""

    template_name = "rapid_reviews/guest/open.html"
    title = "Information request"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(form=ButtonForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = ButtonForm(data=request.POST)
        if request.user.is_authenticated:
            return self.refused(form, SIGNED_IN)
        try:
            send_code(self.link)
        except Refused as refusal:
            return self.refused(form, " ".join(refusal.sentences))
        return HttpResponseRedirect(reverse("guest_code", args=[kwargs["secret"]]))


class TypeCode(EntryPage):
    """The code, typed by the person who received it."""

    template_name = "rapid_reviews/guest/code.html"
    title = "Enter the code we sent you"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(form=CodeForm())

    def context(self) -> dict[str, Any]:
        return {"back_url": reverse("guest_open", args=[self.kwargs["secret"]])}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = CodeForm(data=request.POST)
        if not form.is_valid():
            return self.show(form=form)
        if request.user.is_authenticated:
            return self.refused(form, SIGNED_IN)
        if not use_code(self.link, typed=form.cleaned_data["code"]):
            return self.refused(form, WRONG_CODE, field="code")
        open_session(request.session, self.link)
        return HttpResponseRedirect(reverse("guest_request", args=[self.link.request_id]))


class LeaveRequest(PublicPage):
    """The end of a guest's session, at their own wish."""

    template_name = "rapid_reviews/guest/left.html"
    title = "You have closed the request"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        close_session(request.session)
        return HttpResponseRedirect(reverse("guest_leave"))


class OfGuest:
    """An agency's page as a guest reaches it: by the session's link, for that link's request, and nothing else.

    The guest's capacity acts, so that every look and every change names them; nobody is signed in.
    """

    link: GuestLink | None
    request: Any
    kwargs: Any

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        return login_not_required(super().as_view(**initkwargs))  # type: ignore[misc]

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.link = link_in(request)
        if self.link is not None:
            request.acting, request.user = self.link.membership, self.link.membership.user
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.link is None:
            return closed(request)
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except Http404:
            return self.elsewhere("Page not found", status=404)
        return (
            self.elsewhere("This is not yours to do", status=403) if response.status_code == 403 else response
        )

    def elsewhere(self, title: str, *, status: int) -> HttpResponse:
        """What a guest may not open says so, with the way back to their request and to nothing else."""
        content = {**FRAME, "title": title, "guest": self.link}
        return render(self.request, "rapid_reviews/guest/elsewhere.html", content, status=status)

    def find_request(self) -> InformationRequest | None:
        return guest_request(self.link, self.kwargs["request_id"]) if self.link else None

    def address(self, name: str, *more: Any) -> str:
        return reverse(f"guest_{name}", args=[self.kwargs["request_id"], *more])

    def show(self, **more: Any) -> HttpResponse:
        frame = {**FRAME, "guest": self.link, "typed_url": reverse("guest_typed")}
        return super().show(**{**more, **frame})  # type: ignore[misc,no-any-return]


class GuestTyped(OfGuest, KeepTyped):
    """Autosave of a guest's page: for pages of their own request only."""

    def post(self, request: Any) -> Any:
        own = reverse("guest_request", args=[self.link.request_id]) if self.link else ""
        if not own or not request.POST.get("typed_path", "").startswith(own):
            return HttpResponseBadRequest("typed_path")
        return super().post(request)


class GuestRequest(OfGuest, read.OneRequest):
    pass


class GuestCopy(OfGuest, read.ReturnCopy):
    pass


class GuestPage(OfGuest, answer.AnswerPage):
    pass


class GuestFiles(OfGuest, answer.Files):
    pass


class GuestRemoveFile(OfGuest, answer.RemoveFile):
    pass


class GuestCheck(OfGuest, answer.CheckReturn):
    pass


class GuestNothingKnown(OfGuest, answer.NothingKnown):
    pass


class GuestBringIn(OfGuest, answer.BringIn):
    pass


class GuestSignOff(OfGuest, acts.SignOff):
    pass


class GuestHandBack(OfGuest, acts.HandBack):
    """The link of whoever hands a return back ends with the act, so they leave."""

    def save(self, form: Any) -> str:
        super().save(form)
        close_session(self.request.session)
        messages.success(self.request, HANDED_BACK)
        return reverse("guest_leave")


class GuestRefuse(OfGuest, acts.RefuseRequest):
    pass
