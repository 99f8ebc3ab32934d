"""The admin works under the same Content-Security-Policy as the public pages."""

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Portal

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def staff(portal: Portal) -> str:
    portal.manage(
        "createsuperuser",
        "--noinput",
        DJANGO_SUPERUSER_USERNAME="policy",
        DJANGO_SUPERUSER_PASSWORD="a long enough password",
        DJANGO_SUPERUSER_EMAIL="",
    )
    return "policy"


def test_login_lists_and_forms_work_without_a_violation(page: Page, staff: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(staff)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    for cookie in page.context.cookies():
        assert cookie["path"] == "/admin/", cookie

    page.goto("/admin/auth/user/")
    page.get_by_role("link", name=staff).first.click()
    page.get_by_label("First name:").fill("Aigerim")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    page.goto("/admin/auth/user/add/")
    expect(page.get_by_label("Username:")).to_be_visible()


def test_a_public_page_leaves_no_cookie(page: Page) -> None:
    page.goto("/healthz")
    assert page.context.cookies() == []
