"""What an entry stands for, in the terms of schema.org: never more precise or more certain than its sources.

Takes entries as the querysets fetch them for their pages, and reads nothing that readers may not see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from articles.citations.reference import Name, Reference
from articles.dates import html_datetime
from articles.metadata.webpage import Thing, filled, portal
from articles.models import Article, Attestation, Dated, EventStatus, Figure, Outlet, Qualifier, Record, Status
from articles.models.base import seen
from articles.presentation import last_step
from articles.presentation_events import standing_of
from articles.presentation_figures import figure_text, unit_label

NEWS: Final = {Article.Genre.ANALYSIS: "AnalysisNewsArticle", Article.Genre.OPINION: "OpinionNewsArticle"}
FORCE: Final[dict[str, str]] = {
    Status.IN_FORCE: "InForce",
    Status.PARTLY_IN_FORCE: "PartiallyInForce",
    Status.TERMINATED: "NotInForce",
    Status.EXPIRED: "NotInForce",
}
EVENT_STATUS: Final[dict[str, str]] = {
    EventStatus.HELD: "EventScheduled",
    EventStatus.PLANNED: "EventScheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.CANCELLED: "EventCancelled",
}
BOUND: Final[dict[str, str]] = {
    Qualifier.EXACT: "value",
    Qualifier.OVER: "minValue",
    Qualifier.AT_LEAST: "minValue",
    Qualifier.UP_TO: "maxValue",
    Qualifier.NEARLY: "maxValue",
}
"""Which side of a number a qualifier leaves open; “about” and “among the top” bound nothing."""
NOT_NEWS: Final = (Outlet.Kind.THINK_TANK, Outlet.Kind.BODY, Outlet.Kind.NOT_STATED)


def thing_of(record: Any, reference: Reference, origin: str) -> Thing | None:
    """Return what the page of an entry is about; None for what schema.org has no honest term for."""
    thing = _OF[record.NOUN](record, reference, origin)
    return {"@id": f"{origin}{record.permalink}"} | thing if thing else None


def _known_day(dated: Dated) -> str:
    """Return a day, a month or a year that a source states; nothing for what is vaguer, or inferred by us."""
    return html_datetime(dated.date_edtf) if dated.date_basis == "stated" else ""


def _mention(kind: str, record: Record, origin: str, **more: Any) -> Thing:
    return filled(kind=kind, id=f"{origin}{record.permalink}", name=record.title, **more)


def _countries(countries: Iterable[Any], origin: str) -> list[Thing]:
    return [_mention("Country" if one.kind == "country" else "Place", one, origin) for one in countries]


def _topics(topics: Iterable[Any], origin: str) -> list[Thing]:
    return [_mention("DefinedTerm", one, origin) for one in topics]


def _publisher(outlet: Outlet, origin: str) -> Thing:
    return _mention("Organization" if outlet.kind in NOT_NEWS else "NewsMediaOrganization", outlet, origin)


def _reports(places: Iterable[Attestation], origin: str) -> list[Thing]:
    """Return the articles that attest something, each once."""
    articles = {place.article_id: place.article for place in places}.values()
    return [
        _mention(
            "NewsArticle",
            one,
            origin,
            url=one.original_url,
            datePublished=_known_day(one),
            publisher=_publisher(one.outlet, origin),
        )
        for one in articles
    ]


def _author(name: Name) -> Thing:
    return {"@type": "Organization" if name.is_body else "Person", "name": name.in_order}


def _article(article: Any, reference: Reference, origin: str) -> Thing:
    source = article.source
    digest = _mention("CreativeWork", source, origin, publisher=_publisher(source.publisher, origin))
    return filled(
        kind=NEWS.get(article.genre, "NewsArticle"),
        headline=article.headline,
        name=reference.shown_title,
        url=article.original_url,
        author=[_author(name) for name in reference.authors],
        publisher=_publisher(article.outlet, origin),
        datePublished=_known_day(article),
        inLanguage=article.language,
        about=_countries(article.public_partners, origin) + _topics(article.public_topics, origin),
        mentions=_countries(getattr(article, "public_mentioned", ()), origin),
        isPartOf=digest if source.is_digest else None,
    )


def _agreement(agreement: Any, reference: Reference, origin: str) -> Thing:
    """Return a treaty as legislation, all else, and what is said not to bind, as a work."""
    law = reference.csl_type == "treaty" and agreement.binding != agreement.Binding.NOT_BINDING
    step = last_step(agreement)
    signed = [one for one in agreement.public_steps if one.status == Status.SIGNED]
    legal = {
        "legislationType": agreement.get_type_display(),
        "legislationDate": _known_day(signed[0]) if signed else "",
        "legislationLegalForce": f"https://schema.org/{FORCE[step.status]}" if step and step.status in FORCE else "",
    }
    return filled(
        kind="Legislation" if law else "CreativeWork",
        name=agreement.name,
        abstract=agreement.note,
        genre="" if agreement.type == agreement.Type.NOT_STATED else agreement.get_type_display(),
        creativeWorkStatus=step.status_label if step else "",
        spatialCoverage=_countries(agreement.public_parties, origin),
        about=_topics(agreement.public_topics, origin),
        subjectOf=_reports(agreement.public_attestations, origin),
        **(legal if law else {}),
    )


def _value(figure: Figure) -> Thing:
    """Return the number within the bounds that the source gives it; of “about 30”, the words alone."""
    number = int(figure.value) if figure.value == figure.value.to_integral_value() else float(figure.value)
    bound = {BOUND[figure.qualifier]: number} if figure.qualifier in BOUND else {}
    unit = figure.currency or unit_label(figure)
    return filled(kind="QuantitativeValue", name=figure_text(figure), unitText=unit, **bound)


def _figure(figure: Any, reference: Reference, origin: str) -> Thing:
    indicator = seen(figure.indicator)
    day = _known_day(figure)
    return filled(
        kind="Observation",
        name=figure.name,
        description=figure.note,
        observationAbout=_countries(figure.public_partners, origin),
        variableMeasured=_mention("StatisticalVariable", indicator, origin) if indicator else None,
        value=_value(figure),
        measurementQualifier=figure.get_meaning_display(),
        observationDate=day,
        observationPeriod="" if day else figure.date_edtf,
        subjectOf=_reports(figure.public_attestations, origin),
    )


_DAYS = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:/(\d{4}(?:-\d\d){0,2}))?")


def _event(event: Any, reference: Reference, origin: str) -> Thing:
    step = standing_of(event)
    days = _DAYS.fullmatch(event.date_edtf) if event.date_basis == "stated" else None
    host = seen(event.country)
    inside = _countries([host], origin)[0] if host else None
    place = filled(kind="Place", name=event.place, containedInPlace=inside) if event.place else inside
    status = EVENT_STATUS.get(step.status) if step else ""
    return filled(
        kind="Event",
        name=event.name,
        description=event.note,
        startDate=days[1] if days else "",
        endDate=days[2] if days else "",
        eventStatus=f"https://schema.org/{status}" if status else "",
        location=place,
        about=_countries(event.public_countries, origin) + _topics(event.public_topics, origin),
        subjectOf=_reports(event.public_attestations, origin),
    )


def _discrepancy(discrepancy: Any, reference: Reference, origin: str) -> Thing:
    """Return a review of what the sources claim, once it is settled; an open discrepancy judges nothing."""
    if discrepancy.is_open:
        return {}
    claims = [
        filled(kind="Claim", name=side.says, appearance=_reports(side.public_attestations, origin))
        for side in discrepancy.public_sides
    ]
    return filled(
        kind="ClaimReview",
        name=discrepancy.name,
        url=f"{origin}{discrepancy.url}",
        claimReviewed=" · ".join(claim["name"] for claim in claims),
        itemReviewed=claims,
        author=portal(origin),
        datePublished=discrepancy.noted_on.isoformat(),
        reviewBody=discrepancy.right,
    )


def _country(country: Any, reference: Reference, origin: str) -> Thing:
    names = [*country.aliases, *(country.name_in(language) for language in ("kk", "ru"))]
    return filled(
        kind="Country" if country.kind == "country" else "Place",
        name=country.title,
        alternateName=[name for name in dict.fromkeys(names) if name != country.title],
        identifier=country.iso,
    )


def _named(kind: str) -> Callable[..., Thing]:
    def thing(record: Any, reference: Reference, origin: str) -> Thing:
        return filled(kind=kind, name=record.title, alternateName=record.aliases, description=reference.abstract)

    return thing


def _term(record: Any, reference: Reference, origin: str) -> Thing:
    return filled(kind="DefinedTerm", name=record.title, termCode=record.slug, description=reference.abstract)


def _source(source: Any, reference: Reference, origin: str) -> Thing:
    return filled(
        kind="CreativeWork",
        name=reference.shown_title,
        publisher=_publisher(source.publisher, origin),
        datePublished=_known_day(source),
        inLanguage=source.language,
    )


_OF: dict[str, Callable[[Any, Reference, str], Thing]] = {
    "article": _article,
    "agreement": _agreement,
    "figure": _figure,
    "event": _event,
    "discrepancy": _discrepancy,
    "country": _country,
    "topic": _term,
    "outlet": lambda one, reference, origin: _publisher(one, origin) | filled(alternateName=one.aliases),
    "person": _named("Person"),
    "organisation": _named("Organization"),
    "indicator": _term,
    "source": _source,
}
