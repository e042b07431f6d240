"""What every report is: a table, which the writers in writers/tables make a file of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from converter.records import dataclass

Cell: TypeAlias = str | int | None
Kind: TypeAlias = Literal["text", "count", "eighths"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`kind` says what the cells are: words, whole numbers, or eighths of a page as a whole number."""

    name: str
    kind: Kind = "text"
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`name` is one word for files and sheets. Every row has a cell for each column; an empty cell is None."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def texts(self) -> list[list[str]]:
        """The rows as words, as a person reads them."""
        return [[shown(cell, column.kind) for cell, column in zip(row, self.columns, strict=True)] for row in self.rows]


def shown(cell: Cell, kind: Kind) -> str:
    """A cell as a person reads it: 11 eighths are `1 3/8`, never reduced."""
    if cell is None:
        return ""
    if kind == "eighths" and isinstance(cell, int):
        pages, rest = divmod(cell, 8)
        if not rest:
            return str(pages)
        return f"{pages} {rest}/8" if pages else f"{rest}/8"
    return f"{cell}"


def columns(*said: str | tuple[str, Kind] | tuple[str, Kind, str]) -> tuple[Column, ...]:
    """Columns from their names, those of numbers with their kinds and units."""
    return tuple(Column(name=one) if isinstance(one, str) else Column(**_named(one)) for one in said)


def _named(said: Sequence[str]) -> dict[str, Any]:
    return dict(zip(("name", "kind", "unit"), said, strict=False))
