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
        ("dispatch", "0008_who_raised_it_is_put_back"),
    ]

    operations = [
        migrations.AlterField("blocker", "keeper", _keeper()),
        migrations.AlterField("study", "keeper", _keeper()),
    ]
