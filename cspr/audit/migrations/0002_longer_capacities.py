"""A capacity names role, partner and partnership: longer than 200 characters for the longest names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AlterField("event", "actor_capacity", models.CharField(max_length=300)),
        migrations.AlterField("access", "actor_capacity", models.CharField(max_length=300)),
    ]
