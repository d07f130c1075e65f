"""What the board reads: the partnership beside the review, when it settled, whether the family is to be told; indexes.

A pair of columns refers to the case, so the database itself keeps the partnership the same as the case's.
"""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
    UPDATE rapid_reviews_rapidreview v SET partnership_id = c.partnership_id
      FROM cases_case c WHERE c.id = v.case_id;
    UPDATE rapid_reviews_historicalrapidreview v SET partnership_id = c.partnership_id
      FROM cases_case c WHERE c.id = v.case_id;
    UPDATE rapid_reviews_rapidreview v SET settled_at = a.received_at
      FROM (SELECT DISTINCT ON (s.review_id) s.review_id, a.kind, a.received_at
              FROM rapid_reviews_panelanswer a JOIN rapid_reviews_sentreview s ON s.id = a.sent_id
             WHERE a.kind <> 'more' ORDER BY s.review_id, a.received_at DESC) a
     WHERE a.review_id = v.id AND v.status = 'answered' AND a.kind IN ('agrees', 'national_review');
    UPDATE rapid_reviews_rapidreview v SET family_to_tell = false
     WHERE EXISTS (SELECT 1 FROM rapid_reviews_familyperson f WHERE f.review_id = v.id)
       AND NOT EXISTS (
         SELECT 1 FROM rapid_reviews_familyperson f
           LEFT JOIN LATERAL (SELECT t.on, t.recorded_at FROM rapid_reviews_familycontact t
                               WHERE t.person_id = f.id AND t.matter = 'decision'
                               ORDER BY t.recorded_at DESC LIMIT 1) told ON true
          WHERE f.review_id = v.id AND (told.on IS NULL OR told.recorded_at < v.signed_at
                OR told.on < (v.signed_at AT TIME ZONE 'Europe/London')::date))"""
SAME = """
    ALTER TABLE rapid_reviews_rapidreview ADD CONSTRAINT review_partnership_is_its_cases
        FOREIGN KEY (case_id, partnership_id) REFERENCES cases_case (id, partnership_id)
        DEFERRABLE INITIALLY DEFERRED"""
NOT_SAME = "ALTER TABLE rapid_reviews_rapidreview DROP CONSTRAINT review_partnership_is_its_cases"


def partnership(**how: object) -> models.ForeignKey:
    return models.ForeignKey(related_name="+", to="people.partnership", **how)  # type: ignore[arg-type]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_proceedings"),
        ("notifications", "0005_incident_of_a_partnership"),
        ("people", "0003_milestones"),
        ("rapid_reviews", "0042_national_review"),
    ]

    operations = [
        *(
            migrations.AddField(model, name, field)
            for model in ("historicalrapidreview", "rapidreview")
            for name, field in (
                ("family_to_tell", models.BooleanField(default=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            )
        ),
        migrations.AddField(
            "historicalrapidreview",
            "partnership",
            partnership(
                blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING
            ),
        ),
        migrations.AddField(
            "rapidreview",
            "partnership",
            partnership(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            "rapidreview",
            "partnership",
            partnership(db_index=False, on_delete=django.db.models.deletion.PROTECT),
        ),
        migrations.RunSQL(SAME, NOT_SAME),
        migrations.AddIndex(
            "familycontact",
            models.Index(
                condition=models.Q(("look_again_on__isnull", False)),
                fields=["look_again_on"],
                name="familycontact_look_again",
            ),
        ),
        migrations.AddIndex(
            "informationrequest",
            models.Index(
                condition=models.Q(("status__in", ["draft", "issued", "answered", "refused"])),
                fields=["status"],
                include=("review",),
                name="request_open",
            ),
        ),
        migrations.AddIndex(
            "meeting",
            models.Index(
                condition=models.Q(("status__in", ["planned", "held"])),
                fields=["status"],
                include=("id", "review", "starts_at"),
                name="meeting_open",
            ),
        ),
        migrations.AddIndex(
            "meeting",
            models.Index(
                condition=models.Q(("status", "cancelled"), _negated=True),
                fields=["review"],
                name="meeting_standing",
            ),
        ),
        migrations.AddIndex(
            "panelanswer",
            models.Index(
                condition=models.Q(("kind", "more"), ("replied_at__isnull", True)),
                fields=["sent"],
                name="panelanswer_unanswered",
            ),
        ),
        migrations.AddIndex(
            "rapidreview",
            models.Index(
                condition=models.Q(
                    ("settled_at__isnull", True), models.Q(("status", "closed_not_meeting"), _negated=True)
                ),
                fields=["partnership"],
                include=("id", "case", "status", "opened_at"),
                name="review_waits",
            ),
        ),
        migrations.AddIndex(
            "rapidreview",
            models.Index(
                condition=models.Q(("family_to_tell", True)),
                fields=["partnership"],
                include=("id", "case", "status", "opened_at"),
                name="review_family_to_tell",
            ),
        ),
        migrations.RemoveIndex("safetyaction", "safetyaction_waiting"),
        migrations.AddIndex(
            "safetyaction",
            models.Index(
                condition=models.Q(("status", "to_do")),
                fields=["due_on"],
                include=("id", "review", "added_at"),
                name="safetyaction_waiting",
            ),
        ),
    ]
