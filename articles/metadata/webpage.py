"""A page in the terms of schema.org: the page itself, the way to it, and the portal it belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

from articles.edition import Edition
from articles.formats.base import LICENCE

Thing = dict[str, Any]
"""A JSON-LD object; what is empty in it is left out."""

_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the first page; `address` is absolute."""

    label: str
    address: str


def json_ld(thing: Thing) -> SafeString:
    """Return the thing as JSON that can stand inside a `<script>`: no sign of it can end the element."""
    text = json.dumps({"@context": "https://schema.org"} | thing, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308  # every sign with a meaning in HTML is escaped above


def filled(**properties: Any) -> Thing:
    """Return the properties that have a value; `kind` and `id` are JSON-LD's own."""
    named = {{"kind": "@type", "id": "@id"}.get(name, name): value for name, value in properties.items()}
    return {name: value for name, value in named.items() if value not in (None, "", [], {})}


def portal(origin: str) -> Thing:
    return filled(kind="Organization", id=f"{origin}/#portal", name="Sholu", url=f"{origin}/")


def website(origin: str, home: str, search: str, language: str) -> Thing:
    """Return the portal as a site that can be searched; `search` is the address before the words."""
    return filled(
        kind="WebSite",
        id=f"{origin}/#site",
        name="Sholu",
        url=home,
        inLanguage=language,
        publisher=portal(origin),
        license=LICENCE,
        potentialAction={
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    )


def breadcrumbs(crumbs: Iterable[Crumb]) -> Thing:
    steps = [
        {"@type": "ListItem", "position": number, "name": crumb.label, "item": crumb.address}
        for number, crumb in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def webpage(
    *,
    kind: str,
    address: str,
    origin: str,
    title: str,
    description: str,
    language: str,
    edition: Edition,
    crumbs: list[Crumb],
    **more: Any,
) -> Thing:
    """Return the page. Crumbs lead to it from the first page, which has none itself."""
    return filled(
        kind=kind,
        id=address,
        url=address,
        name=title,
        description=description,
        inLanguage=language,
        isPartOf={"@type": "WebSite", "@id": f"{origin}/#site", "name": "Sholu", "url": f"{origin}/"},
        publisher=portal(origin),
        license=LICENCE,
        version=edition.version,
        sdDatePublished=edition.as_of.isoformat() if edition.as_of else "",
        breadcrumb=breadcrumbs(crumbs) if len(crumbs) > 1 else None,
        **more,
    )
