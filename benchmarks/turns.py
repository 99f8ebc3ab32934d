"""Several processes that take turns in a fixed order, so that what is slow for a while is so for all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.01


@dataclass
class Turns:
    """The turns of one of `number` processes. A file in a folder of them all grows by a byte with each turn.

    All take as many turns. Whoever started them ends the others when one fails: these would wait for ever.
    """

    folder: Path
    place: int
    number: int
    taken: int = 0
    gathered: int = 0

    def gather(self) -> None:
        """Wait until all have come as far."""
        here = self.folder / "here"
        _grow(here)
        self.gathered += 1
        _await(here, self.gathered * self.number)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for those before, in this round and in all earlier ones."""
        over = self.folder / "over"
        _await(over, self.taken * self.number + self.place)
        yield
        self.taken += 1
        _grow(over)


def _grow(file: Path) -> None:
    with file.open("ab") as open_file:
        open_file.write(b".")


def _await(file: Path, size: int) -> None:
    while (file.stat().st_size if file.exists() else 0) < size:
        time.sleep(_PAUSE)
