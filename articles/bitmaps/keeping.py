"""The index of each process: read whole once, and kept up with the record."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Final

from articles.bitmaps.index import Index, renewed
from articles.bitmaps.reading import Source, UntoldError, read
from articles.changes import laid_down
from articles.changes.state import Mark, one_state

STATES: Final = 4
"""How many of the last states are kept; most of their bitmaps are the same ones."""

LONG: Final = 1.0
"""After how many seconds of reading the index is laid down for the other processes, and for those that come later."""

_logger = logging.getLogger(__name__)

State = tuple[Mark, Index]


class Keeper:
    """The index of one noun, in this process."""

    def __init__(self, source: Callable[[], Source]) -> None:
        """Take what says where the bitmaps come from; it is asked for at the first reading."""
        self._source = source
        self._lock = Lock()
        self._kept: tuple[State, ...] = ()
        self.reads_anew = False
        """Whether everything is being read at the moment, and readers wait for it."""

    def current(self) -> Index:
        """Return the index of the state that is looked at.

        What has changed since one of the last states is read in one query; in doubt everything is, in a second one.
        Several are kept, since one reader may still look at an earlier state while another one is ahead.
        """
        with one_state() as now:
            return self._at(now)

    def _at(self, now: Mark) -> Index:
        before = [state for state in self._kept if state[0].number <= now.number]
        if before:
            newest = max(before, key=lambda state: state[0].number)
            try:
                return newest[1] if newest[0] == now else self._renewed(newest)
            except UntoldError:
                pass
        return self._anew(now)

    def _renewed(self, before: State) -> Index:
        """Return the index of now, from an earlier one. Raises UntoldError where the log does not tell."""
        seen, index = before
        told = read(self._source(), seen)
        assert told.changed is not None  # noqa: S101  # since it was read from a mark
        return self._keep(told.mark, renewed(index, told.changed, told.index) if told.changed else index)

    def _anew(self, now: Mark) -> Index:
        with self._lock:  # one thread at a time: the others would take as much memory again
            for seen, index in self._kept:
                if seen == now:
                    return index
            before: State | None = laid_down.find(self._place)
            if before and before[0].number <= now.number:
                try:
                    return self._renewed(before)
                except UntoldError:
                    _logger.info("The bitmaps of each %s that were laid down are of another record", self._noun)
            began = time.monotonic()
            self.reads_anew = True
            try:
                told = read(self._source(), None)
            finally:
                self.reads_anew = False
            took = time.monotonic() - began
            _logger.info("Bitmaps of each %s read anew: %d entries, %.2f s", self._noun, len(told.index.shown), took)
            if took > LONG:
                laid_down.lay_down(self._place, (told.mark, told.index), seconds=None)
            return self._keep(told.mark, told.index)

    def _keep(self, seen: Mark, index: Index) -> Index:
        self._kept = (*self._kept[1 - STATES :], (seen, index))
        return index

    # --- for other processes --------------------------------------------------------------------------------------

    @property
    def _noun(self) -> str:
        return self._source().rows.model.NOUN  # type: ignore[no-any-return]

    @property
    def _place(self) -> str:
        return f"bitmaps:{self._noun}"
