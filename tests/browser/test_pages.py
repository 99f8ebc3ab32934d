"""The public pages in a browser: accessible, whole at every width, usable by keyboard, without scripts, on paper."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.serving import Portal

pytestmark = pytest.mark.browser

Pages = dict[str, str]

EVERY_RULE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2 AA, but off unless asked for
    "resultTypes": ["violations"],
}
RULES_OF_COLOUR = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
ALL_BUT_CONTRAST = EVERY_RULE | {"rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}}
AXE_OPTIONS: dict[int, dict[Literal["light", "dark"], dict[str, Any]]] = {
    360: {"light": EVERY_RULE},
    1280: {"light": ALL_BUT_CONTRAST, "dark": RULES_OF_COLOUR},
}
"""What is looked at, by width and scheme. The dark one changes nothing but colours, and no colour depends on the width:
contrast, which takes as long as all other rules together, is looked at once in each scheme."""

FIXED = {
    "home": "/en/",
    "articles": "/en/articles/",
    "articles filtered": "/en/articles/?country=IT&topic=energy",
    "articles partly understood": "/en/articles/?country=XX&from=2025-13&page=abc&country=IT",
    "articles none": "/en/articles/?q=nothing+has+these+words",
    "agreements": "/en/agreements/",
    "agreements second page": "/en/agreements/?page=2",
    "discrepancies": "/en/discrepancies/",
    "discrepancies filtered": "/en/discrepancies/?country=IT&standing=open&concerns=agreements",
    "events": "/en/events/",
    "events overdue": "/en/events/?when=overdue",
    "persons": "/en/persons/",
    "figures": "/en/figures/",
    "figures filtered": "/en/figures/?country=IT&unit=USD",
    "indicators": "/en/indicators/",
    "countries": "/en/countries/",
    "topics": "/en/topics/",
    "outlets": "/en/outlets/",
    "organisations": "/en/organisations/",
    "sources": "/en/sources/",
    "coverage": "/en/coverage/",
    "matrix": "/en/coverage/matrix/",
    "voices": "/en/coverage/voices/",
    "voices by partner": "/en/coverage/voices/?by=partner",
    "search": "/en/search/",
    "search found": "/en/search/?q=Italy",
    "search meant": "/en/search/?q=uranum",
    "a cited list": "/en/articles/?country=IT&cited=3.2026-11-20.0123456789ab",
    "data": "/en/data/",
    "about": "/en/about/",
    "method": "/en/method/",
    "legend": "/en/legend/",
    "accessibility": "/en/accessibility/",
    "style guide": "/en/style-guide/",
    "two partners": "/en/countries/compare/?country=IT&country=JP",
    "two partners to choose": "/en/countries/compare/",
    "not found": "/en/nowhere/",
}

# Which entries stand for their kind is asked of the record, so that no code or name of it is repeated here.
# The tombstone is that of an entry of our own: the public sees it nowhere else.
FIND_RECORDS = """
import json
from django.db.models import Count
from django.utils import timezone
from articles.models import Agreement, Article, Country, Discrepancy, Event, Figure, Indicator
from articles.models import Organisation, Outlet, Person, SourceDocument, Topic

def most(rows, relation):
    return rows.annotate(n=Count(relation)).order_by("-n", "pk").first()

