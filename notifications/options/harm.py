"""What happened to the child, and why it is being referred."""

from django.db.models import TextChoices


class Nature(TextChoices):
    """Nature of the notification, as the national form has it."""

    DEATH = "death", "A child has died"
    SERIOUS_HARM = "serious_harm", "A child has been seriously harmed"
    OTHER = "other", "Something else"


class HarmKind(TextChoices):
    """Kinds of harm. There is no official list: this one follows published analyses of reviews."""

    PHYSICAL = "physical", "Physical assault or non-accidental injury"
    FATAL_ABUSE = "fatal_abuse", "Fatal abuse, including killing by a parent or carer"
    NEGLECT = "neglect", "Neglect"
    SUDI = "sudi", "Sudden unexpected death in infancy, including unsafe sleep"
    SEXUAL_FAMILY = "sexual_family", "Sexual abuse within the family"
    SEXUAL_OTHER = "sexual_other", "Sexual abuse or exploitation outside the family"
    CRIMINAL_EXPLOITATION = "criminal_exploitation", "Criminal exploitation"
    YOUTH_VIOLENCE = "youth_violence", "Violence between young people, including with a knife"
    SUICIDE = "suicide", "Suicide or suspected suicide"
    SELF_HARM = "self_harm", "Self-harm"
    FABRICATED_ILLNESS = "fabricated_illness", "Fabricated or induced illness"
    EMOTIONAL = "emotional", "Emotional abuse"
    DOMESTIC_ABUSE = "domestic_abuse", "Related to domestic abuse"
    HONOUR_BASED = "honour_based", "So-called honour-based abuse, including female genital mutilation"
    ACCIDENT_NEGLECT = (
        "accident_neglect",
        "Accident where neglect is suspected, for example drowning, fire, swallowing, a dog or a road",
    )
    RISK_TAKING = "risk_taking", "Risk-taking, including alcohol or drugs"
    CHILD_PERPETRATOR = "child_perpetrator", "The child harmed somebody else"
    OTHER = "other", "Other"
    UNCLEAR = "unclear", "Not clear yet"


class AbuseKnown(TextChoices):
    """Rule 3.1: whether abuse or neglect of the child is known or suspected."""

    KNOWN = "known", "Abuse or neglect is known"
    SUSPECTED = "suspected", "Abuse or neglect is suspected"
    NEITHER = "neither", "Abuse or neglect is neither known nor suspected"
    NOT_KNOWN = "not_known", "It is too early to say"


class MediaInterest(TextChoices):
    NONE = "none", "None that we know of"
    POSSIBLE = "possible", "Possible"
    SIGNIFICANT = "significant", "Significant, now or soon"


class Purpose(TextChoices):
    """Why the agency refers. Rule 5.6: a case outside the definition can still be learned from."""

    CRITERIA = "criteria", "We think it may be a notifiable incident"
    LEARNING = "learning", "There may be learning, even if it is not a notifiable incident"
