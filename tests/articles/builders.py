"""Small builders of entries: each makes what it needs; every argument can be overridden."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from articles.models import (
    CONCERNS,
    Agreement,
    AgreementValue,
    Article,
    ArticlePartner,
    Attestation,
    Country,
    Discrepancy,
    DiscrepancySide,
    Event,
    EventRelation,
    EventStep,
    Evidence,
    Figure,
    FigureRelation,
    Indicator,
    Office,
    Organisation,
    Outlet,
    Person,
    Record,
    SourceDocument,
    State,
    StatusStep,
    Topic,
)

_numbers = itertools.count(100)

PUBLISHED: dict[str, Any] = {"state": State.PUBLISHED, "published_at": timezone.now()}
DRAFT: dict[str, Any] = {"state": State.DRAFT}
WITHDRAWN: dict[str, Any] = {
    "state": State.WITHDRAWN,
    "withdrawn_at": timezone.now(),
    "withdrawal_reason": "It was entered twice.",
}
SUMMARY = "word " * 45


def make_country(iso: str, **more: Any) -> Country:
    return Country.objects.create(**{"iso": iso, "name": f"Land {iso}"} | PUBLISHED | more)


def make_topic(**more: Any) -> Topic:
    n = next(_numbers)
    given = {"name": f"Subject {n}", "slug": f"subject-{n}", "iptc_code": "20000344", "iptc_label": "economy"}
    return Topic.objects.create(**given | PUBLISHED | more)


def make_outlet(**more: Any) -> Outlet:
    n = next(_numbers)
    return Outlet.objects.create(**{"name": f"Gazette {n}", "slug": f"gazette-{n}"} | PUBLISHED | more)


def make_organisation(**more: Any) -> Organisation:
    n = next(_numbers)
    given = {"name": f"Works {n}", "slug": f"works-{n}", "kind": Organisation.Kind.COMPANY}
    return Organisation.objects.create(**given | PUBLISHED | more)


def make_source(**more: Any) -> SourceDocument:
    n = next(_numbers)
    given = {"kind": "article", "label": f"Paper {n}", "file_name": f"paper-{n}.txt"} | PUBLISHED | more
    given.setdefault("publisher", None)
    if given["publisher"] is None:
        given["publisher"] = make_outlet()
    return SourceDocument.objects.create(**given)


def make_article(
    *, date: str = "2025-05-30", partners: list[str] | None = None, topics: list[Topic] | None = None, **more: Any
) -> Article:
    n = next(_numbers)
    given: dict[str, Any] = {
        "headline": f"Headline {n}",
        "first_line": 1,
        "last_line": 9,
        "genre": "news",
        "summary": SUMMARY,
        "date_basis": "stated" if date else "none",
        "date_note": "" if date else "The text gives none.",
    }
    given |= PUBLISHED | more
    given.setdefault("position", n)
    for name, make in (("outlet", make_outlet), ("source", make_source)):
        if name not in given:
            given[name] = make()
    article = Article(**given)
    article.set_date(date)
    article.save()
    for iso in partners or []:
        ArticlePartner.objects.create(article=article, country_id=iso)
    article.topics.set(topics or [])
    return article


def attest(article: Article, **subject: Any) -> Attestation:
    return Attestation.objects.create(article=article, paragraph=2, line=next(_numbers), **subject)


def make_step(agreement: Agreement, status: str, *, by: Article, date: str = "", **more: Any) -> StatusStep:
    position = agreement.every_step.count() + 1
    step = StatusStep(agreement=agreement, position=position, status=status, **more)
    step.set_date(date)
    step.date_basis = "stated" if date else "none"
    step.save()
    attest(by, step=step)
    return step


def make_agreement(*, by: Article, status: str = "signed", date: str = "2025", **more: Any) -> Agreement:
    """Make an agreement that the article attests, with one step."""
    n = next(_numbers)
    parties = more.pop("parties", [])
    given = {"name": f"Accord {n}", "type": "treaty", "tier": "intergovernmental"} | PUBLISHED | more
    agreement = Agreement.objects.create(**given)
    agreement.parties.set(parties)
    attest(by, agreement=agreement)
    make_step(agreement, status, by=by, date=date)
    return agreement


def make_person(**more: Any) -> Person:
    n = next(_numbers)
    return Person.objects.create(**{"name": f"Person {n}", "slug": f"person-{n}"} | PUBLISHED | more)


def make_office(person: Person, title: str, *, by: Article, date: str = "", **more: Any) -> Office:
    """Make an office that the article attests."""
    office = Office(person=person, position=person.every_office.count() + 1, title=title, **more)
    office.set_date(date)
    office.date_basis = "stated" if date else "none"
    office.save()
    attest(by, office=office)
    return office


def make_event_step(event: Event, status: str, *, by: Article, date: str = "", **more: Any) -> EventStep:
    step = EventStep(event=event, position=event.every_step.count() + 1, status=status, **more)
    step.set_date(date)
    step.date_basis = "stated" if date else "none"
    step.save()
    attest(by, event_step=step)
    return step


def make_event(*, by: Article, status: str = "held", date: str = "2025-05-30", **more: Any) -> Event:
    """Make an event that the article attests, with one step; no step where the status is empty."""
    n = next(_numbers)
    many = {name: more.pop(name, []) for name in ("countries", "organisations", "topics", "persons", "agreements")}
    given = {"name": f"Encounter {n}", "kind": Event.Kind.MEETING} | PUBLISHED | more
    event = Event(**given)
    event.set_date(date)
    event.date_basis = "stated" if date else "none"
    event.save()
    event.countries.set(many["countries"])
    event.organisations.set(many["organisations"])
    event.topics.set(many["topics"])
    event.persons.set(many["persons"])
    event.agreements.set(many["agreements"], through_defaults={"how": "signed"})
    attest(by, event=event)
    if status:
        make_event_step(event, status, by=by, date=date)
    return event


def make_indicator(**more: Any) -> Indicator:
    n = next(_numbers)
    given = {"name": f"Measure {n}", "slug": f"measure-{n}", "definition": "How much of it there is."}
    return Indicator.objects.create(**given | PUBLISHED | more)


def make_figure(*, by: Article, date: str = "2024", **more: Any) -> Figure:
    """Make a figure that the article attests: US$5 billion, unless told otherwise."""
    n = next(_numbers)
    many = {name: more.pop(name, []) for name in ("partners", "organisations", "topics")}
    given: dict[str, Any] = {"name": f"Amount {n}", "amount": 5, "scale": 9, "measure": "money", "meaning": "observed"}
    given |= {"as_written": "$5 billion", "date_note": "" if date else "The text gives no period."} | PUBLISHED | more
    if given["measure"] == "money":
        given.setdefault("currency", "USD")
    given.setdefault("indicator", None)
    given["indicator"] = given["indicator"] or make_indicator()
    figure = Figure(**given)
    figure.value = Decimal(str(figure.amount)).scaleb(figure.scale)
    figure.set_date(date)
    figure.date_basis = "stated" if date else "none"
    figure.save()
    for name, entries in many.items():
        getattr(figure, name).set(entries)
    attest(by, figure=figure)
    return figure


def make_side(discrepancy: Discrepancy, *, by: Article, **more: Any) -> DiscrepancySide:
    position = discrepancy.every_side.count() + 1
    given = {"discrepancy": discrepancy, "position": position, "says": f"It was number {position}."} | more
    side = DiscrepancySide.objects.create(**given)
    attest(by, side=side)
    return side


def make_evidence(discrepancy: Discrepancy, **more: Any) -> Evidence:
    n = next(_numbers)
    given = {"position": discrepancy.every_evidence.count() + 1, "reference": f"Register {n}", "says": "It was so."}
    return Evidence.objects.create(**{"discrepancy": discrepancy} | given | more)


def make_discrepancy(*, by: Article, **more: Any) -> Discrepancy:
    """Make a discrepancy with one side that the article attests; it concerns the article unless told otherwise.

    What else it concerns is given by the name of the field: `events=[event]`.
    """
    n = next(_numbers)
    many = {name: more.pop(name) for name in ("partners", *CONCERNS) if name in more}
    given = {"name": f"Conflict {n}", "kind": "contradiction", "note": "Both stand.", "noted_on": dt.date(2026, 1, 15)}
    discrepancy = Discrepancy.objects.create(**given | PUBLISHED | more)
    for name, entries in (many or {"articles": [by]}).items():
        getattr(discrepancy, name).set(entries)
    make_side(discrepancy, by=by)
    return discrepancy


def one_of_each(mark: str, state: dict[str, Any]) -> list[Record]:
    """Make one entry of each noun in a state, tied to public entries wherever a tie could give it away.

    Every name holds `mark`, so that a page that shows any of them can be found.
    """
    outlet = make_outlet(name=f"{mark} Gazette", slug=f"{mark.lower()}-gazette", **state)
    country = make_country({"draft": "XA", "withdrawn": "XB"}[state["state"]], name=f"{mark}land", **state)
    topic = make_topic(name=f"{mark} subject", slug=f"{mark.lower()}-subject", **state)
    organisation = make_organisation(name=f"{mark} Works", slug=f"{mark.lower()}-works", **state)
    source = make_source(label=f"{mark} paper", publisher=Outlet.public.first(), **state)
    shown = Article.public.select_related("outlet", "source").first()
    place = {"outlet": shown.outlet, "source": shown.source}
    subjects = list(Topic.public.all()[:1])
    article = make_article(
        headline=f"{mark} headline", partners=["IT"], topics=subjects, position=next(_numbers), **place, **state
    )
    agreement = make_agreement(by=shown, name=f"{mark} accord", parties=["IT", "KZ"], **state)

    ArticlePartner.objects.create(article=shown, country=country)
    shown.mentioned.add(country)
    shown.topics.add(topic)
    public_agreement = Agreement.public.first()
    public_agreement.organisations.add(organisation)
    public_agreement.parties.add(country)
    public_agreement.topics.add(topic)
    attest(article, agreement=public_agreement, note=f"{mark} note")
    make_step(public_agreement, "terminated", by=article, note=f"{mark} step")
    Country.objects.get(iso="EU").members.add(country)
    make_article(headline=f"{mark} of a hidden outlet", partners=["IT"], **place | {"outlet": outlet})
    make_article(headline=f"{mark} of a hidden source", partners=["IT"], **place | {"source": source})

    person = make_person(name=f"{mark} Person", slug=f"{mark.lower()}-person", country_id="IT", **state)
    indicator = make_indicator(name=f"{mark} measure", slug=f"{mark.lower()}-measure", **state)
    figure = make_figure(
        by=shown,
        name=f"{mark} figure",
        indicator=public_one(Figure).indicator,
        partners=["IT"],
        topics=subjects,
        agreement=public_agreement,
        **state,
    )
    event = make_event(
        by=shown, name=f"{mark} encounter", countries=["IT", "KZ"], agreements=[public_agreement], **state
    )
    discrepancy = make_discrepancy(by=shown, name=f"{mark} conflict", **concerned_by_public(shown), **state)
    hidden: dict[str, Any] = {
        "articles": article,
        "agreements": agreement,
        "steps": agreement.every_step.get(),
        "figures": figure,
        "events": event,
        "persons": person,
        "organisations": organisation,
        "outlets": outlet,
        "sources": source,
    }
    _tie_persons(mark, hidden, country, by=article, shown=shown)
    _tie_figures(mark, hidden, [country, indicator, topic], by=article, shown=shown)
    _tie_events(mark, hidden, [country, topic], by=article, shown=shown)
    _tie_discrepancies(mark, hidden, country, by=article, shown=shown)
    return [
        outlet,
        country,
        topic,
        organisation,
        source,
        article,
        agreement,
        person,
        indicator,
        figure,
        event,
        discrepancy,
    ]


def public_one(model: Any) -> Any:
    """Return the newest public entry of a noun; it must exist, so that a tie to it can be seen."""
    return model.public.order_by("-pk")[:1].get()


def public_of_each() -> None:
    """Make a public entry of each noun that hidden ones are tied to, whatever the record holds."""
    shown = Article.public.select_related("outlet", "source").first()
    agreement = Agreement.public.first()
    person, organisation = make_person(), make_organisation()
    make_office(person, "Envoy", by=shown)
    figure = make_figure(by=shown, partners=["IT"])
    make_event(by=shown, countries=["IT", "KZ"], persons=[person], agreements=[agreement], date="2024-05")
    make_discrepancy(by=shown, partners=["IT"], articles=[shown], figures=[figure], organisations=[organisation])


def concerned_by_public(shown: Article) -> dict[str, list[Any]]:
    """Return something public for every field of what a discrepancy concerns."""
    agreement = Agreement.public.filter(step__in=StatusStep.public.values("pk")).first()
    return {
        "partners": ["IT"],
        "articles": [shown],
        "agreements": [agreement],
        "steps": list(StatusStep.public.filter(agreement=agreement)[:1]),
        "values": list(AgreementValue.public.all()[:1]),
        "figures": [public_one(Figure)],
        "events": [public_one(Event)],
        "persons": [public_one(Person)],
        "organisations": [public_one(Organisation)],
        "outlets": [shown.outlet],
        "sources": [shown.source],
    }


def _tie_persons(mark: str, hidden: dict[str, Any], country: Country, *, by: Article, shown: Article) -> None:
    """Tie what is hidden to persons that are public, and offices that only a hidden article attests."""
    public = public_one(Person)
    hidden["persons"].articles.add(shown)
    make_office(hidden["persons"], f"{mark} envoy", by=shown)
    make_office(public, f"{mark} minister", by=by, note=f"{mark} note")
    office = make_office(public, "Envoy at large", by=by, country=country, organisation=hidden["organisations"])
    attest(by, office=office, note=f"{mark} note")
    attest(by, office=Office.public.first(), note=f"{mark} note")
    public.articles.add(by)


def _tie_figures(mark: str, hidden: dict[str, Any], others: list[Any], *, by: Article, shown: Article) -> None:
    """Tie what is hidden to figures that are public; make published figures that stand on something hidden."""
    country, indicator, topic = others
    public = public_one(Figure)
    public.partners.add(country)
    public.topics.add(topic)
    public.organisations.add(hidden["organisations"])
    attest(by, figure=public, note=f"{mark} note")
    FigureRelation.objects.create(figure=public, kind="contradicts", other=hidden["figures"], note=f"{mark} note")
    FigureRelation.objects.create(
        figure=hidden["figures"], kind="probably the same as", other=public, note=f"{mark} note"
    )
    known = {"indicator": public.indicator, "partners": ["IT"]}
    make_figure(by=by, name=f"{mark} of a hidden article", **known)
    make_figure(by=shown, name=f"{mark} of a hidden indicator", **known | {"indicator": indicator})
    make_figure(by=shown, name=f"{mark} of hidden statistics", reporter=country, **known)
    make_figure(by=shown, name=f"{mark} of a hidden speaker", speaker=hidden["persons"], **known)
    make_figure(by=shown, name=f"{mark} of a hidden body", speaking_body=hidden["organisations"], **known)


def _tie_events(mark: str, hidden: dict[str, Any], others: list[Any], *, by: Article, shown: Article) -> None:
    """Tie what is hidden to events that are public; make a published event that stands on something hidden."""
    country, topic = others
    public = public_one(Event)
    public.countries.add(country)
    public.topics.add(topic)
    public.organisations.add(hidden["organisations"])
    public.persons.add(hidden["persons"], through_defaults={"office": f"{mark} envoy"})
    public.agreements.add(hidden["agreements"], through_defaults={"how": "signed"})
    hidden["events"].persons.add(public_one(Person), through_defaults={"office": f"{mark} envoy"})
    if public.country is None:
        Event.objects.filter(pk=public.pk).update(country=country)
    attest(by, event=public, note=f"{mark} note")
    make_event_step(public, "cancelled", by=by, date="2024-06", note=f"{mark} note")
    for kind in ("probably the same as", "follows"):
        EventRelation.objects.create(event=hidden["events"], kind=kind, other=public, note=f"{mark} note")
    EventRelation.objects.create(event=public, kind="part of", other=hidden["events"], note=f"{mark} note")
    make_event(by=by, name=f"{mark} of a hidden article", countries=["IT", "KZ"], persons=[public_one(Person)])


def _tie_discrepancies(mark: str, hidden: dict[str, Any], country: Country, *, by: Article, shown: Article) -> None:
    """Tie what is hidden to discrepancies that are public; make a published one whose only side is hidden."""
    public = public_one(Discrepancy)
    public.partners.add(country)
    for field, entry in hidden.items():
        getattr(public, field).add(entry)
    public.steps.add(StatusStep.objects.get(note=f"{mark} step"))
    make_side(public, by=by, says=f"{mark} side", as_written=f"{mark} words")
    attest(by, side=DiscrepancySide.public.filter(discrepancy=public).first(), note=f"{mark} note")
    make_discrepancy(by=by, name=f"{mark} of a hidden article", **concerned_by_public(shown))
