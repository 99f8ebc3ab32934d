"""The index of each process: read whole once, and kept up with the record."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Final

from articles.bitmaps.index import Index, renewed
from articles.bitmaps.reading import Source, UntoldError, read
from articles.changes.state import Mark, one_state

STATES: Final = 4
"""How many of the last states are kept; most of their bitmaps are the same ones."""

_logger = logging.getLogger(__name__)


class Keeper:
    """The index of one noun, in this process."""

    def __init__(self, source: Callable[[], Source]) -> None:
        """Take what says where the bitmaps come from; it is asked for at the first reading."""
        self._source = source
        self._lock = Lock()
        self._kept: tuple[tuple[Mark, Index], ...] = ()

    def current(self) -> Index:
        """Return the index of the state that is looked at.

        What has changed since one of the last states is read in one query; in doubt everything is, in a second one.
        Several are kept, since one reader may still look at an earlier state while another one is ahead.
        """
        with one_state() as now:
            return self._at(now)

    def _at(self, now: Mark) -> Index:
        before = [(seen, index) for seen, index in self._kept if seen.number <= now.number]
        if before:
            seen, index = max(before, key=lambda one: one[0].number)
            if seen == now:
                return index
            try:
                told = read(self._source(), seen)
            except UntoldError:
                return self._anew(now)
            assert told.changed is not None  # noqa: S101  # since it was read from a mark
            return self._keep(told.mark, renewed(index, told.changed, told.index) if told.changed else index)
        return self._anew(now)

    def _anew(self, now: Mark) -> Index:
        with self._lock:  # one thread at a time: the others would take as much memory again
            for seen, index in self._kept:
                if seen == now:
                    return index
            began = time.monotonic()
            told = read(self._source(), None)
            _logger.info("Bitmaps read anew of %d entries in %.2f s", len(told.index.shown), time.monotonic() - began)
            return self._keep(told.mark, told.index)

    def _keep(self, seen: Mark, index: Index) -> Index:
        self._kept = (*self._kept[1 - STATES :], (seen, index))
        return index
