"""The staff login: who is locked out, and who is not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from portal.login import client_address

PASSWORD = "a long enough password"


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("editor", password=PASSWORD)


def log_in(client: Client, name: str, password: str, address: str = "192.0.2.1") -> int:
    form = {"username": name, "password": password}
    return client.post("/admin/login/?next=/admin/", form, REMOTE_ADDR=address).status_code


def test_staff_log_in(client: Client, staff: User) -> None:
    assert log_in(client, "editor", PASSWORD) == 302
    cookie = client.cookies["sessionid"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")


def test_guessing_locks_out_that_name_from_that_address_only(client: Client, staff: User) -> None:
    statuses = [log_in(client, "editor", "wrong") for _ in range(10)]
    assert statuses == [200] * 9 + [429]
    assert log_in(client, "editor", PASSWORD) == 429
    assert log_in(client, "editor", PASSWORD, address="192.0.2.2") == 302


@pytest.mark.parametrize("name", ["nul\x00byte", "x" * 10_000, "\ud800", ""])
def test_a_strange_name_is_only_a_wrong_one(client: Client, db: None, name: str) -> None:
    body = f"username={name}&password=x&more=\x00".encode("utf-8", "surrogatepass")
    headers = {"Accept": "a" * 3000, "User-Agent": "\xff" * 3000}
    address = "/admin/login/?next=%00"
    response = client.post(address, body, content_type="application/x-www-form-urlencoded", headers=headers)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "invented, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, 127.0.0.1", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, nonsense", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "2001:DB8::1", "2001:db8::1"),
        ("", "", None),
    ],
)
def test_the_address_behind_our_proxies(peer: str, forwarded: str, address: str | None) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == address
