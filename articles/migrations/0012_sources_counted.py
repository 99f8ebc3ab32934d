"""The log names source documents, which are counted by bitmaps (see articles/changes/log.py)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.changes import log


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    log.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_words_by_sound")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
