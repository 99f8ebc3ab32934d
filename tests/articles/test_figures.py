"""Figures: every digit of the source and no other, each meaning on its own, nothing hidden shown."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from articles.charts import BarRow, bar_chart
from articles.models import Agreement, AgreementValue, Article, Country, Figure, FigureRelation, Indicator, Topic
from articles.presentation_figures import base_text, conversion_text, figure_text, grouped
from tests.articles.builders import (
    DRAFT,
    WITHDRAWN,
    attest,
    make_agreement,
    make_article,
    make_figure,
    make_indicator,
    make_organisation,
    make_person,
)
from tests.articles.reading import asked
from tests.articles.test_lists import counted, said

LEDGER = "/en/figures/"
ITALY = "IT"


# --- what a figure says ---------------------------------------------------------------------------------------

MONEY = {"measure": "money", "currency": "USD"}
TEXTS: list[tuple[dict[str, Any], str]] = [
    (MONEY | {"amount": "14.5", "scale": 9, "as_written": "$14.5 billion"}, "US$14.5 billion"),
    (MONEY | {"amount": "1.5", "scale": 9, "as_written": "1,5 billion dollars"}, "US$1.5 billion"),
    (MONEY | {"amount": "8", "scale": 9, "qualifier": "over", "as_written": "over $8 billion"}, "over US$8 billion"),
    (MONEY | {"amount": "0.5", "scale": 9, "as_written": "half a billion"}, "US$0.5 billion"),
    ({"measure": "money", "currency": "EUR", "amount": "180", "scale": 6}, "€180 million"),
    ({"measure": "percent", "amount": "14.9", "as_written": "14.9%"}, "14.9%"),
    ({"measure": "percent", "amount": "13.5000", "as_written": "13.50%"}, "13.50%"),
    ({"measure": "percent", "amount": "8.4000", "as_written": "8,40 per cent"}, "8.40%"),
    ({"measure": "percent", "amount": "50", "qualifier": "in words", "as_written": "half of it"}, "“half of it”"),
    ({"measure": "rank", "amount": "3", "as_written": "third"}, "rank 3"),
    ({"measure": "rank", "amount": "1", "qualifier": "in words", "as_written": "the largest"}, "rank 1"),
    ({"measure": "rank", "amount": "3", "qualifier": "among top", "as_written": "top three"}, "among the top 3"),
    ({"measure": "tonne", "amount": "30", "scale": 6, "qualifier": "over"}, "over 30 million tonnes"),
    ({"measure": "barrel", "amount": "9", "scale": 9, "qualifier": "about"}, "about 9 billion barrels"),
    ({"measure": "megawatt", "amount": "1000", "as_written": "1,000 MW"}, "1,000 MW"),
    ({"measure": "count", "counted": "items", "amount": "100", "qualifier": "over"}, "over 100 items"),
    ({"measure": "year", "amount": "1", "as_written": "one year"}, "1 year"),
    ({"measure": "month", "amount": "8", "as_written": "Eight months"}, "8 months"),
]


def unsaved(**given: Any) -> Figure:
    figure = Figure(**{"as_written": "it", "scale": 0} | given)
    figure.amount = Decimal(given["amount"])
    figure.value = figure.amount * 10**figure.scale
    return figure


@pytest.mark.parametrize(("given", "text"), TEXTS)
def test_a_value_keeps_every_digit_of_its_source_and_gets_no_other(given: dict[str, Any], text: str) -> None:
    assert figure_text(unsaved(**given)) == text


def test_a_value_is_written_in_the_language_of_the_page() -> None:
    figure = unsaved(measure="percent", amount="14.9")
    with override("ru"):
        assert figure_text(figure) == "14,9\N{NO-BREAK SPACE}%"


def test_the_value_in_full_writes_out_all_digits() -> None:
    assert base_text(unsaved(**MONEY, amount="14.5", scale=9)) == "14,500,000,000 US dollars"
    assert base_text(unsaved(measure="tonne", amount="30", scale=6)) == "30,000,000 tonnes"


def test_a_conversion_shows_only_where_the_source_gives_it() -> None:
    assert conversion_text(unsaved(**MONEY, amount="1")) == ""
    given = {"converted_amount": Decimal("231.4"), "converted_scale": 9, "converted_currency": "USD"}
    converted = unsaved(measure="money", currency="EUR", amount="200", scale=9, **given)
    assert conversion_text(converted) == "US$231.4 billion"


def test_groups_part_what_differs_in_meaning_or_unit() -> None:
    figures = [
        unsaved(**MONEY, amount="1", meaning="signed"),
        unsaved(**MONEY, amount="2", meaning="potential"),
        unsaved(measure="money", currency="EUR", amount="3", meaning="potential"),
        unsaved(measure="percent", amount="4", meaning="potential"),
        unsaved(measure="count", counted="items", amount="5", meaning="potential"),
        unsaved(measure="count", counted="plants", amount="6", meaning="potential"),
        unsaved(**MONEY, amount="7", meaning="potential"),
    ]
    groups = grouped(figures)
    assert [len(group.figures) for group in groups] == [1, 1, 1, 2, 1, 1]
    assert groups[-1].meaning_label == "signed"
    for group in groups:
        assert len({(one.meaning, one.measure, one.currency, one.counted) for one in group.figures}) == 1


# --- charts ---------------------------------------------------------------------------------------------------


def test_bars_start_at_zero_and_are_as_long_as_their_values() -> None:
    chart = bar_chart([BarRow("a", Decimal(20), "20"), BarRow("b", Decimal(5), "over 5", exact=False)])
    assert [(bar.start, bar.length) for bar in chart.bars] == [("0.00%", "100.00%"), ("0.00%", "25.00%")]
    assert chart.zero == "0.00%"
    assert chart.has_limits
    assert [bar.exact for bar in chart.bars] == [True, False]


def test_bars_below_zero_lie_on_the_other_side_of_it() -> None:
    chart = bar_chart([BarRow("a", Decimal(30), "30"), BarRow("b", Decimal(-10), "-10")])
    assert chart.zero == "25.00%"
    assert [(bar.start, bar.length) for bar in chart.bars] == [("25.00%", "75.00%"), ("0.00%", "25.00%")]


def test_a_long_label_leaves_room_for_its_value() -> None:
    chart = bar_chart([BarRow("A label far too long to stand beside it", Decimal(1), "over 30 million tonnes")] * 2)
    assert all(len(line.text) + len(bar.note) <= 36 for bar in chart.bars for line in bar.lines)
    down = [float(at.removesuffix("em")) for bar in chart.bars for at in [*(line.at for line in bar.lines), bar.top]]
    assert down == sorted(set(down))
    assert down[-1] < float(chart.height.removesuffix("em"))


def test_a_chart_of_nothing_but_zeros_is_drawn_too() -> None:
    assert [bar.length for bar in bar_chart([BarRow("a", Decimal(0), "0")]).bars] == ["0.00%"]


# --- pages ----------------------------------------------------------------------------------------------------


@pytest.fixture
def article(db: None) -> Article:
    return make_article(date="2025-05-30", headline="A headline of its own", partners=[ITALY])


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def beside(indicator: Indicator, iso: str = ITALY) -> str:
    return f"{indicator.url}{iso}/"


def drawn(client: Client, address: str) -> int:
    return client.get(address).content.decode().count('<svg class="chart-drawing"')


def test_what_one_outlet_says_twice_counts_once_in_the_facets(client: Client, article: Article) -> None:
    topic = Topic.public.get(slug="energy")
    for number in range(3):
        figure = make_figure(by=article, partners=[ITALY], topics=[topic], meaning="signed", date=f"202{number}")
        attest(article, figure=figure)  # twice by one outlet counts once
    make_figure(by=make_article(), measure="percent", date="2020/2023", partners=["IT", "EU"])
    first = [(link, n) for link, n in counted(client, LEDGER) if "outlet=" in link]
    assert first
    for link, n in first:
        assert said(client, link) == n, link


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("country=XX", "XX"),
        ("country=KZ", "KZ"),
        ("indicator=none-such", "none-such"),
        ("unit=money", "money"),
        ("unit=ZZZ", "ZZZ"),
        ("meaning=certain", "certain"),
        ("year=0", "year"),
        ("outlet=%00", "outlet"),
        ("topic=%3Cscript%3E", "topic"),
        ("from=2025", "from"),
        ("sort=value", "value"),
        ("page=99", "page"),
        ("q=one&q=two", "two"),
    ],
)
def test_the_ledger_names_what_it_does_not_understand(query: str, named: str, client: Client, article: Article) -> None:
    make_figure(by=article, meaning="signed")
    answer = client.get(f"{LEDGER}?meaning=signed&{query}" if "meaning" not in query else f"{LEDGER}?{query}")
    text = answer.content.decode()
    assert answer.status_code == 200
    told = re.search(r'class="refused.*?</section>', text, re.DOTALL)
    assert told, "the reader is not told"
    assert named in told[0]
    assert "<script>" not in text.partition("</head>")[2]


def test_the_ledger_is_found_by_words_in_titles_speakers_and_partners(client: Client, article: Article) -> None:
    speaker = make_person(name="Zholdas Sarsen")
    make_figure(by=article, name="Zeppelins sold", speaker=speaker, partners=[ITALY], as_written="$5 billion")
    for words in ("zeppelins", "Sarsen", "zeppelins италия", "zeppelins $5"):
        assert said(client, f"{LEDGER}?q={words}") == 1, words
    assert said(client, f"{LEDGER}?q=zeppelins&sort=title") == 1
    assert "Nothing in the record" in text_of(client, f"{LEDGER}?q=zeppelins+nowhere")


def test_the_page_of_a_figure_says_all_that_limits_it(client: Client, article: Article) -> None:
    indicator = make_indicator(name="Exports of samples", flow="exports")
    agreement = make_agreement(by=article, name="Sample accord")
    figure = make_figure(
        by=article,
        name="Samples to Italy",
        indicator=indicator,
        qualifier="over",
        meaning="target",
        as_written="more than $5 billion",
        converted_amount=Decimal("4.4"),
        converted_scale=9,
        converted_currency="EUR",
        converted_as_written="4.4 billion euros",
        speaker=make_person(name="Aigul Speaker"),
        reporter=Country.objects.get(iso="IT"),
        statistics="ISTAT",
        partners=[ITALY],
        organisations=[make_organisation(name="Sample Works")],
        topics=[Topic.public.get(slug="energy")],
        agreement=agreement,
        note="A note of ours.",
        date="2024",
    )
    part = make_figure(by=article, name="One half of them", indicator=indicator, partners=[ITALY])
    FigureRelation.objects.create(figure=part, kind="part of", other=figure, note="The text says so.")
    text = text_of(client, figure.url)
    for words in (
        "over US$5 billion target",
        "“more than $5 billion”",
        "itself converts it: “4.4 billion euros”",
        "2024 (stated by the source)",
        "Aigul Speaker",
        "Italy (ISTAT)",
        "exports, by destination",
        "5,000,000,000 US dollars",
        "Sample Works",
        "Sample accord",
        "A headline of its own",
        "¶2",
        "has as a part",
        "One half of them",
        "The text says so.",
        "A note of ours.",
        "Exports of samples: Italy 2",
        f"/f/{figure.code}",
        "published",
    ):
        assert words in text, words
    assert "part of" in text_of(client, part.url)
    page = client.get(figure.url).content.decode()
    assert f'href="{beside(indicator)}"' in page
    assert f'href="{article.url}#p2"' in page
    assert client.get(figure.permalink).headers["Location"] == figure.url


def test_the_page_of_a_figure_says_what_its_source_leaves_out(client: Client, article: Article) -> None:
    figure = make_figure(by=article, date="")
    text = text_of(client, figure.url)
    for words in ("in its own voice", "the source does not say whose statistics", "the source gives none"):
        assert words in text, words


def test_values_side_by_side_never_mix_meanings_or_units(client: Client, article: Article) -> None:
    indicator = make_indicator(on_one_scale=True)
    for meaning in ("potential", "announced", "signed"):
        make_figure(by=article, indicator=indicator, meaning=meaning, partners=[ITALY])
    make_figure(by=make_article(), indicator=indicator, meaning="signed", partners=[ITALY], currency="EUR")
    page = client.get(beside(indicator)).content.decode()
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) == 4
    for table in tables:
        assert len(set(re.findall(r'value-meaning">([^<]+)<', table))) == 1
        assert len({"€" in value for value in re.findall(r'class="value-text"[^>]*>([^<]+)<', table)}) == 1
    assert drawn(client, beside(indicator)) == 0
    text = text_of(client, beside(indicator))
    assert "2 articles give 4 values for Italy. Values of different meaning or unit stand apart" in text
    assert "US$20 billion" not in text


def test_what_is_probably_the_same_counts_once_in_the_sentence(client: Client, article: Article) -> None:
    indicator = make_indicator()
    one, other = (make_figure(by=article, indicator=indicator, partners=[ITALY]) for _number in range(2))
    FigureRelation.objects.create(figure=one, kind="probably the same as", other=other, note="Same words.")
    sentence = "1 article gives 2 values for Italy; 1 if those that are probably the same count once."
    assert sentence in text_of(client, beside(indicator))
    assert "2 figures of this; 1 if those that" in text_of(client, indicator.url)


@pytest.mark.parametrize(
    ("measure", "of_indicator", "of_figures", "charts"),
    [
        ("percent", {"on_one_scale": True}, [{}, {}], 1),
        ("percent", {"on_one_scale": True, "flow": "exports"}, [{}, {}], 1),
        ("percent", {"on_one_scale": False}, [{}, {}], 0),
        ("percent", {"on_one_scale": True}, [{}], 0),
        ("percent", {"on_one_scale": True}, [{}, {"meaning": "forecast"}], 0),
        ("percent", {"on_one_scale": True, "flow": "exports"}, [{"statistics": "ISTAT"}, {}], 0),
        ("rank", {"on_one_scale": True}, [{}, {}], 0),
        ("percent", {"on_one_scale": True}, [{}] * 13, 0),
    ],
)
def test_a_chart_is_drawn_only_of_what_can_be_compared(
    measure: str,
    of_indicator: dict[str, Any],
    of_figures: list[dict[str, Any]],
    charts: int,
    client: Client,
    article: Article,
) -> None:
    indicator = make_indicator(**of_indicator)
    for number, more in enumerate(of_figures):
        given: dict[str, Any] = {"measure": measure, "amount": number + 1, "scale": 0, "as_written": "some"}
        make_figure(by=article, indicator=indicator, partners=[ITALY], date=str(2010 + number), **given | more)
    assert drawn(client, beside(indicator)) == charts
    if charts:
        page = client.get(beside(indicator)).content.decode()
        assert 'role="img" aria-labelledby="values-1-title values-1-says"' in page
        assert re.search(r"2 values, from 1% \([^)]+\) to 2% \([^)]+\)", page)
        assert ("(2011)" in page) == bool(indicator.flow)
        assert "style=" not in page


def test_side_by_side_has_one_address(client: Client, article: Article) -> None:
    indicator = make_indicator()
    make_figure(by=article, indicator=indicator, partners=[ITALY])
    address = beside(indicator)
    assert client.get(address).status_code == 200
    for other in (address[:-1], address.replace("/IT/", "/it/"), f"/en/indicators/{indicator.code.upper()}/x/IT/"):
        answer = client.get(other)
        assert (answer.status_code, answer.headers.get("Location")) == (301, address), other
    for iso in ("DE", "KZ", "XX", "ITA", "1"):
        assert client.get(f"{indicator.url}{iso}/").status_code == 404, iso
    assert client.get(f"/en/indicators/222222/x/{ITALY}/").status_code == 404


# --- visibility -----------------------------------------------------------------------------------------------


def hidden(how: str, article: Article, **given: Any) -> Figure:
    """Make a figure that the public must not see, for one reason."""
    given |= {"name": "Zzhidden"}
    if how in ("draft", "withdrawn"):
        return make_figure(by=article, **given | {"draft": DRAFT, "withdrawn": WITHDRAWN}[how])
    if how == "attestation":
        return make_figure(by=make_article(outlet=article.outlet, source=article.source, **DRAFT), **given)
    of: dict[str, Callable[[], Any]] = {
        "indicator": lambda: make_indicator(name="Zzhidden measure", **DRAFT),
        "speaker": lambda: make_person(name="Zzhidden person", **DRAFT),
        "speaking_body": lambda: make_organisation(name="Zzhidden body", **DRAFT),
        "reporter": lambda: Country.objects.create(iso="XC", name="Zzhiddenland", **DRAFT),
    }
    return make_figure(by=article, **given | {how: of[how]()})


@pytest.mark.parametrize(
    "how", ["draft", "withdrawn", "attestation", "indicator", "speaker", "speaking_body", "reporter"]
)
def test_a_hidden_figure_shows_nowhere(how: str, client: Client, article: Article) -> None:
    indicator = make_indicator()
    shown = make_figure(by=article, indicator=indicator, partners=[ITALY], topics=[Topic.public.get(slug="energy")])
    agreement = make_agreement(by=article)
    addresses = [
        LEDGER,
        f"{LEDGER}?q=zzhidden&sort=title",
        "/en/indicators/",
        indicator.url,
        beside(indicator),
        shown.url,
        agreement.url,
        Topic.public.get(slug="energy").url,
        "/sitemap.xml",
    ]
    before = [client.get(address).content.decode() for address in addresses]
    ties = {"partners": [ITALY], "topics": shown.topics.all(), "agreement": agreement}
    figure = hidden(how, article, indicator=indicator, **ties)
    FigureRelation.objects.create(figure=figure, kind="contradicts", other=shown, note="Zzhidden note")
    for address, text in zip(addresses, before, strict=True):
        after = client.get(address).content.decode()
        assert after == text, address
    assert client.get(figure.url).status_code == (410 if how == "withdrawn" else 404)
    if how == "indicator":
        assert client.get(beside(figure.indicator)).status_code == 404


def test_hidden_partners_and_bodies_of_a_public_figure_are_not_named(client: Client, article: Article) -> None:
    indicator = make_indicator()
    country = Country.objects.create(iso="XC", name="Zzhiddenland", **DRAFT)
    body = make_organisation(name="Zzhidden body", **WITHDRAWN)
    figure = make_figure(by=article, indicator=indicator, partners=[ITALY, country], organisations=[body])
    for address in (LEDGER, figure.url, indicator.url, beside(indicator)):
        assert "zzhidden" not in client.get(address).content.decode().lower(), address
    assert client.get(beside(indicator, "XC")).status_code == 404


def test_the_address_of_a_withdrawn_indicator_says_that_it_is_gone(client: Client, article: Article) -> None:
    indicator = make_indicator(**WITHDRAWN)
    make_figure(by=article, indicator=indicator, partners=[ITALY])
    assert client.get(beside(indicator)).status_code == 410


# --- on other pages, and how fast ------------------------------------------------------------------------------


def test_an_agreement_shows_the_figures_that_are_not_among_its_values(client: Client, article: Article) -> None:
    agreement: Agreement = make_agreement(by=article)
    value = AgreementValue.objects.create(
        agreement=agreement, amount=5 * 10**9, currency="USD", meaning="signed", as_written="$5 billion"
    )
    attest(article, value=value)
    make_figure(by=article, name="Said twice", agreement=agreement)
    make_figure(by=article, name="Said once", agreement=agreement, measure="percent", as_written="5%", scale=0)
    text = text_of(client, agreement.url)
    assert "Said once" in text
    assert "Said twice" not in text


def test_a_topic_leads_to_its_figures_with_their_number(client: Client, article: Article) -> None:
    topic = Topic.public.get(slug="energy")
    make_figure(by=article, topics=[topic])
    page = client.get(topic.url).content.decode()
    found = re.search(r'href="(/en/figures/\?topic=energy)">(\d+) figures? in the ledger', page)
    assert found
    assert said(client, found[1]) == int(found[2])


def test_the_number_of_queries_does_not_grow_with_the_figures(client: Client, article: Article) -> None:
    topic = Topic.public.get(slug="energy")
    indicator = make_indicator(on_one_scale=True, flow="exports")
    given: dict[str, Any] = {"indicator": indicator, "partners": ["IT", "EU"], "topics": [topic]}

    def grow(n: int) -> Figure:
        figure = first
        for _number in range(n):
            speaker, body = make_person(), make_organisation()
            by = make_article(partners=[ITALY], outlet=article.outlet, source=article.source)
            figure = make_figure(by=by, speaker=speaker, organisations=[body], **given)
            make_figure(by=by, indicator=indicator, measure="percent")
            FigureRelation.objects.create(figure=figure, kind="contradicts", other=first, note="They differ.")
        return figure

    first = make_figure(by=article, **given)
    figure = grow(1)
    addresses = [LEDGER, f"{LEDGER}?country=IT&unit=USD&q=a", "/en/indicators/", indicator.url, beside(indicator)]
    addresses += [first.url, figure.url]

    few = asked(client, addresses)
    grow(60)
    assert asked(client, addresses) == few
    assert max(few.values()) < 45, few
