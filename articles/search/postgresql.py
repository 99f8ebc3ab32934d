"""What is asked of the index on PostgreSQL: a tsquery."""

from __future__ import annotations

from articles.search.schema_postgresql import DIALECT
from articles.search.terms import Alternatives, Sought

__all__ = ["DIALECT", "found"]

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
