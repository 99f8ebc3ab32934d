"""What took a process long to read of the record, for the other processes and for those that come later.

It lies in a cache of its own (settings.CACHES), so that no answer takes its room. Another release reads it anew.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from django.core.cache import caches

from articles.software import software

CACHE: Final = "laid_down"

_logger = logging.getLogger(__name__)


def lay_down(name: str, value: Any, *, seconds: int | None) -> None:
    """Lay something down under a name, for so many seconds, or until there is no room for it."""
    try:
        caches[CACHE].set(_place(name), value, timeout=seconds)
    except Exception as error:  # noqa: BLE001  # every kind of cache fails in its own way
        _logger.warning("%s cannot be laid down: %s", name, error)


def find(name: str) -> Any:
    """Return what was laid down under a name; None where there is nothing, or the cache does not answer."""
    try:
        return caches[CACHE].get(_place(name))
    except Exception as error:  # noqa: BLE001
        _logger.warning("%s cannot be read where it was laid down: %s", name, error)
        return None


def _place(name: str) -> str:
    return f"{name}:{software()}"
