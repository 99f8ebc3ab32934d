"""The values of a facet. Not a template of its own: a list shows some two hundred of them, most of its page.

For the same reason they are put together without format_html: whatever a reader or the record has said is escaped.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from articles.facets import Facet, FacetValue

register = template.Library()


@register.simple_tag
def facet_values(facet: Facet, first: int = 0, end: int | None = None) -> SafeString:
    """Return the values of a facet from one place to before another: each a checkbox, and its count as a link."""
    numbered = enumerate(facet.values[first:end], first + 1)
    return SafeString("\n".join(_value(facet.name, number, value) for number, value in numbered))


def _value(name: str, number: int, value: FacetValue) -> str:
    empty, checked = "" if value.count else " is-empty", " checked" if value.selected else ""
    place = f"f-{name}-{number}"
    return (
        f'<li class="facet-value{empty}">'
        f'<input type="checkbox" id="{place}" name="{name}" value="{escape(value.value)}"{checked}>'
        f' <label for="{place}">{escape(value.label)}</label> {_count(value)}</li>'
    )


def _count(value: FacetValue) -> str:
    """Return the count, as a link to this value alone where there is something to see."""
    if not (value.count and value.only_url):
        return f'<span class="facet-count">{value.count}</span>'
    said = ngettext("Only %(label)s: %(number)s result", "Only %(label)s: %(number)s results", value.count)
    words = escape(said % {"label": value.label, "number": value.count})
    return f'<a class="facet-count" href="{escape(value.only_url)}" aria-label="{words}">{value.count}</a>'
