"""Word and Excel files: every part listed, no macro, no object, nothing fetched from outside (ASVS 5.2.2)."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from cspr.documents.checks.archives import NESTED, SUSPECT, opened
from cspr.documents.checks.kinds import EXCEL, LOCKED, MISMATCH, WORD, FileKind, Limits, RefusedFile

MACRO = "The file contains macros. Save a copy without macros (.docx or .xlsx) and attach that."
TEMPLATE = "The document is linked to a template elsewhere. Save it as a PDF and attach that."
OUTSIDE = "The file fetches something from elsewhere when it is opened. Save it as a PDF and attach that."
BOOK_LINK = "The workbook takes values from another workbook. Break those links, save it and attach that."

MAIN = {"docx": f"{WORD}.main+xml", "xlsx": f"{EXCEL}.main+xml"}
MACRO_SIGNS = re.compile(
    r"macroenabled|vbaproject|vbadata|activex|ms-office\.vba|xlmacrosheet|macrosheet", re.IGNORECASE
)
OBJECT_SIGNS = re.compile(r"oleobject|/embeddings/", re.IGNORECASE)
CARRIERS = {"package", "control", "afchunk", "subdocument", "frame"}
LINK_SCHEMES = {"http", "https", "mailto", "tel", "file", ""}
SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
EXCHANGE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


@dataclass
class Parts:
    """What [Content_Types].xml lists: by part name, and by extension."""

    by_name: dict[str, str] = field(default_factory=dict)
    by_extension: dict[str, str] = field(default_factory=dict)

    def type_of(self, name: str) -> str | None:
        """The content type a part is listed under, or nothing."""
        return self.by_name.get(f"/{name}".lower()) or self.by_extension.get(name.rpartition(".")[2].lower())


def check(stream: BinaryIO, kind: FileKind, limits: Limits) -> None:
    """Refuse a Word or Excel file with a part that runs, fetches or hides."""
    with opened(stream, limits) as archive:
        names = [member.filename for member in archive.infolist() if not member.is_dir()]
        if "[Content_Types].xml" not in names:
            raise RefusedFile(MISMATCH.format(wanted=kind.wanted))
        parts = listed(archive.read("[Content_Types].xml"))
        for name in names:
            refuse_part(name, parts)
        if MAIN[kind.extension] not in parts.by_name.values():
            raise RefusedFile(MISMATCH.format(wanted=kind.wanted))
        refuse_links(archive, names)


def listed(content: bytes) -> Parts:
    """Read [Content_Types].xml."""
    parts = Parts()

    def element(name: str, attributes: dict[str, str]) -> None:
        if name.endswith("Override"):
            parts.by_name[attributes.get("PartName", "").lower()] = attributes.get("ContentType", "")
        elif name.endswith("Default"):
            parts.by_extension[attributes.get("Extension", "").lower()] = attributes.get("ContentType", "")

    read_xml(content, element)
    for content_type in [*parts.by_name.values(), *parts.by_extension.values()]:
        refuse_signs(content_type, vba_only=True)
    return parts


def refuse_part(name: str, parts: Parts) -> None:
    """Refuse one part by its name and by the type it is listed under."""
    refuse_signs(f"/{name}")
    if name.startswith("xl/externalLinks/"):
        raise RefusedFile(BOOK_LINK)
    if name == "[Content_Types].xml":
        return
    content_type = parts.type_of(name)
    if content_type is None:
        raise RefusedFile(SUSPECT)
    refuse_signs(content_type)


def refuse_signs(text: str, *, vba_only: bool = False) -> None:
    """Refuse a name or a content type that speaks of a macro or of another file inside."""
    if MACRO_SIGNS.search(text):
        raise RefusedFile(MACRO)
    if not vba_only and OBJECT_SIGNS.search(text):
        raise RefusedFile(NESTED)


def refuse_links(archive: zipfile.ZipFile, names: list[str]) -> None:
    """Look through every relationship, and for fields that start another program."""
    for name in names:
        if name.endswith(".rels"):
            read_xml(archive.read(name), refuse_relationship)
        elif name.startswith("word/") and name.endswith(".xml"):
            refuse_exchange(archive.read(name))


def refuse_relationship(name: str, attributes: dict[str, str]) -> None:
    """Refuse one relationship that reaches outside, unless it is an ordinary link to click."""
    if not name.endswith("Relationship"):
        return
    purpose = attributes.get("Type", "").rpartition("/")[2]
    refuse_signs(purpose)
    if purpose.lower() in CARRIERS:
        raise RefusedFile(NESTED)
    if attributes.get("TargetMode", "").lower() != "external":
        return
    target = attributes.get("Target", "").strip()
    if purpose.lower() == "attachedtemplate":
        raise RefusedFile(TEMPLATE)
    if purpose.lower() == "externallinkpath":
        raise RefusedFile(BOOK_LINK)
    scheme = SCHEME.match(target)
    if purpose.lower() != "hyperlink" or (scheme.group(1).lower() if scheme else "") not in LINK_SCHEMES:
        raise RefusedFile(OUTSIDE)


def refuse_exchange(content: bytes) -> None:
    """Refuse a Word field that starts another program (DDE), even when it is split over several runs."""
    inside: list[bool] = []
    words: list[str] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        inside.append(name.endswith("instrText"))
        if name.endswith("fldSimple"):
            words.extend([*attributes.values(), " "])

    def end(name: str) -> None:
        inside.pop()
        if name.endswith(":p"):
            words.append(" ")

    def text(content: str) -> None:
        if inside and inside[-1]:
            words.append(content)

    read_xml(content, element, end=end, text=text)
    if EXCHANGE.search("".join(words)):
        raise RefusedFile(OUTSIDE)


def read_xml(
    content: bytes,
    start: Callable[[str, dict[str, str]], object],
    *,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Read XML element by element; a document type, and so an entity, is refused."""

    def doctype(*_: object) -> None:
        raise RefusedFile(SUSPECT)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise RefusedFile(SUSPECT) from None


def refuse_ole(stream: BinaryIO) -> None:
    """An OLE container under a .docx or .xlsx name: locked by a password, or an older kind of file."""
    stream.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in stream.read():
        raise RefusedFile(LOCKED)
    raise RefusedFile(
        "This is an older kind of file under a new name. Open it, save it as .docx or .xlsx and attach that."
    )
