"""What a page says, whatever the state of the record it was made from, and what it asks of the database."""

import re
from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

DATA_VERSION = re.compile(rb'\d{4}-\d\d-\d\d\.[0-9a-f]{12}|"sdDatePublished": "\d{4}-\d\d-\d\d"')
"""The version as it stands at the foot, and its day as programs are told it."""


def shown(client: Client, address: str) -> bytes:
    """Return a page without the data version: entries that are published elsewhere change that, and nothing else."""
    return DATA_VERSION.sub(b"", client.get(address).content)


def asked(client: Client, addresses: Iterable[str]) -> dict[str, int]:
    """Return how many queries each page makes: the same again once the record has grown, and then no more."""
    numbers = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        numbers[address] = len(queries)
    return numbers
