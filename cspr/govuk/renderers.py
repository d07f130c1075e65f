"""Django's form renderer with our templates, and Django's own for what we leave alone (hidden inputs)."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist, loader


class GovukRenderer(DjangoTemplates):
    """Set as FORM_RENDERER too, so that forms of other packages look like ours."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"

    def get_template(self, template_name: str) -> Any:
        try:
            return loader.get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)
