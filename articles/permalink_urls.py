"""The addresses that carry no language: the root, permanent codes, robots and sitemap."""

from django.urls import path, re_path

from articles import sitemaps
from articles.views import country_pages, data, pages, records, search

urlpatterns = [
    path("", pages.root, name="root"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("humans.txt", pages.humans, name="humans"),
    path("robots.txt", pages.robots, name="robots"),
    path("edition.css", country_pages.edition_css, name="edition"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.part, name="sitemap-part"),
    re_path(r"^(?P<letter>[a-z])/(?P<code>[^/.]+)\.(?P<suffix>[A-Za-z.]+)/?\Z", data.permalink_data),
    re_path(r"^(?P<letter>[a-z])/(?P<code>[^/]+)\Z", records.permalink, name="permalink"),
    re_path(r"^(?P<letter>[a-z])/(?P<code>[^/]+)/\Z", records.permalink),
]
