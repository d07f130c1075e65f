"""PDFs, pictures and texts, ordinary and hostile."""

import io
import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def pdf(change: object = None, **saving: object) -> bytes:
    """A one-page PDF; ``change(pdf)`` adds to it."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if change is not None:
            change(made)
        made.save(out, **saving)
    return out.getvalue()


def pdf_locked() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user="secret"))


def pdf_locked_for_owner() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=""))


def opens_with(action: Dictionary) -> bytes:
    """A PDF that does something by itself."""

    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = action

    return pdf(change)


def pdf_script() -> bytes:
    return opens_with(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def pdf_script_in_names() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        script = made.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
        made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))

    return pdf(change)


def pdf_script_on_page() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("1")))

    return pdf(change)


def pdf_launch() -> bytes:
    return opens_with(Dictionary(S=Name.Launch, F=String("calc.exe")))


def pdf_submit() -> bytes:
    return opens_with(Dictionary(S=Name.SubmitForm, F=String("https://elsewhere.invalid/")))


def pdf_import() -> bytes:
    return opens_with(Dictionary(S=Name.ImportData, F=String("x.fdf")))


def pdf_with_file() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.attachments["hidden.xlsx"] = b"workbook"

    return pdf(change)


def pdf_with_file_note() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        content = made.make_stream(b"x")
        spec = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=content))
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, FS=spec, Rect=Array([0, 0, 1, 1]))
        made.pages[0].obj.Annots = Array([note])

    return pdf(change)


def pdf_rich_media() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 1, 1]))
        made.pages[0].obj.Annots = Array([made.make_indirect(note)])

    return pdf(change)


def pdf_xfa() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.AcroForm = Dictionary(XFA=made.make_stream(b"<xdp/>"))

    return pdf(change)


def pdf_with_link() -> bytes:
    """Ordinary: a page with a link, a bookmark and a title."""

    def change(made: pikepdf.Pdf) -> None:
        go = Dictionary(S=Name.URI, URI=String("https://www.gov.uk/"))
        made.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=go)]
        )
        made.docinfo["/Title"] = "An ordinary report"
        made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])

    return pdf(change)


def png(width: int = 20, height: int = 10, *, tail: bytes = b"") -> bytes:
    rows = b"".join(b"\x00" + bytes(width * 3) for _ in range(min(height, 50)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pieces = [
        (b"IHDR", header),
        (b"tEXt", b"Software\x00invented"),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in pieces
    )
    return b"\x89PNG\r\n\x1a\n" + chunks + tail


def jpeg(width: int = 20, height: int = 10, *, end: bytes = b"\xff\xd9", progressive: bool = False) -> bytes:
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    marker = b"\xff\xc2" if progressive else b"\xff\xc0"
    frame = marker + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    scan = b"\xff\xda" + struct.pack(">H", 12) + bytes(10) + b"\x12\x34" * 50
    return b"\xff\xd8" + app0 + frame + scan + end


EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
