"""The log of changes, which the bitmaps of each process are kept up with (see articles/changes/log.py).

PostgreSQL has an index for the words of articles and one for those of other nouns since: the search is made anew there.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.changes import log
from articles.search import schema


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    log.create(schema_editor.connection)
    if schema_editor.connection.vendor == "postgresql":
        schema.create(schema_editor.connection)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    log.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_data_version")]

    operations = [migrations.RunPython(create, drop)]
