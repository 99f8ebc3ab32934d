"""A wish with the spellings of its words, as the databases are asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Final

from articles.search.folding import sound
from articles.search.syntax import Term, Wish

Spelt = Mapping[str, tuple[str, ...]]
"""The words of the record that sound like each word looked for, that word itself first."""
Alternatives = tuple[tuple[str, ...], ...]
"""Phrases of one word or more, of which one is to be found."""

MOST: Final = 32
"""In how many spellings one phrase is looked for."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Of each clause one phrase, and none of the excluded ones."""

    clauses: tuple[Alternatives, ...]
    excluded: Alternatives


@dataclass(frozen=True, slots=True)
class Part:
    """Which documents are looked through: those of one noun, by its number, or those of all.

    Of nouns that have very many entries (documents.MANY), those of all are only the ones that are named.
    """

    number: int | None = None
    named: list[int] = field(default_factory=list)
    known: bool = False
    """Whether those named are known to be found, and need no score: then nothing is asked about them."""
    alone: bool = False
    """Whether nothing but those named is looked through, each by its key."""
    titles: bool = False
    """Whether the words shall stand in a title or an alias."""


def sought(wish: Wish, spelt: Spelt) -> Sought:
    return Sought(tuple(_spelt(clause, spelt) for clause in wish.clauses), _spelt(wish.excluded, spelt))


def _spelt(terms: tuple[Term, ...], spelt: Spelt) -> Alternatives:
    return tuple(
        dict.fromkeys(
            words
            for term in terms
            for words in islice(product(*(spelt.get(word) or (word,) for word in term.words)), MOST)
        )
    )


def whole_names(wish: Wish) -> list[str]:
    """Return the sounds of the names that a wish may be: all its words together, or each alternative of one clause."""
    if len(wish.clauses) == 1:
        return [sound(" ".join(term.words)) for term in wish.clauses[0]]
    if all(len(clause) == 1 for clause in wish.clauses):
        return [sound(" ".join(word for term in wish.sought for word in term.words))]
    return []
