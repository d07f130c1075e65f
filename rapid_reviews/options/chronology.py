"""What a chronology row can be marked with, and how the merged chronology can be looked at."""

from django.db.models import TextChoices


class Theme(TextChoices):
    """Local list: the practice themes that rapid reviews are asked about. No national list exists."""

    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical harm"
    SEXUAL = "sexual", "Sexual harm"
    EMOTIONAL = "emotional", "Emotional harm"
    EXPLOITATION = "exploitation", "Exploitation outside the home"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    SUBSTANCES = "substances", "Alcohol or drugs"
    PARENT_HEALTH = "parent_health", "Parent’s or carer’s mental or physical health"
    CHILD_HEALTH = "child_health", "Child’s health"
    CHILD_MENTAL_HEALTH = "child_mental_health", "Child’s mental health, self-harm"
    SCHOOLING = "schooling", "School, attendance, exclusion"
    MISSING = "missing", "Missing from home or care"
    HOUSING = "housing", "Housing and money"
    EQUALITY = "equality", "Race, culture, disability and other inequality"
    CHILD_VOICE = "child_voice", "Child’s voice and experience"
    FAMILY_CONTACT = "family_contact", "Family’s contact with services"
    SHARING = "sharing", "Information sharing between agencies"
    ASSESSMENT = "assessment", "Assessment and planning"
    SUPERVISION = "supervision", "Supervision and management"
    GOOD_PRACTICE = "good_practice", "Good practice"


class ChildSeen(TextChoices):
    """Whether the child was seen or heard at the event."""

    SEEN_ALONE = "seen_alone", "Seen, and spoken to alone"
    SEEN = "seen", "Seen"
    NOT_SEEN = "not_seen", "Not seen"
    NOT_KNOWN = "not_known", "Not recorded"


class PersonKind(TextChoices):
    """Who a person of the chronology is to the child of the case. The code also numbers their pseudonym."""

    CHILD = "child", "Child"
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    CARER = "carer", "Carer"
    SIBLING = "sibling", "Sibling"
    RELATIVE = "relative", "Relative"
    ADULT = "adult", "Other adult"
    OTHER_CHILD = "other_child", "Other child"


class Zoom(TextChoices):
    """How much time one mark of the picture stands for."""

    YEAR = "year", "Years"
    MONTH = "month", "Months"
    DAY = "day", "Days"
