"""The parts of a speech, and the brackets that make a line of it a parenthetical."""

from __future__ import annotations

from collections.abc import Sequence

from converter.notation.fountain.lines import (
    BLANKS,
    BRACKET,
    is_blank,
    is_kept_blank,
    is_page_break,
)
from converter.notation.fountain.markers import (
    MARKERS,
    lifted,
)
from converter.readers.fountain.apart import Lines
from converter.terms import OPENING_BRACKETS
from converter.tree import (
    Dialogue,
    Inline,
    LineBreak,
    Lyric,
    Marker,
    PageBreak,
    Parenthetical,
    Part,
    Position,
)

BREAK = LineBreak()


class Parts:
    """The parts of a speech as its lines come in. Lines of dialogue wait for the next one."""

    def __init__(self) -> None:
        self.done: list[Part] = []
        self.has_page_break = False
        self._words: list[Inline] | None = None
        self._at: Position | None = None
        self._kept_blanks = 0

    def dialogue(self, inlines: list[Inline], at: Position) -> None:
        if self._words is None:
            self._words, self._at = self._lifted(inlines), at
        else:
            self._words.extend([BREAK] * (1 + self._kept_blanks))
            self._words.extend(inlines)
        self._kept_blanks = 0

    def add(self, kind: type[Lyric] | type[Parenthetical], inlines: list[Inline], at: Position) -> None:
        self._flush()
        self.done.append(kind(text=tuple(self._lifted(inlines)), at=at))

    def markers(self, markers: Sequence[Marker | None]) -> None:
        kept = [marker for marker in markers if marker is not None]
        if kept:
            self._flush()
            self.done.extend(kept)

    def page_break(self, at: Position, markers: Sequence[Marker | None]) -> None:
        self._flush()
        self.done.append(PageBreak(at=at))
        self.markers(markers)
        self.has_page_break = True

    def kept_blank(self) -> None:
        self._kept_blanks += 1

    def loose_end(self) -> list[PageBreak | Marker]:
        """Finish the speech. What stands behind its last line does not belong to it."""
        self._flush()
        after: list[PageBreak | Marker] = []
        while self.done and isinstance(last := self.done[-1], PageBreak | Marker):
            after.append(last)
            self.done.pop()
        return after[::-1]

    def _flush(self) -> None:
        if self._words is not None:
            self.done.append(Dialogue(text=tuple(self._words), at=self._at))
            self._words = None

    def _lifted(self, inlines: list[Inline]) -> list[Inline]:
        if inlines and type(inlines[0]) in MARKERS:
            markers, inlines = lifted(inlines)
            self._flush()
            self.done.extend(markers)
        return inlines


class Brackets:
    """Which lines of a speech close the bracket that another begins with. All lines of a speech in one go."""

    def __init__(self, lines: Lines):
        self._plain = lines.plain
        self._markers = lines.markers
        self._closing: dict[int, int] = {}  # line -> line that closes the bracket it begins with
        self._end = 0  # lines before this one have been looked through

    def closing_line(self, i: int) -> int:
        """The line that ends with the bracket that line i begins with, or -1."""
        if i >= self._end:
            self._match(i)
        return self._closing.get(i, -1)

    def _match(self, i: int) -> None:
        self._closing.clear()
        opened: list[int] = []  # the line that each open bracket begins; -1: it stands inside of one
        while i < len(self._plain) and not self._ends(i):
            line = self._plain[i].strip(BLANKS).strip("*_")
            for found in BRACKET.finditer(line):
                if found.group() in OPENING_BRACKETS:
                    opened.append(i if found.start() == 0 else -1)
                elif opened:
                    start = opened.pop()
                    if start >= 0 and found.end() == len(line):
                        self._closing[start] = i
            i += 1
        self._end = i

    def _ends(self, i: int) -> bool:
        line = self._plain[i]
        if is_blank(line):
            return i in self._markers or not is_kept_blank(line)
        return is_page_break(line.strip(BLANKS))
