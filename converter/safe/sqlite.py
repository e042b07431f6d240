"""The only code that opens SQLite files: projects of other programs, from strangers.

The file is read into memory and never opened on the disk. Only plain tables are read, by statements of ours; functions,
views, virtual tables, triggers and whatever else a file may bring are refused by SQLite itself.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from converter.contract import FormatError, LimitError, Limits

MAGIC = b"SQLite format 3\0"
_DAMAGED = "this project is damaged; was it copied or downloaded completely?"
# What was seen for damaged files; UnicodeDecodeError where a message quotes bytes of the file.
_DAMAGE = (sqlite3.Error, OverflowError, UnicodeDecodeError)
_STEPS = 10_000  # of SQLite's machine, between two looks at the clock
_PLAIN = re.compile(r"\s*CREATE\s+TABLE\b", re.IGNORECASE)
_READ = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}


class Database:
    """The tables of a file, for reading. FormatError for a file that is none, or that is damaged."""

    def __init__(self, data: bytes, limits: Limits):
        if not data.startswith(MAGIC):
            raise FormatError("this is not an SQLite file")
        self._limits = limits
        self._late = False
        deadline = limits.deadline()

        def look_at_clock() -> int:
            try:
                deadline.check()
            except LimitError:
                self._late = True
            return self._late

        self._connection = sqlite3.connect(":memory:")
        self._connection.text_factory = lambda data: data.decode("utf-8", "replace")
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(1_000, len(data)))
        self._connection.set_progress_handler(look_at_clock, _STEPS)
        try:
            # Bytes 18 and 19 say 2 where changes wait in a second file, which nobody can hand over in memory.
            self._connection.deserialize(data[:18] + b"\1\1" + data[20:])
            self._connection.execute("PRAGMA trusted_schema = OFF")
            self._connection.execute("PRAGMA query_only = ON")
            self._connection.execute("PRAGMA cell_size_check = ON")
        except _DAMAGE as error:
            raise FormatError(_DAMAGED) from error
        self._connection.set_authorizer(_allowed)
        self._tables = {
            name
            for name, statement in self._rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if isinstance(name, str) and isinstance(statement, str) and _PLAIN.match(statement)
        }

    def has(self, table: str) -> bool:
        return table in self._tables

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """These columns of a table in the order of its rows; nothing where the file has no such table."""
        if table not in self._tables:
            return
        names = ", ".join(columns)
        yield from self._rows(f"SELECT {names} FROM {table} ORDER BY rowid")  # names of ours, never of the file

    def _rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        try:
            for count, row in enumerate(self._connection.execute(statement), start=1):
                if count > self._limits.xml_elements:
                    raise self._limits.passed("xml_elements", "there are too many rows in this project")
                yield row
        except _DAMAGE as error:
            if self._late:
                self._limits.deadline().check()
            raise FormatError(_DAMAGED) from error


def _allowed(action: int, *about: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _READ else sqlite3.SQLITE_DENY
