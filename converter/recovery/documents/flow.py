"""The lines of others' documents in order, with what the tables among them hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import TypeAlias, cast

from converter.recovery.documents.assemble import Item, Pair
from converter.recovery.documents.foreign import Foreign, ForeignRow, lines_of
from converter.recovery.documents.lines import is_speech, leftover, not_empty, spoken_line
from converter.recovery.documents.tables import (
    cast_row,
    has_cast_head,
    has_head,
    heading_row,
    is_cast,
    names_of,
    speech_columns,
    speech_row,
)
from converter.recovery.typed.headings import kind_by_words
from converter.recovery.typed.labels import key_of, opening_name
from converter.tree import Position

Stuff: TypeAlias = Item | Foreign | ForeignRow
Guess: TypeAlias = Callable[[str, str, Position | None], None]
_Row: TypeAlias = list[list[Foreign]]  # the lines of each cell


def flow_of(stuff: Sequence[Stuff], guess: Guess) -> Iterator[Item | Foreign]:
    """Lines, and items that are known already."""
    return _Flow(stuff, guess).flow()


class _Flow:
    def __init__(self, stuff: Sequence[Stuff], guess: Guess):
        self._guess = guess
        self._parts: list[list[Item | Foreign] | list[_Row]] = []
        self._are_rows: list[bool] = []
        for is_table, some in groupby(stuff, lambda one: isinstance(one, ForeignRow)):
            self._are_rows.append(is_table)
            ones = list(some)
            self._parts.append(
                [_row(cast(ForeignRow, one)) for one in ones]
                if is_table
                else list(chain.from_iterable(_lines(cast("Item | Foreign", one)) for one in ones))
            )
        tables = [cast("list[_Row]", part) for part, is_table in self._pairs() if is_table]
        self._names = names_of([_filled(rows) for rows in tables])
        self._has_begun = False

    def _pairs(self) -> Iterator[tuple[list[Item | Foreign] | list[_Row], bool]]:
        return zip(self._parts, self._are_rows, strict=True)

    def flow(self) -> Iterator[Item | Foreign]:
        for part, is_table in self._pairs():
            if is_table:
                yield from self._rows(cast("list[_Row]", part))
                continue
            lines = cast("list[Item | Foreign]", part)
            if any(self._are_rows) and not self._has_begun:  # only a table asks
                self._has_begun = any(isinstance(one, Foreign) and _begins_script(one) for one in lines)
            yield from lines

    def _rows(self, cells: list[_Row]) -> Iterator[Item | Foreign]:
        filled = _filled(cells)
        if not self._has_begun and is_cast(filled, self._speakers()):
            yield from self._cast(cells, filled)
            return
        columns = speech_columns(filled, self._names)
        if columns is not None:
            message = "Took two columns of this table for names and their words."
            self._guess("guessed-table", message, filled[0][0][0].at if filled[0][0] else None)
            self._has_begun = True
        for row, words in zip(cells, filled, strict=True):
            is_loose = any(not one.said and leftover(one) for cell in row for one in cell)
            heading = None if is_loose else heading_row(words)
            if heading is not None:
                yield heading
            elif columns is not None and not is_loose and (row is not cells[0] or not has_head(words)):
                yield from speech_row(words, *columns)
            else:
                yield from self._others(row)

    def _cast(self, cells: list[_Row], filled: list[_Row]) -> Iterator[Item | Foreign]:
        self._guess("guessed-table", "Took this table for the cast list.", filled[0][0][0].at)
        for row, words in zip(cells, filled, strict=True):
            is_loose = any(not one.said and leftover(one) for cell in row for one in cell)
            one = None if is_loose or row is cells[0] and has_cast_head(words) else cast_row(words)
            if one is not None:
                yield one
            else:
                yield from _one_after_another(row)

    def _speakers(self) -> set[str]:
        """Who may speak in this document, in tables and outside them."""
        speakers = {name for name, count in self._names.items() if count > 1}
        for part, is_table in self._pairs():
            for one in part if not is_table else ():
                if isinstance(one, Foreign) and one.said:
                    speakers |= {opening_name(one.said), key_of(one.said.rstrip(":：. "))}
        return speakers

    def _others(self, cells: _Row) -> Iterator[Item | Foreign]:
        """Two columns that both begin with a name are a dual dialogue; other cells are read one after another."""
        filled = list(filter(None, map(not_empty, cells)))
        if len(filled) == 2 and all(map(is_speech, filled)):
            self._guess("guessed-dual", "Took these two columns for a dual dialogue.", filled[0][0].at)
            left, right = (tuple(map(spoken_line, range(len(cell)), cell)) for cell in filled)
            yield Pair(left=left, right=right)
        else:
            yield from _one_after_another(cells)


def _lines(one: Item | Foreign) -> Iterator[Item | Foreign]:
    if isinstance(one, Foreign):
        yield from lines_of(one)
    else:
        yield one


def _row(row: ForeignRow) -> _Row:
    return [[line for one in cell for line in lines_of(one)] for cell in row.cells]


def _filled(rows: Sequence[_Row]) -> list[_Row]:
    return [[not_empty(cell) for cell in row] for row in rows]


def _begins_script(one: Foreign) -> bool:
    return bool(one.said) and kind_by_words(one.said) is not None


def _one_after_another(cells: _Row) -> Iterator[Foreign]:
    for cell in cells:
        for one in cell:
            one.in_cell = True
            yield one
