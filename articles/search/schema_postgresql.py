"""The index on PostgreSQL: a column of each document with its words, stemmed and weighed, and GIN indexes over it.

A GIN index finds rows, but knows no key: each row is visited for it. Of nouns with very many entries a table of keys
alone has the index, over the words of the documents: a hundred rows then lie where four documents do. Whenever a
document is written, its key is written anew, so that the index never holds the words of another state.

Everything lies in the schema that the migration runs in and needs no extension and no superuser. The functions are
parsed once, when they are made, so that nobody's search path changes what they mean.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, groupby
from typing import Any, Final

from articles.search.bulk import Folded
from articles.search.documents import DOCUMENTS, FEW, MANY, ROW_BITS
from articles.search.folding import DROPPED, KEPT, LETTERS, SOUNDS, is_known
from articles.search.views import COLUMNS, DOCUMENT, LINE, Dialect, document_id
from articles.search.watching import EVENTS, watched

DIALECT: Final = Dialect(
    joined="string_agg",
    code="ascii",
    elements="jsonb_array_elements_text(CASE jsonb_typeof({0}) WHEN 'array' THEN {0} END) AS one (value)",
    among="= ANY(%s)",
    listed="{{{}}}",
)
LOCK: Final = 7_405_110_322
"""The advisory lock under which documents are renewed: who comes second sees what the first has written."""
TOKENS: Final = {"asciiword": "search_english", "word": "search_russian", "numword, int, uint, float, sfloat": "simple"}
"""What reads each kind of word. There are no stop words, since SQLite has none."""

OF_FEW: Final = f"id >> {ROW_BITS} >= {len(MANY)}"
"""The condition that a document is of another noun; as in `of_noun`, not by a range of keys."""
WORDS_OF_KEY: Final = "search_vector_of(id)"
"""The words of the document of a key. To PostgreSQL it never changes for a key: the key is a new row if it does."""


def titles(vector: str) -> str:
    """Return SQL for the words in titles and aliases among those of a document."""
    return f"ts_filter({vector}, '{{a,b}}')"


def of_noun(number: int) -> str:
    """Return the condition that a document is of a noun.

    A range of keys would let the planner see how many those are; for a common word it would then read all of them, and
    unpack their vectors, which takes ten times as long as to go by the index.
    """
    return f"id >> {ROW_BITS} = {number}"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def replaced(expression: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        expression = f"replace({expression}, {quoted(old)}, {quoted(new)})"
    return expression


def bracket(chars: Iterable[str]) -> str:
    """Return a bracket expression for some characters, as ranges."""
    codes = sorted(map(ord, chars))
    runs = [list(run) for _key, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    return "[" + "".join(f"\\u{run[0][1]:04x}-\\u{run[-1][1]:04x}" for run in runs) + "]"


def plain(text: str) -> str:
    """Return SQL for a text without marks, in plain small letters; what has none of those to change stays as it is."""
    beyond = {
        char: to for char, to in LETTERS.items() if to.strip() and unicodedata.normalize("NFD", char) == char > "~"
    }
    single = {char: to for char, to in beyond.items() if len(to) == 1}
    letters = f"translate({text}, {quoted(''.join(single))}, {quoted(''.join(single.values()))})"
    letters = replaced(letters, ((char, to) for char, to in beyond.items() if len(to) > 1))
    return f"CASE WHEN {text} ~ '{bracket(beyond)}' THEN {letters} ELSE {text} END"


def fold(text: str) -> str:
    """Return SQL for a text folded as `folding.fold` does."""
    apart = replaced(f"normalize({text}, NFD)", KEPT.items())
    bare = f"normalize(regexp_replace({apart}, '{bracket(DROPPED)}', '', 'g'), NFC)"
    letters = f"CASE WHEN octet_length({text}) = char_length({text}) THEN {text} ELSE search_plain({bare}) END"
    signs = bracket([" ", *(char for char, to in LETTERS.items() if to == " " and char != "\0")])
    return f"""btrim(regexp_replace(lower(({letters}) COLLATE "C"), '{signs}+', ' ', 'g'))"""


def create(cursor: Any) -> None:
    """Make the functions, the indexed column, and the triggers."""
    for language in ("english", "russian"):
        cursor.execute(
            f"CREATE TEXT SEARCH DICTIONARY search_{language} (TEMPLATE = pg_catalog.snowball, Language = '{language}')"
        )
    cursor.execute("CREATE TEXT SEARCH CONFIGURATION search_words (PARSER = pg_catalog.default)")
    for kinds, dictionary in TOKENS.items():
        cursor.execute(f"ALTER TEXT SEARCH CONFIGURATION search_words ADD MAPPING FOR {kinds} WITH {dictionary}")
    for name, arguments, kind, result in _functions():
        cursor.execute(
            f"CREATE FUNCTION {name}({arguments}) RETURNS {kind} IMMUTABLE STRICT PARALLEL SAFE RETURN {result}"
        )
    cursor.execute("ALTER TABLE search_document ADD COLUMN vector tsvector")
    cursor.execute("CREATE TABLE search_key (id bigint PRIMARY KEY)")
    cursor.execute("""CREATE FUNCTION search_vector_of(key bigint) RETURNS tsvector LANGUAGE sql
