"""A happening knows the agencies that tell it, the woven chronology its extent: read on every page of it."""

import django.contrib.postgres.fields
from django.db import migrations, models

FILL = """
    UPDATE rapid_reviews_happening h SET agencies = t.agencies
      FROM (SELECT happening_id, array_agg(agency_id) AS agencies
              FROM rapid_reviews_telling GROUP BY happening_id) t
     WHERE t.happening_id = h.id;
    UPDATE rapid_reviews_weave w SET number = h.number, first_on = h.first_on, last_on = h.last_on
      FROM (SELECT review_id, count(*) AS number, min(first_on) AS first_on, max(first_on) AS last_on
              FROM rapid_reviews_happening GROUP BY review_id) h
     WHERE h.review_id = w.review_id;
    UPDATE rapid_reviews_weave w SET agencies = t.agencies
      FROM (SELECT review_id, array_agg(DISTINCT agency_id) AS agencies
              FROM rapid_reviews_telling GROUP BY review_id) t
     WHERE t.review_id = w.review_id"""


def uuids() -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0051_email")]

    operations = [
        migrations.AddField("happening", "agencies", uuids()),
        migrations.AddField("weave", "agencies", uuids()),
        migrations.AddField("weave", "number", models.PositiveIntegerField(default=0)),
        migrations.AddField("weave", "first_on", models.DateField(null=True)),
        migrations.AddField("weave", "last_on", models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveField("happening", "tellings_number"),
    ]
