"""Who may do what. Which case is ``Case.objects.visible_to``; when is a guard. One answer in one place each."""

from enum import Enum, StrEnum
from typing import Protocol


class Role(StrEnum):
    """The roles of roles.md. A membership gives exactly one."""

    REFERRER = "referrer"
    AGENCY_LEAD = "agency_lead"
    CONTRIBUTOR = "contributor"
    OFFICER = "officer"
    MANAGER = "manager"
    PARTNER = "delegated_partner"
    LEAD_PARTNER = "lead_partner"
    SCRUTINEER = "scrutineer"
    REVIEWER = "reviewer"
    PANEL_OFFICER = "panel_officer"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return ROLE_TITLES[self]


ROLE_TITLES = {
    Role.REFERRER: "Referrer",
    Role.AGENCY_LEAD: "Agency lead",
    Role.CONTRIBUTOR: "Contributor",
    Role.OFFICER: "Business unit officer",
    Role.MANAGER: "Business unit manager",
    Role.PARTNER: "Delegated safeguarding partner",
    Role.LEAD_PARTNER: "Lead safeguarding partner",
    Role.SCRUTINEER: "Independent scrutineer",
    Role.REVIEWER: "Reviewer",
    Role.PANEL_OFFICER: "Panel officer",
    Role.ADMINISTRATOR: "System administrator",
}


class Permission(Enum):
    """An act, and whose it is in words for the person refused."""

    SIGNED_IN = ("signed_in", "an account with a current role")
    SEE_BOARD = ("see_board", "an account with a current role")
    MAKE_REFERRAL = ("make_referral", "somebody who refers for an agency")
    SEE_REFERRALS = ("see_referrals", "the agency that made the referral")
    SEE_CASES = ("see_cases", "somebody who works for the partnership")
    SEE_NAMES = ("see_names", "the business unit or a delegated safeguarding partner")
    TRIAGE = ("triage", "the business unit")
    LINK_REFERRALS = ("link_referrals", "the business unit")
    REQUEST_VIEWS = ("request_views", "the business unit")
    GIVE_VIEW = ("give_view", "a delegated safeguarding partner")
    DECIDE_NOTIFIABLE = ("decide_notifiable", "the local authority's delegated safeguarding partner")
    PREPARE_NOTIFICATION = ("prepare_notification", "the business unit")
    RECORD_SENT = ("record_sent", "the business unit")
    TELL = ("tell", "the business unit")
    SHARE = ("share", "the business unit")
    SEE_SHARED = ("see_shared", "the business unit or a delegated safeguarding partner")
    ANSWER_SHARED = ("answer_shared", "the business unit")
    ADD_DOCUMENT = ("add_document", "the business unit")
    CORRECT_AWARENESS = ("correct_awareness", "the business unit manager")
    REOPEN = ("reopen", "the business unit manager")
    DECLARE_CONFLICT = ("declare_conflict", "somebody who can open the case")
    WALL_OFF = ("wall_off", "the business unit manager")
    REVIEW_GLASS = ("review_glass", "the business unit manager")
    BREAK_GLASS = ("break_glass", "somebody with a role in the partnership")
    SEE_WHO_LOOKED = ("see_who_looked", "the business unit or a partner")
    MANAGE_CALENDAR = ("manage_calendar", "the business unit manager")
    MANAGE_SETTINGS = ("manage_settings", "the business unit manager")
    MANAGE_PEOPLE = ("manage_people", "the business unit manager or a system administrator")
    SEE_HEALTH = ("see_health", "a system administrator")
    HAVE_FEED = ("have_feed", "an account with a current role")
    PREPARE_REVIEW = ("prepare_review", "the business unit")
    SEE_DRAFT = ("see_draft", "the business unit or a safeguarding partner")
    SIGN_REVIEW = ("sign_review", "a delegated safeguarding partner")
    DECIDE_ESCALATION = ("decide_escalation", "a lead safeguarding partner")
    COMMENT_ON_DECISION = ("comment_on_decision", "the independent scrutineer")
    REQUEST_INFORMATION = ("request_information", "the business unit")
    SEE_REQUESTS = ("see_requests", "the agency that was asked")
    ASSIGN_CONTRIBUTOR = ("assign_contributor", "the agency's lead")
    ANSWER_REQUEST = ("answer_request", "the agency that was asked")
    SIGN_OFF_RETURN = ("sign_off_return", "the agency's lead")
    SEND_BACK_RETURN = ("send_back_return", "the business unit")
    KEEP_SAFETY_ACTIONS = ("keep_safety_actions", "the business unit")
    RECORD_MEETING = ("record_meeting", "the business unit")
    KEEP_PROCEEDINGS = ("keep_proceedings", "the business unit")
    TELL_FAMILY = ("tell_family", "the business unit")
    SEND_REVIEW = ("send_review", "the business unit")
    RECORD_PANEL_ANSWER = ("record_panel_answer", "the business unit or the national Panel")
    ANSWER_PANEL = ("answer_panel", "the business unit")
    SEE_SENT = ("see_sent", "the national Panel")
    CLOSE_NOT_MEETING = ("close_not_meeting", "the business unit manager")

    def __init__(self, key: str, whose: str) -> None:
        self.key = key
        self.whose = whose


