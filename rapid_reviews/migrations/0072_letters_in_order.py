from django.db import migrations, models

NUMBERED = """
UPDATE rapid_reviews_panelanswer a SET number = n.place
  FROM (SELECT id, row_number() OVER (PARTITION BY sent_id ORDER BY received_at, id) AS place
          FROM rapid_reviews_panelanswer) n
 WHERE n.id = a.id"""


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0071_members_first")]

    operations = [
        migrations.AddField(
            model_name="panelanswer",
            name="number",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="in the order in which they were recorded of a sending"
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(NUMBERED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="panelanswer",
            constraint=models.UniqueConstraint(fields=("sent", "number"), name="panelanswer_number_once"),
        ),
        migrations.AlterModelOptions(name="panelanswer", options={"ordering": ["received_at", "number"]}),
    ]
