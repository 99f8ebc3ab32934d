"""Atom (RFC 4287), in pages that lead to one another (RFC 5005)."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

from articles.citations.reference import PORTAL
from articles.formats import feeds
from articles.formats.base import LICENCE, Format
from articles.formats.selection import Selection

MEDIA_TYPE: Final = "application/atom+xml"
RIGHTS: Final = "CC BY 4.0. Headlines belong to their outlets."

_DECLARATION: Final = "<?xml version='1.0' encoding='utf-8'?>\n"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(selection: Selection, page: int) -> HttpResponse:
    """Return one page of the feed."""
    items = feeds.items(selection, page)
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _text(feed, "id", selection.address("atom"))
    _text(feed, "title", f"{PORTAL}: {selection.title}")
    _text(feed, "subtitle", f"{selection.sentence} Data version {selection.edition.version}.")
    _text(feed, "updated", feeds.updated(items, selection.edition).isoformat())
    _text(SubElement(feed, "author"), "name", PORTAL)
    _text(feed, "rights", RIGHTS)
    _link(feed, "license", LICENCE)
    _link(feed, "alternate", selection.page_address, "text/html")
    for relation, number in _pages(page, selection.pages).items():
        _link(feed, relation, selection.address("atom", number), MEDIA_TYPE)
    for item in items:
        feed.append(_entry(item))
    # Written as text and encoded as a whole: piece by piece, as tostring() would, takes twice as long.
    return HttpResponse(_DECLARATION + tostring(feed, encoding="unicode"), content_type=f"{MEDIA_TYPE}; charset=utf-8")


def _pages(page: int, last: int) -> dict[str, int]:
    pages = {"self": page, "first": 1, "last": last}
    if page > 1:
        pages["previous"] = page - 1
    if page < last:
        pages["next"] = page + 1
    return pages


def _entry(item: feeds.Item) -> Element:
    """Return an entry. Its id is the permanent address, which no change of language or title touches."""
    reference, entry = item.reference, Element("entry")
    _text(entry, "id", reference.permalink)
    _text(entry, "title", reference.shown_title)
    _text(entry, "updated", item.updated.isoformat())
    if item.published:
        _text(entry, "published", item.published.isoformat())
    for author in item.authors:
        _text(SubElement(entry, "author"), "name", author)
    _link(entry, "alternate", item.page, "text/html")
    if reference.original:
        _link(entry, "via", reference.original)
    for topic in reference.topics:
        SubElement(entry, "category", {"term": _clean(topic)})
    _text(entry, "summary", item.summary)
    return entry


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _clean(text)


def _link(parent: Element, relation: str, address: str, media_type: str = "") -> None:
    kind = {"type": media_type} if media_type else {}
    SubElement(parent, "link", {"rel": relation, "href": _clean(address), **kind})


def _clean(text: str) -> str:
    """Return text without the characters that XML 1.0 cannot carry."""
    return _NOT_XML.sub("", text)


ATOM: Final = Format("atom", MEDIA_TYPE, "Atom", render, paged=True)
