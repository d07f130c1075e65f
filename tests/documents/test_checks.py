"""Sixty hostile files are refused, each with a sentence; twenty ordinary ones are kept (ASVS 5.2.2)."""

import io
import zipfile
from collections.abc import Callable

import pytest

from cspr.documents.checks import Limits, RefusedFile, check
from tests.documents import office_files as office
from tests.documents import other_files as other

Make = Callable[[], bytes]

HOSTILE: dict[str, tuple[str, Make]] = {
    # by name
    "program": ("report.exe", lambda: b"MZ" + bytes(500)),
    "script": ("report.js", lambda: b"alert(1)"),
    "page": ("report.html", lambda: b"<html></html>"),
    "drawing with script": ("map.svg", lambda: b"<svg onload='alert(1)'/>"),
    "no extension": ("report", office.word),
    "only extension": (".pdf", other.pdf),
    "two extensions": ("report.pdf.exe", other.pdf),
    "trailing dot": ("report.pdf.", other.pdf),
    "trailing zero": ("report.pdf\x00", other.pdf),
    "older Word": ("report.doc", office.older),
    "older Excel": ("sheet.xls", office.older),
    "macro Word": ("report.docm", office.word),
    "macro Excel": ("sheet.xlsm", office.excel),
    "archive": ("reports.zip", office.word),
    "rich text": ("report.rtf", lambda: b"{\\rtf1 x}"),
    "mail": ("report.eml", lambda: b"Subject: x\n\nx"),
    # content is not what the name says
    "program as PDF": ("report.pdf", lambda: b"MZ\x90\x00" + bytes(500)),
    "page as PDF": ("report.pdf", lambda: b"<html><script>alert(1)</script></html>"),
    "Word as PDF": ("report.pdf", office.word),
    "PDF as Word": ("report.docx", other.pdf),
    "Excel as Word": ("report.docx", office.excel),
    "Word as Excel": ("sheet.xlsx", office.word),
    "PNG as JPEG": ("photo.jpg", other.png),
    "JPEG as PNG": ("photo.png", other.jpeg),
    "zip as Word": ("report.docx", lambda: office.zipped({"a.txt": b"x"})),
    "program as text": ("notes.txt", lambda: b"MZ\x90\x00" + bytes(500)),
    "page as text": ("notes.txt", lambda: b"\n <!DOCTYPE html><script>alert(1)</script>"),
    "shell as text": ("notes.txt", lambda: b"#!/bin/sh\nrm x"),
    "older Word as new": ("report.docx", office.older),
    "empty": ("notes.txt", lambda: b""),
    # locked
    "locked Word": ("report.docx", office.locked),
    "locked zip": ("report.docx", office.flagged_locked),
    "locked PDF": ("report.pdf", other.pdf_locked),
    "owner-locked PDF": ("report.pdf", other.pdf_locked_for_owner),
    # Word and Excel
    "macro part": (
        "a.docx",
        lambda: office.with_part("word/vbaProject.bin", b"x", content_type="application/octet"),
    ),
    "macro type": (
        "a.docx",
        lambda: office.with_part("word/a.bin", b"x", content_type="application/vnd.ms-office.vbaProject"),
    ),
    "macro main": ("a.xlsx", office.macro_main),
    "macro sheet": (
        "a.xlsx",
        lambda: office.with_part("xl/macrosheets/sheet1.xml", b"<a/>", base=office.excel()),
    ),
    "active control": ("a.docx", lambda: office.with_part("word/activeX/activeX1.xml", b"<a/>")),
    "object": ("a.docx", lambda: office.with_part("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")),
    "workbook inside": ("a.docx", lambda: office.with_part("word/embeddings/Book1.xlsx", office.excel())),
    "archive as picture": (
        "a.docx",
        lambda: office.with_part("word/media/image1.png", office.word(), content_type="image/png"),
    ),
    "program as picture": (
        "a.docx",
        lambda: office.with_part("word/media/i.png", b"MZ\x90\x00x", content_type="image/png"),
    ),
    "unlisted part": ("a.docx", lambda: office.with_part("word/hidden.dat", b"x", content_type=None)),
    "template outside": (
        "a.docx",
        lambda: office.with_relationship(
            "attachedTemplate", "https://elsewhere.invalid/t.dotm", part="word/_rels/settings.xml.rels"
        ),
    ),
    "picture outside": (
        "a.docx",
        lambda: office.with_relationship("image", "https://elsewhere.invalid/p.png"),
    ),
    "object outside": (
        "a.docx",
        lambda: office.with_relationship("oleObject", "mhtml:https://elsewhere.invalid/x.html!"),
    ),
    "frame outside": ("a.docx", lambda: office.with_relationship("frame", "https://elsewhere.invalid/")),
    "other document": ("a.docx", lambda: office.with_relationship("subDocument", "file:///c:/a.docx")),
    "link that runs": ("a.docx", lambda: office.with_relationship("hyperlink", "ms-msdt:/id")),
    "link with script": ("a.docx", lambda: office.with_relationship("hyperlink", "javascript:alert(1)")),
    "other workbook": (
        "a.xlsx",
        lambda: office.with_relationship(
            "externalLinkPath", "file:///c:/b.xlsx", base=office.excel(), part="xl/_rels/workbook.xml.rels"
        ),
    ),
    "exchange part": (
        "a.xlsx",
        lambda: office.with_part("xl/externalLinks/externalLink1.xml", b"<a/>", base=office.excel()),
    ),
    "exchange field": ("a.docx", lambda: office.with_field("DDEAUTO c:\\\\windows\\\\cmd.exe")),
    "exchange field split": ("a.docx", lambda: office.with_field("DDEAUTO calc", pieces=4)),
    "entity": ("a.docx", office.with_entity),
    # archives
    "bomb": ("a.docx", office.bomb),
    "many parts": ("a.docx", office.many_parts),
    "lying size": ("a.docx", office.lying_size),
    "wrong checksum": ("a.docx", office.wrong_checksum),
    "climbing name": ("a.docx", lambda: office.with_part("../../etc/cron.d/x", b"x")),
    "absolute name": ("a.docx", lambda: office.with_part("/etc/passwd", b"x")),
    "backslash name": ("a.docx", lambda: office.with_part("word\\..\\x.xml", b"x")),
    "drive name": ("a.docx", lambda: office.with_part("C:x.xml", b"x")),
    "symbolic link": ("a.docx", office.symlink),
    "same name twice": ("a.docx", office.twice),
    "something before": ("a.docx", lambda: b"MZ\x90\x00" + office.word()),
    "something after": ("a.docx", lambda: office.word() + b"<script>alert(1)</script>"),
    "cut off Word": ("a.docx", lambda: office.word()[:-200]),
    # PDF
    "PDF script": ("a.pdf", other.pdf_script),
    "PDF named script": ("a.pdf", other.pdf_script_in_names),
    "PDF page script": ("a.pdf", other.pdf_script_on_page),
    "PDF launch": ("a.pdf", other.pdf_launch),
    "PDF submit": ("a.pdf", other.pdf_submit),
    "PDF import": ("a.pdf", other.pdf_import),
    "PDF attachment": ("a.pdf", other.pdf_with_file),
    "PDF file note": ("a.pdf", other.pdf_with_file_note),
    "PDF rich media": ("a.pdf", other.pdf_rich_media),
    "PDF form program": ("a.pdf", other.pdf_xfa),
    "PDF and page": ("a.pdf", lambda: b"%PDF-1.7\n<html><script>alert(1)</script>\n" + other.pdf()[9:]),
    "PDF and zip": ("a.pdf", lambda: other.pdf() + office.word()),
    "PDF after a page": ("a.pdf", lambda: b"<html>\n" + other.pdf()),
    "broken PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + b"x" * 500),
    # pictures
    "pixel flood PNG": ("a.png", lambda: other.png(60_000, 60_000)),
    "pixel flood JPEG": ("a.jpg", lambda: other.jpeg(60_000, 60_000)),
    "no area": ("a.png", lambda: other.png(0, 10)),
    "cut off PNG": ("a.png", lambda: other.png()[:-12]),
    "cut off JPEG": ("a.jpg", lambda: other.jpeg(end=b"")),
    "PNG with zip": ("a.png", lambda: other.png(tail=office.word())),
    "JPEG with zip": ("a.jpg", lambda: other.jpeg(end=b"\xff\xd9" + office.word())),
    # text
    "text with zero": ("a.txt", lambda: b"hello\x00world"),
    "text in UTF-16": ("a.txt", lambda: "hello".encode("utf-16")),
    "unreadable text": ("a.txt", lambda: b"\x81\x8d\xff hello"),
}

