"""Entering and correcting: what a form refuses, and what it must not lose."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles.models import (
    NOUNS,
    Agreement,
    AgreementRelation,
    AgreementValue,
    Article,
    Attestation,
    Country,
    Outlet,
    Record,
    Topic,
)
from tests.articles.admin.desk import address, attestation_row, errors, row, submit, text
from tests.articles.builders import (
    DRAFT,
    attest,
    make_agreement,
    make_article,
    make_discrepancy,
    make_event,
    make_figure,
    make_office,
    make_outlet,
    make_person,
    make_step,
    make_topic,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def a_step(number: int, **fields: str) -> dict[str, str]:
    given = {"status": "signed", "date_edtf": "", "date_basis": "none", "date_note": "", "note": ""} | fields
    return row("every_step", number, **given)


# --- every page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", NOUNS)
def test_every_page_of_every_noun_answers(model: type[Record], editor: Client) -> None:
    record = model._default_manager.all()[0]
    for page in ("changelist", "add"):
        assert editor.get(address(page, model)).status_code == 200
    for page in ("change", "history", "preview", "withdraw"):
        assert editor.get(address(page, record)).status_code == 200
    found = editor.get(address("changelist", model), {"q": record.code, "state": "published"})
    assert [one.pk for one in found.context["cl"].result_list] == [record.pk]
    assert "was changed successfully" in text(submit(editor, record)), "the fixtures pass the form"


@pytest.mark.parametrize(
    ("model", "field", "word", "found"),
    [
        ("article", "outlet", "trend.az", "Trend News Agency"),
        ("article", "topics", "diplo", "Diplomacy"),
        ("article", "mentioned", "kyrgyz", "Kyrgyzstan"),
        ("articlepartner", "country", "ital", "Italy"),
        ("attestation", "article", "strategic nexus", "Kazakhstan and Italy Forge a New Strategic Nexus"),
        ("agreement", "organisations", "eni", "Eni"),
        ("figure", "indicator", "turnover", "Trade turnover with the partner"),
        ("figure", "speaker", "tokayev", "Kassym-Jomart Tokayev"),
        ("figure", "reporter", "ital", "Italy"),
        ("figurerelation", "other", "badamsha 2", "Capacity of the wind farm Badamsha 2"),
        ("eventparticipant", "person", "meloni", "Giorgia Meloni"),
        ("eventoutcome", "agreement", "kashagan", "Purchase of ConocoPhillips’ share in Kashagan by CNPC"),
        ("eventrelation", "other", "first central asia–italy", "First Central Asia–Italy summit"),
        ("office", "organisation", "eni", "Eni"),
        ("discrepancy", "figures", "badamsha 2", "Capacity of the wind farm Badamsha 2"),
        (
            "discrepancy",
            "sources",
            "first central asia–italy",
            "Tokayev’s address to the first Central Asia–Italy summit",
        ),
    ],
)
def test_relations_are_found_by_typing(model: str, field: str, word: str, found: str, contributor: Client) -> None:
    asked = {"app_label": "articles", "model_name": model, "field_name": field, "term": word}
    answer = contributor.get(reverse("admin:autocomplete"), asked)
    assert found in [one["text"] for one in answer.json()["results"]]


def test_the_number_of_queries_does_not_grow_with_the_list(editor: Client, django_assert_max_num_queries: Any) -> None:
    for _number in range(20):
        article = make_article(topics=[make_topic()])
        agreement, person = make_agreement(by=article), make_person(country_id="IT")
        make_office(person, "Chair", by=article)
        make_figure(by=article, speaker=person)
        make_event(by=article, country_id="IT", persons=[person], agreements=[agreement])
        make_discrepancy(by=article, steps=[agreement.every_step.get()])
    for model in NOUNS:
        with django_assert_max_num_queries(13):
            assert editor.get(address("changelist", model)).status_code == 200


# --- rules ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"date_edtf": "last May"}, "is not an EDTF date"),
        ({"date_edtf": "2025-05", "date_basis": "none"}, "Give a date and say whether the source states it"),
        ({"date_edtf": "2025", "date_basis": "inferred", "date_note": ""}, "Say what the inferred date rests on."),
        ({"summary": "Too short."}, "40 to 90 words"),
        ({"label": "Ours"}, "only where it has none, a label of ours"),
        ({"first_line": "9", "last_line": "3"}, "The last line is not before the first."),
        ({"articlepartner__0__country": "KZ"}, "Kazakhstan is never its own partner."),
    ],
)
def test_a_draft_keeps_the_rules_of_the_database(contributor: Client, typed: dict[str, str], complaint: str) -> None:
    article = make_article(partners=["IT"], **DRAFT)
    assert complaint in errors(submit(contributor, article, **typed))


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"summary": ""}, "A published article has a summary."),
        ({"topics": []}, "It has no topic."),
        ({"date_edtf": "", "date_basis": "none"}, "A published article has a date, or says why it has none."),
    ],
)
def test_a_published_entry_stays_complete(editor: Client, typed: dict[str, Any], complaint: str) -> None:
    article = make_article(topics=[make_topic()])
    answer = submit(editor, article, headline="Not to be kept", **typed)
    assert complaint in errors(answer)
    assert 'value="Not to be kept"' in text(answer), "what was typed is still there"
    article.refresh_from_db()
    assert article.headline != "Not to be kept"
    assert article.topics.exists()


def test_a_published_agreement_keeps_its_sources(editor: Client) -> None:
    agreement = make_agreement(by=make_article(topics=[make_topic()]))
    answer = submit(editor, agreement, every_attestation__1__DELETE="on")
    assert "No published article attests step 1 (signed)." in errors(answer)
    answer = submit(editor, agreement, every_step__0__DELETE="on")
    assert "It has no status step." in errors(answer)
    assert Attestation.objects.filter(step__agreement=agreement).count() == 1


def test_a_topic_that_is_a_draft_does_not_slip_into_a_published_article(editor: Client) -> None:
    article, topic = make_article(topics=[make_topic()]), make_topic(**DRAFT)
    assert f"The topic “{topic}” is not published." in errors(submit(editor, article, topics=[str(topic.pk)]))


def test_names_are_typed_one_per_line(contributor: Client) -> None:
    outlet = make_outlet(aliases=["Trend", "Trend.kz"], **DRAFT)
    page = contributor.get(address("change", outlet))
    assert "Trend\nTrend.kz</textarea>" in text(page)
    submit(contributor, outlet, aliases="Trend\r\n\r\n  Тренд \r\n")
    outlet.refresh_from_db()
    assert outlet.aliases == ["Trend", "Тренд"]
    assert "distinct names" in errors(submit(contributor, outlet, aliases="Trend\nTrend"))


def test_keys_stay_once_an_entry_was_public(editor: Client) -> None:
    outlet = make_outlet(slug="the-key")
    submit(editor, outlet, slug="another")
    submit(editor, Country.objects.get(iso="IT"), iso="XX")
    outlet.refresh_from_db()
    assert outlet.slug == "the-key"
    assert not Country.objects.filter(iso="XX").exists()
    unpublished = make_outlet(**DRAFT, published_at=None)
    submit(editor, unpublished, slug="better")
    assert Outlet.objects.get(pk=unpublished.pk).slug == "better"


# --- the date of the last change --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ({}, False),
        ({"headline": "Corrected"}, True),
        ({"topics": ["new"]}, True),
        ({"articlepartner__1__country": "DE"}, True),
        ({"articlepartner__0__DELETE": "on"}, True),
    ],
)
def test_a_change_of_any_part_is_dated(contributor: Client, typed: dict[str, Any], changed: bool) -> None:
    article = make_article(topics=[make_topic()], partners=["IT"], modified_at=LONG_AGO, summary="word", **DRAFT)
    Article.objects.filter(pk=article.pk).update(summary="word " * 44 + "word")
    if typed.get("topics"):
        typed = {"topics": [str(make_topic().pk)]}
    submit(contributor, article, **typed)
    article.refresh_from_db()
    assert (article.modified_at != LONG_AGO) is changed


def test_the_loader_keeps_what_staff_have_corrected(editor: Client) -> None:
    article = Article.public.get(headline="Kazakhstan and Italy Forge a New Strategic Nexus")
    submit(editor, article, topics=[str(Topic.objects.get(slug="water").pk)])
    call_command("load_record", verbosity=0)
    assert [topic.slug for topic in article.topics.all()] == ["water"]


# --- agreements: steps, values, and what attests them -----------------------------------------------------------


def test_an_agreement_is_entered_in_one_go(contributor: Client, editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    typed: dict[str, Any] = {
        "name": "A new accord",
        "type": "memorandum",
        "tier": "intergovernmental",
        "parties": ["IT", "KZ"],
        **a_step(0, status="proposed", position=""),
        **a_step(1, status="signed", position="", date_edtf="2025-05", date_basis="stated"),
        **row(
            "every_value",
            0,
            position="",
            amount="8000000000",
            currency="USD",
            qualifier="over",
            meaning="potential",
            as_written="over US$8 billion",
            note="",
        ),
        **attestation_row(0, attests="agreement", article=article.pk),
        **attestation_row(1, attests="new-step:1", article=article.pk),
        **attestation_row(2, attests="new-step:2", article=article.pk),
        **attestation_row(3, attests="new-value:1", article=article.pk),
    }
    submit(contributor, Agreement, **typed)
    agreement = Agreement.objects.get(name="A new accord")
    steps = list(agreement.every_step.order_by("position"))
    assert [(step.position, step.status, step.date_precision) for step in steps] == [
        (1, "proposed", ""),
        (2, "signed", "month"),
    ]
    assert [Attestation.objects.get(step=step).line for step in steps] == [51, 52]
    assert Attestation.objects.get(value__agreement=agreement).line == 53
    assert Attestation.objects.get(agreement=agreement).line == 50

    assert "is published" in text(submit(editor, agreement, "_publish"))
    assert "over US$8 billion" in Client().get(agreement.url).content.decode()


def test_an_attestation_of_a_step_that_is_not_there_is_refused_whole(contributor: Client) -> None:
    article = make_article(topics=[make_topic()])
    agreement = make_agreement(by=article, **DRAFT)
    typed = attestation_row(2, attests="new-step:2", article=article.pk)
    complaint = errors(submit(contributor, agreement, name="Not to be kept", **typed))
    assert "Attestation of “new step, in place 2”, line 52: An attestation concerns one thing" in complaint
    agreement.refresh_from_db()
    assert agreement.name != "Not to be kept"


def test_the_same_place_twice_is_refused(contributor: Client) -> None:
    article = make_article(topics=[make_topic()])
    agreement = make_agreement(by=article, **DRAFT)
    twice = {
        **attestation_row(2, attests="agreement", article=article.pk, line=70),
        **attestation_row(3, attests="agreement", article=article.pk, line=70),
    }
    assert "This place is entered already." in errors(submit(contributor, agreement, **twice))


def test_attestations_stay_with_their_steps_when_those_change_places(editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    agreement = make_agreement(by=article, status="signed")
    second = make_step(agreement, "proposed", by=article)
    first = agreement.every_step.get(position=1)
    submit(editor, agreement, every_step__0__position="2", every_step__1__position="1")
    assert [step.pk for step in agreement.every_step.order_by("position")] == [second.pk, first.pk]
    for step in (first, second):
        assert Attestation.objects.filter(step=step).count() == 1


def test_a_step_comes_in_between(editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    agreement = make_agreement(by=article, status="proposed")
    make_step(agreement, "in force", by=article)
    typed: dict[str, Any] = {
        "every_step__1__position": "3",
        **a_step(2, position="2", status="signed"),
        **attestation_row(3, attests="new-step:3", article=article.pk),
    }
    # What comes to stand in place 3 is the one that was second: the new one is still without a source.
    assert "No published article attests step 2" in errors(submit(editor, agreement, **typed))
    typed |= attestation_row(3, attests="new-step:2", article=article.pk)
    submit(editor, agreement, **typed)
    assert [step.status for step in agreement.every_step.order_by("position")] == ["proposed", "signed", "in force"]


def test_two_steps_in_one_place_are_refused(contributor: Client) -> None:
    article = make_article(topics=[make_topic()])
    agreement = make_agreement(by=article, **DRAFT)
    make_step(agreement, "in force", by=article)
    assert "position" in errors(submit(contributor, agreement, every_step__1__position="1"))


def test_a_step_keeps_the_rules_of_dates(contributor: Client) -> None:
    agreement = make_agreement(by=make_article(topics=[make_topic()]), **DRAFT)
    complaint = errors(submit(contributor, agreement, every_step__0__date_basis="none"))
    assert "Give a date and say whether the source states it" in complaint


def test_an_attestation_moves_to_another_subject(editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    agreement = make_agreement(by=article)
    extra = attest(article, agreement=agreement)
    value = AgreementValue.objects.create(
        agreement=agreement, amount=5, currency="USD", meaning="signed", as_written="US$5"
    )
    submit(editor, agreement, every_attestation__2__attests=f"value:{value.pk}")
    extra.refresh_from_db()
    assert (extra.value, extra.agreement) == (value, None)


def test_the_parts_of_another_agreement_are_out_of_reach(contributor: Client) -> None:
    article = make_article(topics=[make_topic()])
    agreement, other = make_agreement(by=article, **DRAFT), make_agreement(by=article)
    step = other.every_step.get()
    answer = submit(contributor, agreement, every_attestation__1__attests=f"step:{step.pk}")
    assert "is not one of the available choices" in errors(answer)
    foreign = Attestation.objects.get(agreement=other)
    answer = submit(contributor, agreement, every_attestation__0__id=str(foreign.pk), every_attestation__0__note="mine")
    foreign.refresh_from_db()
    assert foreign.note == ""


def test_an_agreement_does_not_relate_to_itself(contributor: Client) -> None:
    agreement = make_agreement(by=make_article(topics=[make_topic()]), **DRAFT)
    typed = row("every_relation", 0, kind="part of", other=agreement.pk, basis="stated", note="")
    answer = submit(contributor, agreement, **typed)
    assert "does not relate to itself" in errors(answer)
    assert not AgreementRelation.objects.filter(agreement=agreement).exists()


def test_an_article_shows_what_it_attests(editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    agreement = make_agreement(by=article)
    shown = text(editor.get(address("change", article)))
    assert agreement.name in shown
    assert "step 1 (signed)" in shown
