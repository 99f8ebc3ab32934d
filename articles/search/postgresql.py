"""What is asked of the index on PostgreSQL: a tsquery."""

from __future__ import annotations

from collections.abc import Callable
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


def _any(terms: Alternatives, reading: str = "phraseto_tsquery") -> str:
    return "(" + " || ".join(f"{reading}('search_words', %s)" for _words in terms) + ")"


def _query(sought: Sought) -> tuple[str, list[str]]:
    """Return SQL for what is sought, which is nothing for an empty wish, and the phrases that it is given."""
    parts = [_any(terms) for terms in sought.clauses]
    if sought.excluded:
        parts.append(f"!! {_any(sought.excluded)}")
    return " && ".join(parts), [" ".join(words) for terms in _all(sought) for words in terms]


def _all(sought: Sought) -> tuple[Alternatives, ...]:
    return (*sought.clauses, sought.excluded)


def found(sought: Sought, *, part: Part, scored: bool) -> tuple[str, list[Any]]:
    """Return SQL for the documents that are sought, with a score that is higher for the better ones, if wanted.

    Each way of looking has an index of its own (schema_postgresql.complete).
    """
    if part.number in MANY:
        return _of_many(sought, part.number, titles if part.titles else str)
    query, words = _query(sought)
    score = f"ts_rank('{WEIGHTS}', vector, query, 1)" if scored and query else "0"
    asked = f", (SELECT {query} AS query) AS asked" if query else ""
    matches = f"{titles('vector') if part.titles else 'vector'} @@ query" if query else "true"

    def select(documents: str, where: str = "true") -> str:
        return f"SELECT id, {score} AS score FROM {documents}{asked} WHERE {matches} AND {where}"

    if part.number is not None:  # the index needs to be told that it is one of those
        return select("search_document", f"{of_noun(part.number)} AND {OF_FEW}"), words
    within = "vector @@ query AND " if part.titles and query else ""  # the index is over all words
    others = select("search_document", within + OF_FEW)
    if part.known:
        return f"{others} UNION ALL SELECT unnest(%s::bigint[]), 0", [*words, part.named]
    # Looked up by their keys: the OFFSET keeps the planner from the index of words, which may have a million more.
    by_key = "(SELECT id, vector FROM search_document WHERE id = ANY(%s) OFFSET 0) AS named"
    if part.alone:
        return select(by_key), [part.named, *words]
    return f"{others} UNION ALL {select(by_key)}", [*words, part.named, *words]


def _of_many(sought: Sought, number: int, within: Callable[[str], str]) -> tuple[str, list[Any]]:
    """Return SQL for the documents that are sought of a noun with very many, which nobody scores.

    The index over keys alone says who has all the words. Whether they follow each other it cannot say: then each of
    those documents is read.
    """

    def keys(query: str) -> str:
        matches = (
            f", (SELECT {query} AS query) AS asked WHERE {within(WORDS_OF_KEY)} @@ query AND" if query else "WHERE"
        )
        return f"SELECT id, 0 AS score FROM search_key {matches} {of_noun(number)}"

    query, words = _query(sought)
    if all(len(phrase) == 1 for terms in _all(sought) for phrase in terms):
        return keys(query), words
    bare = " && ".join(_any(terms, "plainto_tsquery") for terms in sought.clauses)
    select = f"""SELECT id, 0 AS score FROM search_document, (SELECT {query} AS query) AS asked
WHERE {within("vector")} @@ query AND id = ANY(ARRAY(SELECT id FROM ({keys(bare)}) AS candidates))"""
    return select, [*words, *(" ".join(phrase) for terms in sought.clauses for phrase in terms)]


def is_found(document: Document) -> Q:
    """Return the condition that a row is that of a document in `found`."""
    return Q(pk__in=RawSQL(keys(document, "found", DIALECT), ()))  # noqa: S611


def seen(rows: list[tuple[Document, str]]) -> str:
    """Return SQL for the documents found that were named, or of which there is a row: tables are joined whole."""
    every = "SELECT id, score FROM found"
    own = (f"{every} JOIN ({sql}) own ON id = {document_id(document, 'own.key', DIALECT)}" for document, sql in rows)
    return " UNION ALL ".join([f"{every} WHERE id < {FEW}", *own])