charted = most(Indicator.public.filter(on_one_scale=True), "figure")
compared = most(Indicator.public.filter(on_one_scale=True).exclude(flow=""), "figure")
partner = Figure.public.filter(indicator=compared).first().partners.first()
gone = Topic(name="Falconry", slug="falconry", iptc_code="20000001", iptc_label="falconry")
gone.state, gone.withdrawn_at, gone.withdrawal_reason = "withdrawn", timezone.now(), "It was a test."
gone.save()
print(json.dumps({name: record.url for name, record in {
    "article": most(Article.public.exclude(headline=""), "topics"),
    "article without a headline": most(Article.public.filter(headline=""), "topics"),
    "article with the most to say": most(Article.public, "attestation"),
    "discrepancy with sides": most(Discrepancy.public, "side"),
    "discrepancy with evidence": most(Discrepancy.public.filter(standing="settled"), "evidence"),
    "agreement in doubt": most(Agreement.public, "discrepancy"),
    "agreement with ties": most(Agreement.public.filter(value=None), "relation"),
    "agreement with a value": most(Agreement.public, "value"),
    "agreement with steps": most(Agreement.public, "step"),
    "figure with ties": most(Figure.public, "relation"),
    "figure of an agreement": most(Figure.public.filter(relation=None).exclude(agreement=None), "attestation"),
    "indicator": most(Indicator.public.filter(on_one_scale=False), "figure"),
    "indicator with a chart": charted,
    "dossier": Country.public.get(iso="IT"),
    "bloc": most(Country.public.filter(kind=Country.Kind.BLOC), "agreement"),
    "topic": most(Topic.public, "article"),
    "outlet": most(Outlet.public, "article"),
    "organisation": most(Organisation.public, "agreement"),
    "source": most(SourceDocument.public, "article"),
    "withdrawn": gone,
    "event with steps": most(Event.public, "step"),
    "event with persons": most(Event.public, "participant"),
    "person": most(Person.public, "participation"),
}.items()} | {
    "side by side": f"{compared.url}{partner.iso}/",
    "briefing sheet": Country.public.get(iso="IT").url + "briefing/",
}))
"""


@pytest.fixture(scope="module")
def pages(portal: Portal) -> Pages:
    """One address for every kind of page."""
    printed = portal.manage("shell", "--verbosity", "0", "--command", FIND_RECORDS).strip().splitlines()[-1]
    records: Pages = json.loads(printed)
    return FIXED | records


@contextmanager
def reading(browser: Browser, portal: Portal, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page in a context of its own, and the complaints it gathers: scripts, policies, other hosts, cookies."""
    context = browser.new_context(base_url=portal.url, **options)
    page = context.new_page()
    complaints: list[str] = []
    given_up: set[str] = set()

    def hear(message: ConsoleMessage) -> None:
        # The browser remarks on every document that answers 404 or 410, as two of ours must.
        if message.type in ("error", "warning") and message.location["url"] != page.url:
            complaints.append(f"{page.url}: {message.text}")

    def answered(response: Response) -> None:
        if not response.url.startswith(f"{portal.url}/"):
            complaints.append(f"{page.url}: another host, {response.url}")
        elif "set-cookie" in response.headers:
            complaints.append(f"{response.url}: a cookie")

    def failed(request: Request) -> None:
        # A page that is left gives up what it still waits for, mostly its icon: that is asked for again at the end.
        if request.failure == "net::ERR_ABORTED":
            given_up.add(request.url)
        else:
            complaints.append(f"{page.url}: {request.url} failed, {request.failure}")

    context.on("console", hear)
    context.on("weberror", lambda one: complaints.append(f"{page.url}: {one.error}"))
    context.on("requestfailed", failed)
    context.on("response", answered)
    try:
        yield page, complaints
        complaints += [f"cookie {one.get('name')}" for one in context.cookies()]
        complaints += [f"{url} fails" for url in given_up if not context.request.get(url).ok]
    finally:
        context.close()


def unfold(page: Page) -> None:
    """Open the drawers and folds, so that what they hold is looked at as well."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")


def shorten(page: Page) -> None:
    """Keep ten entries of every list and table: the others are made alike, and rules take as long for each of them."""
    page.evaluate(
        "for (const one of document.querySelectorAll(':is(li, tr, article, dd):nth-child(n + 11)')) one.remove()"
    )


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


PARTS = 4
"""In how many parts the pages are looked at, so that several cores share them."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("width", AXE_OPTIONS)
def test_accessible(browser: Browser, portal: Portal, pages: Pages, width: int, part: int) -> None:
    axe = Axe()
    found: list[str] = []
    viewport = {"width": width, "height": 900}
    with reading(browser, portal, reduced_motion="reduce", viewport=viewport) as (page, complaints):
        for name, address in islice(pages.items(), part, None, PARTS):
            page.goto(address)
            unfold(page)
            if overflow(page) > 0:
                found.append(f"{name}: wider than the window")
            shorten(page)
            for scheme, options in AXE_OPTIONS[width].items():
                page.emulate_media(color_scheme=scheme)
                for violation in axe.run(page, options=options).response["violations"]:
                    places = [node["target"] for node in violation["nodes"][:5]]
                    found.append(f"{name}, {scheme}: {violation['id']} ({violation['help']}) at {places}")
    assert found + complaints == []


def test_no_page_scrolls_sideways_at_320_px(browser: Browser, portal: Portal, pages: Pages) -> None:
    wide = []
    with reading(browser, portal, viewport={"width": 320, "height": 640}) as (page, complaints):
        for name, address in pages.items():
            page.goto(address)
            folded = overflow(page)
            unfold(page)
            if max(folded, overflow(page)) > 0:
                wide.append(name)
    assert wide + complaints == []