ORDINARY: dict[str, tuple[str, Make]] = {
    "Word": ("Chronology.docx", office.word),
    "Word, capital": ("CHRONOLOGY.DOCX", office.word),
    "Word, many dots": ("a.b.c.docx", office.word),
    "Word with link": ("a.docx", lambda: office.with_relationship("hyperlink", "https://www.gov.uk/")),
    "Word with address": ("a.docx", lambda: office.with_relationship("hyperlink", "mailto:a@example.test")),
    "Word with page field": ("a.docx", lambda: office.with_field("PAGE \\* MERGEFORMAT")),
    "Word with picture": (
        "a.docx",
        lambda: office.with_part("word/media/image1.png", other.png(), content_type="image/png"),
    ),
    "Word, repetitive": (
        "a.docx",
        lambda: office.with_part("word/extra.xml", b"<a>" + b"same " * 200_000 + b"</a>"),
    ),
    "Word, stored": (
        "a.docx",
        lambda: office.zipped(office.parts_of(office.word()), method=zipfile.ZIP_STORED),
    ),
    "Excel": ("figures.xlsx", office.excel),
    "PDF": ("report.pdf", other.pdf),
    "PDF with link": ("report.pdf", other.pdf_with_link),
    "PDF, compact": ("report.pdf", lambda: other.pdf(object_stream_mode=2)),
    "PDF, web": ("report.pdf", lambda: other.pdf(linearize=True)),
    "PNG": ("photo.png", other.png),
    "JPEG": ("photo.jpg", other.jpeg),
    "JPEG, long extension": ("photo.jpeg", other.jpeg),
    "JPEG, progressive": ("photo.JPG", lambda: other.jpeg(progressive=True)),
    "text": ("notes.txt", lambda: "Café, “quoted” – naïve".encode()),
    "text, Windows": ("notes.txt", lambda: "Café “quoted”".encode("cp1252")),
    "text with mark": ("notes.txt", lambda: b"\xef\xbb\xbfhello"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_refused_with_one_plain_sentence(case: str) -> None:
    name, make = HOSTILE[case]

    with pytest.raises(RefusedFile) as refusal:
        check(io.BytesIO(make()), name=name)

    assert refusal.value.sentence.endswith(".")
    assert refusal.value.sentence[0].isupper()
    assert len(refusal.value.sentence) < 200


@pytest.mark.parametrize("case", ORDINARY)
def test_ordinary_file_kept_under_its_kind(case: str) -> None:
    name, make = ORDINARY[case]

    kind = check(io.BytesIO(make()), name=name)

    assert kind.extension == name.rpartition(".")[2].lower()


def test_corpus_is_large_enough() -> None:
    assert len(HOSTILE) >= 60
    assert len(ORDINARY) >= 20


@pytest.mark.parametrize("make", [office.locked, office.flagged_locked])
def test_locked_office_file_says_password(make: Make) -> None:
    with pytest.raises(RefusedFile, match=r"protected by a password\. Save a copy without the password"):
        check(io.BytesIO(make()), name="a.docx")


def test_locked_pdf_says_password() -> None:
    with pytest.raises(RefusedFile, match="protected by a password"):
        check(io.BytesIO(other.pdf_locked()), name="a.pdf")


def test_size_over_limit_refused_in_megabytes() -> None:
    with pytest.raises(RefusedFile, match="larger than 1MB"):
        check(io.BytesIO(b"x" * 1_100_000), name="a.txt", limits=Limits(size=1024 * 1024))


@pytest.mark.parametrize("field", ["unpacked", "entries"])
def test_limit_of_an_archive_holds_at_its_edge(field: str) -> None:
    parts = office.parts_of(office.word())
    exact = {"unpacked": sum(map(len, parts.values())), "entries": len(parts)}[field]
    content = office.zipped(parts)

    check(io.BytesIO(content), name="a.docx", limits=Limits(**{field: exact}))
    with pytest.raises(RefusedFile):
        check(io.BytesIO(content), name="a.docx", limits=Limits(**{field: exact - 1}))


def test_picture_of_exactly_fifty_million_dots_kept() -> None:
    check(io.BytesIO(other.png(10_000, 5_000)), name="a.png")

    with pytest.raises(RefusedFile, match="too large"):
        check(io.BytesIO(other.png(10_000, 5_001)), name="a.png")
