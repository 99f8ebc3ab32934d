"""What is asked of the index on SQLite: expressions of FTS5."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.models import Country
from articles.search.documents import MANY, NUMBERS, Document
from articles.search.schema_sqlite import DIALECT
from articles.search.terms import Alternatives, Part, Sought
from articles.search.views import document_id

__all__ = ["DIALECT", "found", "is_found", "seen"]


def _any(terms: Alternatives) -> str:
    """Return what finds one of several phrases. Folded words hold nothing that FTS5 could take for an operator."""
    return "(" + " OR ".join('"' + " ".join(words) + '"' for words in terms) + ")"


def found(sought: Sought, *, part: Part, scored: bool) -> tuple[str, list[Any]]:
    """Return SQL for the documents that are sought, with a score that is higher for the better ones, if wanted."""
    score = "-rank" if scored else "0"
    without = _any(sought.excluded) if sought.excluded else ""
    if not sought.clauses:
        where, given = _within(part, "id")
        absent = "AND id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)" if without else ""
        return (
            f"SELECT id, 0 AS score FROM search_document WHERE {where} {absent}",
            [*given, *([without] if without else [])],
        )
    where, given = _within(part, "+rowid")
    within = "{title aliases} : " if part.titles else ""
    expression = " AND ".join(map(_any, sought.clauses))
    expression = f"{within}({expression})" + (f" NOT {without}" if without else "")
    return f"SELECT rowid AS id, {score} AS score FROM search_index WHERE search_index MATCH %s AND {where}", [
        expression,
        *given,
    ]


def _within(part: Part, key: str) -> tuple[str, list[str]]:
    """Return the condition that a document is of a part. A plus keeps FTS5 from looking for one by one."""
    if part.number is not None:
        return f"{key} & 15 = {part.number}", []
    few = f"{key} & 15 NOT IN ({', '.join(map(str, MANY))})"
    return f"({few} OR {key} IN (SELECT value FROM json_each(%s)))", [json.dumps(part.named)]


def is_found(document: Document) -> Q:
    """Return the condition that a row is that of the document at hand in `found`."""
    if document.model is Country:
        own = document_id(document, "iso", DIALECT)
        return Q(pk__in=RawSQL(f"SELECT iso FROM {document.table} WHERE {own} = found.id", ()))  # noqa: S611
    return Q(pk=RawSQL("found.id >> 4", ()))


def seen(rows: list[tuple[Document, str]]) -> str:
    """Return SQL for the documents found that were named, or of which there is a row: each is looked up by itself."""
    cases = [f"WHEN {number} THEN 1" for number in MANY]
    cases += [f"WHEN {NUMBERS[document.model]} THEN EXISTS ({sql})" for document, sql in rows]
    return f"SELECT id, score FROM found WHERE CASE id & 15 {' '.join(cases)} ELSE 0 END"
