"""The database keeps the search index by itself, whoever writes to it and by what means."""

from contextlib import closing
from sqlite3 import connect
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from articles.models import NOUNS, Agreement, Article, Country, Discrepancy, Organisation, Outlet, SearchDocument, Topic
from articles.search import schema
from articles.search.documents import DOCUMENTS, FEW, NUMBERS, ROW_BITS, documents_of
from articles.search.folding import LETTERS, fold, sound
from articles.search.index import counts, hit_of, keys_found, matching, ranked, spellings
from articles.search.syntax import Term, Wish, parse
from articles.search.terms import sought
from articles.search.views import DOCUMENT
from tests.articles import builders

pytestmark = pytest.mark.django_db

MANY: tuple[Any, ...] = (Article, Agreement)
"""The nouns whose keys are found by themselves."""

SQLITE = connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def _by_its_indexes(db: None) -> None:
    """Let PostgreSQL look for words in its indexes, as it does where there are many documents."""
    if not SQLITE:
        rows("SET LOCAL enable_seqscan = off")


def test_the_documents_of_nouns_with_very_many_entries_come_before_all_others() -> None:
    assert all((number << ROW_BITS < FEW) == (model in MANY) for model, number in NUMBERS.items())


def rows(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall()) if cursor.description else []


def assert_index_is_that_of_the_record() -> None:
    columns = ", ".join(DOCUMENT)
    for document in DOCUMENTS:
        view = f"SELECT {columns} FROM search_{document.noun}"
        kept = f"SELECT {columns} FROM search_document WHERE {documents_of(NUMBERS[document.model])}"
        assert rows(f"{view} EXCEPT {kept}") == [], document.noun
        assert rows(f"{kept} EXCEPT {view}") == [], document.noun
    assert schema.is_up_to_date(connection)
    if SQLITE:
        rows("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        assert rows("SELECT count(*) FROM search_folded") == rows("SELECT count(*) FROM search_document")
    else:
        keys = rows("SELECT id FROM search_document WHERE id < %s ORDER BY id", FEW)
        assert rows("SELECT id FROM search_key ORDER BY id") == keys


def found(text: str, model: Any = Article) -> list[Any]:
    wish = parse(text)
    return list(model.public.filter(matching(model.NOUN, wish, spellings(wish))))


def best(text: str, **asked: Any) -> list[Any]:
    """Return the first entries found by a text."""
    wish = parse(text)
    spelt = spellings(wish)
    by_noun: dict[str, Any] = {model.NOUN: model for model in NOUNS}
    visible = {noun: model.public.all() for noun, model in by_noun.items() if model not in MANY}
    named = []
    for model in MANY:
        keys = model.public.filter(pk__in=list(keys_found(model.NOUN, sought(wish, spelt)))).values_list(
            "pk", flat=True
        )
        named += [hit_of(model.NOUN, key).document for key in keys]
    hits = ranked(wish, spelt, visible, named=named, **asked)
    return [by_noun[hit.noun].objects.get(pk=hit.pk) for hit in hits]


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spellings_of_one",
    [
        "Тоқаев Токаев Toqaev Tokaev Tokayev",
        "Мирзиёев Мирзиеев Mirziyoyev",
        "Жапаров Japarov Zhaparov",
        "Рахмон Rakhmon Rahmon",
        "Бердымухамедов Berdimuhamedov",
        "Алиев Aliyev Aliev",
        "Қасым-Жомарт Касым-Жомарт Qasym-Jomart Kassym-Jomart",
        "ҚазМұнайГаз КазМунайГаз KazMunaiGas KazMunayGas",
        "Кыргызстан Kyrgyzstan",
        "Астана Astana",
        "Алматы Almaty",
        "Ақтау Актау Aktau Aqtau",
        "organisation organization",
    ],
)
def test_spellings_of_one_name_sound_alike(spellings_of_one: str) -> None:
    assert len({sound(fold(spelling)) for spelling in spellings_of_one.split()}) == 1


