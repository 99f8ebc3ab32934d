"""The two groups of staff. Permissions that an administrator gives them later stay."""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NOUNS = (
    "article",
    "agreement",
    "figure",
    "event",
    "discrepancy",
    "country",
    "topic",
    "outlet",
    "person",
    "organisation",
    "indicator",
    "sourcedocument",
)
PARTS = (
    "articlepartner",
    "statusstep",
    "agreementvalue",
    "agreementrelation",
    "figurerelation",
    "eventstep",
    "eventparticipant",
    "eventoutcome",
    "eventrelation",
    "office",
    "discrepancyside",
    "evidence",
    "attestation",
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


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    # Django makes permissions only after the last migration: on a fresh database there are none yet.
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
    dependencies = [
        ("articles", "0001_the_record"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
