"""The one check every file goes through: its name, its size, what it really is, and its own structure."""

from collections.abc import Callable
from typing import BinaryIO

import puremagic

from cspr.documents.checks import offices, pdfs, pictures, texts
from cspr.documents.checks.kinds import MISMATCH, FileKind, Limits, RefusedFile, kind_of, too_large

HEAD = 8_192
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC: dict[str, set[str]] = {
    "pdf": {".pdf"},
    "office": {".docx", ".xlsx", ".zip"},
    "png": {".png"},
    "jpeg": {".jpg", ".jpeg", ".jfif"},
}
STRUCTURE: dict[str, Callable[[BinaryIO, FileKind, Limits], None]] = {
    "pdf": pdfs.check,
    "office": offices.check,
    "png": pictures.check_png,
    "jpeg": pictures.check_jpeg,
    "text": texts.check,
}


def check(stream: BinaryIO, *, name: str, limits: Limits | None = None) -> FileKind:
    """Answer the kind of a seekable file, or raise `RefusedFile` (ASVS 5.2.2: extension, content and
    structure agree).
    """
    limits = limits or Limits()
    kind = kind_of(name)
    size = stream.seek(0, 2)
    if size == 0:
        raise RefusedFile("The file is empty. Check that it was saved, then attach it again.")
    if size > limits.size:
        raise too_large(limits)
    stream.seek(0)
    head = stream.read(HEAD)
    if kind.family == "office" and head.startswith(OLE):
        offices.refuse_ole(stream)
    if kind.family in MAGIC and not MAGIC[kind.family] & recognised(head):
        raise RefusedFile(MISMATCH.format(wanted=kind.wanted))
    STRUCTURE[kind.family](stream, kind, limits)
    stream.seek(0)
    return kind


def recognised(head: bytes) -> set[str]:
    """The extensions that the first bytes of a file speak for."""
    try:
        return {match.extension for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()
