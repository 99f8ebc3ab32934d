"""Persons whom the record names, and the offices in which the sources show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .article import Article
from .attested import attested
from .base import public_manager
from .country import Country
from .dated import Dated, DatedRows
from .fields import NamesField
from .named import Named, SettledQuerySet
from .organisation import Organisation

if TYPE_CHECKING:
    from .attestation import Attestation


class Person(Named):
    """Someone who speaks, meets or signs in the coverage, under one name for all spellings."""

    LETTER = "p"
    NOUN = "person"

    aliases = NamesField(_("aliases"), help_text=_("The spellings the sources use."))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="person",
        verbose_name=_("country"),
        help_text=_("For which the person stands in the sources; empty where they do not say."),
    )
    articles = models.ManyToManyField(
        Article,
        blank=True,
        related_name="+",
        related_query_name="writer",
        verbose_name=_("articles by this person"),
    )
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("In our own words."))

    objects = models.Manager.from_queryset(SettledQuerySet)()
    public: ClassVar[Any] = public_manager(SettledQuerySet)

    class Meta(Named.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("persons")


class OfficeQuerySet(DatedRows, models.QuerySet["Office"]):
    def published(self) -> OfficeQuerySet:
        """Return the offices that a published article attests."""
        return self.filter(attested("office"))

    def get_by_natural_key(self, slug: str, position: int) -> Office:
        return self.get(person__slug=slug, position=position)


class Office(Dated):
    """An office as the sources give it. Its date is the time for which they attest it, not a term of office."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="every_office", related_query_name="office", verbose_name=_("person")
    )
    position = models.PositiveSmallIntegerField(_("order"), validators=[MinValueValidator(1)])
    title = models.CharField(_("office"), max_length=160, help_text=_("“President”, “Minister of Trade”."))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="office",
        verbose_name=_("of the country"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="office",
        verbose_name=_("at the organisation"),
    )
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("In our own words."))

    objects = models.Manager.from_queryset(OfficeQuerySet)()
    public: ClassVar[Any] = public_manager(OfficeQuerySet)

    public_attestations: list[Attestation]

    class Meta(Dated.Meta):
        ordering: ClassVar = ["person", "position"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="office_position_once",
                fields=["person", "position"],
                violation_error_message=_("Two offices have the same place in the order."),
            ),
            models.CheckConstraint(
                name="office_has_title",
                condition=~Q(title=""),
                violation_error_message=_("Name the office."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, int]:
        return (self.person.slug, self.position)
