"""Pages that say nothing of elements: paragraphs with their indents, as recovery reads Word's, and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from converter.readers.html.blocks import Block, Place
from converter.recovery.documents.flow import Stuff
from converter.recovery.documents.foreign import Foreign, ForeignRow
from converter.recovery.documents.names import named
from converter.tree import Note, Position, Run, Style, Text, words
from converter.twips import INCH, PAGE

_LEFT, _RIGHT = INCH * 3 // 2, PAGE[0] - INCH  # where a page of print has its text


def stuff_of(blocks: Sequence[Block]) -> list[Stuff]:
    """The paragraphs and the rows of tables, in order. Notes stay in the texts."""
    counted = list(enumerate(blocks, 1))
    is_data = _data_tables(blocks)
    stuff: list[Stuff] = []
    breaks = 0
    for row, group in groupby(counted, lambda one: _row_of(one[1].place, is_data)):
        lines: list[tuple[Place | None, Foreign]] = []
        for count, block in group:
            if block.is_break:
                breaks += block.place.tag != "hr"
                continue
            lines.append((_cell_of(block.place), _foreign(block, count, breaks)))
            breaks = 0
        if row is None:
            stuff += [one for _, one in lines]
        elif lines:
            stuff.append(ForeignRow(cells=_cells(lines)))
    return stuff


def _cells(lines: Iterable[tuple[Place | None, Foreign]]) -> list[list[Foreign]]:
    return [[one for _, one in cell] for _, cell in groupby(lines, lambda one: id(one[0]))]


def _data_tables(blocks: Iterable[Block]) -> dict[int, Place]:
    """The tables with words in several cells of a row and no table in them; others only divide the page."""
    cells: dict[int, tuple[Place, set[int]]] = {}
    tables: dict[int, Place] = {}
    around_others: set[int] = set()
    for block in blocks:
        inner = [place for place in block.place.around() if place.tag == "table"]
        around_others.update(id(one) for one in inner[1:])
        row, cell = _innermost(block.place, "tr"), _cell_of(block.place)
        if inner and row is not None and cell is not None and (block.text or block.is_break):
            tables[id(inner[0])] = inner[0]
            cells.setdefault(id(row), (inner[0], set()))[1].add(id(cell))
    several = {id(table) for table, found in cells.values() if len(found) > 1}
    return {key: table for key, table in tables.items() if key in several and key not in around_others}


def _row_of(place: Place, is_data: dict[int, Place]) -> Place | None:
    table = _innermost(place, "table")
    return _innermost(place, "tr") if table is not None and id(table) in is_data else None


def _cell_of(place: Place) -> Place | None:
    return next((one for one in place.around() if one.tag in ("td", "th")), None)


def _innermost(place: Place, tag: str) -> Place | None:
    return next((one for one in place.around() if one.tag == tag), None)


def _foreign(block: Block, count: int, breaks: int) -> Foreign:
    look = block.place.look
    return Foreign(
        text=block.with_numbers(block.text),
        named=named(_styles(block.place)),
        style=next(iter(_styles(block.place)), None),
        left=_LEFT + look.left + look.first,
        right=_RIGHT - look.right,
        tabs=(),
        align=look.align,
        before=look.before,
        after=look.after,
        breaks=breaks + look.new_page,
        break_behind=False,
        number=None,
        capitals=look.capitals,
        at=Position(paragraph=count),
        level=int(block.place.tag[1]) if block.place.tag in _HEADLINES else 0,
    )


_HEADLINES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _styles(place: Place) -> tuple[str, ...]:
    return place.names if place.tag not in ("body", "html", "td", "div") else ()


# ---------------------------------------------------------------- one text with its own line ends


def only_text(blocks: Sequence[Block]) -> tuple[str, str] | None:
    """The text of a page that has its script in `pre`, and the words around it; None where most words are elsewhere."""
    inside = [block for block in blocks if block.place.look.pre]
    outside = [block for block in blocks if not block.place.look.pre and block.text]
    if _length(inside) <= _length(outside) or not any("\n" in _lines(block.text) for block in inside):
        return None
    return "\n".join(_lines(block.text) for block in inside), "\n".join(_lines(block.text) for block in outside)


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(words(block.text)) for block in blocks)


def _lines(text: Text) -> str:
    return "".join(_said(text))


def _said(text: Text) -> Iterator[str]:
    for one in text:
        if isinstance(one, Note):
            yield f" {one.text} "
        elif isinstance(one, Run) and Style.HIDDEN not in one.style:
            yield one.text.replace("\u00a0", " ")
        else:
            yield "\n"
