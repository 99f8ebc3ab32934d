"""On PostgreSQL the search and the log of changes are made anew.

The words of articles and agreements are indexed for their keys alone (see articles/search/schema_postgresql.py), and
the log grows in one transaction without taking longer for each line.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.changes import log
from articles.search import schema


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        log.create(connection)  # first: making the search anew adds a line for each document
        schema.create(connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_lines_of_documents")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
