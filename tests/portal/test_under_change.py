"""While staff publish and withdraw, every reader sees one state of the record, and soon the new one."""

import os
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.serving import Portal, running_portal

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("under change")]  # on one core: they share a portal

READERS = 8
SECONDS = 1
ADDRESSES = ["/en/", "/en/articles/", "/en/articles.json", "/en/articles.csv", "/en/articles.atom", "/en/topics/"]
VERSION = re.compile(rb"\d{4}-\d\d-\d\d\.[0-9a-f]{12}")


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Portal]:
    """A running portal whose record is this module's own."""
    folder = tmp_path_factory.mktemp("edited")
    server = os.environ.get("DATABASE_URL", "") if "THROWAWAY_DATABASE" in os.environ else ""
    if not server:
        with running_portal(folder, prepared) as portal:
            yield portal
        return
    name = f"edited_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        url = urlsplit(server)._replace(path=f"/{name}").geturl()
        with running_portal(folder, DATABASE_URL=url) as portal:
            yield portal


def save(portal: Portal, code: str, state: str) -> None:
    """Publish or withdraw an article as another program would."""
    more = "withdrawn_at=timezone.now(), withdrawal_reason='A test.'"
    portal.manage(
        "shell",
        "--command",
        "from django.utils import timezone; from articles.models import Article; "
        f"Article.objects.filter(code='{code}').update(state='{state}', {more})",
    )


def test_a_change_shows_everywhere_within_a_second(edited: Portal) -> None:
    code = re.search(rb'href="/en/articles/([a-z0-9]{6})/', edited.ask("/en/articles/").body)
    assert code
    before = {address: VERSION.sub(b"", edited.ask(address).body) for address in ADDRESSES}
    for state in ("withdrawn", "published"):
        save(edited, code[1].decode(), state)
        time.sleep(SECONDS)
        for _worker in range(6):
            for address, body in before.items():
                same = VERSION.sub(b"", edited.ask(address).body) == body
                assert same == (state == "published"), (state, address)


def test_readers_meanwhile_see_one_state_or_the_other(edited: Portal) -> None:
    """Each address has two bodies, one for each state, and neither a third that mixes them nor an error."""
    code = re.search(rb'href="/en/articles/([a-z0-9]{6})/', edited.ask("/en/articles/").body)
    assert code
    seen: defaultdict[str, set[bytes]] = defaultdict(set)
    statuses: set[int] = set()
    done = threading.Event()

    def read(number: int) -> None:
        while not done.is_set():
            address = ADDRESSES[number % len(ADDRESSES)]
            number += 1
            answer = edited.ask(address)
            statuses.add(answer.status)
            seen[address].add(VERSION.sub(b"", answer.body))

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        for state in ("withdrawn", "published") * 3:
            save(edited, code[1].decode(), state)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert statuses == {200}
    assert {address: len(bodies) for address, bodies in seen.items()} == dict.fromkeys(ADDRESSES, 2)
