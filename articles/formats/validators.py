"""ETags that are known before any row is read: the same record, software and address give the same answer."""

from __future__ import annotations

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from articles.software import software


def etag_of(data_version: str, address: str) -> str:
    """Return the validator of an address. The day is in it: what is upcoming today is past tomorrow."""
    told = "\n".join((data_version, software(), timezone.localdate().isoformat(), address))
    return f'W/"{blake2b(told.encode(), digest_size=16).hexdigest()}"'


def is_fresh(request: HttpRequest, etag: str) -> bool:
    """Say whether the client has this very answer. `If-None-Match: *` names no answer and is left to the end."""
    if request.headers.get("If-None-Match", "*").strip() == "*":
        return False
    answer = get_conditional_response(request, etag=etag)
    return answer is not None and answer.status_code == 304


def not_modified(etag: str) -> HttpResponse:
    return HttpResponse(status=304, headers={"ETag": etag})
