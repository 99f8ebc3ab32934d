"""The addresses of the pages, below the language."""

from django.urls import path, re_path

from articles.formats.selection import SEARCH
from articles.models import NOUNS
from articles.permalinks import PLURALS
from articles.views import (
    comparison_page,
    country_pages,
    coverage,
    data,
    data_page,
    dataset,
    discrepancy_pages,
    event_pages,
    figure_pages,
    indicator_pages,
    lists,
    oembed,
    pages,
    person_pages,
    search,
)
from articles.views.records import record_view

app_name = "articles"

LISTS = {
    "article": lists.article_list,
    "agreement": lists.agreement_list,
    "figure": figure_pages.figure_list,
    "event": event_pages.event_list,
    "discrepancy": discrepancy_pages.discrepancy_list,
    "country": lists.country_list,
    "topic": lists.topic_list,
    "outlet": lists.outlet_list,
    "person": person_pages.person_list,
    "organisation": lists.organisation_list,
    "indicator": indicator_pages.indicator_list,
    "source": lists.source_list,
}

SUFFIX = r"\.(?P<suffix>(?:csl\.|feed\.)?[a-z]+)\Z"
ANY_SUFFIX = r"\.(?P<suffix>(?i:csl\.|feed\.)?[A-Za-z]+)/?\Z"
"""Another writing of a suffix (capitals, a slash behind it), which redirects once."""
ANY_CODE = r"(?P<code>[\s\S]*?)"
"""A code, or anything in its place: programs are told that it is none in a form that they can read."""

urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", search.search, name="search"),
    re_path(rf"^search{SUFFIX}", data.list_data(SEARCH), name="search-data"),
    re_path(rf"^search{ANY_SUFFIX}", data.list_data(SEARCH)),
    path("countries/compare/", country_pages.compare, name="compare"),
]

for model in NOUNS:
    noun, plural, view = model.NOUN, PLURALS[model.NOUN], record_view(model)
    urlpatterns += [
        path(f"{plural}/", LISTS[noun], name=f"{noun}-list"),
        re_path(rf"^{plural}{SUFFIX}", data.list_data(noun), name=f"{noun}-data"),
        re_path(rf"^{plural}{ANY_SUFFIX}", data.list_data(noun)),
        re_path(rf"^{plural}/{ANY_CODE}{SUFFIX}", data.record_data(model), name=f"{noun}-record"),
        re_path(rf"^{plural}/{ANY_CODE}{ANY_SUFFIX}", data.record_data(model)),
        path(f"{plural}/<str:code>/<slug:slug>/", view, name=f"{noun}-detail"),
        # Any other writing of the address (no slug, no slash, capitals) leads to the same view, which redirects once.
        re_path(rf"^{plural}/(?P<code>[^/]+)(?:/(?P<slug>[^/]*))?/?\Z", view),
    ]

ISO = "(?P<iso>[A-Za-z]{2}|[0-9]{3})"

urlpatterns += [
    re_path(rf"^indicators/(?P<code>[^/]+)/(?P<slug>[^/]*)/{ISO}/?\Z", comparison_page.comparison, name="comparison"),
    path("coverage/", coverage.overview, name="coverage"),
    path("coverage/matrix/", coverage.matrix_page, name="coverage-matrix"),
    path("coverage/voices/", coverage.voices_page, name="coverage-voices"),
    path("countries/<str:code>/<slug:slug>/briefing/", country_pages.briefing, name="briefing"),
    re_path(r"^countries/(?P<code>[^/]+)/(?P<slug>[^/]*)/briefing\Z", country_pages.briefing),
    path("oembed.json", oembed.oembed, name="oembed"),
    path("openapi.json", data.openapi, name="openapi"),
    path("data/sholu.zip", dataset.download, name="dataset"),
    path("data/", data_page.data_page, name="data"),
    path("about/", pages.text, {"name": "about"}, name="about"),
    path("method/", pages.text, {"name": "method"}, name="method"),
    path("legend/", pages.text, {"name": "legend"}, name="legend"),
    path("accessibility/", pages.text, {"name": "accessibility"}, name="accessibility"),
    path("style-guide/", pages.styleguide, name="styleguide"),
]
