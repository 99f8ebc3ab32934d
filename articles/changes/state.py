"""One state of the record for everything that is asked while a reader is answered, and the mark that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from django.db import connection


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the log: the state of the record after the change of that line."""

    number: int
    token: int


MARK: Final = "sholu.mark"
"""Where a request keeps the mark of the state that it is answered from (a key of the WSGI environment)."""

_seen: ContextVar[Mark | None] = ContextVar("mark of the state that is looked at", default=None)


def newest() -> Mark:
    """Return the mark of the record as it is now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, token FROM record_change ORDER BY number DESC LIMIT 1")
        return Mark(*cursor.fetchone())


@contextmanager
def one_state() -> Iterator[Mark]:
    """Let all queries inside see one state of the record, whatever is written meanwhile; give its mark.

    It waits for nobody and nobody waits for it: SQLite reads beside the one who writes, PostgreSQL keeps what was
    there when it began. Inside another `one_state`, or inside a transaction, what is seen is what that sees.
    """
    here = _seen.get()
    if here:
        yield here
        return
    with ExitStack() as stack:
        if connection.get_autocommit() and not connection.in_atomic_block:
            _begin()
            stack.callback(_end)
        here = newest()  # the first query: SQLite takes its state from it
        stack.callback(_seen.reset, _seen.set(here))
        yield here


def _begin() -> None:
    # Not atomic(): on SQLite that begins as one who will write, and waits for the others who do.
    how = "ISOLATION LEVEL REPEATABLE READ, READ ONLY" if connection.vendor == "postgresql" else "DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(f"BEGIN {how}")


def _end() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK")
