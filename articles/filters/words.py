"""What the index of the search tells of the words in a text box, asked for once in a state of the record."""

from __future__ import annotations

from typing import Final

from pyroaring import BitMap

from articles.changes.state import remembered
from articles.search import index
from articles.search.syntax import Wish

KEPT: Final = 64
"""How many of the last answers are remembered."""


@remembered(KEPT)
def spelt(wish: Wish) -> index.Spelt:
    """Return the words of the record that sound like those of a wish."""
    return index.spellings(wish)


@remembered(KEPT)
def keys_found(noun: str, wish: Wish) -> BitMap:
    """Return the primary keys of what a wish finds of a noun with very many entries; of hidden entries, too."""
    return index.keys_found(noun, wish, spelt(wish))


@remembered(KEPT)
def titled(noun: str, wish: Wish, most: int) -> BitMap:
    """Return the primary keys of what has the words in its title, or is called so; of hidden entries, too.

    Where more than `most` have the words in their title, only those that are called so.
    """
    return index.titled(noun, wish, spelt(wish), most)
