"""COinS: the reference of an article inside a list, for Zotero and its like (Z39.88-2004, Dublin Core).

Pages of one entry carry metadata in their head instead: readers of both would take the poorer one.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote_plus, urlencode

from articles.citations import days
from articles.citations.reference import Reference


def coins(reference: Reference) -> str:
    """Return the value of the title attribute, not yet escaped for HTML."""
    pairs = [
        ("rft.title", reference.shown_title),
        ("rft.source", reference.outlet),
        ("rft.identifier", reference.address),
        ("rft.date", _date(reference)),
        ("rft.language", reference.language),
        ("rft.description", reference.abstract),
        *(("rft.subject", topic) for topic in reference.topics),
    ]
    for name in reference.authors:
        if name.is_body or not name.given:
            pairs.append(("rft.aucorp", name.family))
        else:
            pairs += [("rft.aufirst", name.given), ("rft.aulast", name.family)]
    return "&".join([_KIND, *(f"{key}={quote_plus(value)}" for key, value in pairs if value)])


_KIND: Final = urlencode(
    {
        "url_ver": "Z39.88-2004",
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.type": "newspaperArticle",
    }
)
"""What is the same for all articles."""


def _date(reference: Reference) -> str:
    numbers = days.span(reference.date.edtf)
    return "-".join(f"{number:02}" for number in numbers[0]) if len(numbers) == 1 else ""
