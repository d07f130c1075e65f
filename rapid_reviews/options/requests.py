"""An information request's states, what a return can be, why an agency can refuse."""

from django.db.models import TextChoices


class RequestStatus(TextChoices):
    DRAFT = "draft", "Being prepared"
    ISSUED = "issued", "With the agency"
    ANSWERED = "answered", "Waiting for sign-off in the agency"
    SIGNED_OFF = "signed_off", "Returned"
    NIL_RETURN = "nil_return", "Nothing known"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ReturnKind(TextChoices):
    """Rule 6.3: an agency answers, or says that it knows nothing."""

    FULL = "full", "Answered"
    NIL = "nil", "Nothing known"


class RefusalGround(TextChoices):
    """Rule 6.3: why an agency does not answer. The duty of section 16H of the Children Act 2004 is shown beside it."""

    NOT_OURS = "not_ours", "The information is held by another agency"
    NOT_A_SAFEGUARDING_PURPOSE = (
        "not_purpose",
        "The request does not serve the partners’ functions under the Act",
    )
    NOT_OUR_FUNCTIONS = "not_functions", "It does not relate to our agency, its functions or its activities"
    LEGAL_PRIVILEGE = "privilege", "Legal professional privilege"
    COURT_ORDER = "court_order", "A court order forbids it"
    CRIMINAL_INVESTIGATION = "investigation", "It would harm a criminal investigation"
    OTHER = "other", "Another reason"


class GuestPurpose(TextChoices):
    """What a guest link opens: one form, for one person."""

    ANSWER = "answer", "Answer the request"
    SIGN_OFF = "sign_off", "Sign the return off"
