"""Every address of the system, whose it is, and which of its parameters name something."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from cspr.permissions import Permission
from cspr.settings import ROOT

LIBRARY_PERMISSIONS = {
    "account_login": "public",
    "account_logout": "signed_in",
    "account_signup": "public",
    "account_inactive": "public",
    "account_reset_password": "public",
    "account_reset_password_done": "public",
    "account_reset_password_from_key": "public",
    "account_reset_password_from_key_done": "public",
    "mfa_authenticate": "public",
}
"""Addresses of the sign-in library that answer without sign-in; all its others need an account (``signed_in``)."""


@dataclass(frozen=True)
class Route:
    """One address: its name, path, permission, methods and parameters by kind."""

    name: str
    path: str
    permission: str
    methods: tuple[str, ...]
    parameters: dict[str, str]
    ours: bool


def routes() -> list[Route]:
    """Every route of the private site."""
    return list(_walk(get_resolver().url_patterns, "", {}))


def _walk(patterns: list[Any], prefix: str, before: dict[str, str]) -> Iterator[Route]:
    for pattern in patterns:
        path, parameters = prefix + str(pattern.pattern), {**before, **_parameters(pattern)}
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path, parameters)
        elif isinstance(pattern, URLPattern):
            yield _route(pattern, path, parameters)


def _parameters(pattern: URLPattern | URLResolver) -> dict[str, str]:
    """What one part of an address names, by kind."""
    kinds = pattern.pattern.converters
    named = pattern.pattern.regex.groupindex
    return {key: type(kinds.get(key, "")).__name__.removesuffix("Converter").lower() for key in named}


def _route(pattern: URLPattern, path: str, parameters: dict[str, str]) -> Route:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    ours = (ROOT / view.__module__.split(".")[0]).is_dir()
    given = getattr(view, "permission", None)
    name = pattern.name or ""
    if isinstance(given, Permission):
        permission = given.key
    elif getattr(view, "public", False):
        permission = "public"
    elif ours:
        permission = ""
    else:
        permission = LIBRARY_PERMISSIONS.get(name, "signed_in")
    methods = tuple(
        method.upper() for method in getattr(view, "http_method_names", ["get"]) if hasattr(view, method)
    ) or ("GET",)
    return Route(name, "/" + path, permission, methods, parameters, ours)
