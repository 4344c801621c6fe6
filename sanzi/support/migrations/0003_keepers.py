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
        ("support", "0002_what_was_told_stands"),
    ]

    operations = [
        migrations.AddField("inquiry", "keeper", _keeper()),
        migrations.AddField("matching", "keeper", _keeper()),
        migrations.AddField("offering", "keeper", _keeper()),
    ]
