"""Small validators that several nouns share."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


def validate_names(value: object) -> None:
    """Refuse anything but a list of distinct, non-empty strings without blanks at their ends."""
    if (
        not isinstance(value, list)
        or not all(isinstance(name, str) and name and name == name.strip() for name in value)
        or len(set(value)) != len(value)
    ):
        raise ValidationError(_('Write a list of distinct names: ["Trend", "Trend.az"].'))


class NamesField(models.JSONField):
    """A short, ordered list of names, kept as JSON."""

    default_validators = [validate_names]

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
