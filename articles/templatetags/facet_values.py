"""The values of a facet. Not a template of its own: a list shows some two hundred of them, most of its page."""

from django import template
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from articles.facets import Facet, FacetValue

register = template.Library()


@register.simple_tag
def facet_values(facet: Facet, first: int = 0, end: int | None = None) -> SafeString:
    """Return the values of a facet from one place to before another: each a checkbox, and its count as a link."""
    numbered = enumerate(facet.values[first:end], first + 1)
    return format_html_join("\n", "{}", ((_value(facet.name, number, value),) for number, value in numbered))


def _value(name: str, number: int, value: FacetValue) -> SafeString:
    return format_html(
        '<li class="facet-value{}"><input type="checkbox" id="f-{}-{}" name="{}" value="{}"{}>'
        ' <label for="f-{}-{}">{}</label> {}</li>',
        "" if value.count else " is-empty",
        name,
        str(number),
        name,
        value.value,
        " checked" if value.selected else "",
        name,
        str(number),
        value.label,
        _count(value),
    )


def _count(value: FacetValue) -> SafeString:
    """Return the count, as a link to this value alone where there is something to see."""
    shown = localize(value.count)
    if not (value.count and value.only_url):
        return format_html('<span class="facet-count">{}</span>', shown)
    said = ngettext("Only %(label)s: %(number)s result", "Only %(label)s: %(number)s results", value.count)
    label = said % {"label": value.label, "number": shown}
    return format_html('<a class="facet-count" href="{}" aria-label="{}">{}</a>', value.only_url, label, shown)
