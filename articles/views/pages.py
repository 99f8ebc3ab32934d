"""Home and the texts."""

from __future__ import annotations

from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.concerns import marked
from articles.coverage import Partner, partners, totals
from articles.edition import edition
from articles.filters import held
from articles.models import (
    RUNG_LABELS,
    RUNGS,
    Discrepancy,
    Status,
    rung_of,
)
from articles.partner_map import partner_map
from articles.plain_entries import listed_articles
from articles.presentation import agreement_row, article_item
from articles.presentation_discrepancies import discrepancy_row
from articles.styleguide import samples
from articles.tracker import plans
from articles.views.shared import Context
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


def humans(request: HttpRequest) -> HttpResponse:
    """Say in plain text who and what is behind the portal (humanstxt.org)."""
    return render(request, "humans.txt", {"edition": edition()}, content_type="text/plain; charset=utf-8")


def home(request: HttpRequest) -> HttpResponse:
    """Show what is new, what is planned, what is open, and whom it all is about."""
    listed = partners()
    open_ones = Discrepancy.public.filter(standing=Discrepancy.Standing.OPEN)
    of_substance_first = open_ones.with_names().order_by(
        Case(When(weight=Discrepancy.Weight.SUBSTANTIVE, then=0), default=1), "-noted_on", "name", "pk"
    )
    context = {
        "sentence": _sentence(listed),
        "articles": marked("articles", listed_articles(held.articles().newest(5)), article_item),
        "agreements": marked("agreements", held.agreements().newest(6).with_names(), agreement_row),
        "plans": plans(timezone.localdate(), most=3),
        "discrepancies": [discrepancy_row(one) for one in of_substance_first[:5]],
        "open_count": open_ones.count(),
        "open_url": f"{reverse('articles:discrepancy-list')}?standing={Discrepancy.Standing.OPEN}",
        "map": partner_map(listed),
        "partners": listed,
    }
    return page(request, "articles/home.html", "home", context)


def _sentence(listed: list[Partner]) -> SafeString:
    """Say how much there is of everything, and how much if what is probably the same counts once."""
    counted = totals()
    about = len([one for one in listed if one.articles])
    phrases = [format_html("<b>{}</b>", total.phrase(total.count.rows)) for total in counted]
    articles, *others = phrases
    outlets = len(held.articles().tally("outlet"))
    sentence = format_html(
        _(
            "The record holds {articles} from <b>{outlets}</b> about <b>{partners}</b>, with {others}, each tied to "
            "the paragraph that says so."
        ),
        articles=articles,
        outlets=ngettext("%(n)d outlet", "%(n)d outlets", outlets) % {"n": outlets},
        partners=ngettext("%(n)d partner", "%(n)d partners", about) % {"n": about},
        others=_and(others),
    )
    once = [total.phrase(total.count.once) for total in counted if total.count.if_once]
    if not once:
        return sentence
    return format_html("{} {}", sentence, _("If those that are probably the same count once: %s.") % ", ".join(once))


def _and(parts: list[SafeString]) -> SafeString:
    return format_html(_("{} and {}"), format_html_join(", ", "{}", ((part,) for part in parts[:-1])), parts[-1])


def text(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the texts."""
    context: Context = {}
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
