"""Where to report a weakness, for those who look for it where everybody keeps it (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from django.test import Client
from pytest_django.fixtures import Settings

ADDRESS = "/.well-known/security.txt"


def test_a_contact_is_named_for_less_than_a_year(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = "mailto:security@sholu.example"
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@sholu.example"
    assert fields["Canonical"] == f"http://testserver{ADDRESS}"
    assert "en" in fields["Preferred-Languages"]
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta() < expires - datetime.now(UTC) < timedelta(days=365)


def test_without_a_contact_there_is_no_such_file(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404
