"""What a format is, and what every format of the record says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from articles.edition import Edition

if TYPE_CHECKING:
    from articles.formats.selection import Selection

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the record."""

PAGE_SIZE: Final = 100
"""How many records a page of a paged format holds."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a list leaves the portal: under which suffix, as what media type, made by whom.

    `render` takes the selection and the number of the page, which is 1 where the format is whole. It may raise
    problems.Refusal. The view adds what all answers share: validators, licence, what other origins may read.
    """

    suffix: str
    media_type: str
    label: str
    render: Callable[[Selection, int], HttpResponseBase]
    paged: bool = False
    nouns: frozenset[str] | None = None
    """The nouns that have it; all of them where it is None."""

    def suits(self, noun: str) -> bool:
        return self.nouns is None or noun in self.nouns


@dataclass(frozen=True, slots=True)
class RecordFormat:
    """How one entry leaves the portal; `render` takes it as formats.fetching fetches it."""

    suffix: str
    media_type: str
    label: str
    render: Callable[[Any, str, Edition], HttpResponse]
