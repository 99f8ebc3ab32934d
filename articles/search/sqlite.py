"""What is asked of the index on SQLite: expressions of FTS5."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.models import Country
from articles.search.documents import NUMBERS, Document
from articles.search.schema_sqlite import DIALECT
from articles.search.terms import Alternatives, Sought
from articles.search.views import document_id

__all__ = ["DIALECT", "found", "is_found", "seen"]


def _any(terms: Alternatives) -> str:
    """Return what finds one of several phrases. Folded words hold nothing that FTS5 could take for an operator."""
    return "(" + " OR ".join('"' + " ".join(words) + '"' for words in terms) + ")"


def found(sought: Sought, *, scored: bool) -> tuple[str, list[str]]:
    """Return SQL for the documents that are sought, with a score that is higher for the better ones, if wanted."""
    score = "-rank" if scored else "0"
    without = _any(sought.excluded) if sought.excluded else ""
    if not sought.clauses:
        absent = "WHERE id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)" if without else ""
        return f"SELECT id, 0 AS score FROM search_document {absent}", [without] if without else []
    expression = " AND ".join(map(_any, sought.clauses)) + (f" NOT {without}" if without else "")
    return f"SELECT rowid AS id, {score} AS score FROM search_index WHERE search_index MATCH %s", [expression]


def is_found(document: Document) -> Q:
    """Return the condition that a row is that of the document at hand in `found`."""
    if document.model is Country:
        own = document_id(document, "iso", DIALECT)
        return Q(pk__in=RawSQL(f"SELECT iso FROM {document.table} WHERE {own} = found.id", ()))  # noqa: S611
    return Q(pk=RawSQL("found.id >> 4", ()))


def seen(rows: list[tuple[Document, str]]) -> str:
    """Return SQL for the documents found of which there is a row: each is looked up by itself."""
    cases = " ".join(f"WHEN {NUMBERS[document.model]} THEN EXISTS ({sql})" for document, sql in rows)
    return f"SELECT id FROM found WHERE CASE id & 15 {cases} ELSE 0 END"
