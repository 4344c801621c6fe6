import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0005_keepers_stand")]

    operations = [
        migrations.AddField(
            "matching",
            "hands",
            models.JSONField(
                default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
            ),
        ),
    ]
