"""Home and the texts."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.concerns import marked
from articles.models import (
    HOME,
    RUNG_LABELS,
    RUNGS,
    Agreement,
    Article,
    Country,
    Outlet,
    Status,
    Topic,
    rung_of,
)
from articles.presentation import Link, agreement_row, article_item
from articles.styleguide import samples
from articles.views.shell import page

TEXTS = {
    "about": "pages/about.html",
    "method": "pages/method.html",
    "legend": "pages/legend.html",
    "accessibility": "pages/accessibility.html",
}
"""The texts: the name of the address and the template. A new text is one more line, and its template."""


def root(request: HttpRequest) -> HttpResponse:
    """Send a reader to the portal in the language that the browser prefers."""
    response = HttpResponseRedirect(reverse("articles:home"))
    patch_vary_headers(response, ["Accept-Language"])
    response.headers["Cache-Control"] = "no-cache"
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """Welcome everyone (RFC 9309) and point to the sitemap."""
    lines = ["User-agent: *", "Allow: /", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def home(request: HttpRequest) -> HttpResponse:
    public = Article.public.values("pk")
    partners = list(
        Country.public.exclude(iso=HOME)
        .annotate(n=Count("partner_link", filter=Q(partner_link__article__in=public), distinct=True))
        .filter(n__gt=0)
        .order_by("-n", "name")
    )
    agreed = dict(
        Agreement.parties.through._default_manager.filter(agreement__in=Agreement.public.values("pk"))
        .values_list("country")
        .annotate(n=Count("pk"))
    )
    topics = (
        Topic.public.annotate(n=Count("article", filter=Q(article__in=public), distinct=True))
        .filter(n__gt=0)
        .order_by("-n", "name")[:12]
    )
    held = {
        "articles": Article.public.count(),
        "agreements": Agreement.public.count(),
        "partners": len(partners),
        "outlets": Outlet.public.filter(article__in=public).distinct().count(),
    }
    sentence = format_html(
        _(
            "The record holds <b>{articles} articles</b> from <b>{outlets} outlets</b> about "
            "<b>{partners} partners</b>, and <b>{agreements} agreements and plans</b>, each tied to the "
            "paragraph that says so."
        ),
        **held,
    )
    context = {
        "sentence": sentence,
        "articles": marked("articles", Article.public.all().with_names().newest_first()[:5], article_item),
        "agreements": marked(
            "agreements", Agreement.public.with_standing().with_names().newest_first()[:6], agreement_row
        ),
        "partners": [
            {"name": one.title, "url": one.url, "articles": one.n, "agreements": agreed.get(one.iso, 0)}
            for one in partners
        ],
        "topics": [Link(one.title, one.url, one.n) for one in topics],
    }
    return page(request, "articles/home.html", "home", context)


def text(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the texts."""
    context = {}
    if name == "legend":
        context = {
            "rungs": [
                {"rung": number, "label": str(label), "statuses": ", ".join(str(one.label) for one in rung)}
                for number, (label, rung) in enumerate(zip(RUNG_LABELS, RUNGS, strict=True), 1)
            ],
            "ended": ", ".join(str(one.label) for one in Status if rung_of(one) == 0 and one != Status.NOT_STATED),
            "samples": samples(),
        }
    return page(request, TEXTS[name], name, context)


def styleguide(request: HttpRequest) -> HttpResponse:
    context = {"samples": samples(), "page_title": _("Style guide"), "noindex": True}
    return page(request, "pages/styleguide.html", "", context)
