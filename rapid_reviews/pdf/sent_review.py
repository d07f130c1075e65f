"""The rapid review as a PDF for the Panel: tagged (PDF/UA-1), titled, in a language. Same copy, same bytes."""

import json
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from cspr.govuk.words import without_hidden
from rapid_reviews.sent_copy import SIGNATURES_HEAD, about, signature_rows, title_of
from rapid_reviews.word.sent_review import MARKING

PDF_TYPE = "application/pdf"
TEMPLATE = Path(__file__).with_name("sent_review.typ")


def sent_review_pdf(copy: dict[str, Any]) -> bytes:
    """The file's bytes. The type-setter is loaded at its first use: no other page needs it."""
    typst = import_module("typst")
    data = {
        "title": title_of(copy),
        "marking": MARKING,
        "about_head": ["About this review", "Answer"],
        "about": _shown(about(copy)),
        "papers": _shown(copy["papers"]),
        "signatures_head": list(SIGNATURES_HEAD),
        "signatures": _shown(signature_rows(copy)),
    }
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"copy": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime.fromisoformat(copy["decided_at"]).timestamp()),
    )
    return made


def _shown(rows: Any) -> list[list[str]]:
    return [[without_hidden(text) for text in row] for row in rows]
