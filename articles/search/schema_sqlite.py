"""The index on SQLite: an FTS5 table over the folded documents. Everything works from the plain sqlite3 shell, too.

A document's trigger folds its texts and feeds FTS5, names and words from them, unless it is folded already: whoever
writes many documents (`write`) folds them in Python before. SQLite knows no letters beyond ASCII, so those stand in a
table of their own, and a word that has any is folded letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from articles.search.bulk import Folded
from articles.search.documents import DOCUMENTS
from articles.search.folding import KEPT, LETTERS, SOUNDS
from articles.search.views import COLUMNS, DOCUMENT, LINE, Dialect, document_id
from articles.search.watching import EVENTS, watched

DIALECT: Final = Dialect(
    joined="group_concat",
    code="unicode",
    elements="json_each({}) AS one",
    among="IN (SELECT value FROM json_each(%s))",
    listed="[{}]",
)

LONGEST: Final = 400
"""How many letters of one word with letters beyond ASCII are read."""
WEIGHTS: Final = (10.0, 8.0, 3.0, 1.0)
BYTES_AT_ONCE: Final = 64 * 2**20
"""How much of the index a transaction gathers before it is written: what is written more often is merged more often."""
_ROWS: Final = 100
"""How many rows one statement inserts: some versions of SQLite take no more than 999 values."""
_NEST: Final = 12
"""How many calls may stand in one another: SQLite's parser has a short stack."""


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def replaced(expression: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return SQL that replaces one after the other, some in each step."""
    listed, steps = list(pairs), [f"step0 AS (SELECT {expression} AS text)"]
    for number, start in enumerate(range(0, len(listed), _NEST)):
        call = "text"
        for old, new in listed[start : start + _NEST]:
            call = f"replace({call}, {quoted(old)}, {quoted(new)})"
        steps.append(f"step{number + 1} AS (SELECT {call} AS text FROM step{number})")
    return f"(WITH {', '.join(steps)} SELECT text FROM step{len(steps) - 1})"


def split(expression: str) -> str:
    """Return SQL for the rows `value` of what stands between blanks."""
    return f"""json_each('[' || replace(json_quote({expression}), ' ', '","') || ']')"""


def fold(expression: str) -> str:
    """Return SQL for a text folded line by line as `folding.fold` does."""
    letters = """(SELECT group_concat(coalesce(known.folded, one.letter), '')
      FROM (SELECT substr(word.value, n, 1) AS letter FROM search_number
        WHERE n <= length(word.value) ORDER BY n) AS one
      LEFT JOIN search_letter known ON known.letter = one.letter)"""
    words = f"""(SELECT group_concat(
      CASE WHEN word.value GLOB '*[^a-zA-Z0-9]*' THEN {letters} ELSE lower(word.value) END, ' ')
      FROM {split(replaced(expression, (*KEPT.items(), (LINE, f" {LINE} "))))} AS word)"""
    once = replaced(words, ((" ", " \x01"), ("\x01 ", ""), ("\x01", ""), (f" {LINE}", LINE), (f"{LINE} ", LINE)))
    return f"trim({once})"


def sound(expression: str) -> str:
    """Return SQL for the sound of folded words."""
    return replaced(expression, SOUNDS)


def create(cursor: Any) -> None:
    """Make the tables and triggers."""
    cursor.execute("CREATE TABLE search_letter (letter text PRIMARY KEY, folded text NOT NULL) WITHOUT ROWID")
    letters = [pair for pair in LETTERS.items() if pair[0] not in (LINE, "\0")]
    cursor.executemany("INSERT INTO search_letter VALUES (%s, %s)", letters)
    cursor.execute("CREATE TABLE search_number (n integer PRIMARY KEY)")
    cursor.executemany("INSERT INTO search_number VALUES (%s)", [(n,) for n in range(1, LONGEST + 1)])
    texts = ", ".join(f"{name} text NOT NULL" for name in COLUMNS)
    cursor.execute(f"CREATE TABLE search_folded (id integer PRIMARY KEY, {texts})")
    cursor.execute(f"""
CREATE VIRTUAL TABLE search_index USING fts5({", ".join(COLUMNS)},
  content = 'search_folded', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 0')""")
    for option, value in (("rank", f"'bm25{WEIGHTS}'"), ("hashsize", BYTES_AT_ONCE)):
        cursor.execute(f"INSERT INTO search_index (search_index, rank) VALUES ('{option}', {value})")
    nothing = ", ".join(f"NULL AS {name}" for name in ("id", *COLUMNS))
    cursor.execute(f"CREATE VIEW search_unfolded AS SELECT {nothing}")
    for document in DOCUMENTS:
        cursor.execute(f"CREATE VIEW search_stale_{document.noun} AS SELECT NULL AS key")
    for name, rest in _triggers():
        cursor.execute(f"CREATE TRIGGER {name} {rest}")


def triggers(cursor: Any) -> set[str]:
    """Return the names of the triggers that are there."""
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search\\_%' ESCAPE '\\'")
    return {name for (name,) in cursor.fetchall()}


def expected() -> set[str]:
    """Return the names of the triggers that belong there."""
    return {name for name, _rest in _triggers()}


def drop(cursor: Any) -> None:
    for name in triggers(cursor):
        cursor.execute(f"DROP TRIGGER {name}")
    for document in DOCUMENTS:
        cursor.execute(f"DROP VIEW IF EXISTS search_stale_{document.noun}")
    cursor.execute("DROP VIEW IF EXISTS search_unfolded")
    for table in ("search_index", "search_folded", "search_number", "search_letter"):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


def complete(cursor: Any) -> None:
    """Nothing is left to make once the documents are there."""


def lock(cursor: Any) -> None:
    """Nothing is locked: SQLite has one writer at a time."""


def is_foldable(text: str) -> bool:
    """Say whether Python folds a text as the triggers do."""
    return len(text) <= LONGEST or max(map(len, text.split(" "))) <= LONGEST


def write(cursor: Any, documents: Sequence[Folded], words: Mapping[str, str]) -> None:
    """Write documents, and words with their sounds, past the triggers: what is folded already, these leave alone."""
    texts = ", ".join(COLUMNS)
    folded = [(one.id, *one.folded) for one in documents]
    _insert(cursor, f"search_folded (id, {texts})", folded)
    _insert(cursor, f"search_index (rowid, {texts})", folded)
    _insert(cursor, "search_name (document, sound)", [(one.id, heard) for one in documents for heard in one.sounds()])
    _insert(cursor, "search_word (word, sound)", [*words.items()], "ON CONFLICT DO NOTHING")
    _insert(cursor, f"search_document (id, {texts}, day)", [(one.id, *one.texts, one.day) for one in documents])


def _insert(cursor: Any, into: str, rows: Sequence[tuple[Any, ...]], rest: str = "") -> None:
    """Insert rows, many in a statement: where triggers fire, SQLite keeps a journal for each statement."""
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        marks = ", ".join([f"({', '.join(['%s'] * len(some[0]))})"] * len(some))
        cursor.execute(f"INSERT INTO {into} VALUES {marks} {rest}", [*chain.from_iterable(some)])


Triggers = Iterator[tuple[str, str]]
"""Names of triggers, and what follows the name."""


def _triggers() -> Triggers:
    return chain(_of_stale(), _of_documents(), _of_sources())


def _of_stale() -> Triggers:
    """A stale document goes, and comes back as its view now has it, if it is to be found at all."""
    columns = ", ".join(DOCUMENT)
    for document in DOCUMENTS:
        view = f"search_{document.noun}"
        waits = "EXISTS (SELECT 1 FROM search_waiting WHERE noun = '')"
        stale = f"INSTEAD OF INSERT ON search_stale_{document.noun}"
        yield (
            f"{view}_wait",
            f"""{stale} WHEN {waits} BEGIN
INSERT INTO search_waiting SELECT '{document.noun}', NEW.key
  WHERE NOT EXISTS (SELECT 1 FROM search_waiting WHERE noun = '{document.noun}' AND key = NEW.key);
END""",
        )
        yield (
            f"{view}_renew",
            f"""{stale} WHEN NOT {waits} BEGIN
DELETE FROM search_document WHERE id = {document_id(document, "NEW.key", DIALECT)};
INSERT INTO search_document ({columns}) SELECT {columns} FROM {view} WHERE key = NEW.key;
END""",
        )


def _of_documents() -> Triggers:
    """A document is folded, and what that yields feeds the index, the names, and the words that are new."""
    columns = ", ".join(COLUMNS)
    texts = ", ".join(fold(f"NEW.{name}") for name in COLUMNS)
    lines = split(replaced(f"title || '{LINE}' || aliases", ((" ", "\x01"), (LINE, " "))))
    words = split(replaced(" || ' ' || ".join(COLUMNS), ((LINE, " "),)))
    folded = "FROM search_folded WHERE id = {}.id"
    new, old = folded.format("NEW"), folded.format("OLD")
    add = f"""
INSERT INTO search_folded VALUES (NEW.id, {texts});
INSERT INTO search_index (rowid, {columns}) SELECT id, {columns} {new};
INSERT INTO search_name (document, sound)
  SELECT DISTINCT NEW.id, {sound("name")} FROM (SELECT trim(replace(value, '\x01', ' ')) AS name
    FROM search_folded folded, {lines} WHERE folded.id = NEW.id)
  WHERE name <> '';
INSERT INTO search_word (word, sound)
  SELECT word, {sound("word")} FROM (SELECT DISTINCT value AS word
    FROM search_folded folded, {words} WHERE folded.id = NEW.id)
  WHERE word <> '' AND word NOT IN (SELECT word FROM search_word);"""
    remove = f"""
INSERT INTO search_index (search_index, rowid, {columns}) SELECT 'delete', id, {columns} {old};
DELETE FROM search_name WHERE document = OLD.id;
DELETE {old};"""
    # A view between: entering a trigger so long takes longer than writing a document, even where it has nothing to do.
    pass_on = f"INSERT INTO search_unfolded VALUES (NEW.id, {', '.join(f'NEW.{name}' for name in COLUMNS)});"
    unless_folded = f"WHEN NOT EXISTS (SELECT 1 {new})"
    yield "search_unfolded_insert", f"INSTEAD OF INSERT ON search_unfolded BEGIN {add} END"
    yield "search_document_insert", f"AFTER INSERT ON search_document {unless_folded} BEGIN {pass_on} END"
    yield "search_document_update", f"AFTER UPDATE ON search_document BEGIN {remove} {pass_on} END"
    yield "search_document_delete", f"AFTER DELETE ON search_document BEGIN {remove} END"


def _of_sources() -> Triggers:
    for table, watches in watched().items():
        for event in EVENTS:
            done = ";\n".join(watch.statement(event, "IS NOT") for watch in watches)
            yield f"search_{event}_of_{table}", f"AFTER {event} ON {table} BEGIN\n{done};\nEND"
