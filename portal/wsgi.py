"""What gunicorn runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.repeats import Repeats

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

_django = get_wsgi_application()
application = _django if settings.DEBUG else Repeats(_django)  # a template that is being written changes no mark
