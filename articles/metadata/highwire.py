"""Tags that reference managers read: Highwire Press, Dublin Core, and the type in Zotero's own terms.

Zotero takes the type from `z:itemType`, the outlet from `DC.source`, and the date that stands last. There is no
`citation_journal_title`: it would turn a newspaper article into one of a journal. Nor is there a `DC.description`,
which would land among the notes: the summary is a `citation_abstract`.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from articles.citations import days
from articles.citations.reference import PORTAL, Name, Reference
from articles.metadata.tags import Tag

ITEM_TYPES: Final = {
    "article-newspaper": "newspaperArticle",
    "treaty": "treaty",
    "document": "document",
    "dataset": "dataset",
    "event": "webpage",
    "webpage": "webpage",
}
"""Types of CSL in Zotero's terms. It has none for treaties, and makes a document with “Type: treaty” of one."""


def highwire(reference: Reference) -> list[Tag]:
    """Return what describes the entry: an article as the outlet's, all else as an entry of the record."""
    publisher = reference.outlet if reference.is_coverage else ""
    pairs = [
        ("z:itemType", ITEM_TYPES[reference.csl_type]),
        ("citation_title", reference.shown_title),
        *(("citation_author", _author(name)) for name in reference.authors if not reference.by_portal),
        *_dates(reference.date.edtf),
        ("citation_publisher", publisher or PORTAL),
        ("citation_language", reference.language),
        ("citation_public_url", reference.permalink),
        ("citation_keywords", "; ".join(reference.topics)),
        ("citation_abstract", reference.abstract or reference.description),
        ("DC.source", publisher),
    ]
    return [Tag("name", name, content) for name, content in pairs if content]


def _author(name: Name) -> str:
    """Return a name as it is signed; the family name first where a reader could not tell where it begins."""
    return f"{name.family}, {name.given}" if name.given and " " in name.family else name.in_order


def _dates(edtf: str) -> list[tuple[str, str]]:
    """Return the date as far as it is known; of a longer time, what its two ends share.

    `citation_publication_date` is a day or a year: a month is a `citation_date` besides.
    """
    shared = takewhile(lambda numbers: len(set(numbers)) == 1, zip(*days.span(edtf), strict=False))
    known = [f"{numbers[0]:02}" for numbers in shared]
    if len(known) == 2:
        return [("citation_publication_date", known[0]), ("citation_date", "/".join(known))]
    return [("citation_publication_date", "/".join(known))]
