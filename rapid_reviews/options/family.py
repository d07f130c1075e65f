"""Who counts as family, what they are told, how, and why they are not told. Rule 5.3."""

from django.db.models import TextChoices


class Kin(TextChoices):
    CHILD = "child", "The child"
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    STEP_PARENT = "step_parent", "Step-parent"
    CARER = "carer", "Foster carer, guardian or other carer"
    BROTHER_SISTER = "brother_sister", "Brother or sister"
    GRANDPARENT = "grandparent", "Grandparent"
    OTHER = "other", "Other person in the family"


class Matter(TextChoices):
    """What somebody was told, or not told, about."""

    REVIEW = "review", "That there is a rapid review, and what it is"
    DECISION = "decision", "The decision and its rationale"
    NATIONAL = "national", "That there will be a national review"
    CLOSED = "closed", "That it was closed, and why"
    OTHER = "other", "Something else"


class ContactHow(TextChoices):
    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "Telephone or video call"
    LETTER = "letter", "Letter"
    EMAIL = "email", "Email or message"
    THROUGH_ADVOCATE = "advocate", "Through an advocate or solicitor"


class Advocate(TextChoices):
    NOT_OFFERED = "not_offered", "Not offered"
    OFFERED = "offered", "Offered, no answer yet"
    ACCEPTED = "accepted", "Offered and accepted"
    DECLINED = "declined", "Offered and declined"


class Constraint(TextChoices):
    """Why somebody is not told (rules 5.3 and 9.4)."""

    SUSPECT = "suspect", "A suspect in a criminal investigation"
    WITNESS = "witness", "A witness"
    SAFETY = "safety", "Somebody's safety"
    POLICE_REQUEST = "police_request", "The police or the Crown Prosecution Service asked"
    NOT_FOUND = "not_found", "Cannot be reached"
    DECLINED = "declined", "Does not want contact"
    OTHER = "other", "Another reason"
