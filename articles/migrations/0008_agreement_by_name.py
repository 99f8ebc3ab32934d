from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_fast_rebuild")]

    operations = [
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["name", "id"], name="agreement_by_name"),
        ),
    ]
