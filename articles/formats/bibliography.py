"""Bibliographies for reference managers: BibTeX, RIS and CSL-JSON, of a whole list or of one entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse

from articles.citations import bibtex, csl, ris
from articles.citations.reference import Reference
from articles.edition import Edition
from articles.formats.base import Format, RecordFormat
from articles.formats.selection import Selection
from articles.references import reference_of


def _csl_item(reference: Reference) -> str:
    return json.dumps(csl.csl_item(reference), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """One format: how an entry is written, and what stands before, between and after entries."""

    suffix: str
    media_type: str
    label: str
    write: Callable[[Reference], str]
    before: str = ""
    between: str = ""
    after: str = ""

    def text(self, references: Iterator[Reference]) -> Iterator[str]:
        yield self.before
        for number, reference in enumerate(references):
            yield (self.between if number else "") + self.write(reference)
        yield self.after

    def render(self, selection: Selection, _page: int) -> StreamingHttpResponse:
        """Return the whole list, row by row."""
        references = (reference_of(row, selection.origin, selection.edition) for row in selection.rows())
        return StreamingHttpResponse(
            self.text(references),
            content_type=f"{self.media_type}; charset=utf-8",
            headers={"Content-Disposition": selection.disposition(self.suffix)},
        )

    def render_record(self, record: Any, origin: str, edition: Edition) -> HttpResponse:
        """Return one entry. Zotero and its like open it at once, for it comes as a file."""
        reference = reference_of(record, origin, edition)
        return HttpResponse(
            "".join(self.text(iter([reference]))),
            content_type=f"{self.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{reference.key}.{self.suffix}"'},
        )


BIBLIOGRAPHIES: Final = (
    Bibliography("bib", bibtex.MEDIA_TYPE, "BibTeX", bibtex.bibtex),
    Bibliography("ris", ris.MEDIA_TYPE, "RIS", ris.ris),
    Bibliography("csl.json", csl.MEDIA_TYPE, "CSL-JSON", _csl_item, "[\n", ",\n", "\n]\n"),
)

LIST_FORMATS: Final = tuple(Format(one.suffix, one.media_type, one.label, one.render) for one in BIBLIOGRAPHIES)
RECORD_FORMATS: Final = tuple(
    RecordFormat(one.suffix, one.media_type, one.label, one.render_record) for one in BIBLIOGRAPHIES
)
