"""An order of entries that no bitmap keeps: any part of it is found without walking to it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyroaring import BitMap

PIECE: Final = 1_024
"""How many neighbours are counted together."""


@dataclass(frozen=True, slots=True)
class Order:
    """Keys in an order, in pieces, each with its bitmap."""

    pieces: tuple[tuple[array[int], BitMap], ...]

    @classmethod
    def of(cls, keys: Iterable[int]) -> Order:
        def pieces() -> Iterator[tuple[array[int], BitMap]]:
            left = iter(keys)
            while piece := array("I", islice(left, PIECE)):
                yield piece, BitMap(piece)

        return cls(tuple(pieces()))

    def slice(self, among: BitMap, start: int, stop: int) -> list[int]:
        """Return the keys of some places of the order, `start` to `stop`, among some entries."""
        keys: list[int] = []
        before = 0
        for piece, bits in self.pieces:
            if before >= stop:
                break
            number = among.intersection_cardinality(bits)
            if before + number > start:
                having = (key for key in piece if key in among)
                keys.extend(islice(having, max(start - before, 0), stop - before))
            before += number
        return keys
