"""A chronology file: attach it, see what was understood and what was not, take it in or drop it. Rule 6.3."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect

from cspr.govuk.forms import ButtonForm
from rapid_reviews.chronology import Understanding
from rapid_reviews.forms.chronology import FileForm, TakeInForm
from rapid_reviews.models import ChronologyReading
from rapid_reviews.presenters import chronology as present
from rapid_reviews.selectors.chronology import mark_of, reading_of, rows_of
from rapid_reviews.services import chronology_files as services
from rapid_reviews.views.chronology.own import A_PAGE, OwnQuestion


class AttachFile(OwnQuestion):
    """Choose the file that is read."""

    template_name = "rapid_reviews/chronology/file.html"
    title = "Read a chronology from a file"
    button = "Read the file"
    form_class = FileForm

    def save(self, form: FileForm) -> str:
        upload = form.cleaned_data["file"][0]
        reading = services.read_file(self.asked, upload=upload, by=self.acting)
        return self.address("chronology_reading", reading.pk)


class OfAReading(OwnQuestion):
    """A page about one reading of this request; one that has ended leads back to the rows."""

    reading: ChronologyReading

    def find(self) -> None:
        super().find()
        found = reading_of(self.asked, self.kwargs["reading_id"])
        if found is None:
            raise Http404
        self.reading = found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.reading.is_waiting:
            return HttpResponseRedirect(self.list_url())
        return super().get(request, *args, **kwargs)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Pressed once more after it was done, it leads to the rows as the first time."""
        if self.reading.confirmed_by is not None and self.reading.confirmed_by.user_id == self.acting.user_id:
            return HttpResponseRedirect(self.list_url())
        return super().answer(request)


class TakeIn(OfAReading):
    """What was understood and what was not. Nothing is a row before the button is pressed."""

    template_name = "rapid_reviews/chronology/preview.html"
    title = "Check what was read"

    def find(self) -> None:
        super().find()
        self.understood = Understanding.restored(self.reading.understood) if self.reading.is_waiting else None
        self.button = (
            f"Take {self.reading.rows:,} row{'' if self.reading.rows == 1 else 's'} into the chronology"
        )

    def form(self, **kwargs: Any) -> TakeInForm:
        asks_source = bool(self.understood and self.understood.without_source)
        standing = rows_of(self.version).count() if self.version else 0
        mark = mark_of(self.version) if self.version else ""
        return TakeInForm(asks_source=asks_source, standing=standing, as_they_stand=mark, **kwargs)

    def context(self) -> dict[str, Any]:
        about = {
            **super().context(),
            "reading": self.reading,
            "again_url": self.address("chronology_file"),
            "drop_url": self.address("chronology_reading_drop", self.reading.pk),
        }
        if self.understood is None:
            return about
        page = Paginator(self.understood.rows, A_PAGE).get_page(self.request.GET.get("page"))
        shown = present.preview(self.reading, page=page, understood=self.understood)
        return {**about, "preview": shown, "page_obj": page}

    def save(self, form: TakeInForm) -> str:
        source = form.cleaned_data.get("source") or ""
        taken = services.take_in(
            self.reading, request=self.asked, source=source, instead_of=form.instead_of(), by=self.acting
        )
        messages.success(
            self.request, "1 row was taken in." if taken == 1 else f"{taken:,} rows were taken in."
        )
        return self.list_url()


class Drop(OfAReading):
    """Ask before what was read is forgotten."""

    title = "Drop what was read?"
    button = "Drop what was read"
    form_class = ButtonForm

    def back_url(self) -> str:
        return self.address("chronology_reading", self.reading.pk)

    def save(self, form: ButtonForm) -> str:
        services.drop(self.reading, request=self.asked, by=self.acting)
        return self.list_url()
