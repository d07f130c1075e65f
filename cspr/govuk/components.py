"""The library's GOV.UK markup, called from Python. Compiled once: a page of thirty fields costs milliseconds."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.functional import Promise
from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup


def unchanged(text: Any, *_args: Any, **_options: Any) -> Any:
    """Stand in for the `indent` filter, which would add spaces to every line somebody typed in a text area."""
    return text


@cache
def _environment() -> Environment:
    """Autoescape is always on: only what a caller passes as `html` and marked safe goes out as it is."""
    environment = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["indent"] = unchanged
    return environment


@cache
def _macro(name: str) -> Callable[..., Markup]:
    """The macro of one component: "date-input" is govukDateInput."""
    template = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    macro: Callable[..., Markup] = getattr(
        template.module, "govuk" + "".join(part.capitalize() for part in name.split("-"))
    )
    return macro


def _given(value: Any) -> Any:
    """Leave out what is None, at any depth, as the macros expect; settle lazy texts."""
    if isinstance(value, Mapping):
        return {key: _given(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_given(item) for item in value]
    return str(value) if isinstance(value, Promise) else value


def component(name: str, params: Mapping[str, Any]) -> Markup:
    """One component as markup, parameters as in the design system's own documentation."""
    return _macro(name)(_given(params)).strip()
