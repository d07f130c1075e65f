"""The zip under a Word or Excel file: walked and counted, never extracted to disk (ASVS 5.2.3, 5.3.3)."""

import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from cspr.documents.checks.kinds import DAMAGED, LOCKED, Limits, RefusedFile

END_RECORD = b"PK\x05\x06"
LARGEST_DIRECTORY = 4 * 1024 * 1024
CHUNK = 256 * 1024
SUSPECT = "The file is not built like a Word or Excel file. Open it, save it again and attach the new copy."
BOMB = "The file unpacks to far more than its size. Remove what is not needed, save it again and attach that."
NESTED = (
    "The file has another file inside it, for example the workbook behind a chart. Paste the chart as a "
    "picture, or attach the other file by itself, then attach the new copy."
)
CARRIED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ\x90\x00", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"%PDF-")


def opened(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """Open the archive after its directory was measured; refuse what is locked, oversized or oddly named."""
    refuse_directory(stream, limits)
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        raise RefusedFile(DAMAGED) from None
    refuse_members(archive.infolist(), limits)
    refuse_weight(archive, stream.seek(0, 2), limits)
    return archive


def refuse_directory(stream: BinaryIO, limits: Limits) -> None:
    """Count the entries from the end record, before anything is read into memory."""
    size = stream.seek(0, 2)
    start = max(0, size - 65_557)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) - at < 22:
        raise RefusedFile(DAMAGED)
    _, _, _, entries, length, offset, comment = struct.unpack("<HHHHIIH", tail[at + 4 : at + 22])
    if entries > limits.entries or length > LARGEST_DIRECTORY:
        raise RefusedFile("The file is made of too many parts. Save it as a PDF and attach that.")
    if offset + length != start + at or start + at + 22 + comment != size:
        raise RefusedFile(SUSPECT)


def refuse_members(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse names that point elsewhere, links, locked members and names used twice."""
    if len(members) > limits.entries:
        raise RefusedFile("The file is made of too many parts. Save it as a PDF and attach that.")
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        odd = "\\" in name or "\x00" in name or name.startswith("/") or ":" in name or ".." in name.split("/")
        if odd or stat.S_ISLNK(member.external_attr >> 16) or name.lower() in seen:
            raise RefusedFile(SUSPECT)
        if member.flag_bits & 0x1:
            raise RefusedFile(LOCKED)
        seen.add(name.lower())


def refuse_weight(archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
    """Refuse by the declared sizes first, then by reading every member to its end (its checksum must
    agree).
    """
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if total > limits.unpacked or (total > limits.ratio_from and total > limits.ratio * size):
        raise RefusedFile(BOMB)
    for member in members:
        large = member.file_size > limits.ratio_from
        if large and member.file_size > limits.ratio * max(1, member.compress_size):
            raise RefusedFile(BOMB)
        if read_through(archive, member).startswith(CARRIED):
            raise RefusedFile(NESTED)


def read_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Read one member to its end in small pieces; answer its first bytes."""
    head = b""
    try:
        with archive.open(member) as content:
            while piece := content.read(CHUNK):
                head = head or piece[:16]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise RefusedFile(DAMAGED) from None
    return head
