from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import public_manager
from .country import Country
from .fields import NamesField
from .named import Named, SettledQuerySet


class Organisation(Named):
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

    objects = models.Manager.from_queryset(SettledQuerySet)()
    public: ClassVar[Any] = public_manager(SettledQuerySet)

    class Meta(Named.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
