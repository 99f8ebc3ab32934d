"""What machines read of a page: for reference managers, for sites that show a card of a link, for search engines.

`highwire`, `sharing` and `webpage` are pure; `things` reads entries that a queryset has fetched.
"""

from articles.metadata.head import Head, Place, page_head, record_head
from articles.metadata.whole import dataset

__all__ = ["Head", "Place", "dataset", "page_head", "record_head"]
