from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_search")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["state", "modified_at", "outlet", "source"], name="article_state_modified"),
        ),
    ]
