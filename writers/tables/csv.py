"""CSV for spreadsheets: UTF-8 with a mark, as Excel wants it, lines as RFC 4180 has them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from converter.contract import DEFAULT_LIMITS, Limits
from converter.reports.table import Table


def write(tables: Sequence[Table], title: str = "", limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Several tables one under the other. What a spreadsheet would take for a formula stands behind an apostrophe."""
    out = StringIO()
    writer = csv.writer(out)
    for number, table in enumerate(tables):
        if number:
            writer.writerow(())
        if len(tables) > 1:
            writer.writerow((harmless(table.title),))
        writer.writerow([harmless(column.name) for column in table.columns])
        for row in table.texts():
            writer.writerow([harmless(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
