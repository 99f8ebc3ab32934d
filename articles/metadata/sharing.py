"""Open Graph and its kin: what other sites show of a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.citations.reference import Reference
from articles.metadata.tags import Tag

CARD_SIZE = (1200, 630)
"""Width and height of every card, in pixels."""


@dataclass(frozen=True, slots=True)
class Card:
    """The image beside a link: its address, and what it shows in words."""

    address: str
    text: str


def sharing(*, kind: str, title: str, description: str, address: str, language: str, card: Card) -> list[Tag]:
    """Return the tags of a page; `kind` is “website” or “article” (ogp.me)."""
    width, height = CARD_SIZE
    pairs: Iterable[tuple[str, str]] = [
        ("og:site_name", "Sholu"),
        ("og:type", kind),
        ("og:title", title),
        ("og:description", description),
        ("og:url", address),
        ("og:locale", language),
        ("og:image", card.address),
        ("og:image:type", "image/png"),
        ("og:image:width", str(width)),
        ("og:image:height", str(height)),
        ("og:image:alt", card.text),
    ]
    tags = [Tag("property", name, content) for name, content in pairs if content]
    return [*tags, Tag("name", "twitter:card", "summary_large_image")]


def of_article(reference: Reference) -> list[Tag]:
    """Return when an article was published, if the day is known and stated, and what it is about."""
    tags = [Tag("property", "article:tag", topic) for topic in reference.topics]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", reference.date.edtf) and not reference.date.inferred:
        tags.insert(0, Tag("property", "article:published_time", reference.date.edtf))
    return tags
