"""Tags and filters for every page: `{% load govuk %}`."""

from django import template

from cspr.govuk.tags import components, forms, parts, words

register = template.Library()
for library in (components.register, forms.register, parts.register, words.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)
