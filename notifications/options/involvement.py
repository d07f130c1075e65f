"""The people and bodies around the child."""

from django.db.models import TextChoices

from cspr.cases.kinds import HoldOn, ProceedingKind

__all__ = ["HoldOn", "ProceedingKind", "Relationship", "Safety", "ServiceKind"]


class Relationship(TextChoices):
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    STEP_PARENT = "step_parent", "Step-parent"
    PARENTS_PARTNER = "parents_partner", "Partner of a parent"
    BROTHER_SISTER = "brother_sister", "Brother or sister"
    HALF_STEP_SIBLING = "half_step_sibling", "Half- or step-brother or -sister"
    GRANDPARENT = "grandparent", "Grandparent"
    OTHER_RELATIVE = "other_relative", "Other relative"
    CARER = "carer", "Foster carer, guardian or other carer"
    OTHER_CHILD = "other_child", "Other child in the household"
    OTHER_ADULT = "other_adult", "Other adult in the household"
    OTHER = "other", "Other person who matters to the child"


class Safety(TextChoices):
    """Whether the person is safe now. Asked of every other child; domain rule 26, without exception."""

    SAFE = "safe", "Safe now"
    AT_RISK = "at_risk", "May be at risk"
    NOT_KNOWN = "not_known", "Not known"
    DOES_NOT_APPLY = "does_not_apply", "Does not apply: an adult"


class ServiceKind(TextChoices):
    """Kinds of agency that may have known the child or family."""

    CHILDRENS_SOCIAL_CARE = "childrens_social_care", "Children's social care"
    EARLY_HELP = "early_help", "Early help"
    POLICE = "police", "Police"
    GP = "gp", "GP practice"
    HOSPITAL = "hospital", "Hospital or ambulance service"
    MATERNITY = "maternity", "Midwifery"
    HEALTH_VISITING = "health_visiting", "Health visiting or school nursing"
    MENTAL_HEALTH = "mental_health", "Mental health, child or adult"
    ICB = "icb", "Integrated care board"
    EDUCATION = "education", "School, college or nursery"
    ADULT_SOCIAL_CARE = "adult_social_care", "Adult social care"
    YOUTH_JUSTICE = "youth_justice", "Youth justice service"
    PROBATION = "probation", "Probation"
    HOUSING = "housing", "Housing"
    SUBSTANCE_MISUSE = "substance_misuse", "Drug and alcohol service"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse service"
    CAFCASS = "cafcass", "Cafcass"
    PRISON = "prison", "Prison or secure setting"
    IMMIGRATION = "immigration", "Immigration or asylum service"
    VOLUNTARY = "voluntary", "Charity or community organisation"
    OTHER = "other", "Other"
