"""What is asked of the index on PostgreSQL: a tsquery."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.search.documents import Document
from articles.search.schema_postgresql import DIALECT
from articles.search.terms import Alternatives, Sought
from articles.search.views import document_id, keys

__all__ = ["DIALECT", "found", "is_found", "seen"]

WEIGHTS = "{0.1, 0.3, 0.8, 1}"
"""Of body, names, aliases and title."""


def _any(terms: Alternatives) -> str:
    return "(" + " || ".join("phraseto_tsquery('search_words', %s)" for _words in terms) + ")"


def found(sought: Sought, *, scored: bool) -> tuple[str, list[str]]:
    """Return SQL for the documents that are sought, with a score that is higher for the better ones, if wanted."""
    parts = [_any(terms) for terms in sought.clauses]
    if sought.excluded:
        parts.append(f"!! {_any(sought.excluded)}")
    given = [" ".join(words) for terms in (*sought.clauses, sought.excluded) for words in terms]
    if not parts:
        return "SELECT id, 0 AS score FROM search_document", []
    query = f"({' && '.join(parts)})"
    if not scored:
        return f"SELECT id, 0 AS score FROM search_document WHERE vector @@ {query}", given
    rank = f"ts_rank('{WEIGHTS}', vector, query, 1)"
    return (
        f"SELECT id, {rank} AS score FROM search_document, (SELECT {query} AS query) AS asked WHERE vector @@ query",
        given,
    )


def is_found(document: Document) -> Q:
    """Return the condition that a row is that of a document in `found`."""
    return Q(pk__in=RawSQL(keys(document, "found", DIALECT), ()))  # noqa: S611


def seen(rows: list[tuple[Document, str]]) -> str:
    """Return SQL for the documents found of which there is a row, noun by noun: the planner joins the tables whole."""
    own = (f"SELECT {document_id(document, 'own.key', DIALECT)} FROM ({sql}) own" for document, sql in rows)
    return " UNION ALL ".join(own)
