"""The one address outside the record that browsers ask for unasked."""

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Pages name their icon; the admin and bookmarks ask for it here."""
    return HttpResponseRedirect(static("img/favicon.ico"))
