"""The partnership of an incident's case beside the incident: an index then finds what waits and counts them all.

A pair of columns refers to the case, so the database itself keeps it the same as the case's.
"""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
    UPDATE notifications_incident SET partnership_id = cases_case.partnership_id
      FROM cases_case WHERE cases_case.id = notifications_incident.case_id;
    UPDATE notifications_historicalincident SET partnership_id = cases_case.partnership_id
      FROM cases_case WHERE cases_case.id = notifications_historicalincident.case_id"""
SAME = """
    ALTER TABLE cases_case ADD CONSTRAINT cases_case_with_partnership UNIQUE (id, partnership_id);
    ALTER TABLE notifications_incident ADD CONSTRAINT incident_partnership_is_its_cases
        FOREIGN KEY (case_id, partnership_id) REFERENCES cases_case (id, partnership_id)
        DEFERRABLE INITIALLY DEFERRED"""
NOT_SAME = """
    ALTER TABLE notifications_incident DROP CONSTRAINT incident_partnership_is_its_cases;
    ALTER TABLE cases_case DROP CONSTRAINT cases_case_with_partnership"""
WAITS = models.Q(
    ("status__in", ("triage", "views_requested", "notifiable")),
    models.Q(("death_to_be_told", True), ("status", "not_notifiable")),
    _connector="OR",
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_grants_are_kept"),
        ("notifications", "0004_incidents_that_wait"),
        ("people", "0002_ended_access"),
    ]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="partnership",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.partnership",
            ),
        ),
        migrations.AddField(
            model_name="historicalincident",
            name="partnership",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.partnership",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="incident",
            name="partnership",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.partnership",
            ),
        ),
        migrations.RunSQL(SAME, NOT_SAME),
        migrations.RemoveIndex(model_name="incident", name="incident_status"),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["partnership", "status"], include=("case",), name="incident_status"),
        ),
        migrations.RemoveIndex(model_name="incident", name="incident_waits"),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                condition=WAITS,
                fields=["partnership", "status"],
                include=("case", "opened_at"),
                name="incident_waits",
            ),
        ),
    ]
