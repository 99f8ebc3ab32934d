"""What is asked of the index on SQLite: expressions of FTS5."""

from __future__ import annotations

from articles.search.schema_sqlite import DIALECT
from articles.search.terms import Alternatives, Sought

__all__ = ["DIALECT", "found"]


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
