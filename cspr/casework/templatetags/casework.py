"""The frame of a case for every page about it, whichever stage the page belongs to: ``{% load casework %}``."""

from django import template

from cspr.casework.case_frame import Frame, frame

register = template.Library()


@register.simple_tag(takes_context=True)
def case_frame(context: template.Context) -> Frame:
    """``{% case_frame as frame %}``: stages, parts, next steps and clocks of the page's case for who looks at it."""
    return frame(context["case"], context["acting"], context["request"].path)
