"""The merged chronology as files: Word, Excel, the picture. Named by reference only; each is recorded."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify

from cspr.govuk.dates import long_moment
from cspr.now import now
from rapid_reviews.presenters import merged as present
from rapid_reviews.presenters.merged import Line
from rapid_reviews.selectors import merged as select
from rapid_reviews.services.merged import exported
from rapid_reviews.views.chronology.merged import OfTheChronology
from rapid_reviews.word.chronology import EXCEL_TYPE, WORD_TYPE, chronology_document, chronology_workbook

MARKING = "Official-sensitive: child safeguarding"
PICTURE_TYPE = "image/svg+xml"


class FileOfIt(OfTheChronology):
    """One file of what is looked at."""

    form = ""
    ending = ""
    content_type = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.read()
        self.what = f"{self.title}, {'with names' if self.named else 'without names'}"
        events = select.read_events(self.happenings)
        lines = present.lines(events, hide=self.hide, part=not self.chosen.is_empty)
        content = self.content(lines)
        number = sum(len(line.tellings) for line in lines)
        exported(self.review, form=self.form, rows=number, named=self.named, by=self.acting)
        names = "-with-names" if self.named else ""
        name = f"{slugify(self.case.reference).upper()}-chronology{names}.{self.ending}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(content, content_type=self.content_type, headers=headers)

    def content(self, lines: list[Line]) -> bytes:
        raise Http404

    def heading(self) -> str:
        return f"Merged chronology, {self.case.reference}"

    def told(self) -> list[str]:
        """What a reader of the file should know."""
        names = "Names are shown." if self.named else "Names the business unit has listed are replaced."
        part = "" if self.chosen.is_empty else "Only a part of the chronology was chosen for this file."
        made = f"Made on {long_moment(now())}."
        return [sentence for sentence in (made, names, part) if sentence]


class WordFile(FileOfIt):
    title = "Merged chronology as a Word document"
    form, ending, content_type = "Word", "docx", WORD_TYPE

    def content(self, lines: list[Line]) -> bytes:
        return chronology_document(lines, title=self.heading(), told=self.told(), marking=MARKING, at=now())


class ExcelFile(FileOfIt):
    title = "Merged chronology as an Excel workbook"
    form, ending, content_type = "Excel", "xlsx", EXCEL_TYPE

    def content(self, lines: list[Line]) -> bytes:
        return chronology_workbook(lines, title=self.heading(), told=self.told())


class PictureFile(FileOfIt):
    title = "Picture of the merged chronology"
    form, ending, content_type = "picture", "svg", PICTURE_TYPE

    def content(self, lines: list[Line]) -> bytes:
        drawn = self.picture()
        if drawn is None:
            raise Http404
        page = render(self.request, "rapid_reviews/chronology/picture.svg", {"picture": drawn, "alone": True})
        return page.content
