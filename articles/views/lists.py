"""The lists: a few lines for each noun; the FilterSet does the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count as CountOf
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.citations.coins import coins
from articles.concerns import marked
from articles.coverage import Partner, partners
from articles.edition import Edition, edition
from articles.filters import (
    FILTERSETS,
    AgreementFilterSet,
    ArticleFilterSet,
    RecordFilterSet,
    SourceFilterSet,
    suggested,
)
from articles.filters import held as records
from articles.filters.period import PeriodFilterSet
from articles.locality import settled
from articles.models import (
    HOME,
    Article,
    Organisation,
    Outlet,
    SourceDocument,
)
from articles.plain_entries import listed_articles
from articles.presentation import ArticleItem, Link, agreement_row, article_item
from articles.query import Query
from articles.references import reference_of
from articles.views.citing import citing
from articles.views.shared import Context, origin_of
from articles.views.shell import page
from articles.views.taking import take_list

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class PageLink:
    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pages:
    number: int
    total: int
    first: int
    last: int
    count: int
    previous_url: str
    next_url: str
    links: list[PageLink | None]


def page_number(query: Query, total: int) -> int:
    """Return the page a reader asked for; name what is wrong with the wish and give the nearest page."""
    wanted = list(query.values.get("page", []))
    number: int | None = None
    for value in wanted:
        if not (value.isascii() and value.isdigit()) or int(value[:9]) == 0:
            query.refuse("page", value, _("Pages are counted 1, 2, 3."))
        elif len(value) > 9 or int(value) > total:
            last = ngettext("This list has %(n)d page.", "This list has %(n)d pages.", total) % {"n": total}
            query.refuse("page", value, last)
            number = number or total
        elif number is None:
            number = int(value)
        else:
            query.refuse("page", value, _("Only one value at a time."))
    return number or 1


def pages_of(query: Query, paginator: Paginator[Any], number: int) -> Pages:
    def url(n: int) -> str:
        return query.link({"page": [str(n)]} if n > 1 else {})

    elided = paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    return Pages(
        number=number,
        total=paginator.num_pages,
        first=min((number - 1) * PAGE_SIZE + 1, paginator.count),
        last=min(number * PAGE_SIZE, paginator.count),
        count=paginator.count,
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < paginator.num_pages else "",
        links=[PageLink(n, url(n), n == number) if isinstance(n, int) else None for n in elided],
    )


def filtered_list(
    request: HttpRequest,
    filters: RecordFilterSet,
    *,
    template: str,
    section: str,
    title: str,
    show: Callable[[Any], Any],
    concerns: str = "",
    fetch: Callable[[Any], Iterable[Any]] = lambda rows: rows.with_names(),
    now: Edition | None = None,
) -> HttpResponse:
    """Show one page of a filtered list; `concerns` names its entries in CONCERNS, where discrepancies may.

    `fetch` reads its rows with all that `show` needs. `now` is the state of the record, where the caller has asked for
    it already.
    """

    def items(rows: Any) -> list[Any]:
        with settled():
            return marked(concerns, fetch(rows), show) if concerns else [show(row) for row in fetch(rows)]

    return list_page(request, filters, items, template=template, section=section, title=title, now=now)


def list_page(
    request: HttpRequest,
    filters: RecordFilterSet,
    items: Callable[[Any], list[Any]],
    *,
    template: str,
    section: str,
    title: str,
    more: Context | None = None,
    nearest: Callable[[str], list[Any]] | None = None,
    now: Edition | None = None,
) -> HttpResponse:
    """Show one page of whatever a filter set lists; `items` makes of its rows what the template shows.

    Where nothing is found, `nearest` gives the first entries of what was probably meant.
    """
    paginator = Paginator(filters.qs, PAGE_SIZE)
    number = page_number(filters.query, paginator.num_pages)
    sentence = filters.sentence(paginator.count)
    meant = suggested(filters) if filters.wish and not paginator.count else []
    context = {
        "page_title": title,
        "sentence": sentence,
        **citing(request, filters, now or edition(), title=title, sentence=sentence, count=paginator.count),
        **take_list(filters, title, paginator.count),
        "items": items(paginator.page(number).object_list),
        "facets": filters.facets,
        "chips": filters.chips,
        "clear_url": "." if filters.is_filtered else "",
        "problems": filters.query.problems,
        "remarks": filters.query.remarks,
        "sorts": [*filters.sort_options, *_best_matches(filters)],
        "suggestions": [Link(*one) for one in meant],
        "nearest": nearest(meant[0][0]) if nearest and meant else [],
        "query_hidden": [{"name": name, "value": value} for name, value in filters.kept_besides_the_form()],
        "pages": pages_of(filters.query, paginator, number),
        "search_value": filters.text,
        "dates": isinstance(filters, PeriodFilterSet),
        "date_from": filters.query.values.get("from", [""])[0],
        "date_to": filters.query.values.get("to", [""])[0],
    }
    return page(request, template, section, context | (more or {}), canonical=canonical(request, filters))


def _best_matches(filters: RecordFilterSet) -> list[Context]:
    """Return the way to the same entries in the order that a list has not: the search knows which match best."""
    noun = getattr(filters.start().model, "NOUN", "")
    if not (noun and filters.text):
        return []
    asked = {name: filters.query.values.get(name, []) for name in ("q", "country", "topic")} | {"kind": [noun]}
    url = f"{reverse('articles:search')}?{urlencode(asked, doseq=True)}"
    return [{"label": _("Best matches first"), "url": url, "current": False}]


def canonical(request: HttpRequest, filters: RecordFilterSet) -> str:
    """Return the address of a list with what was understood of its query string, in the order that links use."""
    link = filters.query.link(without=())
    return request.path + (link if link != "." else "")


def article_list(request: HttpRequest) -> HttpResponse:
    now, origin = edition(), origin_of(request)

    def show(article: Article) -> ArticleItem:
        return replace(article_item(article), coins=coins(reference_of(article, origin, now)))

    return filtered_list(
        request,
        ArticleFilterSet(request.GET, ArticleFilterSet.start()),
        template="articles/article_list.html",
        section="articles",
        title=_("Articles"),
        show=show,
        concerns="articles",
        fetch=listed_articles,
        now=now,
    )


def agreement_list(request: HttpRequest) -> HttpResponse:
    return filtered_list(
        request,
        AgreementFilterSet(request.GET, AgreementFilterSet.start()),
        template="articles/agreement_list.html",
        section="agreements",
        title=_("Agreements"),
        show=agreement_row,
        concerns="agreements",
    )


# --- directories: without filters, and whole but for that of the sources ---------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a directory: a name, how much the record holds under it, and what else is worth saying."""

    name: str
    url: str
    count_label: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    entries: list[Entry]


