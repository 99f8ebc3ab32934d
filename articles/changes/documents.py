"""Which documents of the search have changed since a state of the record, as the log tells it."""

from __future__ import annotations

from typing import Final

from django.db import connection
from pyroaring import BitMap

from articles.changes.log import DOCUMENT, KEPT
from articles.changes.state import Mark
from articles.keys import bits_of, together
from articles.search.documents import NUMBERS, ROW, documents_of

_NUMBERS: Final = {model.NOUN: number for model, number in NUMBERS.items()}


def changed(noun: str, since: Mark, now: Mark) -> BitMap | None:
    """Return the keys of the entries whose documents have changed between two states, the later being looked at.

    None where the log does not tell: it may be any. The noun is one of those with very many entries.
    """
    if not 0 <= now.number - since.number < KEPT:
        return None
    lines = f"number > %s AND noun = '{DOCUMENT}' AND (key IS NULL OR {documents_of(_NUMBERS[noun], 'key')})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT token FROM record_change WHERE number = %s), count(*) - count(key),"
            f" {together(f'(key & {ROW})')} FROM record_change WHERE {lines}",
            [since.number, since.number],
        )
        token, any_one, keys = cursor.fetchone()
    return bits_of(keys) if token == since.token and not any_one else None
