"""The lists of the admin begin with what has changed last: without an index, very many entries are sorted for that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_keys_of_documents")]

    operations = [
        migrations.AddIndex("article", models.Index(fields=["modified_at", "id"], name="article_by_change")),
        migrations.AddIndex("agreement", models.Index(fields=["modified_at", "id"], name="agreement_by_change")),
        migrations.AddIndex("sourcedocument", models.Index(fields=["modified_at", "id"], name="source_by_change")),
    ]
