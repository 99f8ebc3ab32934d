from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_agreement_by_name")]

    operations = [
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(fields=["state"], name="source_by_state"),
        ),
    ]
