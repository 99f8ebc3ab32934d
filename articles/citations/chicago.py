"""Plain text in the style of the Chicago Manual of Style, 17th edition (2017): an entry of a bibliography."""

from __future__ import annotations

from articles.citations import days
from articles.citations.provenance import reported_by
from articles.citations.reference import PORTAL, Digest, Name, Reference

MOST_AUTHORS = 10
NAMED_OF_MORE = 7

_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def chicago(reference: Reference) -> str:
    """Return the entry of a bibliography. Without an author the newspaper stands in the author's place (14.199)."""
    authors = _authors(reference.authors)
    title = reference.shown_title if reference.ours else _quoted(reference.title)
    date = days.words(reference.date)
    if reference.is_coverage:
        head = [authors, title, f"{reference.source}, {date}"] if authors else [reference.source, title, date]
    elif reference.outlet:
        head = [title, reference.description, f"Reported by {reference.source}, {date}"]
    else:
        head = [authors, title, f"{reference.description}, {date}"]
    parts = [
        *head,
        _digest(reference.digest) if reference.digest else "",
        reference.original,
        reported_by(reference),
        f"Data version {reference.version}" if reference.by_portal else f"{PORTAL}, data version {reference.version}",
        f"Accessed {days.day(reference.accessed)}",
        reference.permalink,
    ]
    return " ".join(_stopped(part) for part in parts if part)


def _quoted(title: str) -> str:
    stop = "" if title.endswith(("?", "!", ".")) else "."
    return f"“{title.translate(_INNER)}{stop}”"


def _stopped(part: str) -> str:
    """Return a part of the entry with a capital and a full stop."""
    at = 1 if part.startswith("[") else 0
    if part[at : at + 8] == "between ":
        part = f"{part[:at]}B{part[at + 1 :]}"
    return part if part.endswith((".", "?", "!", ".”", "?”", "!”")) else f"{part}."


def _digest(digest: Digest) -> str:
    title = f"[{digest.title}]," if digest.ours else f"“{digest.title.translate(_INNER)},”"
    return f"In {title} {days.words(digest.date)}"


def _authors(names: tuple[Name, ...]) -> str:
    """Return “Indeo, Fabio, and Domenico Palmieri”; of more than ten, seven and “et al.”."""
    if not names:
        return ""
    named = names if len(names) <= MOST_AUTHORS else names[:NAMED_OF_MORE]
    written = [_inverted(named[0]), *(name.in_order for name in named[1:])]
    if len(names) > MOST_AUTHORS:
        return ", ".join(written) + ", et al."
    if len(written) == 1:
        return written[0]
    return ", ".join(written[:-1]) + f", and {written[-1]}"


def _inverted(name: Name) -> str:
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)
