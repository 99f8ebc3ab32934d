"""The two kinds of metadata that a page's head can hold besides JSON-LD."""

from __future__ import annotations

from typing import NamedTuple


class Tag(NamedTuple):
    """One `<meta>`: `key` is “name”, or “property” for Open Graph."""

    key: str
    name: str
    content: str


class Alternate(NamedTuple):
    """The same page in a language (BCP 47, or “x-default”)."""

    language: str
    address: str
