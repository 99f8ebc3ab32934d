"""Hits shown: the words of a text that answer a search, marked; alike on every database. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from articles.search.folding import fold
from articles.search.stemming import stem
from articles.search.syntax import Wish

SNIPPET_WORDS: Final = 30
"""How many words of a text a snippet shows."""
BEFORE: Final = 6
"""How many of them stand before the first hit, where there are as many."""
_WORD: Final = re.compile(r"\w+(?:['’‘ʻʼ`´]\w+)*")

Spelt = Mapping[str, tuple[str, ...]]
"""The words of the record that sound like each word looked for."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A folded word of a text, and where it stands. A hyphen or a dot inside a name parts it."""

    folded: str
    start: int
    end: int


def _words(text: str) -> Iterator[_Word]:
    for found in _WORD.finditer(text):
        for folded in fold(found[0]).split():
            yield _Word(folded, *found.span())


class Marker:
    """Marks what one search finds: whole words that are written, spelt or stemmed like those looked for."""

    def __init__(self, wish: Wish, spelt: Spelt) -> None:
        self._terms = [
            [frozenset({stem(one) for one in (word, *spelt.get(word, ()))}) for word in term.words]
            for term in wish.sought
        ]

    def whole(self, text: str) -> SafeString:
        """Return a whole text, escaped, its hits marked."""
        words = list(_words(text))
        return _marked(text, _spans(text, words, self._hits(words)), 0, len(text))

    def snippet(self, text: str) -> SafeString:
        """Return the words around the first hits of a text, escaped and marked; its beginning if it has none."""
        words = list(_words(text))
        if not words:
            return SafeString("")
        hits = self._hits(words)
        first = max(0, min(min(hits, default=0) - BEFORE, len(words) - SNIPPET_WORDS))
        last = min(first + SNIPPET_WORDS, len(words)) - 1
        start = words[first].start if first else 0
        end = words[last].end if last < len(words) - 1 else len(text)
        shown = _marked(text, _spans(text, words, hits.intersection(range(first, last + 1))), start, end)
        return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(text) else "")

    def terms_in(self, text: str) -> set[int]:
        """Return which of the terms a text holds, by their numbers."""
        words = list(_words(text))
        return {number for number, term in enumerate(self._terms) if any(_places(term, words))}

    def _hits(self, words: list[_Word]) -> set[int]:
        """Return which of the words belong to a term."""
        places = (place for term in self._terms for place in _places(term, words))
        return {number for place in places for number in place}


def _places(term: list[frozenset[str]], words: list[_Word]) -> Iterator[range]:
    """Yield where a term stands among words: the numbers of those that are it."""
    stems = [stem(word.folded) for word in words]
    for place in range(len(stems) - len(term) + 1):
        if all(stems[place + ahead] in wanted for ahead, wanted in enumerate(term)):
            yield range(place, place + len(term))


def _spans(text: str, words: list[_Word], hits: set[int]) -> list[tuple[int, int]]:
    """Return where marks begin and end: hits with no more than one character between them share one."""
    spans: list[tuple[int, int]] = []
    for number in sorted(hits):
        word = words[number]
        if spans and word.start - spans[-1][1] <= 1:
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return spans


def _marked(text: str, spans: list[tuple[int, int]], start: int, end: int) -> SafeString:
    """Return a part of a text, escaped, with marks."""
    shown, done = SafeString(""), start
    for first, last in spans:
        shown += format_html("{}<mark>{}</mark>", text[done:first], text[first:last])
        done = last
    return shown + escape(text[done:end])
