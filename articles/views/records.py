"""The page of each entry, under its one canonical address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import permalinks
from articles.citations import cite_agreement, cite_article
from articles.dossier import dossier, lede
from articles.models import (
    HOME,
    IPTC_VOCABULARY,
    NOUNS,
    Agreement,
    AgreementRelation,
    AgreementValue,
    Article,
    ArticlePartner,
    Attestation,
    Country,
    Organisation,
    Outlet,
    Record,
    SourceDocument,
    State,
    StatusStep,
    Topic,
)
from articles.models.base import prefetched
from articles.presentation import (
    Link,
    agreement_row,
    article_item,
    language_name,
    last_step,
    links,
    shown_value,
)
from articles.views.shell import page

MOST_ROWS = 25
"""How many articles or agreements a record's page lists before it points to the filtered list."""

Context = dict[str, Any]


def _attestations() -> Any:
    return Attestation.public.all().with_names().order_by("article", "line")


def _history(record: Record) -> list[Context]:
    steps = [(record.published_at, _("published"))]
    if record.modified_at != record.published_at:
        steps.append((record.modified_at, _("last modified")))
    return [{"date": date_format(when, "j F Y"), "text": text} for when, text in steps if when]


def _filtered(noun: str, parameter: str, value: str) -> str:
    return f"{reverse(f'articles:{noun}-list')}?{parameter}={value}"


# --- articles ---------------------------------------------------------------------------------------------------


def article_rows() -> models.QuerySet[Any]:
    return (
        Article.objects.all()
        .with_names()
        .prefetch_related(prefetched("mentioned", Country.public.all(), "public_mentioned"))
    )


def article_context(request: HttpRequest, article: Any) -> Context:
    attested: dict[int, list[Attestation]] = {}
    for one in _attestations().filter(article=article).select_related("step", "value"):
        agreement = one.agreement_id or (one.step and one.step.agreement_id) or (one.value and one.value.agreement_id)
        if agreement:
            attested.setdefault(agreement, []).append(one)
    agreements = Agreement.public.filter(pk__in=attested).with_standing().with_names().order_by("name")
    about = ArticlePartner.objects.filter(country__in=[country.pk for country in article.public_partners])
    related = Article.public.filter(pk__in=about.values("article")).exclude(pk=article.pk)
    item = article_item(article)
    address = request.build_absolute_uri(article.permalink)
    source = article.source
    return {
        "article": {
            **{name: getattr(item, name) for name in item.__slots__},
            "language_label": language_name(article.language),
            "authors": article.authors,
            "author_role": article.author_role,
            "original_url": article.original_url,
            "permalink": address,
            "partners": links(article.public_partners),
            "mentioned": links(article.public_mentioned),
            "topics": links(article.public_topics),
            "outlet_names": article.outlet.aliases,
            "position": article.position,
            "source": {
                "title": source.title,
                "has_heading": source.has_heading,
                "url": source.url,
                "kind_label": source.get_kind_display(),
                "is_digest": source.is_digest,
                "date": source.date,
                "publisher": source.publisher.title,
            },
            "agreements": [agreement_row(row, _once(attested[row.pk])) for row in agreements],
            "cite": {
                "text": cite_article(
                    authors=article.byline,
                    title=article.title,
                    ours=not article.has_headline,
                    outlet=article.outlet.title,
                    date=article.date.text,
                    via=article.via,
                    address=address,
                )
            },
            "history": _history(article),
            "related": [article_item(other) for other in related.with_names().newest_first()[:4]],
        }
    }


def _once(attestations: list[Attestation]) -> list[Attestation]:
    """Return one attestation for each place, in the order of the text."""
    return list({one.line: one for one in sorted(attestations, key=lambda one: -one.line)}.values())[::-1]


# --- agreements -------------------------------------------------------------------------------------------------


