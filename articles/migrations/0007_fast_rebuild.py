"""The triggers leave alone what the rebuild has folded already (see articles/search/bulk.py): the search is made anew."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.search import schema


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_every_change")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
