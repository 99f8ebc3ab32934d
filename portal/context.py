"""What every template may use besides its own context. Nothing here reads the database."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def languages(request: HttpRequest) -> dict[str, list[dict[str, object]]]:
    """The languages of the interface with the address of the same page in each; for the language switch."""
    current = get_language()
    return {
        "languages": [
            {
                "code": code,
                "label": label,
                "url": translate_url(request.path, code),
                "current": code == current,
            }
            for code, label in settings.LANGUAGES
        ]
    }
