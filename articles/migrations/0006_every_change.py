"""The log tells of every change of the record (see articles/changes/log.py), not only of those that lists are counted by."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.changes import log


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    log.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_record_change")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
