"""Damage to the store's rows and tables, done through SQL: the file stays whole."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.torture.damage import Damage, Store


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class _Table(NamedTuple):
    """A table that has rows, one of its files' connections, and the columns: those of the key first."""

    connection: sqlite3.Connection
    place: Path
    name: str
    keys: list[str]
    columns: list[str]

    def row(self, chance: Random) -> tuple[Any, ...]:
        count = self.connection.execute(f"select count(*) from {_quoted(self.name)}").fetchone()[0]
        at = int(chance.random() * count)
        row: tuple[Any, ...] = self.connection.execute(f"{self.select()} limit 1 offset {at}").fetchone()
        return row

    def pair(self, chance: Random) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Two rows, mostly of one kind: those whose last values begin alike."""
        one = self.row(chance)
        rows = self.connection.execute(self.select()).fetchall()
        if chance.random() < 0.7:
            rows = [row for row in rows if _beginning(row) == _beginning(one)]
        return one, chance.choice(rows)

    def select(self) -> str:
        return f"select {', '.join(map(_quoted, self.columns))} from {_quoted(self.name)}"

    def change(self, row: tuple[Any, ...], columns: list[str], values: list[Any]) -> None:
        setting = ", ".join(f"{_quoted(column)} = ?" for column in columns)
        where = " and ".join(f"{_quoted(column)} is ?" for column in self.columns)
        self.connection.execute(f"update {_quoted(self.name)} set {setting} where {where}", (*values, *row))


def _sql(change: Callable[[Random, _Table], str]) -> Damage:
    """Damage done to some table through SQL."""

    def damage(chance: Random, store: Store) -> str:
        databases = store.databases()
        if not databases:
            return ""
        place = chance.choice(databases)
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(place, timeout=0.2)) as connection, connection:
            names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table' order by name")]
            names = [name for name in names if connection.execute(f"select 1 from {_quoted(name)} limit 1").fetchone()]
            if names:
                name = chance.choice(names)
                info = connection.execute(f"pragma table_info({_quoted(name)})").fetchall()
                keys = [column[1] for column in info if column[5]]
                return f"{change(chance, _Table(connection, place, name, keys, [column[1] for column in info]))} in {name} of {place.name}"
        return ""

    return damage


_WORD = re.compile(rb"[A-Za-z]{4,}")


def _turned(chance: Random, value: object) -> object:
    """A value with one bit of it turned: mostly in a word, so that it can be decoded and says something else."""
    match value:
        case bytes() if value:
            words = [found.span() for found in _WORD.finditer(value)]
            data = bytearray(value)
            if words and chance.random() < 0.6:
                data[chance.randrange(*chance.choice(words))] ^= 1
            else:
                data[int(chance.random() * len(data))] ^= 1 << chance.randrange(8)
            return bytes(data)
        case str() if value:
            at = int(chance.random() * len(value))
            return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
        case int():
            return value ^ (1 << chance.randrange(40))
        case _:
            return b"\0"


def _beginning(row: tuple[Any, ...]) -> object:
    """What tells the kind of a row: how long its last value is, in powers of two, and with what it begins."""
    return (len(row[-1]).bit_length(), row[-1][:1]) if isinstance(row[-1], bytes | str) else None


@_sql
def row_bit(chance: Random, table: _Table) -> str:
    """One bit of some rows: mostly of their values."""
    at = chance.randrange(len(table.columns))
    if table.columns[at] in table.keys and chance.random() < 0.7:
        at = len(table.columns) - 1
    count = chance.choice([1, 3, 10, 30])
    for _ in range(count):
        row = table.row(chance)
        table.change(row, [table.columns[at]], [_turned(chance, row[at])])
    return f"flips a bit of the {table.columns[at]} of {count} rows"


@_sql
def exchanged(chance: Random, table: _Table) -> str:
    """Two rows have each other's values, or several pairs of them."""
    values = [column for column in table.columns if column not in table.keys] or table.columns[-1:]
    places = [table.columns.index(column) for column in values]
    count = chance.choice([1, 3, 10])
    for _ in range(count):
        one, other = table.pair(chance)
        table.change(one, values, [other[at] for at in places])
        table.change(other, values, [one[at] for at in places])
    return f"exchanges the values of {count} pairs of rows"


@_sql
def deleted(chance: Random, table: _Table) -> str:
    share = chance.choice([2, 3, 10, 1])
    rows = table.connection.execute(table.select()).fetchall()
    gone = [row for number, row in enumerate(rows) if (number + chance.randrange(share)) % share == 0]
    where = " and ".join(f"{_quoted(column)} is ?" for column in table.columns)
    table.connection.executemany(f"delete from {_quoted(table.name)} where {where}", gone)
    return f"deletes {len(gone)} of {len(rows)} rows"


@_sql
def tables(chance: Random, table: _Table) -> str:
    """The tables themselves are others."""
    name = _quoted(table.name)
    column = _quoted(chance.choice(table.columns))
    change = chance.choice(
        [
            f"drop table {name}", f"alter table {name} rename to another", f"alter table {name} add column another",
            f"alter table {name} rename column {column} to another", f"pragma user_version = {chance.choice([0, 1, 2, 3, 4, 99])}",
            f"pragma application_id = {chance.randrange(1, 99)}",
        ]
    )  # fmt: skip
    table.connection.execute(change)
    return f"does '{change}'"


THROUGH_SQL: dict[str, Damage] = {
    "bit in a row": row_bit,
    "rows exchanged": exchanged,
    "rows deleted": deleted,
    "tables changed": tables,
}