@pytest.mark.parametrize("pair", ["god good", "met meet", "path pat", "call hall", "west waste", "trade tread"])
def test_other_words_do_not_sound_alike(pair: str) -> None:
    one, other = pair.split()
    assert sound(one) != sound(other)


def test_folding() -> None:
    assert fold("Türkiye’s “ışık”, Łódź\N{EM DASH}Straße") == "turkiye s isik lodz strasse"
    assert fold("ЁЛКА и\N{COMBINING BREVE}од Қазақ") == "елка йод қазақ"


def test_both_tables_say_in_sql_what_they_say_in_python() -> None:
    """Every letter and sign of the tables, and what no table has, in the middle of a word and alone."""
    outlet = builders.make_outlet()
    awkward = [
        "е\N{COMBINING DIAERESIS}лка",
        "и\N{COMBINING BREVE}",
        "東京 Ωmega ½ n°5",
        "\\ \" ' %s {} \t\v",
        "a" * 300,
    ]
    letters = [char for char in LETTERS if char not in "\0\n"]
    aliases = ["  ".join(f"x{char}y {char}" for char in letters[start : start + 40]) for start in range(0, 4400, 40)]
    Outlet.objects.filter(pk=outlet.pk).update(aliases=[one for one in (*awkward, *aliases) if one])
    document = SearchDocument.objects.get(pk=NUMBERS[Outlet] << ROW_BITS | outlet.pk)
    said = rows("SELECT sound FROM search_name WHERE document = %s", document.pk)
    assert {one for (one,) in said} == {
        sound(fold(line)) for line in (document.title, *document.aliases.split("\n"))
    } - {""}
    assert set(fold(document.aliases).split()) <= {word for (word,) in rows("SELECT word FROM search_word")}


def test_words_of_the_record_are_folded_and_sound_as_in_python() -> None:
    words: set[str] = set()
    for document in SearchDocument.objects.all():
        words.update(fold(f"{document.title} {document.aliases} {document.names} {document.body}").split())
    kept = dict(rows("SELECT word, sound FROM search_word"))
    assert len(words) > 1500
    assert kept.keys() >= words
    assert {word: sound(word) for word in words} == {word: kept[word] for word in words}


# --- the index follows the record ----------------------------------------------------------------------------


def test_the_loaded_record_is_indexed() -> None:
    assert SearchDocument.objects.count() > 400
    assert_index_is_that_of_the_record()


def test_entries_of_all_nouns_in_all_states() -> None:
    builders.public_of_each()
    builders.one_of_each("Zzdraft", builders.DRAFT)
    builders.one_of_each("Zzgone", builders.WITHDRAWN)
    assert_index_is_that_of_the_record()
    for mark in ("Zzdraft", "Zzgone"):
        assert [model.NOUN for model in NOUNS if found(mark, model)] == []


def test_an_article_added_changed_withdrawn_and_deleted() -> None:
    article = builders.make_article(headline="Zirconium by rail", partners=["IT"], topics=[builders.make_topic()])
    assert found("zirconium") == [article]
    assert found("Италия zirconium") == [article]
    article.headline = "Hafnium by rail"
    article.save()
    assert found("zirconium") == []
    Article.objects.filter(pk=article.pk).update(summary="Ruthenium " * 45)
    assert found("ruthenium") == [article]
    assert_index_is_that_of_the_record()
    Article.objects.filter(pk=article.pk).update(**builders.WITHDRAWN)
    assert found("ruthenium") == []
    Article.objects.filter(pk=article.pk).update(state="published")
    assert_index_is_that_of_the_record()
    article.delete()
    assert_index_is_that_of_the_record()


