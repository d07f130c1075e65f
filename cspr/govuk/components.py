"""The library's GOV.UK markup, called from Python. Compiled once: a page of thirty fields costs milliseconds.

A date's boxes are the dearest of all and alike on every page until somebody types in them, so blank ones are kept.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
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
        auto_reload=False,
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
    given = _given(params)
    if name == "date-input" and not any(box.get("value") for box in given["items"]):
        return _blank_date(_Written.of(given))
    return _macro(name)(given).strip()


class _Written(str):
    """Parameters as a text, by which alike ones are known, with the parameters themselves."""

    __slots__ = ("given",)
    given: Any

    @classmethod
    def of(cls, given: Any) -> "_Written":
        written = cls(given)
        written.given = given
        return written


@lru_cache(maxsize=500)
def _blank_date(written: _Written) -> Markup:
    return _macro("date-input")(written.given).strip()
