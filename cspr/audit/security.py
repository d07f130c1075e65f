"""Which acts of the record are security events too, and under which word of the vocabulary."""

from collections.abc import Sequence

from cspr.audit.models import Event
from cspr.security_log import security_event

PERMISSIONS_CHANGED = "privilege_permissions_changed"
VOCABULARY = {
    "person.invited": "user_created",
    "person.role_given": PERMISSIONS_CHANGED,
    "person.role_changed": PERMISSIONS_CHANGED,
    "person.role_ended": PERMISSIONS_CHANGED,
    "person.second_factor_reset": "user_updated",
    "person.password_link_sent": "user_updated",
    "person.deactivated": "user_archived",
    "person.reactivated": "user_updated",
    "access.partnership_given": PERMISSIONS_CHANGED,
    "access.partnership_ended": PERMISSIONS_CHANGED,
    "access.granted": PERMISSIONS_CHANGED,
    "access.ended": PERMISSIONS_CHANGED,
    "access.walled_off": PERMISSIONS_CHANGED,
    "access.wall_lifted": PERMISSIONS_CHANGED,
    "access.glass_broken": "break_glass",
    "document.added": "upload_stored",
    "document.version_added": "upload_stored",
}


def tell(events: Sequence[Event]) -> None:
    """Write the security events among what was recorded. Call it once that is committed."""
    for one in events:
        if word := VOCABULARY.get(one.kind):
            security_event(
                word,
                act=one.kind,
                by=one.actor_id,
                subject=one.subject_id,
                case=one.case_id,
                stream=one.stream,
                number=one.number,
            )
