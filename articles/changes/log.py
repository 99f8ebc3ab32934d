"""The log of changes, kept by the database: whoever writes, and by what means, each change adds a line.

Every change of a row of the record adds a line that says no more than that. Where something is counted in memory
(articles/bitmaps), a line more names the noun and the entry, or no entry where it may be any. The number of a line
says how far a process has read, and its token, which nobody can guess, that it has read this very history and not
that of another copy of the database. The oldest lines go: who has not read them builds anew.

Lines of one kind more name the documents of articles and agreements that the search has made anew.

A migration that alters a table of the record begins with `drop` and ends with `create`, as for the search.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import Agreement, Article, Attestation, Outlet, SourceDocument, StatusStep
from articles.models import search as derived
from articles.search.documents import FEW as DOCUMENTS_OF_FEW
from articles.search.schema_postgresql import LOCK
from articles.search.watching import EVENTS

KEPT: Final = 1_000_000
"""How many lines are kept; where numbers were left out, some older ones stay that say nothing any more."""
FEW: Final = 100_000
"""How many entries one change names: to read more of them one by one takes longer than to read all."""

_ARTICLE, _OUTLET, _SOURCE, _AGREEMENT, _STEP, _ATTESTATION = (
    model._meta.db_table for model in (Article, Outlet, SourceDocument, Agreement, StatusStep, Attestation)
)
_DATE: Final = ("date_earliest", "date_latest", "date_rank")


@dataclass(frozen=True, slots=True)
class _Watch:
    """A table that a noun is counted by: the columns that matter, and SQL for the keys of entries that may change."""

    noun: str
    table: str
    columns: tuple[str, ...]
    keys: str


def _ties(noun: str, relation: Any, column: str) -> _Watch:
    """Return the watch on a table between a noun and another one."""
    return _Watch(noun, relation.through._meta.db_table, (f"{noun}_id", column), f"SELECT {{row}}.{noun}_id")


_OF_OUTLET: Final = f"""SELECT id FROM {_ARTICLE} WHERE outlet_id = {{row}}.id
  UNION SELECT article.id FROM {_SOURCE} source JOIN {_ARTICLE} article ON article.source_id = source.id
  WHERE source.publisher_id = {{row}}.id"""
_BY_OUTLET: Final = f"SELECT id FROM {_SOURCE} WHERE publisher_id = {{row}}.id"
_OF_SOURCE: Final = f"SELECT id FROM {_ARTICLE} WHERE source_id = {{row}}.id"


def _attested(articles: str) -> str:
    """Return SQL for the agreements that some articles attest, given SQL for their keys."""
    return f"""SELECT agreement_id FROM {_ATTESTATION} WHERE article_id IN ({articles}) AND agreement_id IS NOT NULL
  UNION SELECT step.agreement_id FROM {_ATTESTATION} place JOIN {_STEP} step ON step.id = place.step_id
  WHERE place.article_id IN ({articles})"""


def _if_few(keys: str) -> str:
    """Return SQL for the same keys, or for no key where there are too many: then it may be any entry."""
    some = f"(SELECT every_one.* FROM ({keys}) AS every_one LIMIT {{few}} + 1) AS named"
    number = f"(SELECT count(*) FROM {some})"
    return f"""SELECT named.* FROM {some} WHERE {number} <= {{few}}
  UNION SELECT CAST(NULL AS bigint) WHERE {number} > {{few}}"""


_TOLD: Final = f"""SELECT {{row}}.agreement_id WHERE {{row}}.agreement_id IS NOT NULL
  UNION SELECT agreement_id FROM {_STEP} WHERE id = {{row}}.step_id"""

_WATCHES: Final = (
    _Watch(
        Article.NOUN,
        _ARTICLE,
        ("id", "state", "outlet_id", "source_id", "genre", "date_edtf", *_DATE, "modified_at"),
        "SELECT {row}.id",
    ),
    _ties(Article.NOUN, Article.partners, "country_id"),
    _ties(Article.NOUN, Article.topics, "topic_id"),
    _Watch(Article.NOUN, _OUTLET, ("id", "state"), _if_few(_OF_OUTLET)),
    _Watch(Article.NOUN, _SOURCE, ("id", "state", "kind", "publisher_id"), _if_few(_OF_SOURCE)),
    _Watch(
        SourceDocument.NOUN,
        _SOURCE,
        ("id", "state", "kind", "publisher_id", "date_edtf", *_DATE, "modified_at"),
        "SELECT {row}.id",
    ),
    _Watch(SourceDocument.NOUN, _OUTLET, ("id", "state"), _if_few(_BY_OUTLET)),
    _Watch(Agreement.NOUN, _AGREEMENT, ("id", "state", "type", "tier", "binding", "modified_at"), "SELECT {row}.id"),
    _ties(Agreement.NOUN, Agreement.parties, "country_id"),
    _ties(Agreement.NOUN, Agreement.topics, "topic_id"),
    _ties(Agreement.NOUN, Agreement.organisations, "organisation_id"),
    _Watch(Agreement.NOUN, _STEP, ("id", "agreement_id", "position", "status", *_DATE), "SELECT {row}.agreement_id"),
    _Watch(Agreement.NOUN, _ATTESTATION, ("article_id", "agreement_id", "step_id"), _TOLD),
    _Watch(Agreement.NOUN, _ARTICLE, ("id", "state", "outlet_id", "source_id"), _attested("{row}.id")),
    _Watch(Agreement.NOUN, _OUTLET, ("id", "state"), _if_few(_attested(_OF_OUTLET))),
    _Watch(Agreement.NOUN, _SOURCE, ("id", "state", "publisher_id"), _if_few(_attested(_OF_SOURCE))),
)
DOCUMENT: Final = "document"
"""In place of a noun, in the lines that name a document: key and noun in one, see articles/search/documents.py."""
_NAMED: Final = sorted({DOCUMENT, *(watch.noun for watch in _WATCHES)})


@dataclass(frozen=True, slots=True)
class _Dialect:
    number: str
    token: str
    differs: str


_SQLITE: Final = _Dialect("integer PRIMARY KEY AUTOINCREMENT", "random()", "IS NOT")
_POSTGRESQL: Final = _Dialect(
    "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", "(random() * 9e18)::bigint", "IS DISTINCT FROM"
)
_ANY: Final = "INSERT INTO record_change (noun) VALUES {};"


_DOCUMENT: Final = derived.SearchDocument._meta.db_table
_RENEWED: Final = f"""INSERT INTO record_change (noun, key) SELECT '{DOCUMENT}', {{0}}.id WHERE NOT EXISTS
  (SELECT 1 FROM (SELECT noun, key FROM record_change ORDER BY number DESC LIMIT 1) AS newest
    WHERE noun = '{DOCUMENT}' AND key = {{0}}.id);"""
"""What adds a line for a document, unless it is the newest one: what is made anew goes first, and then comes back."""


def _dialect(connection: BaseDatabaseWrapper) -> _Dialect:
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


def tables() -> list[str]:
    """Return the tables of the record: all that pages are made from, but for what the search derives from them."""
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model.__module__ != derived.__name__)


def _named(event: str, watch: _Watch, differs: str) -> str:
    """Return what adds the lines that name entries."""
    keys = " UNION ".join(watch.keys.format(row=row, few=FEW) for row in EVENTS[event])
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in watch.columns)
    where = f" WHERE {changed}" if event == "update" else ""
    return f"INSERT INTO record_change (noun, key) SELECT '{watch.noun}', line.* FROM ({keys}) AS line{where};"


def _triggers(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str, str]]:
    """Yield name, event with table and rows, and statements of every trigger."""
    sqlite = connection.vendor == "sqlite"
    differs = _dialect(connection).differs
    for table in tables():
        for event in EVENTS:
            named = " ".join(_named(event, watch, differs) for watch in _WATCHES if watch.table == table)
            if sqlite:
                yield f"change_{event}_of_{table}", f"{event} ON {table}", _ANY.format("('')") + named
            elif named:
                yield f"change_{event}_of_{table}", f"{event} ON {table} FOR EACH ROW", named
        if not sqlite:
            events = "INSERT OR UPDATE OR DELETE ON"
            yield f"change_of_{table}", f"{events} {table} FOR EACH STATEMENT", _ANY.format("('')")
            every = ", ".join(f"('{noun}')" for noun in ("", *_NAMED))
            yield f"change_all_of_{table}", f"TRUNCATE ON {table} FOR EACH STATEMENT", _ANY.format(every)
    for event, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
        each = "" if sqlite else "FOR EACH ROW "
        when = f"WHEN {'' if sqlite else '('}{row}.id < {DOCUMENTS_OF_FEW}{'' if sqlite else ')'}"
        yield f"change_{event}_of_document", f"{event} ON {_DOCUMENT} {each}{when}", _RENEWED.format(row)
    # One line by its key: a planner without statistics would go through all of them to look for the oldest.
    forget = "INSERT ON record_change" + ("" if sqlite else " FOR EACH ROW")
    yield "change_forget", forget, f"DELETE FROM record_change WHERE number = NEW.number - {KEPT};"


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the log and its triggers."""
    drop(connection)
    own = _dialect(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE record_change (number {own.number}, token bigint NOT NULL DEFAULT ({own.token}),"
            " noun varchar(20) NOT NULL, key bigint)"
        )
        cursor.execute(_ANY.format("('')"))
        for name, event, body in _triggers(connection):
            if connection.vendor == "sqlite":
                cursor.execute(f"CREATE TRIGGER {name} AFTER {event} BEGIN {body} END")
                continue
            # Under the lock lines become visible in the order of their numbers: none is skipped that comes later.
            # Plans are kept, and may have been made when the log was short: they shall not read all of a long one.
            cursor.execute(f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT SET enable_seqscan = off
AS $body$ BEGIN PERFORM pg_advisory_xact_lock({LOCK}); {body} RETURN NULL; END $body$""")
            cursor.execute(f"CREATE TRIGGER {name} AFTER {event} EXECUTE FUNCTION {name}()")


_TRIGGERS: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE relnamespace = current_schema()::regnamespace",
}
_FUNCTIONS: Final = "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"


def _there(connection: BaseDatabaseWrapper, catalogue: str) -> set[str]:
    """Return the names of what is ours in a catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {name for (name,) in cursor.fetchall() if name.startswith("change_")}


def drop(connection: BaseDatabaseWrapper) -> None:
    """Undo `create`; what is not there is passed over."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _there(connection, _TRIGGERS["sqlite"]):
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            for name in _there(connection, _FUNCTIONS):
                cursor.execute(f"DROP FUNCTION {name} CASCADE")
        cursor.execute("DROP TABLE IF EXISTS record_change")


def is_complete(connection: BaseDatabaseWrapper) -> bool:
    """Say whether all triggers are there: SQLite drops those of a table that it replaces."""
    return {name for name, _event, _body in _triggers(connection)} <= _there(connection, _TRIGGERS[connection.vendor])


def note(connection: BaseDatabaseWrapper) -> None:
    """Add a line for a change of what is derived from the record, which no trigger sees."""
    with connection.cursor() as cursor:
        cursor.execute(_ANY.format("('')"))
