"""Our own few components: clock strip, stages, signature cards, timeline, board, QR code."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import qrcode  # type: ignore[import-untyped]
from django import template
from django.utils.html import linebreaks
from markupsafe import Markup, escape

from cspr.govuk.dates import in_london, long_moment, short_date
from cspr.govuk.parts import Act, Happening, Strip, StripDay
from cspr.govuk.rendering import Params

register = template.Library()


@register.inclusion_tag("govuk/clock_strip.html")
def clock_strip(strip: Any) -> Params:
    """A Strip: an ordered list for readers, days in a row for eyes, a sentence to copy for a letter."""
    return {"strip": strip}


@register.simple_tag
def strip_days(strip: Strip) -> Markup:
    """The days of a Strip, written as `board_acts` is, for speed."""
    return Markup("\n".join(_day(day, strip.today) for day in strip.days))  # noqa: S704  escaped in _day


def _day(day: StripDay, today: date | None) -> str:
    is_today = day.on == today
    marked = " app-strip__day--today" if is_today else ""
    words = '<span class="app-strip__today">today</span>' if is_today else ""
    return (
        f'<li class="app-strip__day app-strip__day--{escape(day.kind)}{marked}">'
        f'<span class="app-strip__date">{short_date(day.on)}</span> '
        f'<span class="app-strip__note">{escape(day.note)}</span> {words}</li>'
    )


@register.inclusion_tag("govuk/stages.html")
def stages(stages: Sequence[Any]) -> Params:
    """The stages of a case in its own order, a list of Stage."""
    return {"stages": stages}


@register.inclusion_tag("govuk/signatures.html")
def signatures(cards: Sequence[Any], level: int = 2) -> Params:
    """Signature cards, one a partner; `level` is that of their headings."""
    return {"cards": cards, "level": level}


@register.simple_tag
def timeline(happenings: Iterable[Happening], level: int = 2) -> Markup:
    """Happenings, newest first as given; `level` is that of their headings. Written as `board_acts` is, for speed."""
    lines = "\n".join(_happening(one, level) for one in happenings)
    return Markup(f'<ol class="app-timeline">{lines}</ol>')  # noqa: S704  escaped in _happening


def _happening(one: Happening, level: int) -> str:
    title = escape(one.title)
    if one.href:
        title = Markup('<a class="govuk-link" href="{}">{}</a>').format(one.href, title)
    by = f", {escape(one.by)}" if one.by else ""
    at = ""
    if one.at:
        at = f'<time datetime="{in_london(one.at).isoformat()}">{long_moment(one.at)}</time>'
    text = (
        f'<div class="app-timeline__text">{linebreaks(one.text, autoescape=True)}</div>' if one.text else ""
    )
    proof = "<br>".join(escape(line) for line in one.proof.splitlines())
    proof = f'<p class="govuk-body-s app-timeline__when app-hash">{proof}</p>' if proof else ""
    return (
        f'<li class="app-timeline__item"><h{level} class="govuk-heading-s app-timeline__title">{title}</h{level}>'
        f'<p class="govuk-body-s app-timeline__when">{at}{by}</p>{proof}{text}</li>'
    )


@register.inclusion_tag("govuk/board.html")
def board(groups: Sequence[Any]) -> Params:
    """Groups of acts."""
    return {"groups": groups}


@register.simple_tag
def board_acts(acts: Iterable[Act]) -> Markup:
    """The lines of one group of the board. A template's loop over a hundred of them costs ten times as much."""
    return Markup("\n".join(_act(act) for act in acts))  # noqa: S704  every text of a line is escaped in _act


def _act(act: Act) -> str:
    reference, pseudonym = escape(act.reference), escape(act.pseudonym)
    child = f'<span class="app-board__child">{pseudonym}</span>' if pseudonym else ""
    late = f', <strong class="app-late">{escape(act.late)}</strong>' if act.late else ""
    offer = ""
    if act.offer is not None:
        words, href = map(escape, act.offer)
        whom = f'<span class="govuk-visually-hidden">: {escape(act.title)}, {reference} {pseudonym}</span>'
        offer = f' <a class="govuk-link app-board__offer" href="{href}">{words}{whom}</a>'
    return (
        f'<li class="app-board__act"><a class="govuk-link app-board__title" href="{escape(act.href)}">'
        f'{escape(act.title)}<span class="govuk-visually-hidden">, {reference} {pseudonym}</span></a>'
        f'<span class="app-board__case" aria-hidden="true">{reference}{child}</span>'
        f'<span class="app-board__told">{escape(act.told)}{late}{offer}</span></li>'
    )


@register.inclusion_tag("govuk/qr.html")
def qr_code(text: str, label: str) -> Params:
    """A QR code as SVG in the page: no image request, no data address, so the strict policy holds."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make()
    matrix = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module]
    return {"path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark), "size": len(matrix), "label": label}
