"""Tags and filters for every page: `{% load govuk %}`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import qrcode
from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markupsafe import Markup

from cspr.govuk import forms as govuk_forms
from cspr.govuk.components import component
from cspr.govuk.dates import in_london, long_date, long_moment, medium_date, short_date
from cspr.govuk.parts import Row, Table, Tag, Task
from cspr.govuk.rendering import words_of

register = template.Library()
Params = dict[str, Any]


def _london_day(value: date | datetime) -> date:
    return in_london(value).date() if isinstance(value, datetime) else value


@register.filter("long_date")
@register.simple_tag
def govuk_date(value: date | datetime | None) -> str:
    """Thursday 26 November 2026; a moment becomes its day in London."""
    return long_date(_london_day(value)) if value else ""


@register.filter("medium_date")
def govuk_medium_date(value: date | datetime | None) -> str:
    """26 November 2026."""
    return medium_date(_london_day(value)) if value else ""


@register.filter("short_date")
def govuk_short_date(value: date | datetime | None) -> str:
    """Thu 26 Nov."""
    return short_date(_london_day(value)) if value else ""


@register.filter("long_moment")
@register.simple_tag
def govuk_datetime(value: datetime | None) -> str:
    """Thursday 26 November 2026 at 16:40, on the London clock."""
    return long_moment(value) if value else ""


@register.filter("clock")
@register.simple_tag
def govuk_time(value: datetime | time | None) -> str:
    """16:40."""
    if value is None:
        return ""
    return f"{in_london(value) if isinstance(value, datetime) else value:%H:%M}"


@register.simple_tag
def form_fields(form: forms.BaseForm) -> SafeString:
    """All fields of any Django form, hidden ones first. The error summary is a tag of its own."""
    hidden = format_html_join("", "{}", ((str(bound),) for bound in form.hidden_fields()))
    hidden = SafeString(hidden)
    return format_html("{}{}", hidden, fields_markup(govuk_forms.top_fields(form)))


def fields_markup(fields: Iterable[BoundField]) -> SafeString:
    return format_html_join("\n", "{}", ((govuk_forms.field_markup(bound),) for bound in fields))


@register.simple_tag
def govuk_field(field: BoundField, *, label: str = "", hint: str | None = None) -> Markup:
    """One field with label, hint, error and whatever its choices reveal; `label` and `hint` replace its own."""
    if label:
        field.label = label
    if hint is not None:
        field.help_text = hint
    return govuk_forms.field_markup(field)


@register.simple_tag
def error_summary(*several: forms.BaseForm | None) -> SafeString:
    """The errors at the top of the page, each a link to its box; nothing where there are none."""
    return format_html_join("", "{}", ((govuk_forms.error_summary(form),) for form in several if form))


@register.simple_tag
def button(text: str, *, href: str = "", kind: str = "", name: str = "", value: str = "", id: str = "") -> Markup:
    """A button that cannot be pressed twice. `kind` is secondary, warning or empty; with `href`, a link."""
    params: Params = {"text": text, "href": href or None, "name": name or None, "value": value or None}
    params |= {"classes": f"govuk-button--{kind}" if kind else None, "id": id or None}
    return component("button", params if href else {**params, "preventDoubleClick": True})


@register.inclusion_tag("govuk/steps.html")
def what_next(steps: Sequence[Any]) -> Params:
    """Buttons of Step; one that cannot be pressed yet shows the reasons beside it."""
    return {"steps": steps}


@register.simple_tag
def govuk_tag(tag: Tag | str, colour: str = "grey") -> Markup:
    """A status as a tag: a Tag, or a text with a colour."""
    shown = tag if isinstance(tag, Tag) else Tag(str(tag), colour)
    return component("tag", {"text": shown.text, "classes": f"govuk-tag--{shown.colour}" if shown.colour else None})


def _summary_row(row: Row) -> Params:
    link = {"href": row.href, "text": row.action, "visuallyHiddenText": row.about or row.key}
    line: Params = {"key": {"text": row.key}, "value": words_of("" if row.value is None else row.value)}
    return {**line, "actions": {"items": [link]}} if row.href else line


@register.simple_tag
def summary_list(rows: Iterable[Row], *, card: str = "", classes: str = "") -> Markup:
    """Questions and answers, with change links. `card` puts a title above."""
    params: Params = {"rows": [_summary_row(row) for row in rows], "classes": classes or None}
    return component("summary-list", {**params, "card": {"title": {"text": card}} if card else None})


@register.simple_tag
def task_list(tasks: Iterable[Task], *, number: int = 1) -> Markup:
    """Tasks with their state; what cannot start yet has no link."""
    return component("task-list", {"idPrefix": f"tasks-{number}", "items": [_task(task) for task in tasks]})


def _task(task: Task) -> Params:
    tag = {"text": task.status.text, "classes": f"govuk-tag--{task.status.colour}"}
    waits = "govuk-task-list__status--cannot-start-yet"
    status: Params = {"tag": tag} if task.status.colour else {"text": task.status.text}
    if not task.href:
        status = {"text": task.status.text, "classes": waits}
    hint = {"text": task.hint} if task.hint else None
    return {"title": {"text": task.title}, "href": task.href or None, "status": status, "hint": hint}


@register.inclusion_tag("govuk/table.html")
def table(table: Table) -> Params:
    """A table that scrolls inside its own region where the page is narrow."""
    cells = [[_cell(table, place, cell) for place, cell in enumerate(row)] for row in table.rows]
    head = [
        {"text": text, "format": "numeric" if place in table.numeric else None}
        for place, text in enumerate(table.head)
    ]
    params = {
        "caption": table.caption,
        "captionClasses": "govuk-table__caption--m" if table.show_caption else "govuk-visually-hidden",
        "head": head,
        "rows": cells,
        "firstCellIsHeader": table.row_headers or None,
    }
    return {"table": table, "markup": component("table", params) if cells else ""}


def _cell(table: Table, place: int, cell: Any) -> Params:
    words = words_of("" if cell is None else cell)
    return {**words, "format": "numeric" if place in table.numeric else None}


@register.simple_tag
def warning(text: str) -> Markup:
    return component("warning-text", {**words_of(text), "iconFallbackText": "Warning"})


@register.simple_tag
def back_link(href: str, text: str = "Back") -> Markup:
    return component("back-link", {"href": href, "text": text})


@register.simple_tag
def breadcrumbs(*links: Any) -> Markup:
    """`{% breadcrumbs "Cases" cases_url "DUR-2026-0042" %}` or a list of (text, href); the last has no link."""
    pairs = links[0] if len(links) == 1 and not isinstance(links[0], str) else _pairs(links)
    items = [{"text": text, "href": href or None} for text, href in pairs]
    return component("breadcrumbs", {"items": items, "collapseOnMobile": True})


def _pairs(links: Sequence[str]) -> list[tuple[str, str]]:
    return [(links[place], links[place + 1] if place + 1 < len(links) else "") for place in range(0, len(links), 2)]


@register.simple_tag
def panel(title: str, text: str = "") -> Markup:
    """What was done, soberly: a bordered box, no colour."""
    return component("panel", {"titleText": title, **({"text": text} if text else {}), "classes": "app-panel"})


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page[Any], *, name: str = "page") -> Markup:
    """Page links that keep the filter in the address; nothing where one page holds all."""
    if page.paginator.num_pages < 2:
        return Markup()
    query = context["request"].GET.copy() if "request" in context else QueryDict(mutable=True)

    def href(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    items = [
        {"number": number, "href": href(number), "current": number == page.number or None}
        if isinstance(number, int)
        else {"ellipsis": True}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    before = {"href": href(page.previous_page_number())} if page.has_previous() else None
    after = {"href": href(page.next_page_number())} if page.has_next() else None
    return component("pagination", {"items": items, "previous": before, "next": after})


@register.simple_tag
def service_navigation(links: Iterable[dict[str, Any]]) -> Markup:
    """The links of the frame: label, url, current."""
    items = [
        {"text": link["label"], "href": link["url"], "active": link.get("current") or None} for link in links
    ]
    return component("service-navigation", {"navigation": items, "navigationLabel": "Main"})


@register.simple_tag
def tabs(links: Iterable[dict[str, Any]], label: str = "This case") -> SafeString:
    """Parts of one subject as links, not as hidden panels: label, url, current."""
    items = format_html_join(
        "",
        '<li class="app-subnav__item"><a class="app-subnav__link" href="{}"{}>{}</a></li>',
        (
            (link["url"], Markup(' aria-current="page"') if link.get("current") else "", link["label"])
            for link in links
        ),
    )
    return format_html('<nav class="app-subnav" aria-label="{}"><ul class="app-subnav__list">{}</ul></nav>', label, items)


@register.simple_block_tag
def details(content: str, summary: str) -> Markup:
    """`{% details "What counts" %}...{% enddetails %}`: folded, and open in print."""
    return component("details", {"summaryText": summary, "html": content})


@register.simple_block_tag
def inset(content: str) -> Markup:
    return component("inset-text", {"html": content})


@register.simple_block_tag
def banner(content: str, title: str = "Important") -> Markup:
    """A notification banner; what was done is said without green."""
    return component("notification-banner", {"titleText": title, "html": content})


@register.inclusion_tag("govuk/clock_strip.html")
def clock_strip(strip: Any) -> Params:
    """A Strip: an ordered list for readers, days in a row for eyes, a sentence to copy for a letter."""
    return {"strip": strip}


@register.inclusion_tag("govuk/stages.html")
def stages(stages: Sequence[Any]) -> Params:
    """The stages of a case in its own order, a list of Stage."""
    return {"stages": stages}


@register.inclusion_tag("govuk/signatures.html")
def signatures(cards: Sequence[Any]) -> Params:
    """Signature cards, one a partner."""
    return {"cards": cards}


@register.inclusion_tag("govuk/timeline.html")
def timeline(happenings: Sequence[Any]) -> Params:
    """Happenings, newest first as given."""
    return {"happenings": happenings}


@register.inclusion_tag("govuk/board.html")
def board(groups: Sequence[Any]) -> Params:
    """Groups of acts."""
    return {"groups": groups}


@register.inclusion_tag("govuk/qr.html")
def qr_code(text: str, label: str) -> Params:
    """A QR code as SVG in the page: no image request, no data address, so the strict policy holds."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make()
    matrix = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module]
    return {"path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark), "size": len(matrix), "label": label}
