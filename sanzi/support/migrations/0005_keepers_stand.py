import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _keeper() -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("support", "0004_whoever_began_keeps_it"),
    ]

    operations = [
        migrations.AlterField("matching", "keeper", _keeper()),
        migrations.AlterField("offering", "keeper", _keeper()),
    ]
