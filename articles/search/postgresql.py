"""What is asked of the index on PostgreSQL: a tsquery."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.search.documents import FEW, MANY, Document
from articles.search.schema_postgresql import DIALECT, OF_FEW, WORDS_OF_KEY, of_noun, titles
from articles.search.terms import Alternatives, Part, Sought
from articles.search.views import document_id, keys

__all__ = ["DIALECT", "found", "is_found", "seen"]

WEIGHTS = "{0.1, 0.3, 0.8, 1}"
"""Of body, names, aliases and title."""


def _any(terms: Alternatives) -> str:
    return "(" + " || ".join("phraseto_tsquery('search_words', %s)" for _words in terms) + ")"


def found(sought: Sought, *, part: Part, scored: bool) -> tuple[str, list[Any]]:
    """Return SQL for the documents that are sought, with a score that is higher for the better ones, if wanted.

    Each way of looking has an index of its own (schema_postgresql.complete).
    """
    parts = [_any(terms) for terms in sought.clauses]
    if sought.excluded:
        parts.append(f"!! {_any(sought.excluded)}")
    words = [" ".join(words) for terms in (*sought.clauses, sought.excluded) for words in terms]
    query = f"({' && '.join(parts)})"
    score = f"ts_rank('{WEIGHTS}', vector, query, 1)" if scored and parts else "0"
    asked = f", (SELECT {query} AS query) AS asked" if parts else ""

    def select(documents: str, where: str = "true", vector: str = "vector") -> str:
        matches = f"{titles(vector) if part.titles else vector} @@ query" if parts else "true"
        return f"SELECT id, {score} AS score FROM {documents}{asked} WHERE {matches} AND {where}"

    if part.number in MANY:
        return select("search_key", of_noun(part.number), WORDS_OF_KEY), words
    if part.number is not None:  # the index of the others needs to be told that it is one of those
        return select("search_document", f"{of_noun(part.number)} AND {OF_FEW}"), words
    within = "vector @@ query AND " if part.titles and parts else ""  # the index of the others is over all words
    others = select("search_document", within + OF_FEW)
    if part.known:
        return f"{others} UNION ALL SELECT unnest(%s::bigint[]), 0", [*words, part.named]
    # Looked up by their keys: the OFFSET keeps the planner from the index of words, which may have a million more.
    by_key = "(SELECT id, vector FROM search_document WHERE id = ANY(%s) OFFSET 0) AS named"
    if part.alone:
        return select(by_key), [part.named, *words]
    return f"{others} UNION ALL {select(by_key)}", [*words, part.named, *words]


def is_found(document: Document) -> Q:
    """Return the condition that a row is that of a document in `found`."""
    return Q(pk__in=RawSQL(keys(document, "found", DIALECT), ()))  # noqa: S611


def seen(rows: list[tuple[Document, str]]) -> str:
    """Return SQL for the documents found that were named, or of which there is a row: tables are joined whole."""
    every = "SELECT id, score FROM found"
    own = (f"{every} JOIN ({sql}) own ON id = {document_id(document, 'own.key', DIALECT)}" for document, sql in rows)
    return " UNION ALL ".join([f"{every} WHERE id < {FEW}", *own])
