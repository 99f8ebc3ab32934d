"""What is asked of the index on SQLite: expressions of FTS5."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.models import Country
from articles.search.documents import FEW, MANY, NUMBERS, ROW, ROW_BITS, Document, documents_of
from articles.search.schema_sqlite import DIALECT
from articles.search.terms import Alternatives, Part, Sought
from articles.search.views import document_id

__all__ = ["DIALECT", "found", "is_found", "seen"]


def _any(terms: Alternatives) -> str:
    """Return what finds one of several phrases. Folded words hold nothing that FTS5 could take for an operator."""
    return "(" + " OR ".join('"' + " ".join(words) + '"' for words in terms) + ")"


def found(sought: Sought, *, part: Part, scored: bool) -> tuple[str, list[Any]]:
    """Return SQL for the documents that are sought, with a score that is higher for the better ones, if wanted."""
    without = _any(sought.excluded) if sought.excluded else ""
    if sought.clauses:
        within = "{title aliases} : " if part.titles else ""
        expression = f"{within}({' AND '.join(map(_any, sought.clauses))})" + (f" NOT {without}" if without else "")
        score, key, source = "-rank" if scored else "0", "rowid", "search_index WHERE search_index MATCH %s"
        words = [expression]
    else:
        score, key, source, words = "0", "id", "search_document WHERE true", []
        if without:
            source += " AND id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)"
            words = [without]

    def select(where: str) -> str:
        return f"SELECT {key} AS id, {score} AS score FROM {source} AND {where}"

    if part.number is not None:
        return select(documents_of(part.number, key)), words
    if not part.named:
        return select(f"{key} >= {FEW}"), words
    listed = json.dumps(part.named)
    if part.alone:
        return select(f"{key} IN (SELECT value FROM json_each(%s))"), [*words, listed]
    others = select(f"{key} >= {FEW}")
    if part.known:
        return f"{others} UNION ALL SELECT value AS id, 0 AS score FROM json_each(%s)", [*words, listed]
    # A plus keeps FTS5 from looking for those named one by one.
    named = f"{key} < {FEW} AND +{key} IN (SELECT value FROM json_each(%s))"
    return f"{others} UNION ALL {select(named)}", [*words, *words, listed]


def is_found(document: Document) -> Q:
    """Return the condition that a row is that of the document at hand in `found`."""
    if document.model is Country:
        own = document_id(document, "iso", DIALECT)
        return Q(pk__in=RawSQL(f"SELECT iso FROM {document.table} WHERE {own} = found.id", ()))  # noqa: S611
    return Q(pk=RawSQL(f"found.id & {ROW}", ()))  # noqa: S611


def seen(rows: list[tuple[Document, str]]) -> str:
    """Return SQL for the documents found that were named, or of which there is a row: each is looked up by itself."""
    cases = [f"WHEN {number} THEN 1" for number in MANY]
    cases += [f"WHEN {NUMBERS[document.model]} THEN EXISTS ({sql})" for document, sql in rows]
    return f"SELECT id, score FROM found WHERE CASE id >> {ROW_BITS} {' '.join(cases)} ELSE 0 END"
