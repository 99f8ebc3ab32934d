"""What a sum or a figure says besides its digits: how exact it is, and what it means."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Qualifier(models.TextChoices):
    """How the source limits a number. Empty: it stands as it is."""

    EXACT = "", _("as stated")
    OVER = "over", _("over")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")
    UP_TO = "up to", _("up to")
    AT_LEAST = "at least", _("at least")
    AMONG_TOP = "among top", _("among the top")
    IN_WORDS = "in words", _("in words")


class Meaning(models.TextChoices):
    """What an amount stands for. Amounts of different meaning are never added and never share a scale."""

    OBSERVED = "observed", _("reported as fact")
    ESTIMATE = "estimate", _("estimate")
    FORECAST = "forecast", _("forecast")
    TARGET = "target", _("target")
    POTENTIAL = "potential", _("potential")
    ANNOUNCED = "announced", _("announced")
    COMMITTED = "committed", _("committed")
    SIGNED = "signed", _("signed")


class Scale(models.IntegerChoices):
    """The power of ten that a source writes as a word."""

    ONE = 0, _("as written")
    THOUSAND = 3, _("thousand")
    MILLION = 6, _("million")
    BILLION = 9, _("billion")
    TRILLION = 12, _("trillion")
