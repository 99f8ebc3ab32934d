"""Error pages come out whatever else is broken. None of these tests may use the database."""

from pathlib import Path

import pytest
from django.test import RequestFactory, override_settings

from portal import errors

STATUSES = sorted(errors.PLAIN)


@pytest.mark.parametrize("status", STATUSES)
def test_from_its_template(status: int) -> None:
    response = errors.error_page(status)
    assert response.status_code == status
    html = response.content.decode()
    assert "<!doctype html>" in html.lower()
    assert "<style" not in html
    assert "style=" not in html


@pytest.mark.parametrize("status", STATUSES)
def test_without_any_template(status: int, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / f"{status}.html").write_text("{% nonsense %}")
    templates = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]
    with override_settings(TEMPLATES=templates):
        response = errors.error_page(status)
    assert response.status_code == status
    assert errors.PLAIN[status][0] in response.content.decode()
    assert "cannot be rendered" in caplog.text


def test_a_staff_form_without_its_token_is_refused_with_a_page() -> None:
    assert errors.csrf_failure(RequestFactory().post("/admin/")).status_code == 403
