"""What an entry stands on: what it lacks before the public may see it, and what would fall without it."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.attestable import ATTESTABLE, BY_SUBJECT, called, entry_of
from articles.ground import missing, standing_on
from articles.models import (
    Agreement,
    AgreementRelation,
    AgreementValue,
    Article,
    Attestation,
    Country,
    Discrepancy,
    EventStep,
    Record,
)
from articles.models.attestation import SUBJECTS
from tests.articles.builders import (
    DRAFT,
    attest,
    make_agreement,
    make_article,
    make_country,
    make_discrepancy,
    make_event,
    make_evidence,
    make_figure,
    make_indicator,
    make_office,
    make_organisation,
    make_outlet,
    make_person,
    make_side,
    make_source,
    make_step,
    make_topic,
)

pytestmark = pytest.mark.django_db

MAKERS: list[Callable[..., Record]] = [make_agreement, make_figure, make_event, make_discrepancy]


@pytest.fixture
def article() -> Article:
    return make_article(topics=[make_topic()], partners=["IT"])


# --- every entry ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", MAKERS)
def test_nothing_is_missing_from_a_whole_draft(make: Callable[..., Record], article: Article) -> None:
    assert missing(make(by=article, **DRAFT)) == []


@pytest.mark.parametrize("make", MAKERS)
def test_what_only_a_draft_attests_is_attested_by_nobody(make: Callable[..., Record]) -> None:
    hidden = make_article(topics=[make_topic()], **DRAFT)
    lacks = missing(make(by=hidden, articles=[]) if make is make_discrepancy else make(by=hidden))
    assert [lack for lack in lacks if lack.startswith("No published article attests")]


def test_every_subject_of_an_attestation_is_described_once() -> None:
    assert sorted(BY_SUBJECT) == sorted(SUBJECTS)
    assert sum(len(several) for several in ATTESTABLE.values()) == len(SUBJECTS)


def test_an_attestation_says_what_it_is_about_and_where_that_belongs(article: Article) -> None:
    agreement, event = make_agreement(by=article), make_event(by=article)
    person, figure, discrepancy = make_person(), make_figure(by=article), make_discrepancy(by=article)
    office = make_office(person, "Minister of Trade", by=article)
    value = AgreementValue.objects.create(
        agreement=agreement, amount=5, currency="USD", meaning="signed", as_written="US$5"
    )
    relation = AgreementRelation.objects.create(agreement=agreement, kind="part of", other=make_agreement(by=article))
    told: list[tuple[dict[str, Any], Record, str]] = [
        ({"agreement": agreement}, agreement, "the agreement itself"),
        ({"step": agreement.every_step.get()}, agreement, "step 1 (signed)"),
        ({"value": value}, agreement, "the value “US$5”"),
        ({"relation": relation}, agreement, f"the relation “part of {relation.other}”"),
        ({"figure": figure}, figure, "the figure itself"),
        ({"event": event}, event, "the event itself"),
        ({"event_step": event.every_step.get()}, event, "step 1 (held)"),
        ({"office": office}, person, "the office “Minister of Trade”"),
        ({"side": discrepancy.every_side.get()}, discrepancy, "side 1 (It was number 1.)"),
    ]
    for subject, entry, words in told:
        attestation = attest(article, **subject)
        assert entry_of(attestation) == entry
        assert called(attestation) == words


# --- what each noun lacks ---------------------------------------------------------------------------------------


def test_a_figure_says_what_it_lacks() -> None:
    figure = make_figure(
        by=make_article(**DRAFT),
        date="",
        date_note="",
        indicator=make_indicator(name="Exports by rail", **DRAFT),
        speaker=make_person(name="A. Speaker", **DRAFT),
        reporter=make_country("XA", **DRAFT),
        partners=[make_country("XB", **DRAFT)],
    )
    assert missing(figure) == [
        "It has no period and does not say why.",
        "No published article attests it: enter an attestation.",
        "The indicator “Exports by rail” is not published.",
        "The country or bloc “Land XA” is not published.",
        "The person “A. Speaker” is not published.",
        "The country or bloc “Land XB” is not published.",
    ]


def test_an_event_says_what_it_lacks(article: Article) -> None:
    bare = make_event(by=make_article(**DRAFT), status="")
    assert missing(bare) == [
        "It has no status step.",
        "No published article attests it: enter an attestation.",
    ]
    agreement = make_agreement(by=article, name="A hidden accord", **DRAFT)
    event = make_event(by=article, persons=[make_person(name="A. Guest", **DRAFT)], agreements=[agreement])
    EventStep.objects.create(event=event, position=2, status="postponed")
    assert missing(event) == [
        "No published article attests step 2 (postponed).",
        "The person “A. Guest” is not published.",
        "The agreement “A hidden accord” is not published.",
    ]


def test_a_person_says_what_it_lacks(article: Article) -> None:
    assert missing(make_person(**DRAFT)) == [], "a person needs no office"
    person = make_person(country=make_country("XA", **DRAFT))
    person.articles.add(make_article(headline="Hidden", **DRAFT))
    make_office(person, "Director", by=make_article(**DRAFT))
    make_office(person, "Chair", by=article, organisation=make_organisation(name="Hidden Works", **DRAFT))
    assert missing(person) == [
        "No published article attests the office “Director”.",
        "The country or bloc “Land XA” is not published.",
        "The article “Hidden” is not published.",
        "The organisation “Hidden Works” is not published.",
    ]


def test_a_discrepancy_says_what_it_lacks(article: Article) -> None:
    bare = Discrepancy(name="Bare", kind="error", noted_on="2026-01-15", standing="settled", right="It was so.")
    bare.save()
    assert missing(bare) == [
        "It has no side: say what each source says.",
        "It has no editor’s note.",
        "It concerns nothing: name the entries that readers should see it at.",
        "It is settled without evidence.",
    ]
    event, outlet = make_event(by=article, name="A hidden visit", **DRAFT), make_outlet(name="Hidden Gazette", **DRAFT)
    discrepancy = make_discrepancy(by=article, events=[event], outlets=[outlet])
    make_side(discrepancy, by=make_article(**DRAFT), says="Another number.", as_written="some 30")
    assert missing(discrepancy) == [
        "No published article attests side 2 (some 30).",
        "The event “A hidden visit” is not published.",
        "The outlet “Hidden Gazette” is not published.",
    ]


def test_a_step_or_value_that_a_discrepancy_concerns_brings_its_agreement(article: Article) -> None:
    agreement = make_agreement(by=article, name="A hidden accord", **DRAFT)
    discrepancy = make_discrepancy(by=article, steps=[agreement.every_step.get()], agreements=[agreement])
    assert missing(discrepancy) == ["The agreement “A hidden accord” is not published."], "named once"
    shown = make_agreement(by=article)
    make_discrepancy(by=article, steps=[shown.every_step.get()])
    assert standing_on(shown) == ["1 published discrepancy stands on it: change or withdraw that first."]


def test_evidence_settles_a_discrepancy(article: Article) -> None:
    settled = make_discrepancy(by=article, standing="settled", right="It was in Astana.", **DRAFT)
    assert missing(settled) == ["It is settled without evidence."]
    make_evidence(settled)
    assert missing(settled) == []


# --- what stands on an entry ------------------------------------------------------------------------------------


def test_what_a_public_figure_or_event_names_carries_it(article: Article) -> None:
    person, indicator, agreement = make_person(), make_indicator(), make_agreement(by=article)
    make_figure(by=article, speaker=person, indicator=indicator, agreement=agreement)
    make_event(by=article, persons=[person], agreements=[agreement])
    figure, event = (f"1 published {noun} stands on it: change or withdraw that first." for noun in ("figure", "event"))
    assert standing_on(person) == [figure, event]
    assert standing_on(agreement) == [figure, event]
    assert standing_on(indicator) == [figure]


def test_what_only_drafts_name_carries_nothing(article: Article) -> None:
    person, indicator = make_person(), make_indicator()
    make_figure(by=article, speaker=person, indicator=indicator, **DRAFT)
    make_event(by=article, persons=[person], **DRAFT)
    assert standing_on(person) == standing_on(indicator) == []


def test_entries_are_counted_once_however_often_they_name_one(article: Article) -> None:
    italy = Country.objects.get(iso="IT")
    before = standing_on(italy)
    make_event(by=article, country=italy, countries=[italy])
    make_event(by=article, country=italy, countries=[italy])
    new = [reason for reason in standing_on(italy) if reason not in before]
    assert len(new) == 1
    old = next((reason for reason in before if "event" in reason), "0 ")
    assert int(new[0].split()[0]) == int(old.split()[0]) + 2


def test_an_article_carries_what_it_alone_attests() -> None:
    place: dict[str, Any] = {"outlet": make_outlet(), "source": make_source()}
    article, other = (make_article(topics=[make_topic()], **place) for _number in range(2))
    figure, event, discrepancy = make_figure(by=article), make_event(by=article), make_discrepancy(by=other)
    person, agreement = make_person(), make_agreement(by=other)
    make_office(person, "Chair", by=article)
    make_side(discrepancy, by=article)
    make_step(agreement, "in force", by=article)
    alone = [
        f"The {noun} “{entry}” (or a part of it) rests on this article alone: change that first."
        for noun, entry in (
            ("agreement", agreement),
            ("discrepancy", discrepancy),
            ("event", event),
            ("figure", figure),
            ("person", person),
        )
    ]
    assert sorted(standing_on(article)) == sorted(alone)
    for attestation in Attestation.objects.filter(article=article):
        attest(other, **{attestation.subject: getattr(attestation, attestation.subject)})
    assert standing_on(article) == []


def test_a_relation_may_lose_its_source(article: Article) -> None:
    """It is a judgement that two agreements belong together: it goes, and both stay whole."""
    first, second = make_agreement(by=article), make_agreement(by=article)
    lone = make_article(topics=[make_topic()])
    attest(lone, relation=AgreementRelation.objects.create(agreement=first, kind="part of", other=second))
    assert standing_on(lone) == []
    assert Agreement.public.filter(pk__in=[first.pk, second.pk]).count() == 2
