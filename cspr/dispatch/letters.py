"""A mail's text: one fixed template, four places to fill, each held to its form before it enters."""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string

from cspr.dispatch.phrases import PHRASES

REFERENCE = re.compile(r"[A-Z]{2,6}(-[A-Z]{1,3})?-\d{4}-\d{1,6}")
LINK = re.compile(r"/(?:[a-z][a-z-]*/|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/|\d{1,9}/|C\d{1,2}/)*")
ONE_TIME_LINK = re.compile(r"/account/password/reset/key/[0-9a-z]+-[0-9a-z]+-[0-9a-f]+/")
TEMPLATE = "mail/waiting.txt"
ONE_TIME_TEMPLATE = "mail/one_time.txt"
CODE = re.compile(r"\d{8}")
CODE_TEMPLATE = "mail/code.txt"


@dataclass(frozen=True)
class Letter:
    """A rendered mail."""

    subject: str
    body: str


def write_letter(*, waiting: str, reference: str, link: str, until: date | None) -> Letter:
    """Render a mail.

    Raises ValueError when a part is anything but a phrase, a reference, a plain path or a date.

    ``link`` is a path of ours without a query ("/cases/<uuid>/"), or empty for a recipient without an
    account.
    """
    if waiting not in PHRASES:
        raise ValueError(f"not a phrase of cspr.dispatch.phrases: {waiting!r}")
    if reference and not REFERENCE.fullmatch(reference):
        raise ValueError("a mail carries a reference or nothing")
    if link and not LINK.fullmatch(link):
        raise ValueError("a mail links to a plain path of ours, without a query")
    if until is not None and type(until) is not date:
        raise ValueError("until is a date")
    context = {
        "waiting": waiting,
        "reference": reference,
        "until": f"{until:%A} {until.day} {until:%B %Y}" if until else "",
        "link": f"{settings.PUBLIC_URL}{link}" if link else "",
        "without_account": link.startswith("/guest/"),
    }
    subject = f"{waiting}: {reference}" if reference else waiting
    return Letter(subject=subject, body=render_to_string(TEMPLATE, context).strip() + "\n")


def write_one_time_letter(*, waiting: str, link: str) -> Letter:
    """Render the mail that carries the one link with a secret in it: to choose a password, once.

    Raises ValueError when a part is anything but a phrase and such a link.
    """
    if waiting not in PHRASES:
        raise ValueError(f"not a phrase of cspr.dispatch.phrases: {waiting!r}")
    if not ONE_TIME_LINK.fullmatch(link):
        raise ValueError("a mail of this kind links to the page where a password is chosen")
    context = {"waiting": waiting, "link": f"{settings.PUBLIC_URL}{link}"}
    return Letter(subject=waiting, body=render_to_string(ONE_TIME_TEMPLATE, context).strip() + "\n")


def write_code_letter(*, waiting: str, code: str) -> Letter:
    """Render the mail that carries a code to be typed by a person, and no link.

    Raises ValueError when a part is anything but a phrase and eight figures.
    """
    if waiting not in PHRASES:
        raise ValueError(f"not a phrase of cspr.dispatch.phrases: {waiting!r}")
    if not CODE.fullmatch(code):
        raise ValueError("a code is eight figures")
    context = {"waiting": waiting, "code": f"{code[:4]} {code[4:]}"}
    return Letter(subject=waiting, body=render_to_string(CODE_TEMPLATE, context).strip() + "\n")
