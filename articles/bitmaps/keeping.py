"""The index of each process: read whole once, and kept up with the record."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

from articles.bitmaps.index import Index, renewed
from articles.bitmaps.log import Mark
from articles.bitmaps.reading import Source, UntoldError, read

_logger = logging.getLogger(__name__)


class Keeper:
    """The index of one noun, in this process."""

    def __init__(self, source: Callable[[], Source]) -> None:
        """Take what says where the bitmaps come from; it is asked for at the first reading."""
        self._source = source
        self._lock = Lock()
        self._kept: tuple[Mark, Index] | None = None

    def current(self) -> Index:
        """Return the index of the record as it is now, in one query; in doubt it is read anew, in a second one."""
        kept = self._kept
        if kept:
            mark, index = kept
            try:
                told = read(self._source(), mark)
            except UntoldError:
                return self._anew()
            if told.mark == mark:
                return index
            assert told.changed is not None  # noqa: S101  # since it was read from a mark
            return self._keep(told.mark, renewed(index, told.changed, told.index))
        return self._anew()

    def _anew(self) -> Index:
        began = time.monotonic()
        with self._lock:  # one thread at a time: the others would take as much memory again
            told = read(self._source(), None)
        _logger.info("Bitmaps read anew of %d entries in %.2f s", len(told.index.shown), time.monotonic() - began)
        return self._keep(told.mark, told.index)

    def _keep(self, mark: Mark, index: Index) -> Index:
        self._kept = mark, index
        return index