def test_names_of_what_an_entry_is_tied_to() -> None:
    article = builders.make_article(headline="By rail", outlet=builders.make_outlet(name="Zirconium Post"))
    topic = builders.make_topic(name="Hafnium")
    assert found("zirconium") == [article]
    article.topics.add(topic)
    article.mentioned.add(Country.objects.get(pk="JP"))
    assert found("hafnium жапония") == [article]
    article.topics.clear()
    assert found("hafnium") == []
    Outlet.objects.filter(pk=article.outlet_id).update(name="Post", aliases=["Ruthenium Daily"])
    assert found("zirconium") == []
    assert found("ruthenium") == [article]
    Country.objects.filter(pk="JP").update(name="Nippon")
    assert article in found("nippon")
    Topic.objects.filter(pk=topic.pk).update(name="Osmium")
    assert_index_is_that_of_the_record()


def test_a_hidden_outlet_takes_its_name_and_its_words_with_it() -> None:
    article = builders.make_article(headline="By rail")
    discrepancy = builders.make_discrepancy(by=article, note="Said.")
    builders.make_side(discrepancy, by=article, says="It was zirconium.")
    agreement = builders.make_agreement(by=article, status="signed", date="2024-05-06")
    assert found("zirconium", Discrepancy) == [discrepancy]
    day = SearchDocument.objects.get(pk=1 << ROW_BITS | agreement.pk).day
    assert str(day) == "2024-05-06"
    for hidden in (article.outlet, article.source, article.source.publisher):
        type(hidden).objects.filter(pk=hidden.pk).update(**builders.WITHDRAWN)
        assert SearchDocument.objects.get(pk=1 << ROW_BITS | agreement.pk).day is None
        assert not SearchDocument.objects.filter(body__contains="zirconium")
        assert_index_is_that_of_the_record()
        type(hidden).objects.filter(pk=hidden.pk).update(state="published")
        assert_index_is_that_of_the_record()


def test_what_is_written_in_bulk_and_by_plain_sql() -> None:
    Organisation.objects.bulk_create(
        Organisation(name=f"Zirconium {n}", slug=f"zirconium-{n}", kind="company", **builders.PUBLISHED)
        for n in range(3)
    )
    Organisation.objects.filter(slug="zirconium-1").delete()
    assert len(found("zirconium", Organisation)) == 2
    rows("UPDATE articles_organisation SET aliases = %s WHERE slug = 'zirconium-2'", '["Hafnium"]')
    assert [one.slug for one in found("hafnium", Organisation)] == ["zirconium-2"]
    rows("DELETE FROM articles_article_topics")
    rows("UPDATE articles_article SET headline = 'Osmium', label = '' WHERE state = 'published'")
    assert len(found("osmium")) == Article.public.count()
    assert_index_is_that_of_the_record()


def test_another_program_needs_nothing_of_ours() -> None:
    """SQLite by a plain connection to a copy; PostgreSQL with a search path that leads elsewhere."""
    builders.make_organisation(name="Zirconium", slug="zirconium")
    change = "UPDATE {}articles_organisation SET name = 'Hafnium' WHERE slug = 'zirconium'"
    if connection.vendor == "postgresql":
        rows("SET LOCAL search_path TO pg_temp")
        rows(change.format("public."))
        rows("SET LOCAL search_path TO public")
        assert len(found("hafnium", Organisation)) == 1
        return
    with closing(connect(":memory:")) as plain:
        own: Any = connection.connection
        plain.deserialize(own.serialize())
        plain.execute(change.format(""))
        plain.execute(
            "INSERT OR IGNORE INTO articles_article_topics (article_id, topic_id) SELECT 1, id FROM articles_topic"
        )
        hits = plain.execute("SELECT rowid FROM search_index WHERE search_index MATCH 'hafnium'").fetchall()
        assert len(hits) == 1
        columns = ", ".join(DOCUMENT)
        for document in DOCUMENTS:
            view = f"SELECT {columns} FROM search_{document.noun} EXCEPT SELECT {columns} FROM search_document"
            assert plain.execute(view).fetchall() == [], document.noun


