"""The system's addresses and four made-up pages that try the base pages to their edges."""

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import include, path

from cspr.models import Changed
from cspr.permissions import Permission
from cspr.views import CasePage, CaseQuestion, Page, Question
from cspr.workflow import Refused


class Line:
    """A row with a revision, kept in memory."""

    def __init__(self) -> None:
        self.text, self.revision = "", 1


class LineForm(forms.Form):
    text = forms.CharField(max_length=100)


class CaseRead(CasePage):
    permission = Permission.SEE_CASES
    template_name = "404.html"
    title = "Invented page"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(status=int(request.GET.get("status", "200")))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()


class UnitRead(CaseRead):
    permission = Permission.CORRECT_AWARENESS


class CaseStream(CasePage):
    permission = Permission.SEE_CASES
    title = "Invented stream"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return StreamingHttpResponse(iter([b"invented"]))


class CaseLine(CaseQuestion):
    permission = Permission.SEE_CASES
    form_class = LineForm
    title = "Invented question"
    line = Line()
    saved: ClassVar[list[str]] = []

    def initial(self) -> dict[str, Any]:
        return {"text": self.line.text}

    def revised(self) -> Line:
        return self.line

    def save(self, form: Any) -> str:
        text = form.cleaned_data["text"]
        if text == "refused":
            raise Refused("Invented refusal")
        if text == "lost":
            raise Http404
        if (over := self.typed_revision()) is not None and over != self.line.revision:
            raise Changed
        self.line.text, self.line.revision = text, self.line.revision + 1
        self.saved.append(text)
        return "/"


class Once(Question):
    permission = Permission.SIGNED_IN
    form_class = LineForm
    title = "Invented new thing"
    once = True
    made: ClassVar[list[str]] = []

    def save(self, form: Any) -> str:
        self.made.append(form.cleaned_data["text"])
        return f"/made/{len(self.made)}"


class Broken(Page):
    permission = Permission.SIGNED_IN

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        raise OSError("Invented Childname")


urlpatterns = [
    path("invented/read/<uuid:case_id>", CaseRead.as_view(), name="invented_read"),
    path("invented/unit/<uuid:case_id>", UnitRead.as_view(), name="invented_unit"),
    path("invented/stream/<uuid:case_id>", CaseStream.as_view(), name="invented_stream"),
    path("invented/line/<uuid:case_id>", CaseLine.as_view(), name="invented_line"),
    path("invented/once", Once.as_view(), name="invented_once"),
    path("invented/broken", Broken.as_view(), name="invented_broken"),
    path("", include("cspr.urls")),
]
