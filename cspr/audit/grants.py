"""What the application's database role may do. Applied after every migration, by the owner.

Security.md decision 6: grants held where triggers and libraries did not. The role may add to the record and read it;
it may not UPDATE, DELETE or TRUNCATE it.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from simple_history.models import HistoricalChanges

APPEND_ONLY = (
    "audit_event", "audit_access", "cases_statuschange", "cases_dialogue", "deadlines_duedate",
    "decisions_comment",
    "notifications_sharedpiece", "rapid_reviews_closing", "rapid_reviews_familycontact", "rapid_reviews_leadanswer",
    "rapid_reviews_learningshared", "rapid_reviews_meetingpack", "rapid_reviews_nationalconsidered",
    "rapid_reviews_nationalscope", "rapid_reviews_papers", "rapid_reviews_quorum", "rapid_reviews_reopening",
    "rapid_reviews_secretarytold", "rapid_reviews_sentreview",
)  # fmt: skip
"""Tables of the record itself. Every field history is append-only too (``append_only``)."""
NEVER_DELETED = (
    "audit_stream", "cases_case", "cases_casegrant", "cases_familylead", "cases_proceeding", "cases_proceedinghold",
    "cases_wall", "deadlines_deadline", "deadlines_feedaddress", "deadlines_holiday",
    "decisions_decision", "decisions_signoff", "dispatch_message", "dispatch_telling", "documents_document",
    "documents_documentversion", "notifications_addition", "notifications_areaanswer", "notifications_incident",
    "notifications_notification", "notifications_share", "people_body", "people_membership", "people_partnership",
    "people_user", "rapid_reviews_attendance", "rapid_reviews_criterionanswer", "rapid_reviews_escalation",
    "rapid_reviews_familyperson", "rapid_reviews_guestlink", "rapid_reviews_meeting", "rapid_reviews_minute",
    "rapid_reviews_panelanswer", "rapid_reviews_proposal", "rapid_reviews_rapidreview", "rapid_reviews_safetyaction",
    "rapid_reviews_section",
)  # fmt: skip
"""Tables whose rows change and stay. Rows of every other table may be removed: drafts, sessions, kept typing."""


def append_only() -> tuple[str, ...]:
    """The tables the application may add to and read, and nothing else: the record and every field history."""
    histories = (model._meta.db_table for model in apps.get_models() if issubclass(model, HistoricalChanges))
    return (*APPEND_ONLY, *sorted(histories))


def ensure_role() -> None:
    """Make the application's role and let the connected user become it. Runs as owner; repeating changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(4201)")
        try:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.DATABASE_ROLE])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE ROLE "{settings.DATABASE_ROLE}" NOLOGIN')
            cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [settings.DATABASE_ROLE])
            if not cursor.fetchone()[0]:
                cursor.execute(f'GRANT "{settings.DATABASE_ROLE}" TO CURRENT_USER')
        finally:
            cursor.execute("SELECT pg_advisory_unlock(4201)")


def apply_grants() -> None:
    """Give the role its rights on every table of this database, and take the forbidden ones back."""
    role = f'"{settings.DATABASE_ROLE}"'
    with transaction.atomic(), connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        statements = [
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            f"REVOKE TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA public FROM {role}",
            f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
            *(
                f"REVOKE UPDATE, DELETE ON {table} FROM {role}"
                for table in append_only()
                if table in existing
            ),
            *(f"REVOKE DELETE ON {table} FROM {role}" for table in NEVER_DELETED if table in existing),
        ]
        for statement in statements:
            cursor.execute(statement)
