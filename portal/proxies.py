"""Who is asking, when a proxy stands in between."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address nearest to us that is not one of our own proxies.

    X-Forwarded-For is read from its end, and only as far as trusted proxies wrote it: what stands before
    may be the client's invention.
    """
    trusted = settings.ENVIRONMENT.proxies
    address: str = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    while address in ("", *trusted) and hops:
        address = hops.pop()
    return address
