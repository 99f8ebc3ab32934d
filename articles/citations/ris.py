"""RIS, as reference managers exchange it: `TY  - NEWS` to `ER  - `, lines end with CRLF."""

from __future__ import annotations

from typing import Final

from articles.citations import days
from articles.citations.provenance import note
from articles.citations.reference import PORTAL, Name, Reference, When, one_line

MEDIA_TYPE: Final = "application/x-research-info-systems"

TYPES: Final = {"article-newspaper": "NEWS", "treaty": "GOVDOC", "document": "GOVDOC", "dataset": "DATA"}
"""By CSL type. All else is a page of the portal: ELEC. Zotero reads GEN as a journal article."""


def ris(reference: Reference) -> str:
    """Return one entry, with an empty line behind it."""
    lines = [
        ("TY", TYPES.get(reference.csl_type, "ELEC")),
        ("ID", reference.key),
        ("TI", reference.shown_title),
        *(("AU", _name(name)) for name in reference.authors),
        ("T2", reference.outlet if reference.is_coverage else ""),
        ("M3", reference.description),
        ("PB", "" if reference.is_coverage else PORTAL),
        ("CY", reference.place),
        ("PY", _year(reference.date)),
        ("DA", _date(reference.date)),
        ("UR", reference.address),
        ("Y2", f"{reference.accessed:%Y/%m/%d}/"),
        ("DB", PORTAL),
        ("LA", reference.language),
        *(("KW", topic) for topic in reference.topics),
        ("AB", reference.abstract),
        ("N1", note(reference)),
    ]
    written = [f"{tag}  - {one_line(value)}" for tag, value in lines if value]
    return "\r\n".join([*written, "ER  - ", "", ""])


def _name(name: Name) -> str:
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _year(date: When) -> str:
    numbers = days.span(date.edtf)
    return f"{numbers[0][0]:04}" if len(numbers) == 1 else ""


def _date(date: When) -> str:
    """Return `YYYY/MM/DD/words`, as far as the date is known; what has no numbers stands in words."""
    numbers = days.span(date.edtf)
    if not date.edtf or len(numbers) != 1:
        return f"///{days.words(date).strip('[]')}" if date.edtf else ""
    year, month, day = (*(f"{number:02}" for number in numbers[0]), "", "")[:3]
    return f"{year}/{month}/{day}/{days.SEASONS.get(days.season(date.edtf), '')}"
