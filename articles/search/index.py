"""What the search asks of the index, the same for every database.

A wish (`syntax.py`) and the spellings that its words have in the record are all that is asked with; what readers may
see, the querysets decide that the answers are joined with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from articles.keys import bits_of, together
from articles.models import NOUNS, Country, SearchWord
from articles.search import postgresql, sqlite
from articles.search.documents import BY_MODEL, NUMBERS, ROW, ROW_BITS
from articles.search.folding import sound
from articles.search.stemming import stem_of_russian
from articles.search.syntax import Wish
from articles.search.terms import Part, Sought, Spelt, sought, whole_names
from articles.search.views import keys

__all__ = ["Hit", "Spelt", "called", "counts", "hit_of", "keys_found", "matching", "ranked", "spellings"]

Visible = Mapping[str, "QuerySet[Any]"]
"""What readers may see of each noun that is searched, and of that what the facets leave."""

_NAMED = ("country", "topic", "outlet", "person", "organisation")
WEIGHTS = dict.fromkeys(_NAMED, 1.5) | {"article": 1.2, "agreement": 1.2, "event": 1.1, "discrepancy": 0.6}
"""How much more a match counts in who or what is named, and in the thing itself, than in what is said of it."""
TITLED = 2.0
"""How much more a match of common words counts in a title: about as much as where matches are weighed."""
BEGINS = 1.4
"""How much more a match counts where the title begins with all that was typed."""

_DOCUMENTS = {model.NOUN: BY_MODEL[model] for model in NOUNS}
NOUN_OF = {number: model.NOUN for model, number in NUMBERS.items()}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: its noun and primary key, and the key of its document."""

    noun: str
    pk: Any
    document: int


def hit_of(noun: str, pk: int) -> Hit:
    """Return the hit of an entry whose key is a number."""
    return Hit(noun, pk, NUMBERS[_DOCUMENTS[noun].model] << ROW_BITS | pk)


def _hit(document: int) -> Hit:
    """Return the entry of a document: the number of its noun and that of its row, see views.document_id."""
    noun, row = NOUN_OF[document >> ROW_BITS], document & ROW
    if noun == Country.NOUN:
        letters = (row >> 14, row >> 7 & 127, row & 127)
        return Hit(noun, "".join(map(chr, filter(None, letters))), document)
    return Hit(noun, row, document)


def _own() -> Any:
    """Return the module that speaks the database's SQL."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def spellings(wish: Wish) -> Spelt:
    """Return the words of the record that sound like those of a wish, in one query.

    A Cyrillic word that sounds like none is taken for a form of a Russian word, and its stem is looked for.
    """
    words = {word for term in (*wish.sought, *wish.excluded) for word in term.words}
    sounds = {word: (sound(word), sound(stem_of_russian(word))) for word in words}
    known: dict[str, list[str]] = {}
    heard = SearchWord.objects.filter(sound__in={one for pair in sounds.values() for one in pair} - {""})
    for word, said in heard.order_by("word").values_list("word", "sound"):
        known.setdefault(said, []).append(word)
    return {
        word: tuple(dict.fromkeys((word, *(known.get(whole) or known.get(stem) or []))))
        for word, (whole, stem) in sounds.items()
    }


def matching(noun: str, wish: Wish, spelt: Spelt) -> Q:
    """Return the condition for the rows of a noun that a wish finds. An empty wish finds all."""
    if not wish:
        return Q()
    return Q(pk__in=RawSQL(*_keys(noun, wish, spelt)))  # noqa: S611


def keys_found(
    noun: str, asked: Sought, *, titles: bool = False, most: int | None = None, among: Iterable[int] | None = None
) -> BitMap:
    """Return the primary keys of what has some words, of a noun whose keys are numbers; of hidden entries, too.

    If so told, only what has them in its title, some of the many there may be, or those among some entries.
    """
    number = NUMBERS[_DOCUMENTS[noun].model]
    part = Part(number, titles=titles)
    if among is not None:
        part = Part(named=[number << ROW_BITS | key for key in among], alone=True, titles=titles)
    found, given = _own().found(asked, part=part, scored=False)
    limit = "" if most is None else f" LIMIT {most}"
    return _posting(f"SELECT id & {ROW} FROM ({found}{limit}) AS found", given)


def called(noun: str, wish: Wish) -> BitMap:
    """Return the primary keys of what is called as a wish says, of a noun whose keys are numbers."""
    names = whole_names(wish)
    documents = f"SELECT document AS id FROM search_name WHERE sound IN ({', '.join(['%s'] * len(names))})"
    return _posting(*_keys_in(noun, documents, names)) if names else BitMap()


def _keys(noun: str, wish: Wish, spelt: Spelt) -> tuple[str, list[Any]]:
    """Return SQL for the primary keys of what a wish finds of a noun."""
    found, given = _own().found(sought(wish, spelt), part=Part(NUMBERS[_DOCUMENTS[noun].model]), scored=False)
    return _keys_in(noun, found, given)


def _keys_in(noun: str, documents: str, given: list[Any]) -> tuple[str, list[Any]]:
    """Return SQL for the primary keys of the documents of a noun among others, given SQL for those."""
    return keys(_DOCUMENTS[noun], f"({documents}) AS found", _own().DIALECT), given


def _posting(sql: str, given: list[Any]) -> BitMap:
    """Return the keys that a query tells."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH posting (key) AS ({sql}) SELECT {together('key')} FROM posting", given)
        return bits_of(cursor.fetchone()[0])


