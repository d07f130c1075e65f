"""PDF: opens, is not locked, runs nothing, carries no other file."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf

from cspr.documents.checks.kinds import DAMAGED, LOCKED, MISMATCH, FileKind, Limits, RefusedFile

SCRIPT = "The PDF contains a script or opens something by itself. Print it to a new PDF and attach that."
CARRIES = (
    "The PDF has other files inside it. Attach those files one by one, and a copy of the PDF without them."
)
TOO_COMPLEX = "The PDF is too complex to check. Print it to a new PDF and attach that."

ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/RichMediaExecute",
    "/Rendition",
}
SCRIPT_KEYS = {"/JS", "/JavaScript", "/XFA"}
CARRIER_KEYS = {"/EF", "/EmbeddedFiles", "/RichMedia", "/RichMediaContent"}
CARRIERS = {"/EmbeddedFile", "/FileAttachment", "/RichMedia"}
DEEPEST = 60


def check(stream: BinaryIO, kind: FileKind, limits: Limits) -> None:
    """Refuse what does not start as a PDF, is more than a PDF, or holds anything that acts."""
    stream.seek(0)
    head = stream.read(1024)
    if not head.startswith(b"%PDF-"):
        raise RefusedFile(MISMATCH.format(wanted="a PDF"))
    if any(tag in head.lower() for tag in (b"<html", b"<script", b"<!doctype html")) or zipfile.is_zipfile(
        stream
    ):
        raise RefusedFile(
            "The file is a PDF and something else at once. Print it to a new PDF and attach that."
        )
    stream.seek(0)
    try:
        with pikepdf.open(stream) as pdf:
            refuse_content(pdf, limits)
    except pikepdf.PasswordError:
        raise RefusedFile(LOCKED) from None
    except (pikepdf.PdfError, RecursionError, ValueError, RuntimeError):
        raise RefusedFile(DAMAGED) from None


def refuse_content(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Look at every object of an open PDF."""
    if pdf.is_encrypted:
        raise RefusedFile(LOCKED)
    if len(pdf.objects) > limits.pdf_objects:
        raise RefusedFile(TOO_COMPLEX)
    if not len(pdf.pages):
        raise RefusedFile(DAMAGED)
    for found in pdf.objects:
        for dictionary in dictionaries(found):
            refuse_dictionary(dictionary)


def dictionaries(top: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every dictionary written directly inside one object; what it refers to comes round by itself."""
    waiting: list[tuple[pikepdf.Object, int]] = [(top, 0)]
    while waiting:
        found, depth = waiting.pop()
        if depth > DEEPEST:
            raise RefusedFile(TOO_COMPLEX)
        if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
            yield found
            inside = [value for _, value in found.items()]
        elif isinstance(found, pikepdf.Array):
            inside = list(found)
        else:
            continue
        waiting += [
            (value, depth + 1)
            for value in inside
            if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect
        ]


def refuse_dictionary(dictionary: pikepdf.Object) -> None:
    """Refuse one dictionary that acts (script, launch, submit) or carries a file."""
    keys = set(dictionary.keys())
    if keys & SCRIPT_KEYS or ("/S" in keys and str(dictionary["/S"]) in ACTIONS):
        raise RefusedFile(SCRIPT)
    if keys & CARRIER_KEYS:
        raise RefusedFile(CARRIES)
    if any(key in keys and str(dictionary[key]) in CARRIERS for key in ("/Type", "/Subtype")):
        raise RefusedFile(CARRIES)
