"""What outlets, topics and organisations share: a name, and a key by which filters and fixtures know them."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet

N = TypeVar("N", bound="Named")


class NamedQuerySet(RecordQuerySet[N]):
    def get_by_natural_key(self, code: str) -> N:
        return self.get(slug=code)


class SettledQuerySet(NamedQuerySet[N]):
    """Outlets, organisations, persons: those that have a country."""

    def with_names(self) -> Self:
        """Fetch the country with each entry. It may be one that readers must not see: ask it before naming it."""
        return self.select_related("country")


class Named(Record):
    """A noun with one canonical name. Its key stays as it is once used: addresses of lists carry it."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("key in filters"), max_length=60, unique=True, help_text=_("Stays as it is once used."))

    class Meta(Record.Meta):
        abstract = True
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (self.slug,)

    @property
    def title(self) -> str:
        return self.name
