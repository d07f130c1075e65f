"""Django's form renderer with our templates, found among the project's."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Set as FORM_RENDERER too, so that forms of other packages look like ours."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
