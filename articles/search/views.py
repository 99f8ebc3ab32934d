"""The views of the index, as SQL: what the document of each published entry says now.

`search_<noun>` is read by the triggers, by the rebuild and by the tests, so that all three mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from articles.models import Article, Attestation, Country, Outlet, SourceDocument, State
from articles.search.documents import (
    BY_MODEL,
    DOCUMENTS,
    NUMBERS,
    ROW,
    ROW_BITS,
    TERRITORY,
    Document,
    Parts,
    Source,
    documents_of,
    is_list,
)

PUBLISHED: Final = f"state = '{State.PUBLISHED.value}'"
COLUMNS: Final = ("title", "aliases", "names", "body")
"""The texts of a document, those that weigh most first."""
DOCUMENT: Final = ("id", *COLUMNS, "day")
LINE: Final = "\n"
"""Between the texts that share a column, in the index and in SQL."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where the SQL of the views differs between the databases."""

    joined: str
    """The aggregate that joins texts."""
    code: str
    """The number of a character."""
    elements: str
    """The values of a JSON list, as rows of a table `one` with a column `value`."""
    among: str
    """The condition that a column is in a list."""
    listed: str
    """How such a list is written around its values, which are JSON."""


def views(dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield name and SELECT of every view, those that others read first."""
    yield "search_attesting", _attesting()
    for document in DOCUMENTS:
        yield f"search_names_of_{document.noun}", _names(document, dialect)
    for document in DOCUMENTS:
        yield f"search_{document.noun}", _document(document, dialect)


def number(document: Document, key: str, dialect: Dialect) -> str:
    """Return SQL for the number of a row: its key, or for the letters of a country's code digits of base 128."""
    if document.model is not Country:
        return key
    digits = (f"coalesce({dialect.code}(substr({key}, {place}, 1)), 0) * {128 ** (3 - place)}" for place in (1, 2, 3))
    return f"({' + '.join(digits)})"


def document_id(document: Document, key: str, dialect: Dialect) -> str:
    """Return SQL for the key of the document of a row."""
    return f"{number(document, key, dialect)} + {NUMBERS[document.model] << ROW_BITS}"


def keys(document: Document, found: str, dialect: Dialect) -> str:
    """Return SQL for the keys of a noun's rows among the documents of a table or subselect called `found`."""
    if document.model is Country:  # its keys are letters: few enough to go through all
        own = document_id(document, "iso", dialect)
        return f"SELECT iso FROM {document.table} WHERE {own} IN (SELECT id FROM {found})"
    return f"SELECT id & {ROW} FROM {found} WHERE {documents_of(NUMBERS[document.model])}"


def _attesting() -> str:
    article, outlet, source = (model._meta.db_table for model in (Article, Outlet, SourceDocument))
    return f"""
SELECT article.id FROM {article} article
JOIN {outlet} outlet ON outlet.id = article.outlet_id AND outlet.{PUBLISHED}
JOIN {source} source ON source.id = article.source_id AND source.{PUBLISHED}
JOIN {outlet} publisher ON publisher.id = source.publisher_id AND publisher.{PUBLISHED}
WHERE article.{PUBLISHED}"""


def _names(document: Document, dialect: Dialect) -> str:
    sources = (*document.title, *document.aliases)
    names = lines([_text(document, source, dialect) for source in sources])
    return f"SELECT own.{document.key} AS key, {names} AS names FROM {document.table} own WHERE own.{PUBLISHED}"


def _document(document: Document, dialect: Dialect) -> str:
    columns = {
        name: lines([_text(document, source, dialect) for source in getattr(document, name)]) for name in COLUMNS
    }
    texts = ",\n  ".join(f"{text} AS {name}" for name, text in columns.items())
    key = f"own.{document.key}"
    return f"""
SELECT {key} AS key, {document_id(document, key, dialect)} AS id,
  {texts},
  {_day(document.day)} AS day
FROM {document.table} own WHERE own.{PUBLISHED}"""


def lines(texts: list[str]) -> str:
    """Return SQL for several texts below one another; what is empty or NULL leaves no line."""
    if not texts:
        return "''"
    joined = " || ".join(f"coalesce(nullif({text}, '') || '{LINE}', '')" for text in texts)
    return f"trim({joined}, '{LINE}')"


def _rows(select: str, order: str, dialect: Dialect) -> str:
    """Return SQL for the texts of several rows below one another, in order."""
    return f"(SELECT {dialect.joined}(said.text, '{LINE}') FROM ({select} ORDER BY {order}) AS said)"


def _text(document: Document, source: Source, dialect: Dialect) -> str:
    if isinstance(source, Parts):
        text = lines([f'part."{column}"' for column in source.columns])
        return _rows(f"SELECT {text} AS text {_of_parts(source)}", "part.position", dialect)
    if source == TERRITORY:
        return f"(SELECT names FROM search_territory WHERE code = own.{document.key})"
    if document.model._meta.get_field(source).is_relation:
        return _related(document, source, dialect)
    return own_text(document, source, dialect)


def own_text(document: Document, name: str, dialect: Dialect) -> str:
    """Return SQL for the text of a field of the noun itself, or for its list of names below one another."""
    column = f'own."{name}"'
    if is_list(document.model, name):
        return f"(SELECT {dialect.joined}(one.value, '{LINE}') FROM {dialect.elements.format(column)})"
    return column


def _related(document: Document, name: str, dialect: Dialect) -> str:
    field: Any = document.model._meta.get_field(name)
    view = f"search_names_of_{BY_MODEL[field.related_model].noun}"
    if not field.many_to_many:
        return f"(SELECT other.names FROM {view} other WHERE other.key = own.{field.column})"
    link, near, far = field.m2m_db_table(), field.m2m_column_name(), field.m2m_reverse_name()
    select = f"""SELECT other.names AS text FROM {link} link JOIN {view} other ON other.key = link.{far}
    WHERE link.{near} = own.{document.key}"""
    return _rows(select, "link.id", dialect)


def _of_parts(parts: Parts) -> str:
    table, attestation = parts.model._meta.db_table, Attestation._meta.db_table
    attested = f"""
    AND EXISTS (SELECT 1 FROM {attestation} place JOIN search_attesting article ON article.id = place.article_id
      WHERE place.{parts.subject}_id = part.id)"""
    return f"FROM {table} part WHERE part.{parts.owner} = own.id{attested if parts.subject else ''}"


def _day(source: Source) -> str:
    if isinstance(source, Parts):
        return f"(SELECT part.{source.columns[0]} {_of_parts(source)} ORDER BY part.position DESC LIMIT 1)"
    return f"own.{source}" if source else "CAST(NULL AS date)"
