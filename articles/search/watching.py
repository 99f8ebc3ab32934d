"""Which documents become stale when a row of a table changes, as SQL: what the triggers say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from articles.search.documents import DOCUMENTS, Dependency, Document, dependencies

EVENTS: Final = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
"""What may happen to a row, and by what names a trigger knows it."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Documents of one noun that read a table, and by which columns."""

    document: Document
    dependency: Dependency

    def statement(self, event: str, differs: str) -> str:
        """Return what a trigger does at an event; `differs` is how the database compares what may be NULL."""
        keys = " UNION ".join(self.dependency.keys.format(row=row) for row in EVENTS[event])
        changed = ""
        if event == "update":
            compared = " OR ".join(f'OLD."{name}" {differs} NEW."{name}"' for name in self.dependency.columns)
            changed = f" WHERE {compared}"
        return f"INSERT INTO search_stale_{self.document.noun} SELECT * FROM ({keys}) AS stale{changed}"


def watched() -> dict[str, list[Watch]]:
    """Return for every table that documents read what is stale after a change."""
    tables: dict[str, list[Watch]] = {}
    for document in DOCUMENTS:
        for dependency in dict.fromkeys(dependencies(document)):
            tables.setdefault(dependency.table, []).append(Watch(document, dependency))
    return tables
