"""The address of the licence, for components that stand on error pages too, where no view gives them anything."""

from django import template

from articles.formats.base import LICENCE

register = template.Library()


@register.simple_tag
def licence() -> str:
    return LICENCE
