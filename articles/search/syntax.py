"""What a reader types, read as words, phrases, alternatives and exclusions. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow one another, folded: one word, or a phrase of several."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for: of each clause one term at least, and none of the excluded ones."""

    clauses: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
