"""Which opening of a page kept work was typed into."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("typed", "0001_initial")]

    operations = [
        migrations.AddField(
            "typedwork",
            "form",
            models.CharField(
                blank=True,
                default="",
                help_text="digest of the token of the opening typed into",
                max_length=64,
            ),
            preserve_default=False,
        )
    ]