def test_a_load_renews_each_document_once() -> None:
    builders.make_organisation(name="Zirconium", slug="zirconium")
    with transaction.atomic(), schema.deferred(connection):
        Organisation.objects.filter(slug="zirconium").update(name="Hafnium")
        Organisation.objects.filter(slug="zirconium").update(name="Osmium")
        assert found("osmium", Organisation) == []
    assert len(found("osmium", Organisation)) == 1
    assert_index_is_that_of_the_record()


AWKWARD = [
    "Тоқаев Қасым-Жомарт, Мирзиёев; йод, и\N{COMBINING BREVE}од И\N{COMBINING BREVE}ОД",
    "Türkiye’s ışık, Łódź\N{EM DASH}Straße, e\N{COMBINING ACUTE ACCENT}té, Ængø",
    "東京 か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK} \N{CJK COMPATIBILITY IDEOGRAPH-F900} ἀρχή 한국",
    "  blanks\t at both ends  \n\n!!!\n of \N{OGHAM SPACE MARK} lines\r\n\n",
    "ё" * 401 + "а " + "b" * 500 + " 🚀rail🚀 ½ n°5 v1.2 1e5 5g 10,000 10 000 \\ \" ' %s {} \v",
    "\n".join(f"Line{n}" for n in range(300)),
]


def derived() -> dict[str, list[tuple[Any, ...]]]:
    """Return all that the search keeps, but for the keys of names."""
    tables = {"search_document": "*", "search_name": "document, sound", "search_word": "word, sound"}
    if SQLITE:
        tables["search_folded"] = "*"
    return {table: sorted(rows(f"SELECT {columns} FROM {table}"), key=repr) for table, columns in tables.items()}


def test_a_rebuild_writes_what_the_triggers_write() -> None:
    builders.public_of_each()
    for n, text in enumerate(AWKWARD):
        builders.make_organisation(name=f"{n} {text}"[:100].strip(), slug=f"awkward-{n}", aliases=text.split())
        topics = [builders.make_topic(name=text[:100]), builders.make_topic()]
        article = builders.make_article(headline=text[:200], summary=text, topics=topics, partners=["TR", "IT"])
        builders.make_event(by=article, name=text[:200], note=text, countries=["TR", "JP"])
    for table in ("search_document", "search_word"):
        rows(f"DELETE FROM {table}")
    for document in DOCUMENTS:
        rows(f"INSERT INTO search_stale_{document.noun} SELECT key FROM search_{document.noun}")
    by_triggers = derived()
    assert_index_is_that_of_the_record()
    for _done in schema.rebuild(connection):
        pass
    assert derived() == by_triggers
    assert_index_is_that_of_the_record()
    schema.create(connection)
    assert derived() == by_triggers
    assert_index_is_that_of_the_record()


def test_a_document_that_is_written_over_is_found_by_its_new_words() -> None:
    article = builders.make_article(headline="Zirconium")
    assert found("zirconium") == [article]
    key = hit_of(Article.NOUN, article.pk).document
    rows("UPDATE search_document SET title = 'Osmium' WHERE id = %s", key)
    assert found("zirconium") == []
    assert found("osmium") == [article]
    rows("DELETE FROM search_document WHERE id = %s", key)
    assert found("osmium") == []


# --- the rebuild, and who watches ------------------------------------------------------------------------------


