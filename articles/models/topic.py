from __future__ import annotations

from typing import Any, ClassVar, Final

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet, public_manager

IPTC_VOCABULARY: Final = "2025-03-31"
"""The edition of IPTC Media Topics that the codes are taken from."""


class TopicQuerySet(RecordQuerySet["Topic"]):
    def get_by_natural_key(self, code: str) -> Topic:
        return self.get(slug=code)


class Topic(Record):
    """One of our subjects, mapped to one IPTC Media Topic."""

    LETTER = "t"
    NOUN = "topic"

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("key in filters"), max_length=60, unique=True, help_text=_("Stays as it is once used."))
    scope = models.CharField(_("what it covers"), max_length=300, blank=True, help_text=_("In our own words."))
    iptc_code = models.CharField(
        _("IPTC code"),
        max_length=8,
        validators=[RegexValidator(r"^\d{8}\Z", _("Eight digits."))],
        help_text=_("The nearest active term of IPTC Media Topics, edition of 31 March 2025."),
    )
    iptc_label = models.CharField(_("IPTC term"), max_length=120, help_text=_("Its British English label."))

    objects = models.Manager.from_queryset(TopicQuerySet)()
    public: ClassVar[Any] = public_manager(TopicQuerySet)

    class Meta(Record.Meta):
        ordering: ClassVar = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints: ClassVar = [*Record.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (self.slug,)

    @property
    def title(self) -> str:
        return self.name

    @property
    def iptc_uri(self) -> str:
        """The term's address as IPTC publishes it (an identifier: the portal never loads it)."""
        return f"http://cv.iptc.org/newscodes/mediatopic/{self.iptc_code}"
