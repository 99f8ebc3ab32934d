"""The fixtures load whole or not at all; twice without change; never over what staff have edited."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.db.models.signals import post_init

from articles.fixtures import FILES, FixtureError
from articles.loading import load
from articles.models import Agreement, Article, Attestation, Organisation, StatusStep, Topic
from tests.articles.builders import make_agreement, make_article

pytestmark = pytest.mark.django_db

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
MODELS = "articles"


def _rows() -> dict[str, list[Any]]:
    """Return every row of the record."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config(MODELS).get_models(include_auto_created=True)
    }


def _everything() -> str:
    """Return the whole record as text, without the numbers and the order of relations that a database chooses.

    What the search reads follows from it, and is left out.
    """
    rows = [
        row
        for model in apps.get_app_config(MODELS).get_models()
        if not model._meta.db_table.startswith("search_")
        for row in serializers.serialize(
            "python", model._default_manager.all(), use_natural_foreign_keys=True, use_natural_primary_keys=True
        )
    ]
    for row in rows:
        for value in row["fields"].values():
            if isinstance(value, list):
                value.sort()
    return "\n".join(sorted(json.dumps(row, default=str, sort_keys=True) for row in rows))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "fixtures"
    shutil.copytree(FIXTURES, copy)
    return copy


def change(folder: Path, name: str, edit: Callable[[list[Any]], object]) -> None:
    path = folder / f"{name}.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    edit(entries)
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")


def first(entries: list[Any], noun: str) -> dict[str, Any]:
    fields: dict[str, Any] = next(entry["fields"] for entry in entries if entry["model"] == f"articles.{noun}")
    return fields


def test_the_record_is_there() -> None:
    assert Article.public.count() == 15
    assert Article.public.filter(source__kind="digest").count() == 12
    assert Agreement.public.count() > 50


def test_a_second_load_changes_nothing() -> None:
    before = _rows()
    outcome = load(FIXTURES)
    assert (outcome.added, outcome.changed, outcome.removed) == (0, 0, 0)
    assert _rows() == before


@pytest.mark.long
def test_what_the_fixtures_do_not_name_is_not_read_however_much_it_is() -> None:
    article = make_article(partners=["IT"])
    agreement = make_agreement(by=article, parties=["IT", "KZ"])
    others = {(type(row), row.pk) for row in (article, agreement, *agreement.every_step.all())}
    read: set[tuple[type[Any], Any]] = set()

    def note(sender: type[Any], instance: Any, **_more: object) -> None:
        read.add((sender, instance.pk))

    post_init.connect(note)
    try:
        load(FIXTURES)
    finally:
        post_init.disconnect(note)
    assert len(read) > 1_000
    assert not read & others


def test_djangos_own_loaddata_makes_the_same_record() -> None:
    before = _everything()
    for model in (Attestation, Agreement, Article):
        model.objects.all().delete()
    call_command("loaddata", *(str(FIXTURES / f"{name}.json") for name in FILES), verbosity=0)
    assert _everything() == before


def test_what_staff_have_edited_stays() -> None:
    article = Article.public.first()
    article.touch()
    Article.objects.filter(pk=article.pk).update(summary="ours " * 50, modified_at=article.modified_at)
    agreement = Agreement.public.first()
    agreement.touch()
    Agreement.objects.filter(pk=agreement.pk).update(modified_at=agreement.modified_at)
    agreement.every_step.all().delete()
    outcome = load(FIXTURES)
    assert outcome.kept > 2
    assert Article.objects.get(pk=article.pk).summary == "ours " * 50
    assert not agreement.every_step.exists()


def test_a_newer_fixture_replaces_what_nobody_edited(folder: Path) -> None:
    def edit(entries: list[Any]) -> None:
        first(entries, "topic")["scope"] = "A new scope."

    change(folder, "topics", edit)
    assert load(folder).changed == 1
    assert Topic.objects.filter(scope="A new scope.").count() == 1


