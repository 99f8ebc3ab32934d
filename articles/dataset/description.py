"""The description of the dataset: a Data Package (Frictionless, version 1), made from the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from articles import permalinks
from articles.edition import Edition
from articles.formats.base import LICENCE
from articles.formats.columns import COLUMNS, Column, Type
from articles.formats.columns.base import LISTS
from articles.permalinks import PLURALS

TITLE: Final = "Sholu: Kazakhstan’s foreign relations, as the press records them"
DESCRIPTION: Final = (
    "Articles of the world’s press about Kazakhstan’s foreign relations, with the agreements, figures and events that "
    "they report and the places where they err or disagree. Every value is tied to the article and the paragraph that "
    "says it, and is as precise and as certain as its source, not more."
)
CC_BY: Final = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0 International", "path": LICENCE}

KEYS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "article": {"outlet_key": ("outlet", "key")},
    "figure": {"indicator_key": ("indicator", "key")},
    "event": {"country": ("country", "iso")},
    "outlet": {"country": ("country", "iso")},
    "person": {"country": ("country", "iso")},
    "organisation": {"country": ("country", "iso")},
    "source": {"publisher_key": ("outlet", "key")},
}
"""The columns whose values are a key in another table: the noun and its column."""

_TYPES: Final[dict[Type, dict[str, str]]] = {
    Type.STRING: {"type": "string"},
    Type.EDTF: {"type": "string"},
    Type.INTEGER: {"type": "integer"},
    Type.DECIMAL: {"type": "number"},
    Type.BOOLEAN: {"type": "boolean"},
    Type.DATE: {"type": "date"},
    Type.TIME: {"type": "datetime", "format": "any"},
    Type.ADDRESS: {"type": "string", "format": "uri"},
    **{one: {"type": "string"} for one in LISTS},
}
"""The types of Table Schema. Lists are one text in a cell."""


@dataclass(frozen=True, slots=True)
class File:
    """One table as it lies in the archive: `sha256` in hexadecimal digits."""

    noun: str
    suffix: str
    rows: int
    size: int
    sha256: str

    @property
    def path(self) -> str:
        return f"{self.suffix}/{PLURALS[self.noun]}.{self.suffix}"


def package(files: list[File], edition: Edition, origin: str, sources: list[dict[str, str]]) -> dict[str, Any]:
    """Return datapackage.json; `sources` are the documents that the record was built from."""
    described: dict[str, Any] = {
        "profile": "data-package",
        "name": "sholu",
        "title": TITLE,
        "description": DESCRIPTION,
        "homepage": f"{origin}/en/data/",
        "version": edition.version,
        "licenses": [CC_BY],
        "sources": sources,
        "contributors": [{"title": "Sholu", "path": f"{origin}/", "role": "publisher"}],
        "keywords": ["Kazakhstan", "foreign relations", "press", "treaties", "trade"],
        "resources": [_resource(file) for file in files],
    }
    if edition.as_of:
        described["created"] = f"{edition.as_of.isoformat()}T00:00:00Z"
    return described


def _resource(file: File) -> dict[str, Any]:
    """Return a table of CSV with its schema, or the same rows as JSON, which a validator takes as it is."""
    name = PLURALS[file.noun]
    described: dict[str, Any] = {
        "path": file.path,
        "format": file.suffix,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.suffix == "json":
        described |= {
            "name": f"{name}-json",
            "title": f"{name.capitalize()} as JSON",
            "description": f"The rows of {name} as objects; lists and parts are arrays. CODEBOOK.md tells of them.",
            "profile": "data-resource",
            "mediatype": "application/json",
        }
    else:
        described |= {
            "name": name,
            "title": name.capitalize(),
            "profile": "tabular-data-resource",
            "mediatype": "text/csv",
            "rows": file.rows,
            "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
            "schema": _schema(file.noun),
        }
    return described


def _schema(noun: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "fields": [_field(column) for column in COLUMNS[noun]],
        "missingValues": [""],
        "primaryKey": ["code"],
    }
    if noun in KEYS:
        described["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": PLURALS[other], "fields": [key]}}
            for name, (other, key) in KEYS[noun].items()
        ]
    return described


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "description": str(column.description), **_TYPES[column.type]}
    constraints: dict[str, Any] = {}
    if column.always:
        constraints["required"] = True
    if column.name == "code":
        constraints |= {"unique": True, "pattern": permalinks.PATTERN}
    if column.choices:
        constraints["enum"] = list(column.choices)
    if constraints:
        described["constraints"] = constraints
    if column.unit:
        described["unit"] = str(column.unit)
    return described
