"""What the two groups of staff may do with figures, events and discrepancies."""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NOUNS = ("figure", "event", "discrepancy", "person", "indicator")
PARTS = (
    "office",
    "figurerelation",
    "eventstep",
    "eventparticipant",
    "eventoutcome",
    "eventrelation",
    "discrepancyside",
    "evidence",
)

GROUPS = {
    "Editor": {
        NOUNS: ("add", "change", "delete", "view", "publish"),
        PARTS: ("add", "change", "delete", "view"),
    },
    "Contributor": {
        NOUNS: ("add", "change", "view"),
        PARTS: ("add", "change", "delete", "view"),
    },
}


def extend_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    create_permissions(installed.get_app_config("articles"), verbosity=0, using=database, apps=apps)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, grants in GROUPS.items():
        group, _created = Group.objects.using(database).get_or_create(name=name)
        codenames = [f"{action}_{model}" for models, actions in grants.items() for model in models for action in actions]
        group.permissions.add(
            *Permission.objects.using(database).filter(content_type__app_label="articles", codename__in=codenames)
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_figures_events_discrepancies")]

    operations = [
        migrations.RunPython(extend_groups, migrations.RunPython.noop),
    ]
