"""Forms of the notification pack, of its sending, of whom it was told to, and of the dialogue with the Panel."""

from notifications.forms.notification.children import ChildrenForm
from notifications.forms.notification.dialogue import DialogueForm, FurtherForm
from notifications.forms.notification.section import SectionForm
from notifications.forms.notification.sending import SentForm
from notifications.forms.notification.telling import AgainForm, InPersonForm

__all__ = [
    "AgainForm",
    "ChildrenForm",
    "DialogueForm",
    "FurtherForm",
    "InPersonForm",
    "SectionForm",
    "SentForm",
]
