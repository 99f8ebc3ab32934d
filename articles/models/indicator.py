from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import public_manager
from .named import Named, NamedQuerySet


class Indicator(Named):
    """What a figure measures. A closed list, each with a definition: figures of one indicator speak of one thing."""

    LETTER = "i"
    NOUN = "indicator"

    class Flow(models.TextChoices):
        """Of a trade figure: which way goods go, and so whose customs can count them (IMTS 2010)."""

        NONE = "", _("not trade")
        EXPORTS = "exports", _("exports, by destination")
        IMPORTS = "imports", _("imports, by origin")
        TURNOVER = "turnover", _("turnover, exports and imports")

    definition = models.TextField(_("definition"), help_text=_("One or two sentences, in our own words."))
    flow = models.CharField(
        _("trade flow"),
        max_length=8,
        choices=Flow,
        blank=True,
        help_text=_("Seen from the country that counts: its exports by destination, its imports by origin."),
    )
    on_one_scale = models.BooleanField(
        _("may be drawn on one scale"),
        default=False,
        help_text=_(
            "Only where values of the same partner, unit and meaning can be compared with one another: "
            "shares in one field, one rate from year to year."
        ),
    )

    objects = models.Manager.from_queryset(NamedQuerySet)()
    public: ClassVar[Any] = public_manager(NamedQuerySet)

    class Meta(Named.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints: ClassVar = [
            *Named.Meta.constraints,
            models.CheckConstraint(
                name="indicator_has_definition",
                condition=~Q(definition=""),
                violation_error_message=_("An indicator has a definition."),
            ),
            models.CheckConstraint(
                name="indicator_flow_is_known",
                condition=Q(flow__in=["", "exports", "imports", "turnover"]),
                violation_error_message=_("The trade flow is not in the list."),
            ),
        ]
