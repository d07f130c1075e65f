"""An incident's states, and the answers of the tests that make it notifiable or not."""

from django.db.models import TextChoices

from cspr.statute.definitions import ROUTES
from notifications.options.harm import AbuseKnown


class IncidentStatus(TextChoices):
    TRIAGE = "triage", "Triage"
    VIEWS_REQUESTED = "views_requested", "Waiting for the partners’ views"
    NOTIFIABLE = "notifiable", "Notifiable, to be notified"
    NOT_NOTIFIABLE = "not_notifiable", "Not notifiable"
    NOTIFIED = "notified", "Notified"
    LINKED = "linked", "Joined to another case"


class PlaceTest(TextChoices):
    """Rule 4.2: the two limbs of section 16C(1), and neither."""

    IN_AREA = "in_area", "The child died or was seriously harmed in this local authority’s area"
    ABROAD_RESIDENT = (
        "abroad_resident",
        "The child died or was seriously harmed outside England, while normally resident in this area",
    )
    NEITHER = "neither", "Neither of these"


ROUTE_CHOICES = [(one.key.value, f"Route {one.key.value}: {one.title}") for one in ROUTES]
"""Rule 4.4. What each route means is ``cspr.statute.definitions.route``."""

ABUSE_CHOICES = [(one.value, one.label) for one in AbuseKnown if one != AbuseKnown.NOT_KNOWN]
"""The unit has to judge (rule 3.1); "too early to say" is an answer of the referral only."""

TESTS = {
    "abuse-or-neglect": ("Is abuse or neglect known or suspected?", "abuse"),
    "harm": ("Has the child died or been seriously harmed?", "nature"),
    "place": ("Where did it happen?", "place"),
    "care": ("Was the child looked after, or a care leaver?", "care_status"),
}
"""The four tests by the last part of their address: title, and the column of the answer. Rules 3.1, 3.2, 4.2, 4.4."""
