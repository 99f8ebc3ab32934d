"""What gunicorn runs."""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from portal.repeats import Repeats

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application: WSGIHandler | Repeats = get_wsgi_application()
if not settings.DEBUG:  # a template that is being written changes no mark
    from articles.filters import held  # Django has been set up only now

    held.read_ahead()
    application = Repeats(application)
