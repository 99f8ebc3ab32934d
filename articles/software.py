"""Which release makes the answers."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from django.conf import settings

_FOLDERS: Final = ("articles", "portal", "static", "templates")


@cache
def software() -> str:
    """Return a fingerprint of the code, templates and static files, and of the settings that answers show."""
    told = (settings.ADMIN_PATH, settings.SECURITY_CONTACT, settings.SECURITY_HEADERS, settings.SECURE_SSL_REDIRECT)
    digest = blake2b(repr(told).encode(), digest_size=8)
    for folder in _FOLDERS:
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
