from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contests", "0002_results_stand")]

    operations = [
        migrations.AlterField(
            "contest",
            "level",
            models.CharField(
                "参评对象",
                max_length=7,
                choices=[("village", "村"), ("town", "乡镇"), ("county", "县（市、区）")],
            ),
        )
    ]