def ranked(
    wish: Wish,
    spelt: Spelt,
    visible: Visible,
    *,
    named: Sequence[int] = (),
    titled: Collection[int] | None = None,
    newest: bool = False,
    first: int = 0,
    last: int = 25,
) -> list[Hit]:
    """Return a slice of what a wish finds among the visible rows and the documents named, the best or newest first.

    Those named are all found. First stand those whose whole title or alias is what was asked for, then those that spell
    it as it was typed. Where `titled` is given, the words are common: to weigh how often and how rare they are, SQLite
    would go through all that have them. Then only the place counts; which of those named have them in their title is
    what `titled` says.
    """
    asked, common = sought(wish, spelt), titled is not None
    part = Part(named=list(named), known=newest or common)
    order = [] if newest else _best_first(wish, spelt, part, titled)
    order += [(f"{_said('day')} DESC NULLS LAST", []), ("seen.id", [])]
    rows = _ask(
        asked,
        part,
        visible,
        f"SELECT seen.id FROM seen ORDER BY {', '.join(by for by, _given in order)} LIMIT %s OFFSET %s",
        [*chain.from_iterable(given for _by, given in order), last - first, first],
        scored=not part.known,
    )
    return [_hit(document) for (document,) in rows]


def _best_first(
    wish: Wish, spelt: Spelt, part: Part, titled: Collection[int] | None
) -> list[tuple[str, Sequence[Any]]]:
    """Return what the best are ordered by, each as SQL with what is given to it."""
    order: list[tuple[str, Sequence[Any]]] = []
    if names := whole_names(wish):
        marks = ", ".join(["%s"] * len(names))
        order.append((f"seen.id IN (SELECT document FROM search_name WHERE sound IN ({marks})) DESC", names))
    score, words = "seen.score", list[Any]()
    if titled is not None:
        with_titles = Part(named=list(titled), known=True, titles=True)
        titles, words = _own().found(sought(wish, spelt), part=with_titles, scored=False)
        score = f"CASE WHEN seen.id IN (SELECT id FROM ({titles}) AS titled) THEN {TITLED} ELSE 1 END"
    elif any(len(words) > 1 for words in spelt.values()):
        exact, typed = _own().found(sought(wish, {}), part=part, scored=False)
        order.append((f"seen.id IN (SELECT id FROM ({exact}) AS exact) DESC", typed))
    weighing = WEIGHTS | ({"figure": 1.6} if any(map(str.isdigit, spelt)) else {})  # who types a number wants one
    weights = " ".join(f"WHEN {number} THEN {weighing.get(noun, 1)}" for number, noun in NOUN_OF.items())
    begins = f"CASE WHEN lower({_said('title')}) LIKE %s THEN {BEGINS} ELSE 1 END"
    beginning = " ".join(word for term in wish.sought for word in term.words) + "%"
    order.append((f"{score} * CASE seen.id >> {ROW_BITS} {weights} END * {begins} DESC", [*words, beginning]))
    return order


def _said(column: str) -> str:
    """Return SQL for what the document at hand says: one by one, since a join may read the documents of all."""
    return f"(SELECT {column} FROM search_document document WHERE document.id = seen.id)"


def counts(wish: Wish, spelt: Spelt, visible: Visible) -> dict[str, int]:
    """Return how many of the visible rows of each noun, none of which has very many entries, a wish finds."""
    select = f"SELECT id >> {ROW_BITS}, count(*) FROM seen GROUP BY 1"
    found = dict(_ask(sought(wish, spelt), Part(), visible, select))
    return {noun: found.get(NUMBERS[_DOCUMENTS[noun].model], 0) for noun in visible}


def _ask(
    asked: Sought, part: Part, visible: Visible, select: str, given: Sequence[Any] = (), *, scored: bool = False
) -> list[tuple[Any, ...]]:
    """Run a select on `seen`, the documents that are found and that readers may see, with their scores."""
    own = _own()
    found, words = own.found(asked, part=part, scored=scored)
    seen, params = [], []
    for noun, rows in visible.items():
        document = _DOCUMENTS[noun]
        shown = rows.filter(own.is_found(document)).order_by().values(key=F("pk"))
        try:
            sql, more = shown.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        seen.append((document, sql))
        params.extend(more)
    if not seen and not part.named:
        return []
    statement = f"WITH found AS ({found}), seen (id, score) AS ({own.seen(seen)}) {select}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*words, *params, *given])
        answers: list[tuple[Any, ...]] = cursor.fetchall()
    return answers
