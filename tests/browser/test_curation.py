"""Staff at work in a real browser: a contributor corrects a draft, an editor publishes it, the public sees it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Portal, running_portal

pytestmark = pytest.mark.browser

PASSWORD = "a long enough password"
HEADLINE = "Rails across the steppe"

STAFF_AND_A_DRAFT = f"""
from django.contrib.auth.models import Group, User
from articles.models import Article, Outlet, SourceDocument
for name in ("Contributor", "Editor"):
    user = User.objects.create_user(name.lower(), password="{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=name))
article = Article(
    headline="{HEADLINE}",
    outlet=Outlet.public.first(),
    source=SourceDocument.public.first(),
    position=40,
    first_line=1,
    last_line=9,
    genre="news",
    date_basis="stated",
    summary=" ".join(["word"] * 45),
)
article.set_date("2025-05-30")
article.save()
print(article.url)
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Portal]:
    """A portal of its own: this journey changes the record."""
    with running_portal(tmp_path_factory.mktemp("curation"), prepared) as running:
        yield running


@pytest.fixture(scope="module")
def draft(portal: Portal) -> str:
    """Make the accounts and a draft that has no topic yet; return its public address."""
    return portal.manage("shell", "--verbosity", "0", "--command", STAFF_AND_A_DRAFT).strip().splitlines()[-1]


def log_in(page: Page, name: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()


def open_draft(page: Page) -> None:
    page.goto("/admin/articles/article/")
    page.get_by_role("navigation", name="Filter").get_by_role("link", name="draft", exact=True).click()
    page.get_by_role("link", name=HEADLINE).click()


def public(portal: Portal, address: str) -> tuple[int, int, bool]:
    """What a reader finds: the status of the page, the number of articles on transport, a place in the sitemap."""
    listed = portal.ask("/en/articles/").body.decode()
    count = re.search(r"Only Transport and logistics: (\d+) result", listed)
    assert count is not None
    return portal.ask(address).status, int(count[1]), address in portal.ask("/sitemap.xml").body.decode()


def test_from_a_draft_to_the_public_and_back(page: Page, portal: Portal, draft: str) -> None:
    status, before, in_sitemap = public(portal, draft)
    assert (status, in_sitemap) == (404, False)

    log_in(page, "contributor")
    open_draft(page)
    expect(page.get_by_text("It has no topic.")).to_be_visible()
    expect(page.get_by_role("button", name="Save and publish")).to_have_count(0)
    page.locator(".field-topics .select2-search__field").fill("transp")
    page.get_by_role("option", name="Transport and logistics").click()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.get_by_text("Nothing: it can be published.")).to_be_visible()
    page.get_by_role("link", name="Preview", exact=True).click()
    expect(page.get_by_text("Draft preview.")).to_be_visible()
    expect(page.get_by_role("heading", name=HEADLINE)).to_be_visible()
    page.get_by_role("link", name="Back to the entry").click()
    assert public(portal, draft) == (404, before, False)
    page.get_by_role("button", name="Log out").click()

    log_in(page, "editor")
    open_draft(page)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("is published.")).to_be_visible()
    assert public(portal, draft) == (200, before + 1, True)
    page.get_by_role("link", name="View on site").click()
    expect(page.get_by_role("heading", name=HEADLINE)).to_be_visible()
    expect(page.get_by_text("Draft preview.")).to_have_count(0)

    page.goto("/admin/articles/article/")
    page.get_by_role("link", name=HEADLINE).click()
    page.get_by_role("link", name="Withdraw…").click()
    page.get_by_label("Reason").fill("It was a test.")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("is withdrawn.")).to_be_visible()
    assert public(portal, draft) == (410, before, False)
    assert "It was a test." in portal.ask(draft).body.decode()


def test_the_tools_of_the_admin_work_under_the_policy(page: Page, draft: str) -> None:
    complaints: list[str] = []
    page.context.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
    log_in(page, "editor")

    page.goto("/admin/articles/agreement/")
    page.locator("#searchbar").fill("Kashagan")
    page.get_by_role("button", name="Search").click()
    page.locator("#result_list tbody th a").first.click()
    page.get_by_text("Add another Status step").click()
    expect(page.locator("#id_every_step-1-status, #id_every_step-2-status").first).to_be_visible()
    page.get_by_text("Add another Attestation").click()
    page.get_by_role("button", name="Toggle theme").click()

    page.goto("/admin/articles/article/add/")
    with page.expect_popup() as popup:
        page.locator("#add_id_outlet").click()
    added = popup.value
    added.locator("#id_name").press_sequentially("Steppe Herald")
    expect(added.locator("#id_slug")).to_have_value("steppe-herald")
    added.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-outlet .select2-selection__rendered")).to_contain_text("Steppe Herald")
    page.get_by_text("Add another Partner").click()
    page.locator("#articlepartner-0 .select2-selection").click()
    page.locator(".select2-search__field").last.fill("ital")
    page.get_by_role("option", name="Italy").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Please correct the errors below.")).to_be_visible()

    page.goto("/admin/articles/outlet/?q=Steppe")
    page.get_by_role("link", name="Steppe Herald").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.get_by_text("was deleted successfully")).to_be_visible()
    assert complaints == []
