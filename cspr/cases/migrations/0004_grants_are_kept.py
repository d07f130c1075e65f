"""A case can be opened to one person more than once: each opening is a row that stays."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_dialogue")]

    operations = [migrations.AlterUniqueTogether(name="casegrant", unique_together=set())]