def in_directory(request: HttpRequest, noun: str) -> RecordFilterSet:
    """Return the directory of a noun as the reader asks for it: whole, or what the text box keeps."""
    filters = FILTERSETS[noun](request.GET, FILTERSETS[noun].start())
    page_number(filters.query, 1)
    return filters


def directory(
    request: HttpRequest,
    filters: RecordFilterSet,
    groups: list[Group],
    *,
    title: str,
    sentence: str,
    section: str = "",
    many: bool = False,
    see: Iterable[Link] = (),
    pages: Pages | None = None,
) -> HttpResponse:
    """Show the entries of a noun, in groups; a group without entries is left out.

    `sentence` says what the whole directory holds. `many` sets the groups beside one another, where there are many
    of a few entries each. `see` leads to what shows the same in another way. `pages` says which of them this is,
    where the entries are too many for one.
    """
    filled = [group for group in groups if group.entries]
    found = pages.count if pages else sum(len(group.entries) for group in filled)
    said = filters.sentence(found)
    context = {
        "page_title": title,
        "sentence": said if filters.text else sentence,
        **citing(request, filters, edition(), title=title, sentence=said, count=found),
        **take_list(filters, title, found),
        "search_value": filters.text,
        "problems": filters.query.problems,
        "remarks": filters.query.remarks,
        "groups": filled,
        "many": many,
        "pages": pages,
        "see": list(see),
    }
    return page(request, "articles/directory.html", section, context, canonical=canonical(request, filters))


def held(articles: int = 0, agreements: int = 0) -> str:
    """Say how much there is: “4 articles, 33 agreements”; nothing where there is none."""
    parts = []
    if articles:
        parts.append(ngettext("%(n)d article", "%(n)d articles", articles) % {"n": articles})
    if agreements:
        parts.append(ngettext("%(n)d agreement", "%(n)d agreements", agreements) % {"n": agreements})
    return ", ".join(parts)


