from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import public_manager
from .country import Country
from .fields import NamesField
from .named import Named, SettledQuerySet


class Outlet(Named):
    """Who publishes: a newspaper, an agency, or another body that reports, under one name for all spellings."""

    LETTER = "o"
    NOUN = "outlet"

    class Kind(models.TextChoices):
        AGENCY = "agency", _("news agency")
        NEWSPAPER = "newspaper", _("newspaper")
        MAGAZINE = "magazine", _("magazine")
        BROADCASTER = "broadcaster", _("broadcaster")
        ONLINE = "online", _("online publication")
        THINK_TANK = "think tank", _("think tank")
        BODY = "body", _("body that publishes")
        NOT_STATED = "not stated", _("not stated")

    aliases = NamesField(_("aliases"), help_text=_("The spellings the sources use."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NOT_STATED)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="outlet",
        verbose_name=_("home country"),
        help_text=_("As its own imprint has it; empty where we are not sure."),
    )
    languages = NamesField(_("languages read"), help_text=_('ISO 639-1 codes of what we have read: ["en"].'))
    ownership = models.CharField(_("ownership"), max_length=60, blank=True, help_text=_("Only where known."))

    objects = models.Manager.from_queryset(SettledQuerySet)()
    public: ClassVar[Any] = public_manager(SettledQuerySet)

    class Meta(Named.Meta):
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
