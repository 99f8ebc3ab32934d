"""The dossier of a partner, its briefing sheet with every source, and two partners side by side."""

import datetime as dt
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from articles.edition import _fixtures, edition
from articles.models import NOUNS, Agreement, Article, Country
from tests.articles.builders import (
    DRAFT,
    WITHDRAWN,
    attest,
    make_agreement,
    make_article,
    make_country,
    make_discrepancy,
    make_event,
    make_figure,
)
from tests.articles.reading import asked

pytestmark = pytest.mark.django_db

SAID = re.compile(r'<p class="said"[^>]*><b>(\d+) ')
TODAY = timezone.localdate()


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def listed(client: Client, address: str) -> int:
    found = SAID.search(text_of(client, address))
    assert found, address
    return int(found[1])


@pytest.fixture
def land() -> Country:
    return make_country("XC")


@pytest.fixture
def report(land: Country) -> Article:
    return make_article(partners=[land.iso])


def test_the_sentence_of_a_dossier_counts_what_the_lists_show(client: Client) -> None:
    for iso in ("IT", "EU", "143", "JP"):
        text = text_of(client, Country.objects.get(iso=iso).url)
        lede = re.search(r'<p class="lede">(.*?)</p>', text, re.DOTALL)
        assert lede
        assert "As of " in lede[1]
        for words, noun in (
            (r"articles?", "articles"),
            (r"agreements? (?:or|and) plans?", "agreements"),
            (r"figures?", "figures"),
            (r"events?", "events"),
            (r"discrepanc(?:y|ies)", "discrepancies"),
        ):
            said = re.search(rf"(\d+) {words}\b", lede[1])
            assert listed(client, f"/en/{noun}/?country={iso}") == (int(said[1]) if said else 0), (iso, noun)


def test_a_dossier_shows_agreements_figures_events_plans_and_discrepancies(
    client: Client, land: Country, report: Article
) -> None:
    agreement = make_agreement(by=report, parties=[land.iso, "KZ"], status="signed", date="2024-01")
    held = make_event(by=report, countries=[land.iso], date="2023-05-02")
    plan = make_event(by=report, countries=[land.iso], status="planned", date="2999")
    late = make_event(by=report, countries=[land.iso], status="planned", date="2020")
    figure = make_figure(by=report, partners=[land.iso])
    discrepancy = make_discrepancy(by=report, partners=[land.iso])
    text = text_of(client, land.url)
    for record in (agreement, held, plan, late, figure, discrepancy):
        assert record.title in text
        assert record.url in text
    assert "no outcome" in text
    timeline = text[text.index('id="timeline"') :]
    assert timeline.index(plan.title) < timeline.index(agreement.title) < timeline.index(held.title)


def test_a_dossier_asks_as_much_of_few_records_as_of_many(client: Client, land: Country, report: Article) -> None:
    def grow(number: int) -> None:
        for n in range(number):
            article = make_article(partners=[land.iso])
            make_agreement(by=article, parties=[land.iso], status=["signed", "proposed", "operating"][n % 3])
            status, date = [("held", "2001"), ("planned", "2002"), ("planned", "2999")][n % 3]
            make_event(by=article, countries=[land.iso], status=status, date=date)
            make_figure(by=article, partners=[land.iso])
            make_discrepancy(by=article, partners=[land.iso])

    grow(6)
    addresses = (land.url, f"{land.url}briefing/", f"/en/countries/compare/?country={land.iso}&country=IT")
    few = asked(client, addresses)
    grow(30)
    assert asked(client, addresses) == few


def test_the_dossier_of_a_bloc_lists_its_members_with_their_own_numbers(client: Client) -> None:
    text = text_of(client, Country.objects.get(iso="143").url)
    for member in Country.objects.get(iso="143").members.exclude(iso="KZ"):
        assert member.url in text


# --- the sheet --------------------------------------------------------------------------------------------------


def test_every_statement_of_a_briefing_sheet_leads_to_a_numbered_note(client: Client) -> None:
    text = text_of(client, f"{Country.objects.get(iso='IT').url}briefing/")
    referred = {int(number) for number in re.findall(r'class="noteref" href="#note-(\d+)"', text)}
    notes = [int(number) for number in re.findall(r'<li id="note-(\d+)">', text)]
    assert notes == list(range(1, len(notes) + 1))
    assert referred == set(notes)
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", text[: text.index('id="coverage"')], re.DOTALL)
    assert len(rows) > 60
    assert not [row for row in rows if "noteref" not in row]


def test_a_note_names_outlet_article_date_paragraph_and_permanent_address(client: Client) -> None:
    text = text_of(client, f"{Country.objects.get(iso='IT').url}briefing/")
    notes = re.findall(r'<li id="note-\d+">(.*?)</li>', text, re.DOTALL)
    for note in notes:
        address = re.search(r'href="http://testserver(/a/\w+)">http://testserver\1</a>', note)
        assert address, note
        article = Article.public.get(code=address[1][3:])
        assert article.outlet.name in unescape(note)
        assert article.title in unescape(note)
        assert article.date.text in unescape(note)
        assert re.search(r"¶\d", note)


