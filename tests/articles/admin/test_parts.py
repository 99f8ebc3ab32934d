"""Figures, events, persons and discrepancies: entered in one go with their parts and the places that attest them."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.models import (
    AgreementValue,
    Article,
    Attestation,
    Discrepancy,
    Event,
    Evidence,
    Figure,
    Organisation,
    Person,
)
from tests.articles.admin.desk import address, attestation_row, errors, row, submit, text
from tests.articles.builders import (
    DRAFT,
    make_agreement,
    make_article,
    make_discrepancy,
    make_event,
    make_event_step,
    make_figure,
    make_indicator,
    make_office,
    make_organisation,
    make_person,
    make_topic,
)

pytestmark = pytest.mark.django_db

UNDATED = {"date_edtf": "", "date_basis": "none", "date_note": ""}


@pytest.fixture
def article() -> Article:
    return make_article(topics=[make_topic()], partners=["IT"])


# --- figures ----------------------------------------------------------------------------------------------------

FIGURE: dict[str, Any] = {
    "name": "Turnover with Italy in 2024",
    "qualifier": "nearly",
    "amount": "14.5",
    "scale": "9",
    "measure": "money",
    "currency": "USD",
    "meaning": "observed",
    "as_written": "nearly US$14.5 billion",
    "date_edtf": "2024",
    "date_basis": "stated",
    "partners": ["IT"],
}


def test_a_figure_is_entered_in_one_go(contributor: Client, editor: Client, article: Article) -> None:
    typed = FIGURE | {"indicator": str(make_indicator().pk)} | attestation_row(0, article=article.pk)
    assert "was added successfully" in text(submit(contributor, Figure, **typed))
    figure = Figure.objects.get(name=FIGURE["name"])
    assert (figure.value, figure.date_precision, figure.is_public) == (Decimal(14_500_000_000), "year", False)
    assert figure.every_attestation.get().article == article, "there is nothing to choose: it attests the figure"

    assert "14,500,000,000 USD" in text(editor.get(address("change", figure)))
    assert "is published" in text(submit(editor, figure, "_publish"))
    assert Client().get(figure.url).status_code == 200


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"currency": ""}, "Money has a currency; nothing else has."),
        ({"measure": "count", "currency": ""}, "A count says what is counted; nothing else does."),
        ({"measure": "tonne"}, "Money has a currency; nothing else has."),
        ({"converted_amount": "13"}, "Give amount, currency and wording of a conversion, or none of them."),
        ({"currency": "usd"}, "An ISO 4217 code."),
        ({"date_basis": "inferred"}, "Say what the inferred date rests on."),
        ({"as_written": ""}, "This field is required."),
        ({"amount": "99999999999999", "scale": "12"}, "Ensure that there are no more than"),
    ],
)
def test_a_figure_keeps_the_rules(contributor: Client, article: Article, typed: dict[str, str], complaint: str) -> None:
    figure = make_figure(by=article, **DRAFT)
    assert complaint in errors(submit(contributor, figure, **typed))


def test_a_figure_is_said_by_a_person_or_by_a_body(contributor: Client, article: Article) -> None:
    figure = make_figure(by=article, **DRAFT)
    both = {"speaker": str(make_person().pk), "speaking_body": str(make_organisation().pk)}
    assert "A person says it, or a body: not both." in errors(submit(contributor, figure, **both))


def test_a_number_is_shown_without_zeros_that_nobody_wrote(contributor: Client, article: Article) -> None:
    figure = make_figure(by=article, amount="8.4", scale=0, measure="percent", currency="", **DRAFT)
    assert 'value="8.4"' in text(contributor.get(address("change", figure)))


def test_the_relation_of_two_figures_says_why(contributor: Client, article: Article) -> None:
    figure, other = make_figure(by=article, **DRAFT), make_figure(by=article)
    typed = row("every_relation", 0, kind="probably the same as", other=other.pk, note="")
    assert "This field is required." in errors(submit(contributor, figure, **typed))
    submit(contributor, figure, **typed | row("every_relation", 0, kind="part of", other=other.pk, note="By sum."))
    assert figure.every_relation.get().other == other


# --- events -----------------------------------------------------------------------------------------------------


def test_an_event_is_entered_in_one_go(contributor: Client, editor: Client, article: Article) -> None:
    person, agreement = make_person(), make_agreement(by=article)
    typed: dict[str, Any] = {
        "name": "A visit to Almaty",
        "kind": "visit",
        "date_edtf": "2025-05-29",
        "date_basis": "stated",
        "countries": ["IT", "KZ"],
        **row("every_step", 0, position="", status="planned", note="", **UNDATED),
        **row("every_step", 1, position="", status="held", note="", **UNDATED),
        **row("every_participant", 0, person=person.pk, position="1", office="Minister", role="guest"),
        **row("every_outcome", 0, agreement=agreement.pk, how="signed"),
        **attestation_row(0, attests="event", article=article.pk),
        **attestation_row(1, attests="new-event_step:1", article=article.pk),
        **attestation_row(2, attests="new-event_step:2", article=article.pk),
    }
    submit(contributor, Event, **typed)
    event = Event.objects.get(name="A visit to Almaty")
    assert [step.status for step in event.every_step.order_by("position")] == ["planned", "held"]
    assert [Attestation.objects.get(event_step=step).line for step in event.every_step.order_by("position")] == [51, 52]
    assert (event.every_participant.get().person, event.every_outcome.get().agreement) == (person, agreement)

    assert "is published" in text(submit(editor, event, "_publish"))
    assert "A visit to Almaty" in Client().get(event.url).content.decode()


def test_the_steps_of_an_event_change_places_with_their_sources(editor: Client, article: Article) -> None:
    event = make_event(by=article, status="held")
    second = make_event_step(event, "planned", by=article)
    first = event.every_step.get(position=1)
    submit(editor, event, every_step__0__position="2", every_step__1__position="1")
    assert [step.pk for step in event.every_step.order_by("position")] == [second.pk, first.pk]
    for step in (first, second):
        assert Attestation.objects.filter(event_step=step).count() == 1


def test_a_published_event_keeps_the_sources_of_its_steps(editor: Client, article: Article) -> None:
    event = make_event(by=article)
    answer = submit(editor, event, every_attestation__1__DELETE="on", name="Not to be kept")
    assert "No published article attests step 1 (held)." in errors(answer)
    event.refresh_from_db()
    assert event.name != "Not to be kept"
    assert Attestation.objects.filter(event_step__event=event).exists()


def test_a_number_belongs_to_a_series(contributor: Client, article: Article) -> None:
    event = make_event(by=article, **DRAFT)
    assert "A number belongs to a series" in errors(submit(contributor, event, series_number="2"))


# --- persons ----------------------------------------------------------------------------------------------------


def test_a_person_is_entered_in_one_go(contributor: Client, editor: Client, article: Article) -> None:
    ministry = Organisation.public.all()[0]
    office = {"title": "Minister of Trade", "country": "IT", "organisation": ministry.pk, "note": ""}
    typed: dict[str, Any] = {
        "name": "Ada Prova",
        "slug": "ada-prova",
        "aliases": "A. Prova",
        **row("every_office", 0, position="", **office | UNDATED | {"date_edtf": "2025-05", "date_basis": "stated"}),
        **attestation_row(0, attests="new-office:1", article=article.pk),
    }
    submit(contributor, Person, **typed)
    person = Person.objects.get(slug="ada-prova")
    first = person.every_office.get()
    assert (first.title, first.organisation, first.date_precision) == ("Minister of Trade", ministry, "month")
    assert Attestation.objects.get(office=first).article == article

    assert "is published" in text(submit(editor, person, "_publish"))
    assert "Minister of Trade" in Client().get(person.url).content.decode()
    submit(editor, person, slug="another")
    person.refresh_from_db()
    assert person.slug == "ada-prova", "the key stays"


def test_an_office_of_somebody_else_is_out_of_reach(contributor: Client, article: Article) -> None:
    mine, other = make_person(**DRAFT), make_person()
    office = make_office(other, "Chair", by=article)
    typed = attestation_row(0, attests=f"office:{office.pk}", article=article.pk)
    assert "is not one of the available choices" in errors(submit(contributor, mine, **typed))


# --- discrepancies ----------------------------------------------------------------------------------------------


def a_side(number: int, says: str, **fields: str) -> dict[str, str]:
    return row("every_side", number, **{"position": "", "says": says, "as_written": ""} | fields)


def test_a_discrepancy_is_entered_in_one_go(contributor: Client, editor: Client, article: Article) -> None:
    agreement = make_agreement(by=article)
    typed: dict[str, Any] = {
        "name": "Where the summit was held",
        "kind": "contradiction",
        "note": "Two articles name two cities.",
        "articles": [str(article.pk)],
        "steps": [str(agreement.every_step.get().pk)],
        **a_side(0, "It was held in Astana."),
        **a_side(1, "It was held\r\n  in Samarkand.", as_written="in Samarkand"),
        **attestation_row(0, attests="new-side:1", article=article.pk),
        **attestation_row(1, attests="new-side:2", article=article.pk),
    }
    submit(contributor, Discrepancy, **typed)
    discrepancy = Discrepancy.objects.get(name="Where the summit was held")
    assert discrepancy.noted_on == timezone.localdate(), "it is noted today, unless told otherwise"
    assert [side.says for side in discrepancy.every_side.order_by("position")] == [
        "It was held in Astana.",
        "It was held in Samarkand.",
    ]
    assert "is published" in text(submit(editor, discrepancy, "_publish"))
    assert "in Samarkand" in Client().get(discrepancy.url).content.decode()


def test_what_is_settled_has_evidence(editor: Client, article: Article) -> None:
    draft, public = make_discrepancy(by=article, **DRAFT), make_discrepancy(by=article)
    settled = {"standing": "settled", "right": "It was held in Astana."}
    assert "A settled discrepancy says what is right." in errors(submit(editor, draft, standing="settled"))
    assert "It is settled without evidence." in text(submit(editor, draft, "_publish", **settled))
    assert "It is settled without evidence." in errors(submit(editor, public, **settled))
    for one in (draft, public):
        one.refresh_from_db()
    assert (draft.is_public, draft.standing, public.standing) == (False, "settled", "open")

    shown = {"position": "", "reference": "Register of visits, 2025", "says": "It names Astana.", "outside": "on"}
    typed = settled | row("every_evidence", 0, **shown, address="example.org/visits")
    assert "was changed successfully" in text(submit(editor, public, **typed))
    evidence = Evidence.objects.get(discrepancy=public)
    assert (evidence.address, evidence.outside) == ("https://example.org/visits", True)


def test_a_discrepancy_finds_steps_and_values_by_their_agreement(contributor: Client, article: Article) -> None:
    agreement = make_agreement(by=article, name="Accord on locomotives")
    step = agreement.every_step.get()
    value = AgreementValue.objects.create(
        agreement=agreement, amount=5, currency="USD", meaning="signed", as_written="US$5"
    )
    for field, part, words in (("steps", step, "signed"), ("values", value, "US$5")):
        asked = {"app_label": "articles", "model_name": "discrepancy", "field_name": field, "term": "locomotives"}
        found = contributor.get(reverse("admin:autocomplete"), asked).json()["results"]
        assert found == [{"id": str(part.pk), "text": f"{words} (Accord on locomotives, 1)"}]
    discrepancy = make_discrepancy(by=article, steps=[step], values=[value], **DRAFT)
    shown = text(contributor.get(address("change", discrepancy)))
    assert "signed (Accord on locomotives, 1)" in shown
    assert "US$5 (Accord on locomotives, 1)" in shown


@pytest.mark.parametrize("part", ["statusstep", "agreementvalue"])
def test_parts_that_are_only_found_have_no_pages(part: str, editor: Client) -> None:
    for page in ("changelist", "add"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:articles_{part}_{page}")
    assert f"/{part}/" not in text(editor.get("/admin/"))
    assert editor.get(f"/admin/articles/{part}/").status_code == 404


# --- what an article attests ------------------------------------------------------------------------------------


def test_an_article_shows_all_it_attests_with_a_link_to_each(contributor: Client, article: Article) -> None:
    person = make_person()
    make_office(person, "Minister of Trade", by=article)
    told = {
        make_figure(by=article): "the figure itself",
        make_event(by=article): "the event itself",
        make_discrepancy(by=article): "side 1 (It was number 1.)",
        person: "the office “Minister of Trade”",
    }
    shown = text(contributor.get(address("change", article)))
    for entry, words in told.items():
        assert f'<a href="{address("change", entry)}">{entry}</a>' in shown
        assert words in shown
    assert "step 1 (held)" in shown


def test_what_an_article_attests_costs_the_same_however_much_it_is(editor: Client, article: Article) -> None:
    def tell() -> None:
        make_figure(by=article)
        make_event(by=article)
        make_agreement(by=article)
        make_discrepancy(by=article, articles=[])
        make_office(make_person(), "Chair", by=article)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            editor.get(address("change", article))
        return len(asked)

    tell()
    queries()  # the first look fills Django's own caches
    few = queries()
    for _number in range(5):
        tell()
    assert queries() == few
