"""The frame of a case for every page about it, whichever stage the page belongs to: ``{% load casework %}``."""

from django import template

from cspr.casework.case_frame import Frame

register = template.Library()
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)
"""Marks of a browser and of a system in what a browser says of itself; the first that is found counts."""


@register.filter
def browser(user_agent: str) -> str:
    """ "Chrome on Windows": enough to know one's own browsers again."""
    name = next((words for mark, words in BROWSERS if mark in user_agent), "Another browser")
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "another system")
    return f"{name} on {system}"


@register.simple_tag(takes_context=True)
def case_frame(context: template.Context) -> Frame:
    """``{% case_frame as frame %}``: stages, parts, next steps and clocks of the page's case for who looks at it."""
    return Frame(context["case"], context["acting"], context["request"].path)
