from __future__ import annotations

from typing import Any, ClassVar

from babel import Locale
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.locality import locality

from .base import Record, RecordQuerySet, public_manager
from .fields import NamesField

HOME = "KZ"
"""Kazakhstan: a party to agreements and a member of blocs, never its own partner."""


class CountryQuerySet(RecordQuerySet["Country"]):
    def partners(self) -> CountryQuerySet:
        """Everything that can be a partner: all countries and blocs but Kazakhstan."""
        return self.exclude(iso=HOME)

    def get_by_natural_key(self, code: str) -> Country:
        return self.get(iso=code)


class Country(Record):
    """A country, or a bloc that acts as a partner. Keyed by its public code, so that rules can name it."""

    LETTER = "c"
    NOUN = "country"

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        BLOC = "bloc", _("bloc")

    iso = models.CharField(
        _("code"),
        max_length=3,
        primary_key=True,
        validators=[RegexValidator(r"^([A-Z]{2}|\d{3})\Z", _("Two capital letters, or three digits."))],
        help_text=_("ISO 3166-1 alpha-2. A bloc has a reserved code (EU) or its UN M49 number (143, Central Asia)."),
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.COUNTRY)
    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("In English, as CLDR has it."))
    aliases = NamesField(_("aliases"), help_text=_("Other spellings in the sources."))
    members = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="+",
        related_query_name="bloc",
        verbose_name=_("members"),
        help_text=_("Of a bloc only."),
    )

    objects = models.Manager.from_queryset(CountryQuerySet)()
    public: ClassVar[Any] = public_manager(CountryQuerySet)

    class Meta(Record.Meta):
        ordering: ClassVar = ["name"]
        verbose_name = _("country or bloc")
        verbose_name_plural = _("countries and blocs")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="country_kind_is_known",
                condition=Q(kind__in=["country", "bloc"]),
                violation_error_message=_("A partner is a country or a bloc."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (self.iso,)

    @property
    def title(self) -> str:
        return self.name_in(locality()[0] or "en")

    @property
    def slug_text(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """Return the name in a language (`en`, `kk`, `ru`) from CLDR; our English name where CLDR has none."""
        if language == "en":
            return self.name
        name: str = Locale.parse(language).territories.get(self.iso, self.name)
        return name
