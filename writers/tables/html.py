"""Tables as one page of HTML: real tables with captions, bars behind their numbers; no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from converter.contract import DEFAULT_LIMITS, Limits
from converter.reports.table import Cell, Column, Table, shown

_UNTITLED = "A script"
_FEWEST_FOR_BARS = 3  # rows


def write(tables: Sequence[Table], title: str = "", limits: Limits = DEFAULT_LIMITS) -> bytes:
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title or _UNTITLED, quote=False)}</title>",
        f"<style>\n{_CSS}</style>",
        "</head>",
        f"<body>\n<main>\n<h1>{escape(title or _UNTITLED, quote=False)}</h1>",
        *(line for table in tables for line in _table(table)),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode("utf-8")


def _table(table: Table) -> Iterator[str]:
    yield '<div class="wide" tabindex="0" role="region"' + f' aria-label="{escape(table.title)}">'
    yield f"<table>\n<caption>{escape(table.title, quote=False)}</caption>"
    yield f"<thead><tr>{''.join(map(_head, table.columns))}</tr></thead>\n<tbody>"
    largest = _largest(table)
    for row in table.rows:
        cells = zip(row, table.columns, largest, strict=True)
        yield f"<tr>{''.join(_cell(cell, column, most) for cell, column, most in cells)}</tr>"
    yield "</tbody>\n</table>\n</div>"
    yield from (f"<p>{escape(note, quote=False)}</p>" for note in table.notes)


def _head(column: Column) -> str:
    unit = f" ({escape(column.unit)})" if column.unit and column.kind == "count" else ""
    return f'<th scope="col">{escape(column.name, quote=False)}{unit}</th>'


def _largest(table: Table) -> list[int]:
    """The largest number of each column that gets bars, else 0."""
    if len(table.rows) < _FEWEST_FOR_BARS:
        return [0] * len(table.columns)
    return [
        max((cell for cell in (row[place] for row in table.rows) if isinstance(cell, int)), default=0)
        if column.kind != "text"
        else 0
        for place, column in enumerate(table.columns)
    ]


def _cell(cell: Cell, column: Column, most: int) -> str:
    said = escape(shown(cell, column.kind), quote=False).replace("\n", "<br>")
    if column.kind == "text":
        return f"<td>{said}</td>"
    if not most or not isinstance(cell, int):
        return f'<td class="number">{said}</td>'
    return f'<td class="number" style="--share:{round(100 * max(cell, 0) / most)}%">{said}</td>'


_CSS = """\
html { color-scheme: light dark; font: 12pt/1.4 "Courier Prime", "Courier New", Courier, monospace; }
body { margin: 0; color: #111; background: #fff; }
main { padding: 1em; }
h1 { font-size: 1.2em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1.5em 0 0; }
caption { text-align: left; font-weight: bold; padding: 0.3em 0; }
th, td { text-align: left; vertical-align: top; padding: 0.2em 1ch; border-bottom: 1px solid #767676; }
thead th { border-bottom: 2px solid; }
.number { text-align: right; white-space: nowrap;
  background: linear-gradient(to right, #cfe0ff var(--share, 0%), transparent var(--share, 0%)); }
tr:hover td { outline: 1px solid #767676; }
@media (prefers-color-scheme: dark) {
  body { color: #eee; background: #121212; }
  .number { background: linear-gradient(to right, #12356e var(--share, 0%), transparent var(--share, 0%)); }
}
@page { size: letter landscape; margin: 0.75in; }
@media print {
  body { color: #000; background: #fff; font-size: 9pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .number { print-color-adjust: exact; }
}
"""
