from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0060_national_on_the_board")]

    operations = [
        migrations.AddField(
            model_name="meetingpack",
            name="returns",
            field=models.JSONField(
                default=list,
                help_text="[{request, agency, number, kind, signed_off_at, rows, sha256}, ...]",
            ),
        ),
    ]
