"""One state of the record for everything that is asked while a reader is answered, and the mark that tells it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, Final, TypeVar, cast

from django.db import connection


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the log: the state of the record after the change of that line."""

    number: int
    token: int


F = TypeVar("F", bound=Callable[..., Any])

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


_forgetting: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[F], F]:
    """Let a function be asked once for its arguments in one state of the record; the last answers are kept.

    What it returns is shared: nobody may change it. Its arguments are hashable, and given by place.
    """

    def remember(function: F) -> F:
        @lru_cache(maxsize=most)
        def kept(_here: Mark, *given: Hashable) -> Any:
            return function(*given)

        @wraps(function)
        def asked(*given: Hashable) -> Any:
            with one_state() as here:
                return kept(here, *given)

        on_forget(kept.cache_clear)
        return cast("F", asked)

    return remember


def on_forget(clear: Callable[[], None]) -> None:
    """Have something more forgotten by `forget`."""
    _forgetting.append(clear)


def forget() -> None:
    """Forget all that is remembered, as a process that begins."""
    for clear in _forgetting:
        clear()


def _begin() -> None:
    # Not atomic(): on SQLite that begins as one who will write, and waits for the others who do.
    how = "ISOLATION LEVEL REPEATABLE READ, READ ONLY" if connection.vendor == "postgresql" else "DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(f"BEGIN {how}")


def _end() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK")
