from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet, public_manager
from .dated import Dated, DatedRows
from .outlet import Outlet


class SourceDocumentQuerySet(DatedRows, RecordQuerySet["SourceDocument"]):
    def published(self) -> SourceDocumentQuerySet:
        return super().published().filter(publisher__state="published")

    def with_names(self) -> SourceDocumentQuerySet:
        """Fetch the publisher with each document."""
        return self.select_related("publisher")


class SourceDocument(Record, Dated):
    """What we have read: a digest of several items, or a single article."""

    LETTER = "s"
    NOUN = "source"

    class Kind(models.TextChoices):
        DIGEST = "digest", _("digest")
        ARTICLE = "article", _("single article")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    publisher = models.ForeignKey(
        Outlet, models.PROTECT, related_name="+", related_query_name="source", verbose_name=_("publisher")
    )
    heading = models.CharField(_("title in the source"), max_length=400, blank=True)
    label = models.CharField(
        _("our label"),
        max_length=200,
        blank=True,
        help_text=_("Where the source has no title; marked as ours."),
    )
    language = models.CharField(_("language"), max_length=2, default="en")
    file_name = models.CharField(
        _("file"), max_length=100, unique=True, help_text=_("The text file that line numbers refer to.")
    )

    objects = models.Manager.from_queryset(SourceDocumentQuerySet)()
    public: ClassVar[Any] = public_manager(SourceDocumentQuerySet)

    class Meta(Record.Meta, Dated.Meta):
        ordering: ClassVar = ["file_name"]
        indexes: ClassVar = [
            models.Index(fields=["state"], name="source_by_state"),
            models.Index(fields=["modified_at", "id"], name="source_by_change"),
        ]
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="source_kind_is_known",
                condition=Q(kind__in=["digest", "article"]),
                violation_error_message=_("A source document is a digest or a single article."),
            ),
            models.CheckConstraint(
                name="source_has_title_or_label",
                condition=~Q(heading="") | ~Q(label=""),
                violation_error_message=_("Give the title in the source, or a label of ours."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.heading or self.label

    @property
    def has_heading(self) -> bool:
        return bool(self.heading)

    @property
    def is_digest(self) -> bool:
        return self.kind == self.Kind.DIGEST
