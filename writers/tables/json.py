"""JSON for programs: a list of tables, each row an object by the names of the columns."""

from __future__ import annotations

import json
from collections.abc import Sequence

from converter.contract import DEFAULT_LIMITS, Limits
from converter.reports.table import Table

VERSION = 1


def write(tables: Sequence[Table], title: str = "", limits: Limits = DEFAULT_LIMITS) -> bytes:
    said = {"version": VERSION, "title": title, "tables": [_table(one) for one in tables]}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _table(table: Table) -> dict[str, object]:
    names = [column.name for column in table.columns]
    return {
        "name": table.name,
        "title": table.title,
        "columns": [{"name": one.name, "kind": one.kind, "unit": one.unit} for one in table.columns],
        "rows": [dict(zip(names, row, strict=True)) for row in table.rows],
        "notes": list(table.notes),
    }
