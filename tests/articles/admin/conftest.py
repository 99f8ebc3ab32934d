"""Staff of both groups, logged in."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


def _client_of(group: str) -> Client:
    user = User.objects.create_user(group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def editor(db: None) -> Client:
    return _client_of("Editor")


@pytest.fixture
def contributor(db: None) -> Client:
    return _client_of("Contributor")
