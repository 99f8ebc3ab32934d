"""The two addresses for the machine that watches."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client


def test_alive_without_a_database(client: Client) -> None:
    """pytest-django refuses any query in a test without a database mark."""
    response = client.get("/healthz")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_with_the_tables_in_place(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_not_ready_without_a_database(client: Client) -> None:
    with patch("portal.health.MigrationExecutor", side_effect=OperationalError("password=secret")):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert "DATABASE_URL" in response.content.decode()
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_not_ready_before_migrations(client: Client) -> None:
    with patch("portal.health.MigrationExecutor.migration_plan", return_value=["0002"]):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert "manage.py migrate" in response.content.decode()
