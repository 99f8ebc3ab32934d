"""What a page says, whatever the state of the record it was made from."""

import re

from django.test import Client

DATA_VERSION = re.compile(rb'\d{4}-\d\d-\d\d\.[0-9a-f]{12}|"sdDatePublished": "\d{4}-\d\d-\d\d"')
"""The version as it stands at the foot, and its day as programs are told it."""


def shown(client: Client, address: str) -> bytes:
    """Return a page without the data version: entries that are published elsewhere change that, and nothing else."""
    return DATA_VERSION.sub(b"", client.get(address).content)
