"""Workbooks for Excel and its like: a sheet for each table, numbers as numbers, the header always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any

from converter.contract import DEFAULT_LIMITS, Limits, UsageError
from converter.reports.table import Column, Table, shown

_WIDEST = 60  # characters
_LONGEST_NAME = 31  # of a sheet
_SIGNS = frozenset("[]:*?/\\")
_MOST_ROWS = 1_048_575
_A_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  # the same bytes whenever it is written


def write(tables: Sequence[Table], title: str = "", limits: Limits = DEFAULT_LIMITS) -> bytes:
    """UsageError where XlsxWriter is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError("workbooks need XlsxWriter: pip install 'matchcut[reports]'") from None
    out = BytesIO()
    # Words are words: nothing is taken for a formula, an address or a number.
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, plain)
    book.set_properties({"title": title, "created": _A_DAY})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "count": book.add_format({"num_format": "0", "valign": "top"}),
    }
    for name, table in zip(_names([table.title for table in tables]), tables, strict=True):
        _sheet(book.add_worksheet(name), table, formats)
    if not tables:
        book.add_worksheet()
    book.close()
    return out.getvalue()


def _names(titles: Sequence[str]) -> list[str]:
    """Names that Excel takes: short, without its signs, and each only once, whatever its capitals."""
    taken: set[str] = set()
    names = []
    for title in titles:
        bare = "".join("_" if char in _SIGNS or not char.isprintable() else char for char in title).strip("' ") or "_"
        name = bare[:_LONGEST_NAME]
        for number in count(2):
            if name.casefold() not in taken and name.casefold() != "history":
                break
            more = f" {number}"
            name = bare[: _LONGEST_NAME - len(more)] + more
        taken.add(name.casefold())
        names.append(name)
    return names


def _sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, formats["head"])
        sheet.set_column(place, place, _width(table, place, column))
    for number, row in enumerate(table.rows[:_MOST_ROWS], 1):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            if isinstance(cell, int) and column.kind == "count":
                sheet.write_number(number, place, cell, formats["count"])
            elif cell is not None:
                sheet.write_string(number, place, shown(cell, column.kind), formats["text"])
    for place, note in enumerate(table.notes, len(table.rows) + 2):
        sheet.write_string(place, 0, note)


def _width(table: Table, place: int, column: Column) -> int:
    cells = (shown(row[place], column.kind) for row in table.rows[:500])
    longest = max((max(map(len, cell.split("\n"))) for cell in cells), default=0)
    return min(max(longest, len(column.name)) + 2, _WIDEST)
