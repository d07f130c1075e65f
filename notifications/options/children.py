"""What is asked about each child. Codes: the children in need and looked-after children data collections."""

from django.db.models import TextChoices


class Sex(TextChoices):
    """As the national form has it from 2026."""

    MALE = "M", "Male"
    FEMALE = "F", "Female"
    NOT_KNOWN = "U", "Not known"


class Ethnicity(TextChoices):
    """The 18 + 2 national codes, with Arab from the 2021 census list."""

    WBRI = "WBRI", "White British"
    WIRI = "WIRI", "White Irish"
    WIRT = "WIRT", "Traveller of Irish heritage"
    WROM = "WROM", "Gypsy or Roma"
    WOTH = "WOTH", "Any other White background"
    MWBC = "MWBC", "White and Black Caribbean"
    MWBA = "MWBA", "White and Black African"
    MWAS = "MWAS", "White and Asian"
    MOTH = "MOTH", "Any other mixed background"
    AIND = "AIND", "Indian"
    APKN = "APKN", "Pakistani"
    ABAN = "ABAN", "Bangladeshi"
    AOTH = "AOTH", "Any other Asian background"
    BCRB = "BCRB", "Black Caribbean"
    BAFR = "BAFR", "Black African"
    BOTH = "BOTH", "Any other Black background"
    CHNE = "CHNE", "Chinese"
    ARAB = "ARAB", "Arab"
    OOTH = "OOTH", "Any other ethnic group"
    REFU = "REFU", "Refused"
    NOBT = "NOBT", "Not yet obtained"


class Disability(TextChoices):
    NONE = "NONE", "No disability"
    MOB = "MOB", "Mobility"
    HAND = "HAND", "Hand function"
    PC = "PC", "Personal care"
    INC = "INC", "Incontinence"
    COMM = "COMM", "Communication"
    LD = "LD", "Learning"
    HEAR = "HEAR", "Hearing"
    VIS = "VIS", "Vision"
    BEH = "BEH", "Behaviour"
    CON = "CON", "Consciousness"
    AUT = "AUT", "Autism or Asperger syndrome"
    DDA = "DDA", "Other disability"
    NOT_KNOWN = "UNK", "Not known"


class LegalStatus(TextChoices):
    """Looked-after codes first, then statuses of children who are not looked after."""

    C1 = "C1", "Interim care order (C1)"
    C2 = "C2", "Full care order (C2)"
    D1 = "D1", "Freeing order (D1)"
    E1 = "E1", "Placement order (E1)"
    V2 = "V2", "Section 20, single period (V2)"
    V3 = "V3", "Series of short breaks, agreed before 2004 (V3)"
    V4 = "V4", "Series of short breaks (V4)"
    L1 = "L1", "Police protection (L1)"
    L2 = "L2", "Emergency protection order (L2)"
    L3 = "L3", "Child assessment order (L3)"
    J1 = "J1", "Remanded to local authority accommodation or youth detention (J1)"
    J2 = "J2", "Detained under the Police and Criminal Evidence Act (J2)"
    J3 = "J3", "Youth rehabilitation order with residence (J3)"
    S17 = "S17", "Child in need, section 17"
    PLO = "PLO", "Pre-proceedings (public law outline)"
    SO = "SO", "Supervision order"
    CAO = "CAO", "Child arrangements order"
    SGO = "SGO", "Special guardianship order"
    PRIV = "PRIV", "Private law proceedings"
    NONE = "NONE", "None"
    NOT_KNOWN = "UNK", "Not known"


class Placement(TextChoices):
    """Where the child was living."""

    HOME = "HOME", "At home with family, not looked after"
    RELATIVES = "RELS", "With relatives or friends, not looked after"
    U1 = "U1", "Foster placement with relative or friend, long term (U1)"
    U2 = "U2", "Foster placement with relative or friend who is an approved adopter (U2)"
    U3 = "U3", "Foster placement with relative or friend, not long term (U3)"
    U4 = "U4", "Foster placement with other carer, long term (U4)"
    U5 = "U5", "Foster placement with other carer who is an approved adopter (U5)"
    U6 = "U6", "Foster placement with other carer, not long term (U6)"
    A3 = "A3", "Placed for adoption with consent, with current foster carer (A3)"
    A4 = "A4", "Placed for adoption with consent, not with current foster carer (A4)"
    A5 = "A5", "Placed for adoption with placement order, with current foster carer (A5)"
    A6 = "A6", "Placed for adoption with placement order, not with current foster carer (A6)"
    P1 = "P1", "Looked after, placed with own parents (P1)"
    P2 = "P2", "Living independently (P2)"
    P3 = "P3", "Residential employment (P3)"
    K1 = "K1", "Secure children's home (K1)"
    K2 = "K2", "Children's home (K2)"
    K3 = "K3", "Registered supported accommodation (K3)"
    H5 = "H5", "Semi-independent, not regulated as a children's home (H5)"
    R1 = "R1", "Residential care home (R1)"
    R2 = "R2", "Hospital or other NHS care (R2)"
    R3 = "R3", "Family centre or mother and baby unit (R3)"
    R5 = "R5", "Young offender institution (R5)"
    S1 = "S1", "Residential school (S1)"
    T0 = "T0", "Temporary move, of any kind (T0)"
    T1 = "T1", "Temporary move: hospital (T1)"
    T2 = "T2", "Temporary move: holiday (T2)"
    T3 = "T3", "Temporary move: usual carer on holiday (T3)"
    T4 = "T4", "Temporary move: seven days or less, other (T4)"
    Z1 = "Z1", "Other (Z1)"
    NOT_KNOWN = "UNK", "Not known"


class PlanCategory(TextChoices):
    NEGLECT = "NEG", "Neglect"
    PHYSICAL = "PHY", "Physical abuse"
    SEXUAL = "SAB", "Sexual abuse"
    EMOTIONAL = "EMO", "Emotional abuse"
    MULTIPLE = "MUL", "Multiple"


class PlanState(TextChoices):
    NOW = "now", "Yes, now"
    BEFORE = "before", "Not now, but before"
    NEVER = "never", "Never"
    NOT_KNOWN = "not_known", "Not known"


class CareStatus(TextChoices):
    """Looked after, and care leaver, answer differently in law: routes B and C. Rule 4.4."""

    LOOKED_AFTER = "looked_after", "Looked after by a local authority"
    CARE_LEAVER = "care_leaver", "A care leaver"
    NEITHER = "neither", "Neither"
    NOT_KNOWN = "not_known", "Not known"


class Schooling(TextChoices):
    SCHOOL = "school", "At school, college or nursery"
    HOME = "home", "Educated at home"
    MISSING = "missing", "Missing education or excluded"
    NOT_SCHOOL_AGE = "not_school_age", "Below school age"
    NOT_IN_EDUCATION = "not_in_education", "Over 16 and not in education or training"
    NOT_KNOWN = "not_known", "Not known"


class ChildKind(TextChoices):
    """Rule 4.5: unborn and unidentified children are possible."""

    BORN = "born", "A child who can be identified"
    UNBORN = "unborn", "An unborn child"
    UNIDENTIFIED = "unidentified", "A child who has not been identified"


OLDEST_CARE_LEAVER = 24
"""Years. Rule 4.4: a care leaver's death is notified up to and including this age."""
