"""Settings of the portal: those of production, unless the environment says otherwise (see portal/env.py)."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal import env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = env.read(os.environ, BASE_DIR)
DATA_DIR = ENVIRONMENT.data_dir

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key or env.kept_secret(DATA_DIR / "secret_key")
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)

ADMIN_PATH = ENVIRONMENT.admin_path
SECURITY_CONTACT = ENVIRONMENT.security_contact

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "axes",
]

# The order matters: see docs/decisions/0002-http.md.
MIDDLEWARE = [
    "portal.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.Delivery",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.PublicPages",
    "portal.middleware.OneState",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.languages",
            ]
        },
    }
]

DATABASES = {"default": ENVIRONMENT.database}


def _cache(name: str) -> dict[str, Any]:
    """Return a cache that all processes share, and with Redis all machines."""
    if ENVIRONMENT.cache_url:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ENVIRONMENT.cache_url,
            "KEY_PREFIX": name,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache" / name,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    }


# Answers, and what took long to read. Both are named after the state of the record, so nothing has to be taken back.
CACHES = {"default": _cache("answers") | {"TIMEOUT": 24 * 60 * 60}, "laid_down": _cache("laid_down")}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages and formats

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]  # Kazakh and Russian join when their catalogues are complete
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files: hashed and compressed once by collectstatic, served for ever by WhiteNoise

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_MANIFEST_DIR = DATA_DIR / "static-manifest"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.staticfiles.HashedStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # the files are for our own pages (Cross-Origin-Resource-Policy says so too)
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    "jpg",
    "jpeg",
    "png",
    "webp",
    "gif",
    "ico",
    "woff",
    "woff2",
    "gz",
    "br",
]

# Staff: the only ones who log in and the only ones who get a cookie

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"/{ADMIN_PATH}"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.tls
SESSION_COOKIE_AGE = int(timedelta(days=7).total_seconds())
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

# Ten wrong passwords for one name from one address lock that pair out for a quarter of an hour. A name alone
# is never locked: anybody could lock the staff out then.
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "portal.login.client_address"
AXES_USERNAME_CALLABLE = "portal.login.attempted_name"
AXES_LOCKOUT_CALLABLE = "portal.errors.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # no list of who logged in from where
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Headers that keep the pages to themselves

SECURE_SSL_REDIRECT = ENVIRONMENT.tls
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, without TLS
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds if ENVIRONMENT.tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.tls
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Preloading is a promise of the domain's owner to the browser vendors, not of the software.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": X_FRAME_OPTIONS,
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "picture-in-picture",
            "publickey-credentials-get",
            "screen-wake-lock",
            "usb",
            "xr-spatial-tracking",
        )
    ),
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    "loggers": {
        # Django's own handlers would mail the administrators and print nothing.
        "django": {"handlers": [], "level": ENVIRONMENT.log_level, "propagate": True},
        # The access log has every 404 and 405 already.
        "django.request": {"level": "ERROR"},
        # A stranger's odd Host header is answered with 400, and is no error of ours.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
