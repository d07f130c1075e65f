"""What the board reads of the national reviews the Panel holds: an index of the letters that say so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0052_extent_of_the_chronology")]

    operations = [
        migrations.AddIndex(
            "panelanswer",
            models.Index(
                fields=["sent"], condition=models.Q(("kind", "national_review")), name="panelanswer_national"
            ),
        ),
    ]
