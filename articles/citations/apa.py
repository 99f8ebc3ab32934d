"""Plain text in the style of the American Psychological Association, 7th edition (2020)."""

from __future__ import annotations

import re

from articles.citations import days
from articles.citations.provenance import reported_by, told_in
from articles.citations.reference import PORTAL, Name, Reference

MOST_AUTHORS = 20


def apa(reference: Reference) -> str:
    """Return the entry of a reference list.

    Headlines keep their capitals: they are quoted as they stand. Without an author the title leads (9.12).
    """
    title = reference.shown_title
    if reference.description:
        title += f" [{reference.description}]"
    date = f"({days.words(reference.date, year_first=True)})"
    authors = _authors(reference.authors)
    parts = [
        *([authors, date, title] if authors else [title, date]),
        _source(reference),
        reference.original,
        reported_by(reference),
        f"Data version {reference.version}" if reference.by_portal else f"{PORTAL} (data version {reference.version})",
        f"Retrieved {days.day(reference.accessed)}, from {reference.permalink}",
    ]
    return " ".join(_stopped(part) for part in parts[:-1] if part) + f" {parts[-1]}"


def _stopped(part: str) -> str:
    return part if part.endswith((".", "?", "!")) else f"{part}."


def _source(reference: Reference) -> str:
    source = reference.source if reference.is_coverage or not reference.outlet else f"Reported by {reference.source}"
    if reference.digest:
        source += f" in {told_in(reference.digest, year_first=True)}"
    return source


def _authors(names: tuple[Name, ...]) -> str:
    written = [_inverted(name) for name in names]
    if len(written) > MOST_AUTHORS:
        return ", ".join(written[: MOST_AUTHORS - 1]) + f", . . . {written[-1]}"
    if len(written) < 2:
        return "".join(written)
    return ", ".join(written[:-1]) + f", & {written[-1]}"


def _inverted(name: Name) -> str:
    """Return “Cutler, R. M.”; a body, and a name of one word, whole."""
    return ", ".join(part for part in (name.family, initials(name.given), name.suffix) if part)


def initials(given: str) -> str:
    """Return “R. M.” for “Robert M.”, “K.-J.” for “Kassym-Jomart”."""
    return " ".join(
        "-".join(f"{part[0].upper()}." for part in re.split(r"[-‐‑]", word) if part) for word in given.split()
    )
