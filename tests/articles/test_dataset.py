"""The whole record as one file: complete, checked, the same wherever it is made, and never older than the record."""

import csv
import json
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from articles.curation import withdraw
from articles.dataset import archive, current, keeping
from articles.dataset.description import KEYS
from articles.edition import edition
from articles.formats.columns import COLUMNS
from articles.models import NOUNS, Article
from articles.permalinks import PLURALS
from tests.articles.builders import DRAFT, WITHDRAWN, make_article, one_of_each, public_of_each

pytestmark = pytest.mark.django_db

ADDRESS = "/en/data/sholu.zip"
ORIGIN = "http://testserver"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the dataset of the record as the fixtures have it is made once."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def opened(client: Client, shelf: Path, settings: Settings) -> Iterator[ZipFile]:
    settings.DATA_DIR = shelf
    with ZipFile(BytesIO(downloaded(client))) as file:
        yield file


def downloaded(client: Client) -> bytes:
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(answer.headers["Content-Length"]) == len(content)
    return content


def all_of(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist())


def table(opened: ZipFile, noun: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(opened.read(f"csv/{PLURALS[noun]}.csv").decode(), newline="")))


def test_every_public_entry_is_in_it_as_csv_and_as_json(opened: ZipFile) -> None:
    for model in NOUNS:
        codes = sorted(model.public.values_list("code", flat=True))
        assert [row["code"] for row in table(opened, model.NOUN)] == codes
        rows: list[dict[str, Any]] = json.loads(opened.read(f"json/{PLURALS[model.NOUN]}.json"))
        assert [row["code"] for row in rows] == codes
        assert list(rows[0]) == [column.name for column in COLUMNS[model.NOUN]]


def test_the_package_describes_every_file_with_size_checksum_and_schema(opened: ZipFile) -> None:
    package = json.loads(opened.read("datapackage.json"))
    assert package["version"] == edition().version
    assert package["created"] == f"{edition().as_of}T00:00:00Z"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert {one["path"] for one in package["resources"]} == {
        name for name in opened.namelist() if name.startswith(("csv/", "json/"))
    }
    for resource in package["resources"]:
        content = opened.read(resource["path"])
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{sha256(content).hexdigest()}")
        if resource["format"] == "csv":
            fields = resource["schema"]["fields"]
            assert ",".join(field["name"] for field in fields).encode() == content.split(b"\r\n")[0]
            assert all(field["description"] for field in fields)
            assert resource["rows"] == len(list(csv.reader(StringIO(content.decode(), newline="")))) - 1


def test_keys_lead_to_rows_of_the_tables_that_they_name(opened: ZipFile) -> None:
    for noun, keys in KEYS.items():
        for name, (other, key) in keys.items():
            known = {row[key] for row in table(opened, other)} | {""}
            assert {row[name] for row in table(opened, noun)} <= known, (noun, name)


def test_the_checksums_and_the_codebook_are_complete(opened: ZipFile) -> None:
    lines = [line.split("  ") for line in opened.read("CHECKSUMS.sha256").decode().splitlines()]
    assert {path for _sum, path in lines} == set(opened.namelist()) - {"CHECKSUMS.sha256"}
    assert all(sha256(opened.read(path)).hexdigest() == digest for digest, path in lines)
    codebook = opened.read("CODEBOOK.md").decode()
    for columns in COLUMNS.values():
        assert all(f"| `{column.name}` |" in codebook for column in columns)


def test_the_same_record_gives_the_same_bytes(client: Client) -> None:
    first = downloaded(client)
    for path in keeping.folder().iterdir():
        path.unlink()
    assert downloaded(client) == first


def test_drafts_and_withdrawn_entries_are_not_in_it(client: Client) -> None:
    public_of_each()
    one_of_each("Zzdraft", DRAFT)
    one_of_each("Zzgone", WITHDRAWN)
    said = all_of(downloaded(client)).lower()
    assert "zzdraft" not in said
    assert "zzgone" not in said


def test_what_is_withdrawn_cannot_be_downloaded_any_more(client: Client) -> None:
    article = make_article(headline="Zzwithdrawn headline")
    before = client.get(ADDRESS)
    tag = before.headers["ETag"]
    assert "Zzwithdrawn" in all_of(b"".join(before.streaming_content))  # type: ignore[attr-defined]
    assert client.get(ADDRESS, headers={"if-none-match": tag}).status_code == 304
    withdraw(Article.objects.get(pk=article.pk), None, "It was entered twice.")
    after = client.get(ADDRESS, headers={"if-none-match": tag})
    assert after.status_code == 200
    assert "Zzwithdrawn" not in all_of(b"".join(after.streaming_content))  # type: ignore[attr-defined]
    assert after.headers["Cache-Control"] == "public, no-cache"
    kept = sorted(path.name for path in keeping.folder().glob("sholu-*"))
    assert len(kept) == 2
    assert all(edition().version in name for name in kept)


def test_a_dataset_of_a_record_that_changed_meanwhile_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def disturbed(path: Path, now: Any, origin: str) -> Any:
        if not written:
            make_article()
        written.append(now.version)
        return archive.write(path, now, origin)

    monkeypatch.setattr(keeping, "write", disturbed)
    now, kept = current(ORIGIN)
    assert len(set(written)) == 2
    assert now == edition()
    assert now.version in kept.path.name


def test_a_dataset_that_could_not_be_finished_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, now: Any, origin: str) -> Any:
        path.write_bytes(b"half")
        raise OSError("The disk is full.")

    monkeypatch.setattr(keeping, "write", broken)
    with pytest.raises(OSError, match="full"):
        current(ORIGIN)
    assert [path.name for path in keeping.folder().iterdir()] == [".lock"]


def test_an_empty_record_is_a_dataset_too(client: Client) -> None:
    for model in NOUNS:
        model._default_manager.update(state="draft")
    with ZipFile(BytesIO(downloaded(client))) as opened:
        assert json.loads(opened.read("json/articles.json")) == []
        assert table(opened, "article") == []
        assert json.loads(opened.read("datapackage.json"))["version"].startswith("empty.")


def test_the_data_page_tells_what_the_file_holds_before_and_after_it_is_made(client: Client) -> None:
    page = client.get("/en/data/").content.decode()
    assert "made when it is first asked for" in page
    assert f'<td class="is-number">{Article.public.count()}</td>' in page
    digest = sha256(downloaded(client)).hexdigest()
    page = client.get("/en/data/").content.decode()
    assert digest in page
    assert "made when it is first asked for" not in page


def test_a_command_makes_it_beforehand(capsys: pytest.CaptureFixture[str], client: Client) -> None:
    call_command("make_dataset", f"{ORIGIN}/")
    said = capsys.readouterr().out
    assert edition().version in said
    assert sha256(downloaded(client)).hexdigest() in said
    for nonsense in ("sholu.example", "ftp://sholu.example", "https://sholu.example/en/"):
        with pytest.raises(CommandError):
            call_command("make_dataset", nonsense)


def test_other_origins_may_read_it_and_nobody_may_write(client: Client, shelf: Path, settings: Settings) -> None:
    settings.DATA_DIR = shelf
    asked = client.head(ADDRESS)
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert int(asked.headers["Content-Length"]) > 1000
    assert client.post(ADDRESS).status_code == 405
