"""How we know, in a sentence or two: who published it, who told us of it, what of it is ours."""

from __future__ import annotations

from articles.citations import days
from articles.citations.reference import PORTAL, Digest, Reference


def told_in(digest: Digest, *, year_first: bool = False) -> str:
    """Return the digest's own title, a label of ours in square brackets, and its date."""
    title = f"[{digest.title}]" if digest.ours else f"“{digest.title}”"
    return f"{title} ({days.words(digest.date, year_first=year_first)})"


def reported_by(reference: Reference, most: int = 3) -> str:
    """Say who attests an entry of ours, as far as a citation names them: “Reported by Trend; Euronews; and 2 more”."""
    told = list(reference.reporters)
    if not told:
        return ""
    if len(told) > most:
        told[most:] = [f"and {len(told) - most} more"]
    return f"{'Also reported' if reference.outlet else 'Reported'} by {'; '.join(told)}"


def provenance(reference: Reference, *, brief: bool = False) -> str:
    """Return where the entry comes from, to be read in a reference manager; in brief, beside a citation."""
    said = []
    if reference.is_coverage:
        said.append(f"{reference.source}{'' if brief and reference.digest else _read(reference)}.")
    elif reference.outlet:
        said.append(f"Reported by {reference.source}, {days.words(reference.date)}.")
    said.append(_sentence(reported_by(reference)))
    if reference.ours:
        said.append(f"The source has no headline: the title is a label by {PORTAL}.")
    if reference.date.inferred:
        said.append(f"Date inferred by {PORTAL}: {days.words(reference.date).strip('[]')}.")
    elif not reference.date.edtf:
        said.append("The source gives no date.")
    return " ".join(filter(None, said))


def _read(reference: Reference) -> str:
    if reference.digest:
        return f" in {told_in(reference.digest)}"
    elsewhere = reference.read_at not in {"", reference.outlet}
    return f"; read in full by {PORTAL}" + (f", as published by {reference.read_at}" if elsewhere else "")


def note(reference: Reference) -> str:
    """Return the note of a bibliography's entry: where it comes from, and which state of the record was cited."""
    held = f"Recorded in {PORTAL}, data version {reference.version}: {reference.permalink}"
    return " ".join(part for part in (_sentence(reference.description), provenance(reference), held) if part)


def _sentence(text: str) -> str:
    return f"{text}." if text else ""
