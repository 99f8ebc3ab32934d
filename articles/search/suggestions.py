"""“Did you mean”: what the record holds that is nearly what a search did not find.

The words of the index are only where candidates come from. It keeps words of entries that have since been hidden, so
the caller says of each candidate whether readers can find it, and of each suggestion whether it leads to anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from articles.models import SearchWord
from articles.search.folding import fold, sound
from articles.search.stemming import stem
from articles.search.syntax import Wish, parse

MOST: Final = 3
"""How many suggestions are offered."""
WORDS: Final = 6
"""How many words of a search are looked at."""
STRANGE: Final = 2
"""How many of them may be changed."""
COMPARED: Final = 4000
"""How many words of the record are compared with one that was not found."""
TRIED: Final = 3
"""How many of the nearest words are tried."""
MOST_LETTERS: Final = 3
"""How many letters may differ in writing, in words of one alphabet that sound nearly alike: never more than half."""
SHORTEST: Final = 3
"""How many letters a word has that can be mistyped: below, everything is near to everything."""

Finds = Callable[[str], bool]
"""Says whether readers can find anything by a text."""


def suggestions(text: str, wish: Wish, known: Finds, finds: Finds) -> list[str]:
    """Return what to look for instead: the text with words changed, the nearest first.

    `known` asks the whole record, `finds` the list that the reader looks at.
    """
    words = dict.fromkeys(word for term in wish.sought for word in term.words if len(word) >= SHORTEST)
    strange = [word for word in islice(words, WORDS) if not known(word)]
    nearest = {word: [near for near in _near(word) if known(near)] for word in strange[:STRANGE]}
    if strange and all(nearest.values()):
        first = {word: near[0] for word, near in nearest.items()}
        offered = [first, *({**first, word: other} for word, near in nearest.items() for other in near[1:])]
        texts = [_changed(text, words) for words in offered]
    else:
        texts = [] if strange else [text]
    corrected = [one for one in dict.fromkeys(texts) if one != text and finds(one)][:MOST]
    return corrected or [one for one in map(_any_of, texts[:1]) if one != text and finds(one)]


def _any_of(text: str) -> str:
    """Return a search for any of the words of another, which asks for all."""
    wish = parse(text)
    if len(wish.clauses) < 2:
        return text
    sought, excluded = (
        [f'"{" ".join(term.words)}"' if len(term.words) > 1 else term.words[0] for term in terms]
        for terms in (wish.sought, wish.excluded)
    )
    return " ".join([" OR ".join(sought), *(f"-{words}" for words in excluded)])


def _changed(text: str, words: dict[str, str]) -> str:
    """Return a text with some of its words replaced; everything else, operators too, stays as it was typed."""

    def changed(found: re.Match[str]) -> str:
        other = words.get(fold(found[0]), found[0])
        return other[:1].upper() + other[1:] if found[0][0].isupper() else other

    return re.sub(r"\w+", changed, text)


def _near(word: str) -> Iterator[str]:
    """Yield the words of the record that are nearest to a folded word, one of each stem."""
    heard = sound(word)
    allowed = 1 if len(heard) <= 4 else 2
    ranked = sorted(
        (distance(heard, other_sound, allowed), distance(word, other, len(word)), other)
        for other, other_sound in _compared(heard)
        if other != word
    )
    stems: set[str] = set()
    for far, letters, other in ranked:
        alike = letters <= min(MOST_LETTERS, len(word) // 2) or not word.isascii()
        if far <= allowed and alike and stem(other) not in stems and len(stems) < TRIED:
            stems.add(stem(other))
            yield other
    yield from _in_two(word)


def _compared(heard: str) -> QuerySet[SearchWord, tuple[str, str]]:
    """Return words that may be near to a sound: they share its beginning, or its first letter and its end, or all
    but the first letter; and their length."""
    begins = Q(sound__gte=heard[:2], sound__lt=heard[:2] + "\uffff")
    first_and_end = Q(sound__gte=heard[0], sound__lt=heard[0] + "\uffff", sound__endswith=heard[-2:])
    words = SearchWord.objects.filter(begins | first_and_end | Q(sound__endswith=heard[1:]))
    length = Length("sound")
    near = words.annotate(length=length).filter(length__gte=len(heard) - 2, length__lte=len(heard) + 2)
    return near.order_by("word").values_list("word", "sound")[:COMPARED]


def _in_two(word: str) -> Iterator[str]:
    """Yield a word that the record writes apart: transcaspian, “trans caspian”."""
    pairs = [(word[:cut], word[cut:]) for cut in range(SHORTEST, len(word) - SHORTEST + 1)]
    held = set(
        SearchWord.objects.filter(word__in={part for pair in pairs for part in pair}).values_list("word", flat=True)
    )
    for one, other in pairs:
        if one in held and other in held:
            yield f"{one} {other}"


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters differ, are missing, too many or swapped; more than `most` once it is certain."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
