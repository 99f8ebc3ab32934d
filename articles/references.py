"""How an entry of the record is cited: rows fetched `with_names()` become references for every style and format.

Citations are in English whatever the language of the page, as their styles are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.utils import timezone
from django.utils.text import capfirst

from articles.citations import days
from articles.citations.reference import PORTAL, Digest, Reference, Report, When, body, name_of
from articles.edition import Edition
from articles.locality import in_language
from articles.models import Agreement, Article, Attestation, Dated, Record, SourceDocument, Status
from articles.presentation import last_step, shown_value
from articles.presentation_events import place_text, standing_of
from articles.presentation_figures import figure_text

TREATIES: Final = frozenset({"treaty", "convention", "agreement", "protocol", "exchange of notes", "charter"})
"""Types of agreements between states that are treaties in the sense of a bibliography."""

_Fields = dict[str, Any]


def reference_of(record: Any, origin: str, edition: Edition, today: dt.date | None = None) -> Reference:
    """Return the reference of an entry of any noun.

    An agreement and an event bring their `public_attestations`, a source document its publisher. `today` is the day
    of access; the present one unless given.
    """
    with in_language("en"):
        of_portal = {} if isinstance(record, Article | SourceDocument) else _of_portal(record, edition)
        return Reference(
            noun=record.NOUN,
            code=f"{record.LETTER}/{record.code}",
            permalink=f"{origin}{record.permalink}",
            accessed=today or timezone.localdate(),
            version=edition.version,
            **(of_portal | _HOW[record.NOUN](record)),
        )


def reference_to_page(
    *, noun: str, code: str, title: str, description: str, address: str, edition: Edition, csl_type: str = "webpage"
) -> Reference:
    """Return the reference of a page that is no single entry: entries side by side, or a selection of them."""
    return Reference(
        noun=noun,
        code=code,
        csl_type=csl_type,
        title=title,
        description=description,
        authors=(body(PORTAL),),
        date=_as_of(edition),
        permalink=address,
        accessed=timezone.localdate(),
        version=edition.version,
    )


def _as_of(edition: Edition) -> When:
    return When(edition.as_of.isoformat() if edition.as_of else "")


def _of_portal(record: Record, edition: Edition) -> _Fields:
    """Return what is said of an entry that the portal itself is the author of: all but what others have written."""
    kind = str(capfirst(record._meta.verbose_name))
    return {
        "csl_type": "webpage",
        "title": record.title,
        "description": kind,
        "authors": (body(PORTAL),),
        "date": _as_of(edition),
    }


def _when(dated: Dated) -> When:
    return When(dated.date_edtf, inferred=dated.date_basis == "inferred")


def _digest(source: SourceDocument) -> Digest | None:
    if not source.is_digest:
        return None
    return Digest(source.publisher.name, source.title, not source.has_heading, _when(source))


def _names(*groups: Iterable[Record]) -> tuple[str, ...]:
    return tuple(entry.title for group in groups for entry in group)


def _article(article: Article) -> _Fields:
    outlet, source = article.outlet, article.source
    bodies = (outlet.name, *outlet.aliases, source.publisher.name)
    return {
        "csl_type": "article-newspaper",
        "title": article.title,
        "ours": not article.has_headline,
        "authors": tuple(name_of(author, bodies) for author in article.authors),
        "outlet": outlet.name,
        "digest": _digest(source),
        "read_at": source.publisher.name,
        "date": _when(article),
        "description": "",
        "original": article.original_url,
        "language": article.language,
        "topics": _names(article.public_partners, article.public_topics),
        "abstract": article.summary,
    }


def _source(source: SourceDocument) -> _Fields:
    return {
        "csl_type": "article-newspaper",
        "title": source.title,
        "ours": not source.has_heading,
        "authors": (),
        "outlet": source.publisher.name,
        "read_at": source.publisher.name,
        "date": _when(source),
        "description": "",
        "language": source.language,
    }


def _reports(places: Iterable[Attestation]) -> tuple[Report, ...]:
    """Return the articles that attest an entry, each once."""
    articles = {place.article_id: place.article for place in places}
    return tuple(Report(one.outlet.name, _when(one), _digest(one.source)) for one in articles.values())


def _described(*parts: object) -> str:
    return str(capfirst("; ".join(str(part) for part in parts if part)))


def _agreement(agreement: Any) -> _Fields:
    step = last_step(agreement)
    stated = agreement.type != Agreement.Type.NOT_STATED
    is_treaty = agreement.type in TREATIES and agreement.tier == Agreement.Tier.INTERGOVERNMENTAL
    sums = [shown_value(value) for value in agreement.public_values]
    return {
        "csl_type": "treaty" if is_treaty else "document",
        "title": agreement.name,
        "authors": (),
        "reports": _reports(agreement.public_attestations),
        "date": _when(step) if step else When(),
        "description": _described(
            agreement.get_type_display() if stated else f"{agreement.get_tier_display()} agreement",
            "title ours" if agreement.named_by_us else "",
            *(f"{one.text} ({one.meaning})" for one in sums),
            step.status_label if step and step.status != Status.NOT_STATED else "status not stated",
        ),
        "topics": _names(agreement.public_parties, agreement.public_topics),
        "abstract": agreement.note,
    }


def _figure(figure: Any) -> _Fields:
    reports = _reports(figure.public_attestations)
    first = reports[0] if reports else Report("")
    inferred = " (inferred)" if figure.date_basis == "inferred" else ""
    period = f", for {days.words(When(figure.date_edtf))}{inferred}" if figure.date_edtf else ""
    return {
        "csl_type": "dataset",
        "authors": (),
        "outlet": first.outlet,
        "digest": first.digest,
        "date": first.date,
        "reports": reports[1:],
        "description": f"Figure: {figure_text(figure)} ({figure.get_meaning_display()}){period}",
        "topics": _names(figure.public_partners, figure.public_topics),
        "abstract": figure.note,
    }


def _event(event: Any) -> _Fields:
    step = standing_of(event)
    return {
        "csl_type": "webpage",
        "authors": (),
        "reports": _reports(event.public_attestations),
        "date": _when(event),
        "place": place_text(event),
        "description": _described(
            event.get_kind_display() if event.kind != "other" else "event",
            place_text(event),
            step.status_label if step else "status not stated",
        ),
        "topics": _names(event.public_countries, event.public_topics),
        "abstract": event.note,
    }


def _discrepancy(discrepancy: Any) -> _Fields:
    places = [place for side in discrepancy.public_sides for place in side.public_attestations]
    return {
        "reports": _reports(places),
        "date": When(discrepancy.noted_on.isoformat()),
        "description": _described("discrepancy", discrepancy.get_kind_display(), discrepancy.get_standing_display()),
        "topics": _names(discrepancy.public_partners),
        "abstract": discrepancy.note,
    }


_HOW: dict[str, Callable[[Any], _Fields]] = {
    "article": _article,
    "source": _source,
    "agreement": _agreement,
    "figure": _figure,
    "event": _event,
    "discrepancy": _discrepancy,
    "country": lambda one: {"description": f"Dossier of a {one.get_kind_display()}"},
    "topic": lambda one: {"abstract": one.scope},
    "outlet": lambda one: {},
    "person": lambda one: {"abstract": one.note},
    "organisation": lambda one: {},
    "indicator": lambda one: {"abstract": one.definition},
}
