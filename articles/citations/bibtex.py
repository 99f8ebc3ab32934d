"""BibTeX as biblatex reads it (UTF-8), and as BibTeX, JabRef and Zotero read it too.

`journaltitle` and `date` are biblatex's; `journal` and `year` beside them serve BibTeX itself. There is no `month`:
Zotero would put it before the date.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from articles.citations import days
from articles.citations.provenance import note
from articles.citations.reference import PORTAL, Name, Reference, When, one_line

MEDIA_TYPE: Final = "application/x-bibtex"

_ESCAPED = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        # Not \{ and \}: BibTeX counts braces whether or not they are escaped.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)


def escape(text: str) -> str:
    """Return text that means itself in BibTeX and stays inside its field."""
    return one_line(text).translate(_ESCAPED)


def bibtex(reference: Reference) -> str:
    """Return one entry, with an empty line behind it."""
    fields = {
        "entrysubtype": "newspaper" if reference.is_coverage else "",
        "title": _whole(escape(reference.shown_title)),
        "author": " and ".join(_name(name) for name in reference.authors),
        "journaltitle": escape(reference.outlet) if reference.is_coverage else "",
        "journal": escape(reference.outlet) if reference.is_coverage else "",
        "type": escape(reference.description),
        "organization": "" if reference.is_coverage else PORTAL,
        "venue": escape(reference.place),
        "date": _date(reference.date),
        "year": _year(reference.date),
        "url": _address(reference.address),
        "urldate": reference.accessed.isoformat(),
        "langid": {"en": "english", "kk": "kazakh", "ru": "russian"}.get(reference.language, ""),
        "keywords": ", ".join(_keyword(topic) for topic in reference.topics),
        "abstract": escape(reference.abstract),
        "note": escape(note(reference)),
    }
    kind = "article" if reference.is_coverage else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", "", ""])


def _whole(text: str) -> str:
    """Return a title whose capitals no style changes: it is quoted as it stands."""
    return f"{{{text}}}"


def _name(name: Name) -> str:
    """Return “Cutler, Robert M.”; a body in braces of its own, so that nothing in it is read as parts of a name."""
    if name.is_body or not name.given or re.search(r",|\band\b", f"{name.given} {name.family}"):
        return f"{{{escape(name.in_order)}}}"
    parts = [name.family, name.suffix, name.given] if name.suffix else [name.family, name.given]
    return ", ".join(escape(part) for part in parts)


def _keyword(topic: str) -> str:
    return f"{{{escape(topic)}}}" if "," in topic else escape(topic)


def _date(date: When) -> str:
    """Return EDTF as biblatex reads it; of a day unknown within a period, what all its days share."""
    if not date.edtf.startswith("["):
        return date.edtf
    return "/".join("-".join(f"{number:02}" for number in part) for part in days.span(date.edtf))


def _year(date: When) -> str:
    numbers = days.span(date.edtf)
    return str(numbers[0][0]) if len(numbers) == 1 else ""


def _address(address: str) -> str:
    """Return an address for a field that is read as it stands: nothing in it may close the field or escape."""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~-._")
