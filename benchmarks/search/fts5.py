"""The database that SQLite's FTS5 is tried on.

python -m benchmarks.search.fts5 build RECORDS FOLDER [glued]
python -m benchmarks.search.fts5 edit CHANGES FOLDER [glued]
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.search.records import Record

_GROUPS = re.compile("(?<=\\d)[,.\\s\u00a0\u202f'’](?=\\d{3}(?!\\d))")


def _rows(path: Path, glued: bool) -> Iterator[tuple[tuple[object, ...], tuple[object, ...]]]:
    with path.open("rb") as file:
        for line in file:
            one = msgspec.json.decode(line, type=Record)
            joined = _GROUPS.sub("", one["text"])
            about = f"{one['about']} {joined}" if glued and joined != one["text"] else one["about"]
            shown = (
                one["address"],
                one["kind"],
                one["shown"],
                one["year"],
                one["voice"],
                " · ".join(one["sources"]),
                " · ".join(one["places"]),
            )
            yield (one["id"], *shown, one["title"], one["text"], about), (one["id"], one["title"], one["text"], about)


def build(records: Path, folder: Path, glued: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.sqlite3"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("pragma page_size = 4096")
    database.execute(
        "create table records (id integer primary key, address, kind, shown, year, voice, sources, places, title, text, about)"
    )
    stemmed = "porter unicode61" if glued else "unicode61"
    database.execute(
        "create virtual table words using fts5(title, text, about, content='records', content_rowid='id', "
        f"tokenize='{stemmed} remove_diacritics 2')"
    )
    for row, words in _rows(records, glued):
        database.execute("insert into records values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        database.execute("insert into words (rowid, title, text, about) values (?, ?, ?, ?)", words)
    database.execute("insert into words (words) values ('optimize')")
    database.commit()
    database.execute("vacuum")
    database.close()


def edit(changes: Path, folder: Path, glued: bool) -> None:
    database = sqlite3.connect(folder / "index.sqlite3")
    for row, words in _rows(changes, glued):
        database.execute(
            "insert into words (words, rowid, title, text, about) select 'delete', id, title, text, about from records where id = ?",
            row[:1],
        )
        database.execute("insert or replace into records values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        database.execute("insert into words (rowid, title, text, about) values (?, ?, ?, ?)", words)
    database.commit()
    database.close()


if __name__ == "__main__":
    {"build": build, "edit": edit}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:] == ["glued"])