def test_a_sheet_says_which_state_of_the_record_it_shows(client: Client) -> None:
    text = text_of(client, f"{Country.objects.get(iso='IT').url}briefing/")
    foot = client.get("/edition.css").content.decode()
    assert edition().version in text
    assert edition().version in foot
    assert "@bottom-left" in foot


def test_a_sheet_has_one_address(client: Client) -> None:
    italy = Country.objects.get(iso="IT")
    for other in ("other-name/briefing/", "italy/briefing", "/briefing"):
        answer = client.get(f"/en/countries/{italy.code}/{other}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{italy.url}briefing/")


def test_drafts_and_withdrawn_partners_have_no_sheet(client: Client) -> None:
    assert client.get(f"{make_country('XD', **DRAFT).url}briefing/").status_code == 404
    assert client.get(f"{make_country('XE', **WITHDRAWN).url}briefing/").status_code == 410


def test_a_sheet_names_no_draft(client: Client, land: Country, report: Article) -> None:
    hidden = make_article(headline="Hidden headline", partners=[land.iso], **DRAFT)
    agreement = make_agreement(by=report, name="Accord in sight", parties=[land.iso])
    attest(hidden, agreement=agreement)
    make_agreement(by=hidden, name="Accord out of sight", parties=[land.iso])
    text = text_of(client, f"{land.url}briefing/")
    assert "Accord in sight" in text
    assert "out of sight" not in text
    assert "Hidden headline" not in text


# --- the state of the record --------------------------------------------------------------------------------------


def test_the_data_version_changes_with_the_record_and_only_with_it() -> None:
    before = edition()
    assert edition() == before
    agreement = Agreement.objects.get(code=Agreement.public.first().code)
    agreement.touch()
    agreement.save()
    after = edition()
    assert after.fingerprint != before.fingerprint
    assert after.as_of is not None
    assert before.as_of is not None
    assert after.as_of >= before.as_of
    assert isinstance(after.as_of, dt.date)


def test_every_change_counts_even_beside_entries_that_are_dated_later() -> None:
    Agreement.objects.filter(pk=Agreement.public.first().pk).update(modified_at=timezone.now() + dt.timedelta(days=9))
    versions = {edition().version}
    for agreement in Agreement.objects.filter(modified_at__lt=timezone.now())[:5]:
        agreement.touch()
        agreement.save()
        versions.add(edition().version)
    assert len(versions) == 6


def test_a_release_with_other_fixtures_has_another_version(tmp_path: Path, settings: Settings) -> None:
    before = edition()
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures" / "articles.json").write_text("[]", encoding="utf-8")
    settings.BASE_DIR = tmp_path
    _fixtures.cache_clear()
    after = edition()
    _fixtures.cache_clear()
    assert after.as_of == before.as_of
    assert after.fingerprint != before.fingerprint


def test_an_empty_record_has_a_version_without_a_day() -> None:
    for model in NOUNS:
        model._default_manager.update(state="draft")
    assert re.fullmatch(r"empty\.[0-9a-f]{12}", edition().version)


def test_every_page_says_which_state_of_the_record_it_shows_and_leads_to_what_that_is(client: Client) -> None:
    for address in ("/en/", "/en/articles/", "/en/about/", "/en/topics/", Agreement.public.first().url):
        text = text_of(client, address)
        assert f'<a href="/en/data/">Data version <span class="data-version">{edition().version}</span></a>' in text
    assert "Data version" not in client.get("/en/nothing/").content.decode()


# --- side by side -------------------------------------------------------------------------------------------------


def test_numbers_side_by_side_are_those_of_the_lists_they_lead_to(client: Client) -> None:
    text = text_of(client, "/en/countries/compare/?country=IT&country=JP")
    cells = re.findall(r'<td class="is-number"><a href="([^"]+)">(\d+)</a>', text)
    assert len(cells) > 30
    for address, number in cells:
        assert listed(client, unescape(address)) == int(number), address


def test_only_two_known_partners_stand_side_by_side_and_the_rest_is_named(client: Client) -> None:
    text = text_of(client, "/en/countries/compare/?country=IT&country=XX&country=JP&country=EU&country=KZ&x=1")
    refused = unescape(text[text.index('class="refused') : text.index("</section>")])
    for part in ("country=XX", "country=EU", "country=KZ", "x=1"):
        assert part in refused
    assert "Italy and Japan side by side" in text
    assert "Choose two partners" in text_of(client, "/en/countries/compare/?country=IT")
    assert client.get("/en/countries/compare/?country=%00&country=" + "a" * 10_000).status_code == 200
