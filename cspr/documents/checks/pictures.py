"""Pictures, read from their headers only: no picture is ever decoded here (ASVS 5.2.6)."""

import struct
import zipfile
from typing import BinaryIO

from cspr.documents.checks.kinds import DAMAGED, MISMATCH, FileKind, Limits, RefusedFile

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
FRAME_HEADERS = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
START_OF_SCAN = 0xDA
TAIL = "The picture has something else attached to its end. Open it, save it again and attach the new copy."
STANDALONE = {0x01, *range(0xD0, 0xD9)}


def check_png(stream: BinaryIO, kind: FileKind, limits: Limits) -> None:
    """A PNG whose chunks run from IHDR to IEND and end there."""
    stream.seek(0)
    if stream.read(8) != PNG_SIGNATURE:
        raise RefusedFile(MISMATCH.format(wanted="a picture (.png)"))
    first = True
    while True:
        head = stream.read(8)
        if len(head) < 8:
            raise RefusedFile(DAMAGED)
        length, chunk = struct.unpack(">I4s", head)
        if first:
            refuse_pixels(*png_dimensions(chunk, stream.read(8)), limits)
            stream.seek(-8, 1)
            first = False
        position = stream.seek(length + 4, 1)
        if position > end_of(stream):
            raise RefusedFile(DAMAGED)
        if chunk == b"IEND":
            break
    if stream.read(1):
        raise RefusedFile(TAIL)


def png_dimensions(chunk: bytes, content: bytes) -> tuple[int, int]:
    """Width and height in pixels from the first chunk of a PNG."""
    if chunk != b"IHDR" or len(content) < 8:
        raise RefusedFile(DAMAGED)
    width, height = struct.unpack(">II", content)
    return width, height


def end_of(stream: BinaryIO) -> int:
    """The length of the stream, leaving its position as it was."""
    here = stream.tell()
    end = stream.seek(0, 2)
    stream.seek(here)
    return end


def check_jpeg(stream: BinaryIO, kind: FileKind, limits: Limits) -> None:
    """A JPEG with a frame header, picture content after it and an end marker."""
    stream.seek(0)
    if stream.read(2) != b"\xff\xd8":
        raise RefusedFile(MISMATCH.format(wanted="a picture (.jpg)"))
    width, height = walk_to_picture(stream)
    refuse_pixels(width, height, limits)
    if b"\xff\xd9" not in stream.read(limits.size):
        raise RefusedFile(DAMAGED)
    stream.seek(0)
    if zipfile.is_zipfile(stream):
        raise RefusedFile(TAIL)


def walk_to_picture(stream: BinaryIO) -> tuple[int, int]:
    """Read the segments of a JPEG up to its first scan; answer width and height in pixels."""
    size: tuple[int, int] | None = None
    while (marker := next_marker(stream)) != START_OF_SCAN:
        if marker in STANDALONE:
            continue
        content = segment(stream)
        if marker in FRAME_HEADERS and len(content) >= 5:
            height, width = struct.unpack(">HH", content[1:5])
            size = (width, height)
    if size is None:
        raise RefusedFile(DAMAGED)
    segment(stream)
    return size


def next_marker(stream: BinaryIO) -> int:
    """The number of the marker that stands here."""
    if stream.read(1) != b"\xff":
        raise RefusedFile(DAMAGED)
    while (marker := stream.read(1)) == b"\xff":
        continue
    if not marker:
        raise RefusedFile(DAMAGED)
    return marker[0]


def segment(stream: BinaryIO) -> bytes:
    """The content of the segment that starts here with its length."""
    length = stream.read(2)
    if len(length) < 2 or (span := struct.unpack(">H", length)[0]) < 2:
        raise RefusedFile(DAMAGED)
    content = stream.read(span - 2)
    if len(content) < span - 2:
        raise RefusedFile(DAMAGED)
    return content


def refuse_pixels(width: int, height: int, limits: Limits) -> None:
    """Refuse a picture with no area, or with more than the limit of pixels."""
    if not width or not height:
        raise RefusedFile(DAMAGED)
    if width * height > limits.pixels:
        raise RefusedFile(
            f"The picture is too large ({width} by {height} dots). Save a smaller copy, at most "
            f"{limits.pixels // 1_000_000} million dots, and attach that."
        )
