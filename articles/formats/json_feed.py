"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse

from articles.citations import days
from articles.citations.reference import PORTAL
from articles.formats import feeds
from articles.formats.base import LICENCE, Format
from articles.formats.selection import Selection

MEDIA_TYPE: Final = "application/feed+json"


def render(selection: Selection, page: int) -> HttpResponse:
    """Return one page of the feed. What JSON Feed has no name for stands under `_sholu`."""
    edition = selection.edition
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{PORTAL}: {selection.title}",
        "description": selection.sentence,
        "home_page_url": selection.page_address,
        "feed_url": selection.address("feed.json", page),
        **({"next_url": selection.address("feed.json", page + 1)} if page < selection.pages else {}),
        "language": "en",
        "authors": [{"name": PORTAL, "url": selection.origin + reverse("root")}],
        "_sholu": {
            "about": selection.origin + reverse("articles:data"),
            "data_version": edition.version,
            "licence": LICENCE,
            "count": selection.count,
            "page": page,
            "pages": selection.pages,
        },
        "items": [_item(item) for item in feeds.items(selection, page)],
    }
    return HttpResponse(json.dumps(feed, ensure_ascii=False), content_type=MEDIA_TYPE)


def _item(item: feeds.Item) -> dict[str, Any]:
    """Return an entry; without `date_published` where no day is known."""
    reference = item.reference
    told = {
        "id": reference.permalink,
        "url": item.page,
        "external_url": reference.original,
        "title": reference.shown_title,
        "content_text": item.summary,
        "date_published": item.published.isoformat() if item.published else "",
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(reference.topics),
        "language": reference.language,
        "_sholu": {
            "noun": reference.noun,
            "date_edtf": item.date.edtf or None,
            "date_in_words": days.words(item.date) if item.date.edtf else None,
            "date_inferred": item.date.inferred,
            "title_is_ours": reference.ours,
        },
    }
    return {name: value for name, value in told.items() if value}


JSON_FEED: Final = Format("feed.json", MEDIA_TYPE, "JSON Feed", render, paged=True)
