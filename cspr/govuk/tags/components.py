"""The design system's page components."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markupsafe import Markup

from cspr.govuk.components import component
from cspr.govuk.parts import Row, Table, Tag, Task
from cspr.govuk.rendering import Params, words_of

register = template.Library()


@register.simple_tag
def govuk_tag(tag: Tag | str, colour: str = "grey") -> Markup:
    """A status as a tag: a Tag, or a text with a colour."""
    shown = tag if isinstance(tag, Tag) else Tag(str(tag), colour)
    return component(
        "tag", {"text": shown.text, "classes": f"govuk-tag--{shown.colour}" if shown.colour else None}
    )


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
    """A table; on a phone each row stands as a block whose cells say their column."""
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
    return {
        **words,
        "format": "numeric" if place in table.numeric else None,
        "attributes": {"data-column": table.head[place]},
    }


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
    return [
        (links[place], links[place + 1] if place + 1 < len(links) else "")
        for place in range(0, len(links), 2)
    ]


@register.simple_tag
def panel(title: str, text: str = "") -> Markup:
    """What was done, soberly: a bordered box, no colour."""
    return component(
        "panel", {"titleText": title, **({"text": text} if text else {}), "classes": "app-panel"}
    )


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page[Any], *, name: str = "page", anchor: str = "") -> Markup:
    """Page links that keep the filter in the address; nothing where one page holds all. ``anchor``: where it begins."""
    if page.paginator.num_pages < 2:
        return Markup()
    query = context["request"].GET.copy() if "request" in context else QueryDict(mutable=True)

    def href(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}{'#' if anchor else ''}{anchor}"

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
    return format_html(
        '<nav class="app-subnav" aria-label="{}"><ul class="app-subnav__list">{}</ul></nav>', label, items
    )


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