def test_a_damaged_index_is_noticed_and_made_anew(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    assert client.get("/readyz").status_code == 200
    rows(f"DELETE FROM search_document WHERE {documents_of(1)}")
    SearchDocument.objects.create(id=16_000_000_001, title="Ghost", aliases="", names="", body="")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "manage.py rebuild_search" in answer.content.decode()
    call_command("rebuild_search")
    assert "agreements: 112 of 112" in capsys.readouterr().out
    assert client.get("/readyz").status_code == 200
    assert_index_is_that_of_the_record()


def test_missing_triggers_are_noticed_and_made_anew(client: Client) -> None:
    rows(f"DROP TRIGGER search_insert_of_articles_article{'' if SQLITE else ' ON articles_article'}")
    assert client.get("/readyz").status_code == 503
    call_command("rebuild_search", verbosity=0)
    assert client.get("/readyz").status_code == 200
    article = builders.make_article(headline="Zirconium by rail")
    assert found("zirconium") == [article]


def test_the_index_may_be_dropped_and_made_twice() -> None:
    schema.drop(connection)
    schema.drop(connection)
    assert SearchDocument.objects.count() == 0
    schema.create(connection)
    schema.create(connection)
    assert_index_is_that_of_the_record()


# --- answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Italy", "Italy"),
        ("Италия", "Italy"),
        ("KazMunaiGas", "KazMunayGas"),
        ("ҚазМұнайГаз", "KazMunayGas"),
        ("Tokayev", "Kassym-Jomart Tokayev"),
        ("Токаева", "Kassym-Jomart Tokayev"),
        ("Тоқаев", "Kassym-Jomart Tokayev"),
        ("Trend.az", "Trend News Agency"),
        ("Turkey", "Türkiye"),
        ("Turkiye", "Türkiye"),
        ("Kyrgyz Republic", "Kyrgyzstan"),
        ("Кыргызстан", "Kyrgyzstan"),
        ("Казахстане", "Kazakhstan"),
        ("central asia", "Central Asia"),
        ("SpecialEurasia", "SpecialEurasia"),
    ],
)
def test_the_entry_of_that_name_comes_first(text: str, title: str) -> None:
    assert best(text, last=1)[0].title == title


def test_pages_of_hits_follow_one_another() -> None:
    whole = best("kazakhstan italy", last=40)
    assert len(set(whole)) == 40
    assert [*best("kazakhstan italy", last=20), *best("kazakhstan italy", first=20, last=40)] == whole


def test_newest_first_puts_the_undated_last() -> None:
    hits = [one for one in best("kazakhstan", newest=True, last=500) if not isinstance(one, Country)]
    days = [SearchDocument.objects.get(pk=NUMBERS[type(one)] << ROW_BITS | one.pk).day for one in hits]
    known = [day for day in days if day]
    assert known == sorted(known, reverse=True)
    assert None in days
    assert all(day is None for day in days[len(known) :])


def test_counts_are_those_of_the_lists() -> None:
    for text in ("italy", "italy -eni", "-italy", '"middle corridor" OR uranium', "zzzz", ""):
        wish = parse(text)
        spelt = spellings(wish)
        visible = {model.NOUN: model.public.all() for model in NOUNS if model not in MANY}
        lists = {model.NOUN: model.public.filter(matching(model.NOUN, wish, spelt)).count() for model in NOUNS}
        many = {
            model.NOUN: len(
                set(keys_found(model.NOUN, sought(wish, spelt))) & set(model.public.values_list("pk", flat=True))
            )
            for model in MANY
        }
        assert counts(wish, spelt, visible) | many == lists, text


def test_what_is_found_is_counted_and_ranked_in_one_query_each(django_assert_num_queries: Any) -> None:
    visible = {model.NOUN: model.public.all() for model in NOUNS if model is not Article}
    wish = parse('Токаева "central asia" OR uranium -organisation')
    with django_assert_num_queries(3):
        spelt = spellings(wish)
        ranked(wish, spelt, visible)
        counts(wish, spelt, visible)


@pytest.mark.parametrize(
    "text", ["½", "東京", "🚀", "a" * 200, "NEAR(a b)", "title:x", "* ^ AND NOT", "x-", "1e5 5g v1.2"]
)
def test_no_word_is_an_error(text: str) -> None:
    best(text)
    best(f"-{text} OR {text}")


def test_a_phrase_of_many_spellings_is_cut_short() -> None:
    spelt = {"tokayev": tuple(f"tokayev{n}" for n in range(50))}
    wish = Wish(((Term(("tokayev",) * 5),),))
    assert ranked(wish, spelt, {"person": NOUNS[8].public.all()}) == []
