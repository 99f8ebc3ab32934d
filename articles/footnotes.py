"""Numbered notes for paper: which article says it, where in it, and under which address it can be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from articles.models import Attestation


@dataclass(frozen=True, slots=True)
class Footnote:
    """One place in one article, under the number by which the text refers to it."""

    number: int
    outlet: str
    title: str
    date: str
    via: str
    paragraph: int
    address: str


@dataclass(slots=True)
class Footnotes:
    """Numbers places in the order in which the text comes to them; a place keeps its number."""

    absolute: Callable[[str], str]
    """Turns the path of a permalink into a whole address."""
    notes: list[Footnote] = field(default_factory=list)
    _numbers: dict[tuple[int, int], int] = field(default_factory=dict)

    def refer(self, attestations: Iterable[Attestation]) -> list[int]:
        """Return the numbers of the places, each once, in order; places not met before get the next numbers."""
        return sorted({self._number(one) for one in attestations})

    def _number(self, attestation: Attestation) -> int:
        place = (attestation.article_id, attestation.paragraph)
        if place not in self._numbers:
            self._numbers[place] = number = len(self.notes) + 1
            self.notes.append(
                Footnote(
                    number=number,
                    outlet=attestation.outlet,
                    title=attestation.article_title,
                    date=attestation.date.text,
                    via=attestation.via,
                    paragraph=attestation.paragraph,
                    address=self.absolute(attestation.article.permalink),
                )
            )
        return self._numbers[place]
