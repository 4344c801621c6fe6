import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _keeper() -> models.ForeignKey:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("dispatch", "0006_layouts_stand"),
    ]

    operations = [
        migrations.AddField("blocker", "keeper", _keeper()),
        migrations.AddField("study", "keeper", _keeper()),
    ]
