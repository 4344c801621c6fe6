import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0006_hands_of_a_matching")]

    operations = [
        migrations.AddField(
            "offering",
            "hands",
            models.JSONField(
                default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
            ),
        ),
    ]
