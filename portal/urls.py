"""The map of addresses."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal import health, views

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("favicon.ico", views.favicon),
    path(".well-known/security.txt", views.security),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("articles.permalink_urls")),
    *i18n_patterns(path("", include("articles.urls"))),
]