def tab_to(page: Page, goal: Locator, *, most: int = 120) -> None:
    """Press Tab until the goal has the focus, as someone without a mouse would."""
    expect(goal).to_have_count(1)
    for _ in range(most):
        page.keyboard.press("Tab")
        if goal.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{goal} is not reached by {most} presses of Tab")


def italy(page: Page) -> Locator:
    return page.get_by_role("group", name="Partner country").get_by_role("checkbox", name="Italy", exact=True)


def assert_about_italy(page: Page) -> None:
    """The list has what its sentence says, and its chip."""
    expect(page).to_have_url(re.compile(r"/en/articles/\?(.+&)?country=IT(&|$)"))
    said = page.locator(".said").inner_text()
    count = re.fullmatch(r"(\d+) articles about Italy\.", said)
    assert count is not None, said
    expect(page.locator("article.item")).to_have_count(int(count[1]))
    expect(page.get_by_role("link", name="Remove the filter Partner country: Italy")).to_have_count(1)


def test_filter_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/en/articles/")
    everything = page.locator("article.item").count()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, page.get_by_role("checkbox").first, most=3)
    if not italy(page).evaluate("element => element === document.activeElement"):
        tab_to(page, italy(page))
    page.keyboard.press("Space")

    page.wait_for_url("**/en/articles/?country=IT")  # short, and without the place the skip link left
    assert_about_italy(page)
    expect(italy(page)).to_be_checked()
    expect(italy(page)).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Remove the filter Partner country: Italy"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/articles/$"))
    expect(page.locator("article.item")).to_have_count(everything)


@pytest.mark.parametrize("width", [360, 1280])
def test_filter_by_keyboard_without_scripts(browser: Browser, portal: Portal, width: int) -> None:
    viewport = {"width": width, "height": 800}
    with reading(browser, portal, java_script_enabled=False, viewport=viewport) as (page, complaints):
        page.goto("/en/articles/")
        if width == 360:
            tab_to(page, page.locator("summary", has_text="Filter and search"))
            page.keyboard.press("Enter")
        tab_to(page, italy(page))
        page.keyboard.press("Space")
        expect(italy(page)).to_be_checked()
        tab_to(page, page.get_by_role("button", name="Show the results"))
        page.keyboard.press("Enter")
        page.wait_for_url("**country=IT**")
        assert_about_italy(page)
        tab_to(page, page.get_by_role("link", name="Remove the filter Partner country: Italy"))
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/en/articles/$"))
    assert complaints == []


def test_the_drawer_of_a_phone_takes_several_ticks(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/en/articles/")
    expect(italy(page)).to_be_hidden()
    tab_to(page, page.locator("summary", has_text="Filter and search"))
    page.keyboard.press("Enter")
    expect(italy(page)).to_be_visible()
    for value in (italy(page), page.get_by_role("checkbox", name="Energy", exact=True)):
        tab_to(page, value)
        page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Show the results"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/articles/\?country=IT&topic=energy$"))
    expect(page.locator("summary", has_text="Filter and search")).to_contain_text("2 active")


def test_the_address_is_copied_where_scripts_run(browser: Browser, portal: Portal, pages: Pages) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with reading(browser, portal, permissions=permissions) as (page, complaints):
        page.goto(pages["article"])
        page.get_by_role("button", name="Copy the address").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied: str = page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(re.escape(portal.url) + "/a/[a-z0-9]+", copied)
        page.goto(copied)
        assert page.url == portal.url + pages["article"]
    with reading(browser, portal, java_script_enabled=False) as (page, more):
        page.goto(pages["article"])
        expect(page.locator("#permalink")).to_have_text(copied)
        expect(page.get_by_role("button", name="Copy the address")).to_have_count(0)
    assert complaints + more == []


def test_on_paper(page: Page, pages: Pages) -> None:
    page.emulate_media(media="print")
    page.goto(pages["dossier"])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for hidden in (page.get_by_role("navigation", name="Main"), page.get_by_role("button")):
        expect(hidden).to_have_count(0)
    written = "link => [link.getAttribute('href'), getComputedStyle(link, '::after').content]"
    for title in (page.locator(".agreement-title a").first, page.locator(".item-title a").first):
        href, after = title.evaluate(written)
        assert href.startswith("/en/")
        assert href in after or "attr(href)" in after
    page.goto(pages["article without a headline"])
    folds = page.locator("details.more")
    assert folds.count() > 0
    for fold in folds.all():
        expect(fold.locator("li a").last).to_be_visible()

    page.goto("/en/articles/")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator("article.item").last).to_be_visible()
