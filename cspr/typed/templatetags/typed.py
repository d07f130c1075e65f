"""Gives back what was typed where the page it was typed on cannot be opened any more."""

from typing import Any

from django import template

from cspr.typed.services import longer_texts

register = template.Library()


@register.inclusion_tag("layouts/what_was_typed.html", takes_context=True)
def what_was_typed(context: template.Context) -> dict[str, Any]:
    """The longer texts this very request posted to a question page; none for any other request.

    It echoes what the person sends and nothing else, so that a foreign page and a missing one look the same.
    """
    request = context.get("request")
    if request is None or request.method != "POST" or request.resolver_match is None:
        return {"texts": []}
    page = getattr(request.resolver_match.func, "view_class", None)
    asks = getattr(page, "keeps_typing", False)
    return {"texts": longer_texts(dict(request.POST.lists())) if asks else []}
