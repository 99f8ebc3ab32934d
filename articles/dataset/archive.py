"""Writes the dataset: every table is read once, in chunks, and is never in memory as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from articles.dataset import texts
from articles.dataset.description import File, package
from articles.edition import Edition
from articles.formats.columns import COLUMNS, plain
from articles.formats.comma_separated import BYTE_ORDER_MARK, lines
from articles.formats.fetching import with_everything
from articles.locality import in_language
from articles.models import NOUNS, SourceDocument
from articles.permalinks import PLURALS

BLOCK: Final = 1 << 16


class _Counted:
    """A file that knows the size and the checksum of what has gone into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.size = 0
        self.digest = sha256()

    def write(self, block: bytes) -> None:
        self.file.write(block)
        self.size += len(block)
        self.digest.update(block)


class _Archive:
    """A zip whose bytes follow from its contents: no clock, no machine in it."""

    def __init__(self, file: ZipFile, edition: Edition) -> None:
        day = edition.as_of
        self.file = file
        self.moment = (day.year, day.month, day.day, 0, 0, 0) if day else (1980, 1, 1, 0, 0, 0)
        self.sums: list[tuple[str, str]] = []

    def add(self, path: str, blocks: Iterable[bytes]) -> _Counted:
        info = ZipInfo(path, self.moment)
        info.compress_type = ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = 0o644 << 16
        with self.file.open(info, "w", force_zip64=True) as entry:
            counted = _Counted(entry)
            for block in blocks:
                counted.write(block)
        self.sums.append((path, counted.digest.hexdigest()))
        return counted

    def add_text(self, path: str, text: str) -> None:
        self.add(path, [text.encode()])


def write(path: Path, edition: Edition, origin: str) -> list[File]:
    """Write the dataset to a file and return its tables. The record must be in that edition throughout."""
    with in_language("en"), ZipFile(path, "w") as file:
        archive = _Archive(file, edition)
        tables = [table for model in NOUNS for table in _tables(archive, model, origin)]
        described = package(tables, edition, origin, _sources(origin))
        archive.add_text("datapackage.json", json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        archive.add_text("README.md", texts.readme(tables, edition, origin))
        archive.add_text("CODEBOOK.md", texts.codebook(edition))
        archive.add_text("LICENSE.md", texts.licence())
        archive.add_text("CHECKSUMS.sha256", texts.checksums(sorted(archive.sums)))
    return tables


def _tables(archive: _Archive, model: Any, origin: str) -> Iterator[File]:
    """Write a noun as CSV, and as JSON from what was noted on the way."""
    noun, plural = model.NOUN, PLURALS[model.NOUN]
    number = 0

    def noted(rows: Iterable[Any]) -> Iterator[Any]:
        nonlocal number
        for row in rows:
            text = json.dumps(plain(COLUMNS[noun], row, origin), ensure_ascii=False)
            aside.write(f"{',' if number else '['}\n{text}".encode())
            number += 1
            yield row

    with TemporaryFile() as aside:
        rows = noted(with_everything(noun, model.public.order_by("code")))
        blocks = lines(COLUMNS[noun], rows, origin)
        head = next(blocks).removeprefix(BYTE_ORDER_MARK.encode())
        table = archive.add(f"csv/{plural}.csv", _chained(head, blocks))
        yield File(noun, "csv", number, table.size, table.digest.hexdigest())
        aside.write(b"\n]\n" if number else b"[]\n")
        aside.seek(0)
        table = archive.add(f"json/{plural}.json", iter(lambda: aside.read(BLOCK), b""))
        yield File(noun, "json", number, table.size, table.digest.hexdigest())


def _chained(first: bytes, others: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _sources(origin: str) -> list[dict[str, str]]:
    """Return the documents that the record was built from, as a data package names them."""
    documents = SourceDocument.public.select_related("publisher").order_by("code")
    return [{"title": f"{one.publisher.title}: {one.title}", "path": f"{origin}{one.permalink}"} for one in documents]
