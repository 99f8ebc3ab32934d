"""The log of changes names source documents, and the documents of the search (see articles/changes/log.py).

On PostgreSQL the search's index of all but articles and agreements is made anew, for another condition.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.changes import log
from articles.search import schema_postgresql


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    log.create(connection)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "DROP INDEX search_document_others;"
                "CREATE INDEX search_document_others ON search_document USING gin (vector)"
                f" WHERE {schema_postgresql.OF_FEW}"
            )


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_words_by_sound")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