P = Permission
EVERYBODY = frozenset({P.SIGNED_IN, P.SEE_BOARD, P.HAVE_FEED})
UNIT = EVERYBODY | {
    P.SEE_CASES, P.SEE_NAMES, P.TRIAGE, P.LINK_REFERRALS, P.REQUEST_VIEWS, P.PREPARE_NOTIFICATION, P.RECORD_SENT,
    P.TELL, P.ADD_DOCUMENT, P.DECLARE_CONFLICT, P.BREAK_GLASS, P.SEE_WHO_LOOKED, P.SEE_REFERRALS, P.PREPARE_REVIEW,
    P.REQUEST_INFORMATION, P.SEND_BACK_RETURN, P.KEEP_SAFETY_ACTIONS, P.RECORD_MEETING, P.KEEP_PROCEEDINGS,
    P.TELL_FAMILY, P.SEND_REVIEW, P.RECORD_PANEL_ANSWER, P.ANSWER_PANEL, P.SHARE, P.SEE_SHARED, P.ANSWER_SHARED,
    P.SEE_DRAFT,
}  # fmt: skip
LOCAL_AUTHORITY = "LA"

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.REFERRER: EVERYBODY | {P.MAKE_REFERRAL, P.SEE_REFERRALS},
    Role.AGENCY_LEAD: EVERYBODY
    | {P.MAKE_REFERRAL, P.SEE_REFERRALS, P.SEE_REQUESTS, P.ASSIGN_CONTRIBUTOR, P.ANSWER_REQUEST, P.SIGN_OFF_RETURN},
    Role.CONTRIBUTOR: EVERYBODY | {P.SEE_REQUESTS, P.ANSWER_REQUEST},
    Role.OFFICER: UNIT,
    Role.MANAGER: UNIT
    | {P.CORRECT_AWARENESS, P.REOPEN, P.WALL_OFF, P.REVIEW_GLASS, P.MANAGE_CALENDAR, P.MANAGE_SETTINGS, P.MANAGE_PEOPLE,
       P.CLOSE_NOT_MEETING},
    Role.PARTNER: EVERYBODY
    | {P.SEE_CASES, P.SEE_NAMES, P.SEE_REFERRALS, P.GIVE_VIEW, P.DECIDE_NOTIFIABLE, P.DECLARE_CONFLICT,
       P.BREAK_GLASS, P.SEE_WHO_LOOKED, P.SEE_DRAFT, P.SIGN_REVIEW, P.SEE_SHARED},
    Role.LEAD_PARTNER: EVERYBODY | {P.SEE_CASES, P.DECLARE_CONFLICT, P.BREAK_GLASS, P.SEE_DRAFT, P.DECIDE_ESCALATION},
    Role.SCRUTINEER: EVERYBODY | {P.SEE_CASES, P.DECLARE_CONFLICT, P.COMMENT_ON_DECISION},
    Role.REVIEWER: EVERYBODY,
    Role.PANEL_OFFICER: EVERYBODY | {P.SEE_SENT, P.RECORD_PANEL_ANSWER},
    Role.ADMINISTRATOR: EVERYBODY | {P.MANAGE_PEOPLE, P.SEE_HEALTH},
}  # fmt: skip

ONLY_FOR_THE_LOCAL_AUTHORITY = frozenset({P.DECIDE_NOTIFIABLE})
"""Rule 4.3: the local authority is the legal notifier, so its delegated partner alone decides."""


class Acting(Protocol):
    """What this module needs to know of a membership."""

    role: str
    partner: str

    @property
    def is_current(self) -> bool: ...


def can(acting: Acting | None, permission: Permission) -> bool:
    """Whether this capacity may do this kind of act at all; says nothing of which case or when."""
    if acting is None or not acting.is_current:
        return False
    if permission in ONLY_FOR_THE_LOCAL_AUTHORITY and acting.partner != LOCAL_AUTHORITY:
        return False
    return permission in GRANTS[Role(acting.role)]
