"""JSON: a hundred records a page, each with all its columns; one entry by itself."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from articles.edition import Edition
from articles.formats.base import LICENCE
from articles.formats.columns import COLUMNS, plain
from articles.formats.selection import Selection
from articles.locality import settled

MEDIA_TYPE = "application/json"


def provenance(edition: Edition) -> dict[str, Any]:
    """Say which state of the record the data was taken from, and what may be done with it."""
    return {
        "data_version": edition.version,
        "as_of": edition.as_of.isoformat() if edition.as_of else None,
        "licence": LICENCE,
    }


def render(selection: Selection, page: int) -> HttpResponse:
    """Return one page of a list, with the addresses of the pages before and after it."""
    last = selection.pages
    columns = COLUMNS[selection.noun]
    with settled():
        records = [plain(columns, row, selection.origin) for row in selection.page_rows(page)]
    body = {
        **provenance(selection.edition),
        "title": selection.title,
        "sentence": selection.sentence,
        "count": selection.count,
        "page": page,
        "pages": last,
        "next": selection.address("json", page + 1) if page < last else None,
        "previous": selection.address("json", page - 1) if page > 1 else None,
        "page_url": selection.page_address,
        "records": records,
    }
    return _json(body)


def render_record(record: Any, origin: str, edition: Edition) -> HttpResponse:
    """Return one entry with all its columns."""
    return _json({**provenance(edition), "record": plain(COLUMNS[record.NOUN], record, origin)})


def _json(body: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE)
