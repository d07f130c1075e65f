"""The base pages: each names its permission, finds its case by need-to-know, records the look, loses nothing typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from cspr.audit.access import looked
from cspr.cases.models import Case
from cspr.govuk.dates import in_london
from cspr.models import Changed
from cspr.now import now
from cspr.people.models import Membership
from cspr.people.signed_in import SignedInRequest
from cspr.permissions import Permission, can
from cspr.security_log import security_event
from cspr.typed import services as typed
from cspr.workflow import AlreadyDone, Refused, Transition, refusals

NO_REVISION = -1
NOTHING_SHOWN = frozenset({204, 301, 302, 303, 304, 307, 308, 405})


@dataclass(frozen=True)
class Revision:
    """What a page is typed over where no single row says it: how often that was saved, or a number that grows."""

    revision: int


class Page(View):
    """One page. ``permission`` says whose it is; somebody else gets a page that says so (403)."""

    permission: ClassVar[Permission]
    template_name = ""
    title = ""
    what = ""
    http_method_names = ("get", "head", "post")
    request: SignedInRequest

    @property
    def acting(self) -> Membership:
        return self.request.acting

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self._find_or_tell()
            if not can(self.acting, self.permission):
                self._tell_refused()
                return not_yours(request, self.permission)
            response = super().dispatch(request, *args, **kwargs)
            self.record_look(response)
            return response

    def _find_or_tell(self) -> None:
        try:
            self.find()
        except Http404:
            self._tell_refused()
            raise

    def _tell_refused(self) -> None:
        """For whoever watches: what is foreign and what is missing look the same here too."""
        security_event("authz_fail", user=self.request.user.pk, path=self.request.path)

    def find(self) -> None:
        """Find what the page is about, through need-to-know. Raises Http404 for what may not be seen."""

    def record_look(self, response: HttpResponseBase) -> None:
        """Write the access record of a page that showed case material."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show()

    def context(self) -> dict[str, Any]:
        """What the template needs besides the frame."""
        return {}

    def say_saved(self) -> None:
        """Say "Saved at 14:32" on the next page, by the London clock."""
        messages.success(self.request, f"Saved at {in_london(now()):%H:%M}")

    def breadcrumbs(self, here: str) -> list[tuple[str, str]]:
        """Where am I, from the widest to the page called ``here``; nothing for a page that stands alone."""
        return []

    def show(self, *, status: int = 200, **more: Any) -> HttpResponse:
        content = {"title": self.title, **self.context(), **more}
        content.setdefault("breadcrumbs", self.breadcrumbs(content["title"]))
        return render(self.request, self.template_name, content, status=status)


class PublicPage(Page):
    """A page anybody may read without signing in."""

    public = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return View.dispatch(self, request, *args, **kwargs)

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        return login_not_required(super().as_view(**initkwargs))


class CasePage(Page):
    """A page of one case: 404 for whoever may not open it, an access record for whoever was shown it."""

    case: Case

    def cases(self) -> QuerySet[Case]:
        """The cases this person may open, with what the page reads of the case in one statement."""
        visible: QuerySet[Case] = Case.objects.visible_to(self.acting)
        return visible

    def find(self) -> None:
        """What one may open lies in one's own partnership, which is known already."""
        self.case = get_object_or_404(self.cases(), pk=self.kwargs["case_id"])
        if self.acting.partnership is not None:
            self.case.partnership = self.acting.partnership

    def record_look(self, response: HttpResponseBase) -> None:
        if response.status_code not in NOTHING_SHOWN:
            looked(by=self.acting, case=self.case, what=self.what or self.title, path=self.request.path)

    def between(self) -> list[tuple[str, str]]:
        """What lies between the case and this page, each with its address."""
        return []

    def breadcrumbs(self, here: str) -> list[tuple[str, str]]:
        case = (self.case.reference, reverse("case", args=[self.case.pk]))
        return [("Cases", reverse("cases")), case, *self.between(), (here, "")]

    def show(self, *, status: int = 200, **more: Any) -> HttpResponse:
        return super().show(status=status, case=self.case, **more)


