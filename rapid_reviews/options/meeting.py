"""A meeting's states, where it is held, and in which part somebody comes."""

from django.db.models import TextChoices


class MeetingStatus(TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held, being minuted"
    MINUTED = "minuted", "Minutes agreed"
    CANCELLED = "cancelled", "Cancelled"


class Setting(TextChoices):
    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    BOTH = "both", "In person and online"


class Part(TextChoices):
    """A member takes part in the decision; who only gives information does not."""

    MEMBER = "member", "Member"
    INFORMATION_GIVER = "information_giver", "Gives information only"


class Presence(TextChoices):
    INVITED = "invited", "Invited"
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Sent apologies"
