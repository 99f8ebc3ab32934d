"""The language that is spoken and the prefix of addresses: asked of Django once for many rows, where that is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.urls import get_script_prefix
from django.utils.translation import get_language, override

Locality = tuple[str | None, str]

_settled: ContextVar[Locality | None] = ContextVar("locality that many rows are shown in", default=None)


def locality() -> Locality:
    """Return the current language, and the prefix of all addresses."""
    return _settled.get() or (get_language(), get_script_prefix())


@contextmanager
def settled() -> Iterator[None]:
    """Let what is shown inside have the present language: to ask Django takes longer than to show most values."""
    with _settled_on(locality()):
        yield


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Let what is shown inside have this language. Where it is settled already, there is nothing to do."""
    if (_settled.get() or ("",))[0] == language:
        yield
        return
    with override(language), _settled_on((language, get_script_prefix())):
        yield


@contextmanager
def _settled_on(here: Locality) -> Iterator[None]:
    token = _settled.set(here)
    try:
        yield
    finally:
        _settled.reset(token)
