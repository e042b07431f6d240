"""Files of SQLite from strangers: only plain tables are read, and nothing in the file runs."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

import pytest

from converter.contract import FormatError, LimitError, Limits
from converter.safe.sqlite import Database
from tests.readers.projects.build import database

TABLE = "CREATE TABLE documents (id INTEGER PRIMARY KEY, content TEXT)"
RAIN = ("INSERT INTO documents (content) VALUES (?)", ("rain",))


def contents(data: bytes, limits: Limits = Limits()) -> list[object]:
    return [content for (content,) in Database(data, limits).rows("documents", ("content",))]


def test_rows_come_in_their_order() -> None:
    snow = ("INSERT INTO documents (content) VALUES (?)", ("snow",))
    assert contents(database(TABLE, rows=[RAIN, snow])) == ["rain", "snow"]


def test_a_table_that_is_not_there_has_no_rows() -> None:
    opened = Database(database("CREATE TABLE other (a)"), Limits())
    assert not opened.has("documents") and list(opened.rows("documents", ("content",))) == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW documents AS SELECT 'rain' AS content",
        "CREATE VIEW documents AS WITH RECURSIVE a(b) AS (SELECT 1 UNION ALL SELECT b FROM a) SELECT b FROM a",
        "CREATE VIRTUAL TABLE documents USING fts5(content)",
    ],
)
def test_only_plain_tables_are_read(statement: str) -> None:
    try:
        data = database(statement)
    except sqlite3.OperationalError:
        pytest.skip("this SQLite has no such tables")
    assert contents(data) == []


def test_a_file_whose_changes_wait_elsewhere_is_read() -> None:
    data = database(TABLE, rows=[RAIN])
    assert contents(data[:18] + b"\2\2" + data[20:]) == ["rain"]


@pytest.mark.parametrize("cut", [16, 60, 100, 600, 4096, 5000])
def test_a_damaged_file_is_refused(cut: int) -> None:
    data = database(TABLE, rows=[RAIN] * 900)
    with pytest.raises(FormatError):
        contents(data[:cut])


def test_flipped_bits_raise_nothing_else() -> None:
    data = database(TABLE, rows=[RAIN] * 40)
    for place in range(20, 4096, 37):
        flipped = bytearray(data)
        flipped[place] ^= 0xFF
        with suppress(FormatError):
            contents(bytes(flipped))


def test_rows_and_time_are_limited() -> None:
    data = database(TABLE, rows=[RAIN] * 40)
    with pytest.raises(LimitError, match="rows"):
        contents(data, Limits(xml_elements=20))
    with pytest.raises(LimitError, match="seconds"):
        contents(database(TABLE, rows=[RAIN] * 20_000), Limits(max_seconds=1e-9))


def test_what_is_no_database_is_refused() -> None:
    with pytest.raises(FormatError, match="not an SQLite file"):
        contents(b"rain")