def country_list(request: HttpRequest) -> HttpResponse:
    """Partners with what the record holds of each, then the countries that are only mentioned."""
    filters = in_directory(request, "country")
    listed = partners()
    codes = {one.code for one in listed}
    kept = {country.iso: country for country in filters.qs}

    def entry(one: Partner) -> Entry:
        once = one.agreements.once
        note = _("%(n)d agreements if those that are probably the same count once") % {"n": once}
        return Entry(one.name, one.url, one.held, note if one.agreements.if_once else "")

    shown = [one for one in listed if one.code in kept]
    others = sorted((one for iso, one in kept.items() if iso not in codes), key=lambda one: one.title)
    groups = [
        Group(_("Partner countries"), [entry(one) for one in shown if not one.is_bloc]),
        Group(_("Blocs"), [entry(one) for one in shown if one.is_bloc]),
        Group(_("Mentioned in passing"), [Entry(one.title, one.url) for one in others if one.iso != HOME]),
        Group(_("Kazakhstan itself"), [Entry(one.title, one.url) for one in others if one.iso == HOME]),
    ]
    sentence = ngettext(
        "The record has %(n)d partner: a country or bloc that an article is about, or that is party to an agreement.",
        "The record has %(n)d partners: countries and blocs that articles are about, or party to agreements.",
        len(listed),
    ) % {"n": len(listed)}
    see = [
        Link(_("Partners on the map"), reverse("articles:coverage")),
        Link(_("Partners by topic"), reverse("articles:coverage-matrix")),
    ]
    return directory(request, filters, groups, title=_("Countries"), section="countries", sentence=sentence, see=see)


def topic_list(request: HttpRequest) -> HttpResponse:
    articles, agreements = records.articles().tally("topic"), records.agreements().tally("topic")
    filters = in_directory(request, "topic")
    topics = sorted(filters.qs, key=lambda one: (-articles[str(one.pk)], -agreements[str(one.pk)], one.name))
    entries = [
        Entry(one.title, one.url, held(articles[str(one.pk)], agreements[str(one.pk)]), one.scope) for one in topics
    ]
    sentence = _("Our own subjects, each mapped to one term of the IPTC Media Topics. An article may have several.")
    return directory(
        request, filters, [Group(_("All topics"), entries)], title=_("Topics"), section="topics", sentence=sentence
    )


def outlet_list(request: HttpRequest) -> HttpResponse:
    articles = records.articles().tally("outlet")
    filters = in_directory(request, "outlet")
    outlets = sorted(filters.qs, key=lambda one: (-articles[str(one.pk)], one.name))

    def entry(one: Outlet) -> Entry:
        kind = "" if one.kind == Outlet.Kind.NOT_STATED else one.get_kind_display()
        return Entry(one.title, one.url, held(articles[str(one.pk)]), kind)

    groups = [
        Group(_("With articles in the record"), [entry(one) for one in outlets if str(one.pk) in articles]),
        Group(_("Publishers of what we have read"), [entry(one) for one in outlets if str(one.pk) not in articles]),
    ]
    sentence = _("Who reports, each under one name for all the spellings that the sources use.")
    return directory(request, filters, groups, title=_("Outlets"), section="outlets", sentence=sentence)


def organisation_list(request: HttpRequest) -> HttpResponse:
    agreements = records.agreements().tally("organisation")
    filters = in_directory(request, "organisation")
    groups: dict[str, list[Entry]] = {str(label): [] for _value, label in Organisation.Kind.choices}
    for one in filters.qs:
        groups[one.get_kind_display()].append(Entry(one.title, one.url, held(agreements=agreements[str(one.pk)])))
    sentence = _("Companies, ministries, funds and other bodies that the articles name.")
    return directory(
        request,
        filters,
        [Group(str(label).capitalize(), rows) for label, rows in groups.items()],
        title=_("Organisations"),
        sentence=sentence,
    )


def source_list(request: HttpRequest) -> HttpResponse:
    """Digests, then single articles: of these there may be very many, so that this directory has pages."""
    filters = SourceFilterSet(request.GET, SourceFilterSet.start())
    paginator = Paginator(filters.qs, PAGE_SIZE)
    pages = pages_of(filters.query, paginator, page_number(filters.query, paginator.num_pages))
    sources = list(filters.digests_first((pages.number - 1) * PAGE_SIZE, pages.number * PAGE_SIZE).with_names())
    told = Article.public.filter(source__in=sources).order_by().values_list("source")
    articles = dict(told.annotate(n=CountOf("pk")))

    def entries(kind: str) -> list[Entry]:
        return [
            Entry(
                one.title if one.has_heading else f"[{one.title}]",
                one.url,
                held(articles.get(one.pk, 0)),
                f"{one.publisher.title}, {one.date}",
            )
            for one in sources
            if one.kind == kind
        ]

    groups = [
        Group(_("Digests"), entries(SourceDocument.Kind.DIGEST)),
        Group(_("Single articles"), entries(SourceDocument.Kind.ARTICLE)),
    ]
    sentence = _("The documents the record was built from, as we have read them. Square brackets mark labels of ours.")
    return directory(request, filters, groups, title=_("Sources"), sentence=sentence, pages=pages)
