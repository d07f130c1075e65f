"""Forty names that try to climb, hide or confuse stay one plain name (ASVS 5.3.2)."""

import unicodedata

import pytest

from cspr.documents.checks import display_name

TRAVERSAL = [
    "../../etc/passwd",
    "..\\..\\windows\\system32\\cmd.exe",
    "/etc/passwd",
    "\\\\server\\share\\a.pdf",
    "C:\\a.pdf",
    "C:a.pdf",
    "....//....//a.pdf",
    "..;/a.pdf",
    "%2e%2e%2fa.pdf",
    "..%c0%af..%c0%afa.pdf",
    "a/../../b.pdf",
    "./a.pdf",
    "../",
    "..",
    ".",
    "",
    " ",
    "/",
    "\\",
    "a.pdf\x00.exe",
    "a\x00.pdf",
    "a\r\nSet-Cookie: x.pdf",
    "a\n.pdf",
    "a\t.pdf",
    "a\u202efdp.exe",
    "\u200b\u200ba.pdf",
    "\ufeffa.pdf",
    "\u2066a\u2069.pdf",
    "．．／．．／a.pdf",
    "‥/a.pdf",
    "CON",
    "con.pdf",
    "NUL.txt",
    "com1.docx",
    "aux.tar.pdf",
    "a.pdf:stream",
    "a<b>.pdf",
    'a"b.pdf',
    "a|b?*.pdf",
    ".htaccess",
    "...pdf",
    "a" * 400 + ".pdf",
    "~/a.pdf",
    "file:///etc/passwd",
    "\ud800a.pdf",
    "a.pdf....   ",
]


@pytest.mark.parametrize("given", TRAVERSAL)
def test_traversal_name_contained(given: str) -> None:
    name = display_name(given)

    assert name
    assert not set(name) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(letter).startswith("C") for letter in name)
    assert not name.startswith(".")
    assert name == name.strip(". ")
    assert len(name) <= 120
    assert name.partition(".")[0].lower() not in {"con", "nul", "com1", "aux"}
    name.encode("utf-8")


def test_corpus_is_large_enough() -> None:
    assert len(TRAVERSAL) >= 40


@pytest.mark.parametrize("given", ["Chronology, final.docx", "Café – notes.txt", "Report 2 (signed).pdf"])
def test_ordinary_name_kept(given: str) -> None:
    assert display_name(given) == given


def test_extension_survives_shortening() -> None:
    assert display_name("x" * 300 + ".docx").endswith("x.docx")
