"""Stems of words in Python, as the databases find them. Pure."""

from __future__ import annotations

import threading
from functools import lru_cache

import snowballstemmer


class _Stemmers(threading.local):
    """Those of one thread: a stemmer holds the word that it is at."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")
        self.russian = snowballstemmer.stemmer("russian")


_own = _Stemmers()


def stem_of_russian(word: str) -> str:
    """Return the stem of a folded word taken for a Russian one; in other letters it stays as it is."""
    return str(_own.russian.stemWord(word))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word: Russian for Cyrillic, English otherwise."""
    return stem_of_russian(word) if "а" <= word[0] <= "я" else str(_own.english.stemWord(word))
