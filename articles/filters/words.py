"""What the index of the search tells of the words in a text box, asked for once in a state of the record.

Which entries have some words, a later state learns from an earlier one: of those alone that the log names since then
the index is asked again. What took long to find is laid down for the other processes, as bitmaps are.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Final

from pyroaring import BitMap

from articles.changes import laid_down
from articles.changes.documents import changed
from articles.changes.state import Mark, on_forget, one_state, remembered
from articles.search import index
from articles.search.syntax import Wish
from articles.search.terms import Sought, sought

KEPT: Final = 256
"""How many of the last answers are remembered."""
LONG: Final = 0.05
"""After how many seconds of reading the entries that have some words are laid down for the other processes."""
A_DAY: Final = 24 * 60 * 60
LOOKED_UP: Final = 400
"""To look up one entry takes about as long as to read so many that have the words."""
MORE: Final = 1_000
"""How many more entries are read than asked for at most: so many may change until all are read again."""


@remembered(KEPT)
def spelt(wish: Wish) -> index.Spelt:
    """Return the words of the record that sound like those of a wish."""
    return index.spellings(wish)


def found(noun: str, wish: Wish, among: BitMap) -> BitMap:
    """Return which of some entries of a noun with very many, given by primary keys, a wish finds."""
    asked = sought(wish, spelt(wish))
    if not asked.clauses:  # all but a few: the index would have to go through all
        return among - _Posting(noun, Sought((asked.excluded,), ())).at_present()
    return among & _Posting(noun, asked).at_present()


def titled(noun: str, wish: Wish, most: int) -> BitMap:
    """Return the primary keys of what has the words in its title, or is called so; of hidden entries, too.

    Where more than `most` have the words in their title, only those that are called so.
    """
    found = _Posting(noun, sought(wish, spelt(wish)), most).at_present()
    return _called(noun, wish) | found if len(found) <= most else _called(noun, wish)


@remembered(KEPT)
def _called(noun: str, wish: Wish) -> BitMap:
    return index.called(noun, wish)


@dataclass(frozen=True, slots=True)
class _Read:
    """The entries that had some words in a state of the record; some of them, where they are more than are read."""

    mark: Mark
    keys: BitMap
    whole: bool = True


_kept: OrderedDict[_Posting, _Read] = OrderedDict()
_lock: Final = Lock()
on_forget(_kept.clear)


@dataclass(frozen=True, slots=True)
class _Posting:
    """The entries of a noun that have some words: anywhere, or in their title.

    Of titles no more are read than `most` and some more; `most` and one more say that they are too many.
    """

    noun: str
    sought: Sought
    most: int = 0

    def at_present(self) -> BitMap:
        """Return the keys in the state that is looked at."""
        with one_state() as now:
            read = _kept.get(self)
            if not read or read.mark != now:
                read = self._renewed(read or laid_down.find(self._place), now) or self._anew(now)
            self._keep(read)
            return read.keys

    def _renewed(self, before: _Read | None, now: Mark) -> _Read | None:
        """Return the keys of now, from those of an earlier state; None where it is quicker, or needed, to ask anew."""
        if not before or len(before.keys) < LOOKED_UP:
            return None
        stale = changed(self.noun, before.mark, now)
        if stale is None or len(stale) * LOOKED_UP > len(before.keys):
            return None
        keys = before.keys
        if stale:
            keys = (keys - stale) | self._ask(stale)
        return _Read(now, keys, before.whole) if before.whole or len(keys) > self.most else None

    def _anew(self, now: Mark) -> _Read:
        began = time.monotonic()
        keys = self._ask()
        read = _Read(now, keys, whole=not self.most or len(keys) < self.most + MORE)
        if time.monotonic() - began > LONG:
            laid_down.lay_down(self._place, read, seconds=A_DAY)
        return read

    def _ask(self, among: BitMap | None = None) -> BitMap:
        most = self.most + MORE if self.most and among is None else None
        return index.keys_found(self.noun, self.sought, titles=bool(self.most), most=most, among=among)

    def _keep(self, read: _Read) -> None:
        with _lock:
            _kept[self] = read
            _kept.move_to_end(self)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)

    # --- for other processes --------------------------------------------------------------------------------------

    @property
    def _place(self) -> str:
        return f"words:{sha256(repr(self).encode()).hexdigest()}"
