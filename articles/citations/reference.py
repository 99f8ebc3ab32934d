"""What a citation of an entry needs, whatever its style or format. Pure: no database, no language but English."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

PORTAL: Final = "Sholu"

_PARTICLES = {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "ibn", "la", "le", "van", "von"}
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_BODY = re.compile(
    r"\b(academy|agency|assembly|association|board|bureau|cent(er|re)|commission|committee|company|correspondents?"
    r"|council|department|desk|editors?|embassy|foundation|fund|government|group|institute|ministry|news|newsroom"
    r"|office|organi[sz]ation|press|service|society|staff|team|times|union|university|writers?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person by family and given name, or a body whole: then `family` alone is filled."""

    family: str
    given: str = ""
    suffix: str = ""
    is_body: bool = False

    @property
    def in_order(self) -> str:
        """The name as it is spoken: “Robert M. Cutler”."""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)


def one_line(text: str) -> str:
    """Return text without line ends and control characters: nothing in it can begin another line or field."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())


def body(name: str) -> Name:
    return Name(name, is_body=True)


def name_of(text: str, bodies: Iterable[str] = ()) -> Name:
    """Read a name as a source signs it: “Robert M. Cutler”, “Cutler, Robert M.”, “Trend News Agency”.

    The last word is the family name, with the particles in small letters before it. `bodies` are names that are
    known to be no person's.
    """
    text = " ".join(text.split())
    if text.casefold() in {one.casefold() for one in bodies} or _BODY.search(text):
        return body(text)
    family, comma, given = text.partition(", ")
    if comma:
        return Name(family, given)
    words = text.split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    first = len(words) - 1
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]), suffix)


@dataclass(frozen=True, slots=True)
class When:
    """A date as its source gives it (EDTF); empty where it gives none. `inferred` where we have worked it out."""

    edtf: str = ""
    inferred: bool = False


NO_DATE: Final = When()


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest through which an article is known."""

    publisher: str
    title: str
    ours: bool
    date: When = NO_DATE


@dataclass(frozen=True, slots=True)
class Report:
    """An article that attests an entry of ours: who published it, and the digest that told us of it, if one did."""

    outlet: str
    date: When = NO_DATE
    digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the record, or one selection of entries, ready to be cited.

    Articles and source documents are other people's texts: `outlet` published them. All else is an entry of ours
    on something in the world; `reports` say who told of it.
    """

    noun: str
    code: str
    """Opaque and permanent, with the letter of the noun before it: `a/mk2x38`."""
    csl_type: str
    title: str
    permalink: str
    accessed: dt.date
    version: str
    """The data version: which state of the record was cited."""
    ours: bool = False
    """The title is a label of ours, because the source has no headline."""
    authors: tuple[Name, ...] = ()
    outlet: str = ""
    digest: Digest | None = None
    read_at: str = ""
    """Who publishes the document that we have read: the outlet, the digest, or a third."""
    reports: tuple[Report, ...] = ()
    date: When = NO_DATE
    """An article's day of publication; of an agreement, when it came to stand where it stands; of an event, its own."""
    description: str = ""
    """What kind of entry it is and what it says: “memorandum of understanding; signed”."""
    place: str = ""
    original: str = ""
    """The address at the outlet, where it is known."""
    language: str = "en"
    topics: tuple[str, ...] = ()
    abstract: str = ""

    @property
    def shown_title(self) -> str:
        """The title; a label of ours in square brackets."""
        return f"[{self.title}]" if self.ours else self.title

    @property
    def is_coverage(self) -> bool:
        return self.noun in {"article", "source"}

    @property
    def by_portal(self) -> bool:
        """Whether the portal itself is the author."""
        return self.authors == (body(PORTAL),)

    @property
    def key(self) -> str:
        """The identifier of the entry in a bibliography: `sholu-a-mk2x38`."""
        return f"sholu-{self.code.replace('/', '-')}"

    @property
    def address(self) -> str:
        """Where a reader is sent: to the outlet, where its page is known; else to the permanent address."""
        return self.original or self.permalink

    @property
    def source(self) -> str:
        """Who published it and who told us: “SpecialEurasia, as summarised by Kazinform News Agency”."""
        return published_by(self.outlet, self.digest)

    @property
    def reporters(self) -> tuple[str, ...]:
        """Who told of an entry of ours, each once: “Trend, as summarised by Kazinform”, “Euronews”."""
        return tuple(dict.fromkeys(published_by(one.outlet, one.digest) for one in self.reports))


def published_by(outlet: str, digest: Digest | None) -> str:
    return f"{outlet}, as summarised by {digest.publisher}" if digest else outlet
