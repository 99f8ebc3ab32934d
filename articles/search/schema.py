"""The index in the database: made, dropped and filled. A migration calls `create`, the command calls `rebuild`.

Besides the views there are triggers on every table that a document reads. Each says only which documents are stale,
by inserting their keys into `search_stale_<noun>`; then the document goes, and comes back as the view now has it.

A migration that alters a table read here begins with `drop` and ends with `create`: SQLite replaces the whole table
when one of its columns changes, and the triggers would go with the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from babel import Locale
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search import schema_postgresql, schema_sqlite
from articles.search.bulk import Folded, documents, execute
from articles.search.documents import DOCUMENTS, NUMBERS, Document, documents_of
from articles.search.folding import sound
from articles.search.views import DOCUMENT, LINE, PUBLISHED, document_id, views

LANGUAGES: Final = ("kk", "ru")
"""The languages in which a country is found by its CLDR name, besides its own, which is English."""
BATCH: Final = 5_000
"""How many documents are written in one transaction: staff who save at the same time wait no longer than for these."""


def _own(connection: BaseDatabaseWrapper) -> Any:
    """Return the module that speaks the database's SQL."""
    return {"sqlite": schema_sqlite, "postgresql": schema_postgresql}[connection.vendor]


def territories() -> list[tuple[str, str]]:
    """Return the codes of all countries and regions that CLDR knows, with their names in our languages."""
    known = [Locale.parse(language).territories for language in LANGUAGES]
    codes = sorted(set().union(*known))
    return [(code, LINE.join(dict.fromkeys(names[code] for names in known if code in names))) for code in codes]


Step = tuple[Document, int, int]
"""A noun, how many of its documents are done, and how many there are."""
Tell = Callable[[Step], None]


def create(connection: BaseDatabaseWrapper, tell: Tell = lambda _step: None) -> None:
    """Make everything that Django's models do not describe, and fill the index; in one transaction.

    `tell` is called after each step of the filling.
    """
    own = _own(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        drop(connection)
        cursor.execute("CREATE TABLE search_territory (code varchar(3) PRIMARY KEY, names text NOT NULL)")
        cursor.executemany("INSERT INTO search_territory VALUES (%s, %s)", territories())
        cursor.execute("CREATE TABLE search_waiting (noun text, key text, PRIMARY KEY (noun, key))")
        for name, select in views(own.DIALECT):
            cursor.execute(f"CREATE VIEW {name} AS {select}")
        own.create(cursor)
        for step in rebuild(connection):
            tell(step)
        own.complete(cursor)


def is_complete(connection: BaseDatabaseWrapper) -> bool:
    """Say whether all triggers are there, and with them what they write to."""
    own = _own(connection)
    with connection.cursor() as cursor:
        return bool(own.expected() <= own.triggers(cursor))


def is_up_to_date(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the index is there, with as many documents as there are published entries: a cheap look."""
    published = " + ".join(f"(SELECT count(*) FROM {one.table} WHERE {PUBLISHED})" for one in DOCUMENTS)
    if not is_complete(connection):
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT count(*) FROM search_document) = ({published})")
        return bool(cursor.fetchone()[0])


def drop(connection: BaseDatabaseWrapper) -> None:
    """Undo `create`; what is not there is passed over. The tables of the models stay, empty."""
    own = _own(connection)
    with connection.cursor() as cursor:
        own.drop(cursor)
        for name, _select in reversed(list(views(own.DIALECT))):
            cursor.execute(f"DROP VIEW IF EXISTS {name}")
        for table in ("search_waiting", "search_territory"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        for table in ("search_document", "search_name", "search_word"):
            cursor.execute(f"DELETE FROM {table}")


def rebuild(connection: BaseDatabaseWrapper) -> Iterator[Step]:
    """Make every document anew, some at a time.

    Each step is whole in itself: readers find everything at any moment, and may stop it at any moment.
    """
    own, words = _own(connection), set[str]()
    with connection.cursor() as cursor:
        for document in DOCUMENTS:
            cursor.execute(f"SELECT id, key FROM search_{document.noun} ORDER BY id")
            shown = cursor.fetchall()
            cursor.execute(f"SELECT id FROM search_document WHERE {documents_of(NUMBERS[document.model])}")
            gone = [*{known for (known,) in cursor.fetchall()}.difference(known for known, _key in shown)]
            for start in range(0, len(gone), BATCH):
                execute(cursor, "DELETE FROM search_document WHERE id", gone[start : start + BATCH], own.DIALECT)
            for start in range(0, len(shown), BATCH):
                some = shown[start : start + BATCH]
                # Where a transaction is open, no savepoint: at each, SQLite would write what its index has gathered.
                with transaction.atomic(using=connection.alias, savepoint=False):
                    _renew(connection, document, some, words)
                yield document, start + len(some), len(shown)


def _renew(
    connection: BaseDatabaseWrapper, document: Document, rows: Sequence[tuple[int, Any]], words: set[str]
) -> None:
    """Make some documents anew, given the keys of documents and rows; what is no longer published has none.

    `words` are those of the record that are known to be in their table; new ones are added.
    """
    own = _own(connection)
    ids, keys = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        own.lock(cursor)
        execute(cursor, "DELETE FROM search_document WHERE id", ids, own.DIALECT)
        folded: list[Folded] = []
        others: list[tuple[Any, ...]] = []
        for one in documents(cursor, document, keys, own.DIALECT):
            if all(map(own.is_foldable, one.texts)):
                folded.append(one)
            else:
                others.append((one.id, *one.texts, one.day))
        new = set().union(*(one.words() for one in folded)) - words
        own.write(cursor, folded, {word: sound(word) for word in sorted(new)})
        words |= new
        insert = f"INSERT INTO search_document ({', '.join(DOCUMENT)}) VALUES (%s, %s, %s, %s, %s, %s)"
        cursor.executemany(insert, others)


@contextmanager
def deferred(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let stale documents wait while much is written, and renew each once at the end. For use in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_waiting VALUES ('', '')")
        yield
        words: set[str] = set()
        for document in DOCUMENTS:
            kind = document.model._meta.pk.db_type(connection)
            own = document_id(document, "key", _own(connection).DIALECT)
            keys = f"SELECT CAST(key AS {kind}) AS key FROM search_waiting WHERE noun = '{document.noun}'"
            cursor.execute(f"SELECT {own}, key FROM ({keys}) AS stale ORDER BY 1")
            stale = cursor.fetchall()
            for start in range(0, len(stale), BATCH):
                _renew(connection, document, stale[start : start + BATCH], words)
        cursor.execute("DELETE FROM search_waiting")
