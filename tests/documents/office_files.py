"""Word and Excel files as the programs write them, and the same with one part gone wrong."""

import io
import stat
import struct
import zipfile
import zlib

import docx
import openpyxl

TYPES = "[Content_Types].xml"
MARK = b"Invented marker text"


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Chronology")
    document.add_paragraph(MARK.decode())
    document.add_table(rows=2, cols=2)
    return saved(document)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Date", "Event"])
    book.active.append(["2026-11-20", MARK.decode()])
    book.active["D4"] = "=SUM(1,2)"
    return saved(book)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(
    name: str, content: bytes, *, content_type: str | None = "application/xml", base: bytes = b""
) -> bytes:
    """An ordinary file with one part more, listed under ``content_type`` unless that is None."""
    parts = parts_of(base or word())
    if content_type is not None:
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
        parts[TYPES] = parts[TYPES].replace(b"</Types>", override)
    return zipped({**parts, name: content})


def with_relationship(
    purpose: str, target: str, *, base: bytes = b"", part: str = "word/_rels/document.xml.rels"
) -> bytes:
    """An ordinary file with one relationship more that points outside."""
    parts = parts_of(base or word())
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{purpose}"
    row = f'<Relationship Id="rId99" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    if part not in parts:
        root = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[part] = root.encode()
    parts[part] = parts[part].replace(b"</Relationships>", row.encode())
    return zipped(parts)


def with_field(instruction: str, *, pieces: int = 1) -> bytes:
    """A Word file with a field whose instruction is split over several runs."""
    parts = parts_of(word())
    step = -(-len(instruction) // pieces)
    cut = [instruction[at : at + step] for at in range(0, len(instruction), step)]
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in cut)
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"</w:body>", f"<w:p>{runs}</w:p></w:body>".encode()
    )
    return zipped(parts)


def macro_main() -> bytes:
    """A workbook that declares itself macro-enabled."""
    parts = parts_of(excel())
    ordinary = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts[TYPES] = parts[TYPES].replace(ordinary, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    return zipped(parts)


def locked() -> bytes:
    """The container that Word writes for a document with a password."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1024)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(2048)
    )


def older() -> bytes:
    """A Word 97 document under a new name."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "WordDocument".encode("utf-16-le") + bytes(2048)
    )


def flagged_locked() -> bytes:
    """A zip whose members say that they are encrypted."""
    content = bytearray(word())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def bomb(size: int = 50_000_000) -> bytes:
    """A few kilobytes that unpack to fifty megabytes."""
    return with_part("word/media/image1.png", bytes(size), content_type="image/png")


def many_parts(count: int = 2_100) -> bytes:
    parts = parts_of(word())
    return zipped(
        {**parts, **{f"word/part{n}.xml": b"<a/>" for n in range(count)}}, method=zipfile.ZIP_STORED
    )


def lying_size() -> bytes:
    """A member that says it is small and goes on."""
    content = bytearray(with_part("word/extra.xml", b"<a>" + b"x" * 100_000 + b"</a>"))
    at = content.find(b"word/extra.xml", content.rfind(b"PK\x01\x02")) - 46
    struct.pack_into("<I", content, at + 24, 10)
    return bytes(content)


def wrong_checksum() -> bytes:
    content = bytearray(word())
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 16, zlib.crc32(b"something else"))
    return bytes(content)


def symlink() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts_of(word()).items():
            archive.writestr(name, content)
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    """Two members under one name: the one we check need not be the one Word opens."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts_of(word()).items():
            archive.writestr(name, content)
        archive.writestr("WORD/document.xml", b"<a/>")
    return out.getvalue()


def with_entity() -> bytes:
    parts = parts_of(word())
    parts["word/_rels/document.xml.rels"] = (
        b'<!DOCTYPE a [<!ENTITY x "y">]>' + parts["word/_rels/document.xml.rels"].split(b"?>", 1)[1]
    )
    return zipped(parts)