def agreement_rows() -> models.QuerySet[Any]:
    def sourced(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.prefetch_related(prefetched("every_attestation", _attestations(), "public_attestations"))

    return (
        Agreement.objects.all()
        .with_standing()
        .prefetch_related(
            prefetched("parties", Country.public.all(), "public_parties"),
            prefetched("organisations", Organisation.public.all(), "public_organisations"),
            prefetched("topics", Topic.public.all(), "public_topics"),
            prefetched("every_step", sourced(StatusStep.public.order_by("position")), "public_steps"),
            prefetched("every_value", sourced(AgreementValue.public.order_by("position")), "public_values"),
            prefetched("every_attestation", _attestations(), "public_attestations"),
        )
    )


_BACKWARDS = {
    "part of": _("has as a part"),
    "implements": _("implemented by"),
    "replaces": _("replaced by"),
    "probably the same as": _("probably the same as"),
}


def _relations(agreement: Agreement) -> list[Context]:
    rows = (
        AgreementRelation.public.filter(models.Q(agreement=agreement) | models.Q(other=agreement))
        .select_related("agreement", "other")
        .prefetch_related(prefetched("every_attestation", _attestations(), "public_attestations"))
    )
    shown = []
    for relation in rows:
        forwards = relation.agreement_id == agreement.pk
        target = relation.other if forwards else relation.agreement
        shown.append(
            {
                "label": relation.get_kind_display() if forwards else _BACKWARDS[relation.kind],
                "url": target.url,
                "title": target.name,
                "note": relation.note,
                "inferred": relation.basis == "inferred",
                "attestations": relation.public_attestations,
            }
        )
    return shown


def agreement_context(request: HttpRequest, agreement: Any) -> Context:
    row = replace(agreement_row(agreement), values=[])
    step = last_step(agreement)
    address = request.build_absolute_uri(agreement.permalink)
    return {
        "agreement": {
            **{name: getattr(row, name) for name in row.__slots__},
            "summary": agreement.note,
            "parties_text": row.parties,
            "named_by_us": agreement.named_by_us,
            "binding_label": ""
            if agreement.binding == Agreement.Binding.NOT_STATED
            else agreement.get_binding_display(),
            "permalink": address,
            "steps": [
                {
                    "status_label": one.status_label,
                    "rung": one.rung,
                    "ended": one.ended,
                    "date": one.date,
                    "note": one.note,
                    "attestations": one.public_attestations,
                }
                for one in agreement.public_steps
            ],
            "values": [shown_value(value, value.public_attestations) for value in agreement.public_values],
            "parties": links(agreement.public_parties),
            "organisations": links(agreement.public_organisations),
            "topics": links(agreement.public_topics),
            "relations": _relations(agreement),
            "attestations": agreement.public_attestations,
            "cite": {
                "text": cite_agreement(
                    title=agreement.name,
                    standing=step.status_label if step else _("status not stated"),
                    address=address,
                )
            },
            "history": _history(agreement),
        }
    }


# --- the other nouns --------------------------------------------------------------------------------------------


def country_context(request: HttpRequest, country: Country) -> Context:
    about = dossier(country)
    return {
        "country": {
            "name": country.title,
            "iso": country.iso,
            "kind_label": country.get_kind_display(),
            "is_bloc": country.kind == Country.Kind.BLOC,
            "is_home": country.iso == HOME,
            "names": [{"lang": lang, "name": country.name_in(lang)} for lang in ("kk", "ru")],
            "aliases": country.aliases,
            "members": about.members,
            "blocs": about.blocs,
            "permalink": request.build_absolute_uri(country.permalink),
        },
        "articles_url": _filtered("article", "country", country.iso),
        "agreements_url": _filtered("agreement", "country", country.iso),
        **{name: getattr(about, name) for name in about.__slots__},
    }


def _articles_of(articles: models.QuerySet[Any]) -> Context:
    return {
        "article_count": articles.count(),
        "articles": [article_item(one) for one in articles.all().with_names().newest_first()[:MOST_ROWS]],  # type: ignore[attr-defined]
    }


def _agreements_of(agreements: models.QuerySet[Any]) -> Context:
    rows = agreements.with_standing().with_names().newest_first()[:MOST_ROWS]  # type: ignore[attr-defined]
    return {"agreement_count": agreements.count(), "agreements": [agreement_row(one) for one in rows]}


def _fact(label: str, text: str = "", links: list[Link] | None = None) -> Context:
    return {"label": label, "text": text, "links": links or []}


def _facts(*facts: Context) -> list[Context]:
    """Return the facts that say something."""
    return [fact for fact in facts if fact["text"] or fact["links"]]


def topic_context(request: HttpRequest, topic: Topic) -> Context:
    articles = Article.public.filter(topics=topic)
    here = _filtered("article", "topic", topic.slug)
    partners = (
        Country.public.exclude(iso=HOME)
        .filter(partner_link__article__in=articles.values("pk"))
        .annotate(n=Count("partner_link"))
        .order_by("-n", "name")
    )
    outlets = (
        Outlet.public.filter(article__in=articles.values("pk")).annotate(n=Count("article")).order_by("-n", "name")
    )
    rows = _articles_of(articles)
    agreements = _agreements_of(Agreement.public.filter(topics=topic))
    return {
        "topic": {
            "name": topic.title,
            "description": topic.scope,
            "permalink": request.build_absolute_uri(topic.permalink),
            "facts": _facts(
                _fact(_("IPTC Media Topic"), f"{topic.iptc_label} (medtop:{topic.iptc_code}, {IPTC_VOCABULARY})")
            ),
        },
        "lede": lede(rows["article_count"], len(outlets), agreements["agreement_count"], []),
        "partners": [Link(one.title, f"{here}&country={one.iso}", one.n) for one in partners],
        "outlets": [Link(one.title, one.url, one.n) for one in outlets],
        "articles_url": here,
        "agreements_url": _filtered("agreement", "topic", topic.slug),
        **rows,
        **agreements,
    }


def _country_link(pk: str | None) -> list[Link]:
    return links(Country.public.filter(pk=pk))


def outlet_context(request: HttpRequest, outlet: Outlet) -> Context:
    articles = Article.public.filter(outlet=outlet)
    here = _filtered("article", "outlet", outlet.slug)
    rows = _articles_of(articles)
    topics = Topic.public.filter(article__in=articles.values("pk")).annotate(n=Count("article")).order_by("-n", "name")
    partners = (
        Country.public.filter(partner_link__article__in=articles.values("pk"))
        .annotate(n=Count("partner_link"))
        .order_by("-n", "name")
    )
    return {
        "outlet": {
            "name": outlet.title,
            "permalink": request.build_absolute_uri(outlet.permalink),
            "facts": _facts(
                _fact(_("Kind"), "" if outlet.kind == Outlet.Kind.NOT_STATED else outlet.get_kind_display()),
                _fact(_("Home country"), links=_country_link(outlet.country_id)),
                _fact(_("Spelt in the sources"), ", ".join(outlet.aliases)),
                _fact(_("Ownership"), outlet.ownership),
                _fact(_("Documents we have read"), links=links(SourceDocument.public.filter(publisher=outlet))),
            ),
        },
        "lede": lede(rows["article_count"], 0, 0, []),
        "topics": [Link(one.title, f"{here}&topic={one.slug}", one.n) for one in topics],
        "partners": [Link(one.title, f"{here}&country={one.iso}", one.n) for one in partners],
        "articles_url": here,
        **rows,
    }


def organisation_context(request: HttpRequest, organisation: Organisation) -> Context:
    agreements = _agreements_of(Agreement.public.filter(organisations=organisation))
    return {
        "organisation": {
            "name": organisation.title,
            "permalink": request.build_absolute_uri(organisation.permalink),
            "facts": _facts(
                _fact(_("Kind"), organisation.get_kind_display()),
                _fact(_("Home country"), links=_country_link(organisation.country_id)),
                _fact(_("Spelt in the sources"), ", ".join(organisation.aliases)),
            ),
        },
        "agreements_url": _filtered("agreement", "organisation", organisation.slug),
        **agreements,
    }


def source_context(request: HttpRequest, source: SourceDocument) -> Context:
    articles = Article.public.filter(source=source).with_names().order_by("position")
    return {
        "source": {
            "title": source.title,
            "has_heading": source.has_heading,
            "is_digest": source.is_digest,
            "permalink": request.build_absolute_uri(source.permalink),
            "facts": _facts(
                _fact(_("Kind"), source.get_kind_display()),
                _fact(_("Published by"), links=links([source.publisher])),
                _fact(_("File that line numbers refer to"), source.file_name),
            ),
            "date": source.date,
        },
        "articles": [article_item(article) for article in articles],
    }


# --- one way to a page --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordPage:
    """How the page of a noun is made: what to fetch, what to show, in which template."""

    rows: Callable[[], models.QuerySet[Any]]
    context: Callable[[HttpRequest, Any], Context]
    section: str = ""


PAGES: dict[type[Record], RecordPage] = {
    Article: RecordPage(article_rows, article_context, "articles"),
    Agreement: RecordPage(agreement_rows, agreement_context, "agreements"),
    Country: RecordPage(Country.objects.all, country_context, "countries"),
    Topic: RecordPage(Topic.objects.all, topic_context, "topics"),
    Outlet: RecordPage(Outlet.objects.all, outlet_context, "outlets"),
    Organisation: RecordPage(Organisation.objects.all, organisation_context),
    SourceDocument: RecordPage(lambda: SourceDocument.objects.select_related("publisher"), source_context),
}


def show(request: HttpRequest, record: Record, *, preview: bool = False) -> HttpResponse:
    """Render the page of an entry. `preview` is for staff: it may be a draft."""
    how = PAGES[type(record)]
    fetched = how.rows().get(pk=record.pk)
    context = how.context(request, fetched)
    template = f"articles/{record.NOUN}_detail.html"
    return page(
        request,
        template,
        how.section,
        context | {"preview": preview, "noindex": preview},
        canonical=record.url,
    )


def find(model: type[Record], code: str) -> Record | HttpResponse:
    """Return the public entry with this code, or the tombstone of a withdrawn one. Raises Http404 otherwise."""
    wanted = permalinks.normalise(code)
    if wanted is None:
        raise Http404
    record: Record | None = model.public.filter(code=wanted).first()  # type: ignore[attr-defined]
    if record is not None:
        return record
    gone = model._default_manager.filter(code=wanted, state=State.WITHDRAWN).first()
    if gone is None:
        raise Http404
    return tombstone(gone)


def tombstone(record: Record) -> HttpResponse:
    """Answer 410 with when and why the entry was withdrawn; nothing of its content."""
    context = {
        "reason": record.withdrawal_reason,
        "withdrawn_on": date_format(record.withdrawn_at, "j F Y") if record.withdrawn_at else "",
        "code": f"{record.LETTER}/{record.code}",
    }
    return HttpResponse(render_to_string("410.html", context), status=410)


def record_view(model: type[Record]) -> Callable[..., HttpResponse]:
    """Return the view of a noun's pages: the canonical address, or one redirect to it."""

    def view(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
        found = find(model, code)
        if isinstance(found, HttpResponse):
            return found
        if request.path != found.url:
            return HttpResponsePermanentRedirect(found.url)
        return show(request, found)

    view.__name__ = f"{model.NOUN}_detail"
    return view


_BY_LETTER = {model.LETTER: model for model in NOUNS}


def permalink(request: HttpRequest, letter: str, code: str) -> HttpResponse:
    """Redirect the language-neutral address of an entry to its page."""
    model = _BY_LETTER.get(letter)
    if model is None:
        raise Http404
    found = find(model, code)
    if isinstance(found, HttpResponse):
        return found
    response = redirect(found.url, permanent=True)
    # Permanent for those who cite it, checked again each time: the language of the page may come to be chosen.
    response.headers["Cache-Control"] = "no-cache"
    return response