IMMUTABLE STRICT PARALLEL SAFE COST 1000 RETURN (SELECT vector FROM search_document WHERE id = key)""")
    cursor.execute("SELECT quote_ident(current_schema())")
    (schema,) = cursor.fetchone()
    for document in DOCUMENTS:
        column = document.model._meta.pk.db_type(cursor.db)
        cursor.execute(f"CREATE VIEW search_stale_{document.noun} AS SELECT NULL::{column} AS key")
    for name, when, body in _triggers():
        cursor.execute(f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {schema}, pg_temp
SET enable_seqscan = off AS $body$ BEGIN {body} RETURN NULL; END $body$""")
        event, _when, condition = when.partition(" WHEN ")
        condition = f"WHEN ({condition})" if condition else ""
        each = "" if "FOR EACH" in event else "FOR EACH ROW"
        cursor.execute(f"CREATE TRIGGER {name} {event} {each} {condition} EXECUTE FUNCTION {name}()")


def complete(cursor: Any) -> None:
    """Make the indexes, once the documents are there: filling them one by one takes several times as long.

    Each noun with very many entries has its own, so that who looks for others does not go through these.
    """
    for name, table, expression, where in (
        *((f"search_key_noun_{number}", "search_key", WORDS_OF_KEY, of_noun(number)) for number in MANY),
        *((f"search_key_titles_{number}", "search_key", titles(WORDS_OF_KEY), of_noun(number)) for number in MANY),
        ("search_document_others", "search_document", "vector", OF_FEW),
    ):
        cursor.execute(f"CREATE INDEX {name} ON {table} USING gin (({expression})) WHERE {where}")


def triggers(cursor: Any) -> set[str]:
    """Return the names of the triggers that are there; their functions have the same."""
    cursor.execute(
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE relnamespace = current_schema()::regnamespace AND tgname LIKE 'search\\_%'"
    )
    return {name for (name,) in cursor.fetchall()}


def expected() -> set[str]:
    """Return the names of the triggers that belong there."""
    return {name for name, _when, _body in _triggers()}


def drop(cursor: Any) -> None:
    for name in expected():
        cursor.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")
    for document in DOCUMENTS:
        cursor.execute(f"DROP VIEW IF EXISTS search_stale_{document.noun}")
    cursor.execute("DROP TABLE IF EXISTS search_key")
    cursor.execute("DROP FUNCTION IF EXISTS search_vector_of")
    cursor.execute("ALTER TABLE search_document DROP COLUMN IF EXISTS vector")
    for name in (
        "search_vector(text, text, text, text)",
        "search_sound(text)",
        "search_fold(text)",
        "search_plain(text)",
    ):
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}")
    cursor.execute("DROP TEXT SEARCH CONFIGURATION IF EXISTS search_words")
    for language in ("english", "russian"):
        cursor.execute(f"DROP TEXT SEARCH DICTIONARY IF EXISTS search_{language}")


def lock(cursor: Any) -> None:
    """Let others renew documents only when this transaction is over."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def is_foldable(text: str) -> bool:
    """Say whether Python folds a text as the triggers do: of what the table does not name, Unicode says more here."""
    return is_known(text)


def write(cursor: Any, documents: Sequence[Folded], words: Mapping[str, str]) -> None:
    """Write documents, and words with their sounds, past the triggers: what has its vector, these leave alone."""
    columns, folded = ", ".join(DOCUMENT), [f"folded_{name}" for name in COLUMNS]
    given = {"id": "bigint"} | dict.fromkeys(COLUMNS, "text") | {"day": "date"} | dict.fromkeys(folded, "text")
    rows = ((one.id, *one.texts, one.day, *one.folded) for one in documents)
    with _copied(cursor, given, rows) as table:
        select = f"SELECT {columns}, {_vector(folded)} FROM {table}"
        cursor.execute(f"INSERT INTO search_document ({columns}, vector) {select}")
    with cursor.copy("COPY search_name (document, sound) FROM STDIN") as copy:
        for one in documents:
            for heard in one.sounds():
                copy.write_row((one.id, heard))
    with _copied(cursor, {"word": "text", "sound": "text"}, words.items()) as table:
        cursor.execute(f"INSERT INTO search_word SELECT word, sound FROM {table} ON CONFLICT DO NOTHING")


@contextmanager
def _copied(cursor: Any, columns: dict[str, str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """Lend the name of a table with some rows, given the names and types of its columns."""
    cursor.execute(f"CREATE TEMPORARY TABLE given ({', '.join(map(' '.join, columns.items()))})")
    with cursor.copy("COPY given FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    yield "given"
    cursor.execute("DROP TABLE given")


def _functions() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, arguments, type and value of the functions that depend on their arguments alone."""
    yield "search_plain", "whole text", "text", plain("whole")
    yield "search_fold", "whole text", "text", fold("whole")
    yield "search_sound", "words text", "text", replaced("words", SOUNDS)


