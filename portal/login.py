"""Whom a failed login is counted against: the name that was tried, and the address it was tried from."""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest

_LONGEST_NAME = 255


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name as tried, cut to what the table of attempts can hold; no account has a longer one."""
    return str((credentials or request.POST).get("username") or "")[:_LONGEST_NAME]


def client_address(request: HttpRequest) -> str | None:
    """The address nearest to us that is not one of our own proxies; None when nobody says one.

    X-Forwarded-For is read from its end, and only as far as trusted proxies wrote it: what stands before
    may be the client's invention.
    """
    trusted = settings.ENVIRONMENT.proxies
    address = _address(request.META.get("REMOTE_ADDR", ""))
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    while (address is None or address in trusted) and hops:
        address = _address(hops.pop()) or address
    return address


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None