def test_a_part_that_left_the_fixtures_leaves_the_record(folder: Path) -> None:
    counts = StatusStep.objects.count(), Attestation.objects.count()

    def edit(entries: list[Any]) -> None:
        extra = next(
            one
            for one in entries
            if one["model"] == "articles.attestation"
            and one["fields"]["agreement"]
            and sum(1 for other in entries if other["fields"].get("agreement") == one["fields"]["agreement"]) > 2
            and sum(
                1
                for other in entries
                if other["model"] == "articles.attestation"
                and other["fields"]["agreement"] == one["fields"]["agreement"]
            )
            > 1
        )
        entries.remove(extra)

    change(folder, "agreements", edit)
    assert load(folder).removed == 1
    assert (StatusStep.objects.count(), Attestation.objects.count()) == (counts[0], counts[1] - 1)


BAD: list[tuple[str, Callable[[list[Any]], object], list[str]]] = [
    ("articles", lambda rows: first(rows, "article").update(genre="gossip"), ["article", "genre"]),
    ("articles", lambda rows: first(rows, "article").update(date_edtf="2025-13"), ["date_edtf", "2025-13"]),
    ("articles", lambda rows: first(rows, "article").update(date_latest="2031-01-01"), ["date_latest"]),
    ("articles", lambda rows: first(rows, "article").update(outlet=["nobody"]), ["outlet", "nobody"]),
    ("articles", lambda rows: first(rows, "article").update(topics=[["nothing"]]), ["topics", "nothing"]),
    ("articles", lambda rows: first(rows, "article").update(colour="blue"), ["colour"]),
    ("articles", lambda rows: first(rows, "article").update(summary="Too short."), ["summary"]),
    ("articles", lambda rows: first(rows, "article").update(first_line="many"), ["first_line"]),
    ("articles", lambda rows: first(rows, "article").update(code="aeiou0"), ["code"]),
    ("articles", lambda rows: first(rows, "articlepartner").update(country=["KZ"]), ["partner", "Kazakhstan"]),
    ("articles", lambda rows: rows.append(rows[0]), ["twice"]),
    ("articles", lambda rows: rows.append({"model": "auth.user", "fields": {}}), ["model", "auth.user"]),
    ("articles", lambda rows: rows.append("text"), ["entry", "fields"]),
    ("agreements", lambda rows: first(rows, "statusstep").update(status="dreamt of"), ["status"]),
    ("agreements", lambda rows: first(rows, "attestation").update(article=["222222"]), ["article", "222222"]),
    ("agreements", lambda rows: first(rows, "attestation").update(paragraph=0), ["paragraph"]),
    ("agreements", lambda rows: first(rows, "agreementvalue").update(currency="dollars"), ["currency"]),
    (
        "agreements",
        lambda rows: rows.__setitem__(slice(None), [row for row in rows if row["model"] != "articles.attestation"]),
        ["state", "attest"],
    ),
    ("countries", lambda rows: first(rows, "country").update(iso="Italy"), ["iso"]),
]


@pytest.mark.parametrize(("name", "edit", "named"), BAD)
def test_a_bad_fixture_is_refused_whole_and_the_fault_is_named(
    name: str, edit: Callable[[list[Any]], object], named: list[str], folder: Path
) -> None:
    organisation = Organisation.objects.first()
    assert organisation
    Organisation.objects.filter(pk=organisation.pk).update(name="Old name")
    before = _rows()
    change(folder, name, edit)
    with pytest.raises(FixtureError) as caught:
        load(folder)
    message = str(caught.value)
    for part in [f"{name}.json", *named]:
        assert part in message, message
    assert _rows() == before, "something was written"


@pytest.mark.parametrize("text", ["", "{", '{"a": 1}', '[{"model": 1, "model": 2}]', "[" * 100_000])
def test_a_file_that_is_no_list_of_entries_is_refused(text: str, folder: Path) -> None:
    (folder / "topics.json").write_text(text, encoding="utf-8")
    with pytest.raises(FixtureError, match=r"topics\.json"):
        load(folder)
