"""What the list of hits is given: entries of all nouns in one form, with what was looked for marked.

Nothing here asks the database, and nothing reads the clock: `FETCHED` says what to fetch before, and the day that
counts as today is passed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.models import (
    Agreement,
    Article,
    Country,
    Discrepancy,
    Event,
    EventStep,
    Figure,
    Indicator,
    Organisation,
    Outlet,
    Person,
    Record,
    SearchDocument,
    SourceDocument,
    StatusStep,
    Topic,
)
from articles.models.base import prefetched, seen
from articles.models.dated import ShownDate
from articles.presentation import last_step
from articles.presentation_discrepancies import shown_day
from articles.presentation_events import is_overdue, place_text, standing_of
from articles.presentation_figures import figure_text, period_of, speaker_of
from articles.search.marking import Marker

MOST_NAMES: Final = 4
"""How many of the names that were found a hit shows, where the text itself holds nothing of what was looked for."""


def _steps(model: Any) -> Any:
    return prefetched("every_step", model.public.order_by("position"), "public_steps")


FETCHED: Final[dict[type[Record], Callable[[Any], Any]]] = {
    Article: lambda rows: rows.select_related("outlet", "source", "source__publisher"),
    Agreement: lambda rows: rows.prefetch_related(_steps(StatusStep)),
    Figure: lambda rows: rows.select_related("indicator", "speaker", "speaking_body"),
    Event: lambda rows: rows.select_related("country").prefetch_related(_steps(EventStep)),
}
"""What to fetch with the rows of a noun; of the others, what `with_names()` does."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """An entry that was found. `facts` say in a few words who, when and what; `stands` is given to `mark`."""

    noun: str
    kind: str
    url: str
    title: SafeString
    snippet: SafeString
    has_headline: bool = True
    date: ShownDate | None = None
    facts: list[str] = field(default_factory=list)
    via: str = ""
    mark: str = ""
    stands: dict[str, Any] = field(default_factory=dict)


def hit_row(record: Any, document: SearchDocument, marker: Marker, today: dt.date) -> HitRow:
    """Take an entry fetched as `FETCHED` says, and its document.

    A name that is among the facts is marked there; others are said as far as they hold more of what was looked for.
    """
    shown = _SHOWN[type(record)](record, today)
    facts, names = shown.pop("facts", []), _names(document, marker)
    told = {term for fact in facts if fact in names for term in marker.terms_in(fact)}
    more = [name for name in names if not marker.terms_in(name) <= told]
    return HitRow(
        noun=record.NOUN,
        kind=str(capfirst(record._meta.verbose_name)),
        url=record.url,
        title=marker.whole(record.title),
        snippet=_snippet(document, marker, more[:MOST_NAMES]),
        facts=[marker.whole(fact) if fact in names else fact for fact in facts],
        **shown,
    )


def _names(document: SearchDocument, marker: Marker) -> list[str]:
    """Return the names that hold a hit, where neither the text nor the title does."""
    if marker.terms_in(document.body) or marker.terms_in(document.title):
        return []
    lines = dict.fromkeys(f"{document.aliases}\n{document.names}".split("\n"))
    return [line for line in lines if marker.terms_in(line)]


def _snippet(document: SearchDocument, marker: Marker, names: list[str]) -> SafeString:
    """Return the names, if any are to be said; or else the words around the hits of the text."""
    if names:
        return format_html("{} {}", _("Names:"), marker.whole(", ".join(names)))
    return marker.snippet(document.body.replace("\n", " · "))


def _article(article: Article, today: dt.date) -> dict[str, Any]:
    facts = [article.outlet.title, article.byline, article.genre_label]
    return {"date": article.date, "facts": _said(facts), "via": article.via, "has_headline": article.has_headline}


def _agreement(agreement: Agreement, today: dt.date) -> dict[str, Any]:
    step = last_step(agreement)
    stands = {"rung": step.rung, "ended": step.ended, "label": step.status_label} if step else {}
    kind = "" if agreement.type == Agreement.Type.NOT_STATED else agreement.get_type_display()
    return {
        "date": step.date if step and step.date_edtf else None,
        "facts": _said([kind, agreement.get_tier_display()]),
        "mark": "ladder" if step else "",
        "stands": stands,
    }


def _figure(figure: Figure, today: dt.date) -> dict[str, Any]:
    indicator, speaker = seen(figure.indicator), speaker_of(figure)
    facts = [
        figure_text(figure),
        figure.get_meaning_display(),
        indicator.title if indicator else "",
        _("said by %(speaker)s") % {"speaker": speaker.name} if speaker else "",
    ]
    return {"date": period_of(figure), "facts": _said(facts)}


def _event(event: Event, today: dt.date) -> dict[str, Any]:
    step = standing_of(event)
    kind = "" if event.kind == Event.Kind.OTHER else event.get_kind_display()
    stands = {
        "status": step.status if step else "",
        "label": step.status_label if step else "",
        "overdue": is_overdue(event, today),
    }
    return {"date": event.date, "facts": _said([kind, place_text(event)]), "mark": "event", "stands": stands}


def _discrepancy(discrepancy: Discrepancy, today: dt.date) -> dict[str, Any]:
    return {
        "date": shown_day(discrepancy.noted_on),
        "facts": [discrepancy.get_kind_display()],
        "mark": "standing",
        "stands": {"open": discrepancy.is_open, "label": discrepancy.get_standing_display()},
    }


def _country(country: Country, today: dt.date) -> dict[str, Any]:
    return {"facts": [country.get_kind_display()]}


def _named(record: Any, today: dt.date) -> dict[str, Any]:
    return {}


def _settled(record: Outlet | Organisation | Person, today: dt.date) -> dict[str, Any]:
    """An outlet, organisation or person: what kind of one, and its country."""
    country = seen(record.country)
    kind = "" if isinstance(record, Person) or record.kind == Outlet.Kind.NOT_STATED else record.get_kind_display()
    return {"facts": _said([kind, country.title if country else ""])}


def _source(source: SourceDocument, today: dt.date) -> dict[str, Any]:
    return {"date": source.date, "facts": [source.get_kind_display(), source.publisher.title]}


def _said(facts: list[str]) -> list[str]:
    return [fact for fact in facts if fact]


_SHOWN: Final[dict[type[Record], Callable[[Any, dt.date], dict[str, Any]]]] = {
    Article: _article,
    Agreement: _agreement,
    Figure: _figure,
    Event: _event,
    Discrepancy: _discrepancy,
    Country: _country,
    Topic: _named,
    Outlet: _settled,
    Person: _settled,
    Organisation: _settled,
    Indicator: _named,
    SourceDocument: _source,
}