class Question(Page):
    """One page that asks: what is typed is kept until it is saved, whatever happens in between.

    ``once`` marks forms that make something new: sent twice they lead to the first one's result. ``revised`` is the row
    typed over; a save over somebody else's later one shows both. ``can_forget`` offers to throw away what was typed.
    """

    template_name = "layouts/question.html"
    keeps_typing = True
    form_class: Callable[..., BaseForm]
    once = False
    can_forget = False
    button = "Save and continue"
    caption = ""

    def initial(self) -> dict[str, Any]:
        return {}

    def revised(self) -> Any:
        """The row with a ``revision`` that this page is typed over, if any."""
        return None

    def form(self, **kwargs: Any) -> BaseForm:
        return self.form_class(**kwargs)

    def save(self, form: Any) -> str:
        """Call one service with ``form.cleaned_data``; answer the address to go to next."""
        raise Http404

    def back_url(self) -> str:
        return reverse("board")

    def typed_revision(self) -> int | None:
        """The revision this form was typed over; a form that should name one and does not is over none that exists."""
        given = _revision(self.request.POST.get("revision", ""))
        return given if given is not None or self.revised() is None else NO_REVISION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        work = typed.typed(self.request.user, request.path)
        form = self.form(initial=self.initial())
        if work is None:
            return self.show_form(form, typed_work=None)
        given = typed.as_post(work)
        form = self.form(data=given, initial=self.initial())
        form.errors.clear()
        return self.show_form(form, typed_work=work, over=_revision(given.get("revision", "")))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.can_forget and "forget" in request.POST:
            typed.drop(self.request.user, request.path)
            return HttpResponseRedirect(request.get_full_path())
        return self.answer(request)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Save what was answered, or show the form again with what was typed and why it was not saved."""
        token = typed.post_token(request.POST.get("post_token", "")) if self.once else ""
        user = self.request.user
        if token and (result := typed.result_of(user, token)):
            return HttpResponseRedirect(result)
        form = self.form(data=request.POST, files=request.FILES, initial=self.initial())
        over = _revision(request.POST.get("revision", ""))
        if not form.is_valid():
            return self.keep_and_show(form, over=over)
        if typed.opened_in_another_capacity(request.POST.get("typed_by", ""), acting_id=self.acting.pk):
            form.add_error(None, f"You now act as {self.acting.capacity}. Check the page, then save again.")
            return self.keep_and_show(form, over=over)
        try:
            with transaction.atomic():
                url = self.save(form)
                if token:
                    typed.use_token(user, token, url)
        except Refused as refused:
            _add_errors(form, refused)
            return self.keep_and_show(form, over=over)
        except Changed:
            return self.keep_and_show(form, changed=True)
        except AlreadyDone as done:
            form.add_error(None, f"{done.what}: already done by {done.by}.")
            return self.keep_and_show(form, over=over)
        except IntegrityError:
            if token and (result := typed.result_of(user, token)):
                return HttpResponseRedirect(result)
            raise
        typed.drop(user, request.path)
        return HttpResponseRedirect(url)

    def keep_and_show(self, form: BaseForm, **more: Any) -> HttpResponse:
        typed.keep(self.request.user, path=self.request.path, fields=dict(self.request.POST.lists()))
        return self.show_form(form, **more)

    def show_form(self, form: BaseForm, *, over: int | None = None, **more: Any) -> HttpResponse:
        """``over`` is the revision the shown answers were typed over, where they are not the row's as it stands now."""
        request, revised = self.request, self.revised()
        token = typed.post_token(request.POST.get("post_token", ""))
        standing = revised.revision if revised is not None else ""
        content = {
            "form": form,
            "back_url": self.back_url(),
            "button": self.button,
            "caption": self.caption,
            "can_forget": self.can_forget,
            "typed_by": typed.sign_typist(request.user, path=request.path, acting_id=self.acting.pk),
            "typed_path": request.path,
            "post_token": token or typed.new_post_token() if self.once else "",
            "revision": over if over is not None and revised is not None else standing,
        }
        return self.show(**{**content, **more})


class CaseQuestion(CasePage, Question):
    """A question about one case, which stands above it."""

    @property
    def caption(self) -> str:  # type: ignore[override]
        return f"{self.case.reference}, {self.case.pseudonym}"

    def show(self, *, status: int = 200, **more: Any) -> HttpResponse:
        return CasePage.show(self, status=status, **more)


class TransitionPage(CaseQuestion):
    """The page of one step of a stage: why it cannot be taken now, or the form that takes it."""

    transition: Transition

    def subject(self) -> Any:
        """The row that takes the step."""
        raise Http404

    def show_form(self, form: BaseForm, **more: Any) -> HttpResponse:
        if "refusals" not in more:
            more["refusals"] = refusals(self.subject(), self.transition, self.acting)
        return super().show_form(form, **more)


def _revision(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None


def _add_errors(form: BaseForm, refused: Refused) -> None:
    for sentence in refused.sentences:
        form.add_error(None, sentence)
    for name, sentence in refused.fields.items():
        form.add_error(name if name in form.fields else None, sentence)


def not_yours(request: HttpRequest, permission: Permission) -> HttpResponse:
    """403 with whose act it is; for a person without any capacity, what to do about that."""
    content = {"title": "This is not yours to do", "whose": permission.whose}
    return render(request, "403.html", content, status=403)
