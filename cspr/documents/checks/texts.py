"""Plain text: readable, and nothing else in disguise."""

from typing import BinaryIO

from cspr.documents.checks.kinds import FileKind, Limits, RefusedFile

DISGUISED = (b"%pdf-", b"pk\x03\x04", b"mz\x90", b"\x7felf", b"\x89png", b"gif8", b"{\\rtf", b"#!",
             b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<?php")  # fmt: skip


def check(stream: BinaryIO, kind: FileKind, limits: Limits) -> None:
    """Refuse a text file that no person could read as text."""
    stream.seek(0)
    content = stream.read(limits.size + 1)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedFile(
            "The text is saved in an encoding that cannot be read here. Save it as UTF-8 and attach that."
        )
    if b"\x00" in content:
        raise RefusedFile("The file is not plain text. Attach it under its own kind, for example as a PDF.")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(DISGUISED):
        raise RefusedFile(
            "The file is not plain text but a web page, a program or something else. Attach a PDF instead."
        )
    if not any(decodes(content, encoding) for encoding in ("utf-8", "cp1252")):
        raise RefusedFile("The text cannot be read. Save it as UTF-8 and attach that.")


def decodes(content: bytes, encoding: str) -> bool:
    """Whether the bytes are text in this encoding."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
