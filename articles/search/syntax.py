"""What a reader types, read as words, phrases, alternatives and exclusions. Pure.

    oil exports              both words
    "middle corridor"        the words in this order, side by side
    uranium OR lithium gas   gas, and one of uranium and lithium
    uranium -exports         without exports

Whatever else is typed is read as the words in it: there is no way to write it wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from articles.search.folding import fold

QUOTES: Final = '"“”„‟«»'
OR: Final = {"OR", "ИЛИ", "|"}
AND: Final = {"AND", "И"}
"""What needs no sign, but may have one."""
_TOKEN: Final = re.compile(
    rf"""(?P<minus>(?<![^\s|(])[-−]+)?  # at the beginning of a word only: Kassym-Jomart is one name
    (?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}] | (?P<word>[^\s{QUOTES}|]+) | \|)""",
    re.VERBOSE,
)

_POSSESSIVE: Final = re.compile(r"['’ʼ]s\Z")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow one another, folded: one word, or a phrase of several."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for: of each clause one term at least, and none of the excluded ones."""

    clauses: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.clauses or self.excluded)

    @property
    def sought(self) -> tuple[Term, ...]:
        """The terms that an answer may hold, in the order in which they were typed."""
        return tuple(term for clause in self.clauses for term in clause)


def parse(text: str) -> Wish:
    """Read what a reader typed. Never fails; what holds no word is passed over."""
    clauses: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joins = False
    for token in _TOKEN.finditer(_closed(text)):
        written = _POSSESSIVE.sub("", token["word"] or "") or token["phrase"] or ""
        term = Term(tuple(fold(written).split()))
        terms = (term, *_without_label(term)) if token["word"] else (term,)
        if token[0] in OR:
            joins = True
        elif not term.words or token[0] in AND:
            continue
        else:
            if token["minus"]:
                excluded.append(term)
            elif joins and clauses:
                clauses[-1] += terms
            else:
                clauses.append(terms)
            joins = False
    return Wish(
        tuple(dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in clauses)), tuple(dict.fromkeys(excluded))
    )


def _without_label(term: Term) -> Iterator[Term]:
    """Yield what is left of a name such as C5+1, which others write 5+1."""
    label = re.fullmatch(r"[a-z](\d+)", term.words[0]) if len(term.words) > 1 else None
    if label:
        yield Term((label[1], *term.words[1:]))


def _closed(text: str) -> str:
    """Return the text without a quotation mark that has no partner."""
    marks = [place for place, char in enumerate(text) if char in QUOTES]
    if len(marks) % 2 == 0:
        return text
    return text[: marks[-1]] + text[marks[-1] + 1 :]
