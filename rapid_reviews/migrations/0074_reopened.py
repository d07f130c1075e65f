import uuid

import django.db.models.deletion
from django.db import migrations, models

WHERE = [
    ("gathering", "Being prepared"),
    ("with_partners", "With the partners to sign"),
    ("signed", "Signed by the partners"),
    ("sent", "Sent to the Panel"),
    ("answered", "Answered by the Panel"),
    ("closed_not_meeting", "Closed: found not to meet the criteria"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0003_milestones"), ("rapid_reviews", "0073_told_of_the_closing")]

    operations = [
        migrations.AlterField(
            model_name="closing",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closings",
                to="rapid_reviews.rapidreview",
            ),
        ),
        migrations.AddField(
            model_name="closing",
            name="stood_at",
            field=models.CharField(choices=WHERE, default="gathering", max_length=20),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reason", models.TextField(blank=True, default="", max_length=20000)),
                ("reopened_at", models.DateTimeField()),
                (
                    "closing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopening",
                        to="rapid_reviews.closing",
                    ),
                ),
                (
                    "reopened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reopened_at__isnull", True), ("reopened_by__isnull", True)),
                            models.Q(("reopened_at__isnull", False), ("reopened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="rapid_reviews_reopening_reopened_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reopening_says_why"
                    ),
                ],
            },
        ),
        migrations.AlterModelOptions(name="closing", options={"ordering": ["closed_at"]}),
    ]
