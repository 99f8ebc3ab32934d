from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet, public_manager
from .country import Country
from .fields import NamesField


class OrganisationQuerySet(RecordQuerySet["Organisation"]):
    def get_by_natural_key(self, code: str) -> Organisation:
        return self.get(slug=code)


class Organisation(Record):
    """A company, ministry, fund or other body that the record names."""

    LETTER = "r"
    NOUN = "organisation"

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        CONSORTIUM = "consortium", _("consortium")
        FUND = "fund", _("fund")
        GOVERNMENT = "government", _("government body")
        INTERNATIONAL = "international", _("international organisation")
        RESEARCH = "research", _("research or teaching")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("key in filters"), max_length=60, unique=True, help_text=_("Stays as it is once used."))
    aliases = NamesField(_("aliases"), help_text=_("The spellings the sources use."))
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="organisation",
        verbose_name=_("home country"),
        help_text=_("Only where a source says so."),
    )

    objects = models.Manager.from_queryset(OrganisationQuerySet)()
    public: ClassVar[Any] = public_manager(OrganisationQuerySet)

    class Meta(Record.Meta):
        ordering: ClassVar = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [*Record.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (self.slug,)

    @property
    def title(self) -> str:
        return self.name