Triggers = Iterator[tuple[str, str, str]]
"""Names of triggers, when they fire, and what they do."""


def _triggers() -> Triggers:
    return chain(_of_stale(), _of_documents(), _of_sources())


def _of_stale() -> Triggers:
    """A stale document goes, and comes back as its view now has it, if it is to be found at all."""
    columns = ", ".join(DOCUMENT)
    for document in DOCUMENTS:
        yield (
            f"search_{document.noun}_renew",
            f"INSTEAD OF INSERT ON search_stale_{document.noun}",
            f"""IF EXISTS (SELECT 1 FROM search_waiting WHERE noun = '') THEN
  INSERT INTO search_waiting VALUES ('{document.noun}', NEW.key) ON CONFLICT DO NOTHING;
ELSE
  PERFORM pg_advisory_xact_lock({LOCK});
  DELETE FROM search_document WHERE id = {document_id(document, "NEW.key", DIALECT)};
  INSERT INTO search_document ({columns}) SELECT {columns} FROM search_{document.noun} WHERE key = NEW.key;
END IF;""",
        )


def _vector(folded: Iterable[str]) -> str:
    """Return SQL for the vector of folded texts, those that weigh most first."""
    return " || ".join(
        f"setweight(to_tsvector('search_words', {text}), '{weight}')"
        for text, weight in zip(folded, "ABCD", strict=True)
    )


def _of_documents() -> Triggers:
    """A document is folded once, for the index, for the names, and for the words that are new."""
    folded = ", ".join(f"search_fold(NEW.{name})" for name in COLUMNS)
    vector = _vector(f"folded[{place}]" for place in range(1, 5))
    remove = "DELETE FROM search_name WHERE document = OLD.id;"
    add = f"""DECLARE folded text[] := ARRAY[{folded}];
BEGIN
  NEW.vector := {vector};
  INSERT INTO search_name (document, sound)
    SELECT DISTINCT NEW.id, search_sound(name) FROM (SELECT search_fold(line) AS name
      FROM string_to_table(NEW.title || '{LINE}' || NEW.aliases, '{LINE}') AS line) AS named WHERE name <> '';
  INSERT INTO search_word (word, sound)
    SELECT word, search_sound(word)
    FROM (SELECT DISTINCT word FROM string_to_table(array_to_string(folded, ' '), ' ') AS word) AS said
    WHERE word <> '' AND (SELECT known.sound FROM search_word known WHERE known.word = said.word) IS NULL
    ON CONFLICT DO NOTHING;
  RETURN NEW;
END;"""
    yield "search_document_insert", "BEFORE INSERT ON search_document WHEN NEW.vector IS NULL", add
    yield "search_document_update", "BEFORE UPDATE ON search_document", remove + add
    yield "search_document_delete", "AFTER DELETE ON search_document", remove
    yield from _of_keys()


def _of_keys() -> Triggers:
    """The key of a document that is written goes, and comes back as a new row: for it the index looks up the words.

    Those that go are looked up one by one, as an array: a join would go through all keys.
    """
    on, go = "ON search_document", "DELETE FROM search_key WHERE id = ANY(ARRAY(SELECT id FROM {}));".format
    come = f"INSERT INTO search_key SELECT id FROM come WHERE id < {FEW};"
    new, old, each = "NEW TABLE AS come", "OLD TABLE AS gone", "FOR EACH STATEMENT"
    yield "search_key_insert", f"AFTER INSERT {on} REFERENCING {new} {each}", go("come") + come
    yield "search_key_update", f"AFTER UPDATE {on} REFERENCING {new} {old} {each}", go("gone") + come
    yield "search_key_delete", f"AFTER DELETE {on} REFERENCING {old} {each}", go("gone")
    yield "search_key_truncate", f"AFTER TRUNCATE {on} {each}", "DELETE FROM search_key;"


def _of_sources() -> Triggers:
    for table, watches in watched().items():
        for event in EVENTS:
            done = ";\n".join(watch.statement(event, "IS DISTINCT FROM") for watch in watches)
            yield f"search_{event}_of_{table}", f"AFTER {event} ON {table}", f"{done};"
