from __future__ import annotations

from typing import Any, ClassVar, Final

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import public_manager
from .named import Named, NamedQuerySet

IPTC_VOCABULARY: Final = "2025-03-31"
"""The edition of IPTC Media Topics that the codes are taken from."""


class Topic(Named):
    """One of our subjects, mapped to one IPTC Media Topic."""

    LETTER = "t"
    NOUN = "topic"

    scope = models.CharField(_("what it covers"), max_length=300, blank=True, help_text=_("In our own words."))
    iptc_code = models.CharField(
        _("IPTC code"),
        max_length=8,
        validators=[RegexValidator(r"^\d{8}\Z", _("Eight digits."))],
        help_text=_("The nearest active term of IPTC Media Topics, edition of 31 March 2025."),
    )
    iptc_label = models.CharField(_("IPTC term"), max_length=120, help_text=_("Its British English label."))

    objects = models.Manager.from_queryset(NamedQuerySet)()
    public: ClassVar[Any] = public_manager(NamedQuerySet)

    class Meta(Named.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @property
    def iptc_uri(self) -> str:
        """The term's address as IPTC publishes it (an identifier: the portal never loads it)."""
        return f"http://cv.iptc.org/newscodes/mediatopic/{self.iptc_code}"
