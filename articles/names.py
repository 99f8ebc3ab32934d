"""The nouns that others name, of which there are few: countries, topics, outlets, organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles.changes.state import remembered


@remembered(16)
def named(model: Any) -> Mapping[Any, Any]:
    """Return all entries of a noun that readers may see, by primary key and in the order of their names.

    They are read once for a state of the record and shared by all who ask: nobody may change them. What is hidden is
    not among them, so that a name found here may be shown.
    """
    return {entry.pk: entry for entry in model.public.order_by("name")}
