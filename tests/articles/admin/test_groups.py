"""The groups that the migration makes."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from articles.models import NOUNS

pytestmark = pytest.mark.django_db

PARTS = {
    "articlepartner",
    "statusstep",
    "agreementvalue",
    "agreementrelation",
    "office",
    "figurerelation",
    "eventstep",
    "eventparticipant",
    "eventoutcome",
    "eventrelation",
    "discrepancyside",
    "evidence",
    "attestation",
}


def granted(name: str) -> dict[str, set[str]]:
    """Return what a group may do, by model."""
    rights: dict[str, set[str]] = {}
    for permission in Group.objects.get(name=name).permissions.select_related("content_type"):
        assert permission.content_type.app_label == "articles"
        rights.setdefault(permission.content_type.model, set()).add(permission.codename.split("_")[0])
    return rights


def test_editors_do_everything_with_the_record_and_nothing_with_users() -> None:
    rights = granted("Editor")
    nouns = {model._meta.model_name for model in NOUNS}
    models = {str(model._meta.model_name) for model in apps.get_app_config("articles").get_models()}
    assert set(rights) == nouns | PARTS == {name for name in models if not name.startswith("search")}
    for model, actions in rights.items():
        assert actions == {"add", "change", "delete", "view"} | ({"publish"} if model in nouns else set())


def test_contributors_neither_publish_nor_delete_an_entry() -> None:
    rights = granted("Contributor")
    for model in NOUNS:
        assert rights[str(model._meta.model_name)] == {"add", "change", "view"}
    for part in PARTS:
        assert rights[part] == {"add", "change", "delete", "view"}


def test_staff_accounts_are_not_for_editors(editor: Client, contributor: Client) -> None:
    for staff in (editor, contributor):
        assert staff.get("/admin/auth/user/").status_code == 403
        assert staff.get("/admin/auth/group/").status_code == 403
