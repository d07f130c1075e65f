"""The list of files that may be kept, the limits they are held to, and the refusal."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


class RefusedFile(Exception):
    """A file that is not kept; `sentence` says why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class FileKind:
    """One row of the allow-list (ASVS 5.2.2): what it is called, and what it is served as."""

    extension: str
    content_type: str
    label: str
    family: str

    @property
    def wanted(self) -> str:
        """The kind with its article: "a PDF", "an Excel workbook"."""
        return f"{'an' if self.label[0] in 'AEIOU' else 'a'} {self.label}"


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, counts and ratios past which a file is refused (ASVS 5.2.1, 5.2.3, 5.2.6)."""

    size: int = 25 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    ratio: int = 100
    ratio_from: int = 5 * MEGABYTE
    entries: int = 2_000
    pixels: int = 50_000_000
    pdf_objects: int = 250_000


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KINDS: dict[str, FileKind] = {
    "pdf": FileKind("pdf", "application/pdf", "PDF", "pdf"),
    "docx": FileKind("docx", WORD, "Word document", "office"),
    "xlsx": FileKind("xlsx", EXCEL, "Excel workbook", "office"),
    "png": FileKind("png", "image/png", "picture", "png"),
    "jpg": FileKind("jpg", "image/jpeg", "picture", "jpeg"),
    "jpeg": FileKind("jpeg", "image/jpeg", "picture", "jpeg"),
    "txt": FileKind("txt", "text/plain; charset=utf-8", "plain text", "text"),
}

ALLOWED = "PDF, Word (.docx), Excel (.xlsx), picture (.png or .jpg) or plain text (.txt)"

OLDER = {
    "doc": ("Word", ".docx"),
    "xls": ("Excel", ".xlsx"),
    "rtf": ("Word", ".docx"),
    "odt": ("Word", ".docx"),
}

NOT_KEPT = f"This kind of file cannot be attached. Attach a {ALLOWED} file."
LOCKED = "The file is protected by a password. Save a copy without the password and attach that."
DAMAGED = (
    "The file is damaged or incomplete. Open it on your computer, save it again and attach the new copy."
)
MISMATCH = "The file is not what its name says. Open it, save it again as {wanted} and attach that."


def kind_of(name: str) -> FileKind:
    """The allow-list row for a file name, by its last extension."""
    stem, dot, extension = name.strip().rpartition(".")
    extension = extension.lower()
    if dot and stem and extension in KINDS:
        return KINDS[extension]
    if extension in OLDER:
        program, wanted = OLDER[extension]
        raise RefusedFile(
            f"This is an older kind of file. Open it in {program}, save it as {wanted} and attach that."
        )
    if extension in {"docm", "xlsm", "dotm", "xlsb"}:
        raise RefusedFile(
            "The file can hold macros. Save a copy without macros (.docx or .xlsx) and attach that."
        )
    raise RefusedFile(NOT_KEPT)


def too_large(limits: Limits) -> RefusedFile:
    """The refusal of a file over the size limit, in megabytes."""
    return RefusedFile(
        f"The file is larger than {limits.size // MEGABYTE}MB. Make it smaller or split it, then attach it."
    )
