"""The search index: the tables that Python knows, and what the database does by itself.

The views and triggers are those that `articles/search` describes at the time of the migration. When they change, or a
table that they read, a later migration calls `create` again (see articles/search/schema.py).
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.search import schema


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.create(schema_editor.connection)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_groups")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("aliases", models.TextField()),
                ("names", models.TextField()),
                ("body", models.TextField()),
                ("day", models.DateField(null=True)),
            ],
            options={"db_table": "search_document", "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="SearchName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.BigIntegerField(db_index=True)),
                ("sound", models.TextField(db_index=True)),
            ],
            options={"db_table": "search_name", "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("sound", models.TextField(db_index=True)),
            ],
            options={"db_table": "search_word", "default_permissions": ()},
        ),
        migrations.RunPython(create, drop),
    ]
