"""Many documents at once, as the views have them and folded as the triggers fold them: the way of the rebuild.

A view looks up the names of what an entry is tied to once for every tie, and a trigger folds them as often. Here both
happen once. What comes out is the same; a test compares it row for row.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from articles.search.documents import BY_MODEL, Document
from articles.search.folding import fold, sound
from articles.search.views import LINE, Dialect, own_text

_fold_name: Final = lru_cache(maxsize=100_000)(fold)


@dataclass(frozen=True, slots=True)
class Folded:
    """A document with its texts, as they are and folded line by line, both in the order of `views.COLUMNS`."""

    id: int
    texts: tuple[str, ...]
    day: Any
    folded: tuple[str, ...]

    def words(self) -> list[str]:
        return " ".join(self.folded).split()

    def sounds(self) -> set[str]:
        """Return the sounds of the whole title and of each alias."""
        title, aliases, *_others = self.folded
        return {sound(line) for line in f"{title}{LINE}{aliases}".split(LINE) if line}


def execute(cursor: Any, statement: str, values: Sequence[Any], dialect: Dialect, rest: str = "") -> Any:
    """Run a statement on a list of values: planners know what to do with these, without statistics."""
    cursor.execute(f"{statement} {dialect.among} {rest}", [dialect.listed.format(json.dumps(values)[1:-1])])
    return cursor


def documents(cursor: Any, document: Document, keys: Sequence[Any], dialect: Dialect) -> Iterator[Folded]:
    """Yield the documents of those rows of a noun that are published."""
    sources = [_names(cursor, document, name, keys, dialect) for name in document.names]
    select = f"SELECT key, id, title, aliases, body, day FROM search_{document.noun} WHERE key"
    for key, number, title, aliases, body, day in execute(cursor, select, keys, dialect, "ORDER BY id").fetchall():
        names = LINE.join(text for source in sources if (text := LINE.join(source.get(key, ())))).strip(LINE)
        texts = (title, aliases, names, body)
        folded = (_lines(title, fold), _lines(aliases, fold), _lines(names, _fold_name), _lines(body, fold))
        yield Folded(number, texts, day, folded)


def _lines(text: str, folding: Callable[[str], str]) -> str:
    return LINE.join(map(folding, text.split(LINE)))


def _names(cursor: Any, document: Document, name: str, keys: Sequence[Any], dialect: Dialect) -> dict[Any, list[str]]:
    """Return what a source of names says of each row, in order."""
    field: Any = document.model._meta.get_field(name)
    key, column, table, order = f"own.{document.key}", f"own.{field.column}", document.table, ""
    if not field.is_relation:
        column = own_text(document, name, dialect)
    elif field.many_to_many:
        key, column, table = f"own.{field.m2m_column_name()}", f"own.{field.m2m_reverse_name()}", field.m2m_db_table()
        order = "ORDER BY own.id"
    select = f"SELECT {key}, {column} FROM {table} own WHERE {key}"
    ties = execute(cursor, select, keys, dialect, order).fetchall()
    if field.is_relation and ties:
        cursor.execute(f"SELECT key, names FROM search_names_of_{BY_MODEL[field.related_model].noun}")
        names = dict(cursor.fetchall())
        ties = [(one, names.get(other)) for one, other in ties]
    said = defaultdict(list)
    for one, text in ties:
        if text is not None:
            said[one].append(text)
    return said
