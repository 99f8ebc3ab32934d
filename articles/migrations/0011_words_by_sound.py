"""The search is made anew: no index serves beginnings of names, and PostgreSQL has one of titles for each noun.

The log of changes keeps more lines and names more entries (see articles/changes/log.py).
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.changes import log
from articles.search import schema


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.drop(schema_editor.connection)


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.create(schema_editor.connection)
    log.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_few_by_name")]

    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        migrations.AlterField("searchname", "sound", models.TextField()),
        migrations.AlterField("searchword", "sound", models.TextField()),
        migrations.AddIndex("searchname", models.Index(fields=["sound"], name="name_by_sound")),
        migrations.AddIndex("searchword", models.Index(fields=["sound"], name="word_by_sound")),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
