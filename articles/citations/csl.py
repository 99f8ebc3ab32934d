"""CSL-JSON 1.0: what Zotero, Pandoc and every CSL processor read.

Dates are objects, as the published schema has it: a month stays a month, a season a season, and what has no date
in numbers is said in words.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from articles.citations import days
from articles.citations.provenance import note
from articles.citations.reference import PORTAL, Name, Reference, When

MEDIA_TYPE: Final = "application/vnd.citationstyles.csl+json"


def csl_item(reference: Reference) -> dict[str, Any]:
    """Return one item; empty variables are left out."""
    item: dict[str, Any] = {
        "id": reference.key,
        "type": reference.csl_type,
        "title": reference.shown_title,
        "author": [_name(name) for name in reference.authors],
        "container-title": reference.outlet if reference.is_coverage else "",
        "publisher": "" if reference.is_coverage else PORTAL,
        "genre": reference.description,
        "issued": _date(reference.date),
        "accessed": _day(reference.accessed),
        "event-place": reference.place,
        "URL": reference.address,
        "source": PORTAL,
        "archive": PORTAL,
        "archive_location": reference.permalink,
        "language": reference.language,
        "keyword": ", ".join(reference.topics),
        "abstract": reference.abstract,
        "note": note(reference),
    }
    return {variable: value for variable, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    if name.is_body or not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given, **({"suffix": name.suffix} if name.suffix else {})}


def _day(day: dt.date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _date(date: When) -> dict[str, Any]:
    if not date.edtf:
        return {}
    numbers = days.span(date.edtf)
    if not numbers:
        return {"literal": days.words(date).strip("[]")}
    found: dict[str, Any] = {"date-parts": [list(part) for part in numbers]}
    if season := days.season(date.edtf):
        found["season"] = int(season) - 20
    if date.edtf[-1] in "?~%":
        found["circa"] = True
    return found
