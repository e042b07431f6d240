"""Text in lines: what the weights look at in each row, and between two rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.patterns import pattern
from converter.recovery.decoder.counts import bucket
from converter.recovery.decoder.vocabulary import TIMES
from converter.recovery.decoder.words import PUNCTUATION, Words
from converter.recovery.lines.columns import LONGEST_CUE, Columns, cue_key, names_as_typed
from converter.recovery.lines.rows import TypedRow
from converter.terms import HEADING_INTRO, is_capitals

TRANSITION = pattern(
    r"""
    (?: .{0,30} \b (?:TO|IN|OUT|ON) [:.]?
    | (?:SMASH\ |MATCH\ |JUMP\ |QUICK\ |HARD\ )? CUT\b .{0,24}
    | (?:SLOW\ )? (?:FADE|DISSOLVE|IRIS|WIPE) S?\b .{0,24}
    | THE\ END\.?
    ) $""",
    re.VERBOSE,
)


class CountedRows:
    """The rows of a document with everything that is counted over them."""

    def __init__(self, rows: Sequence[TypedRow], columns: bool, cast: Sequence[str] = ()) -> None:
        self.rows = rows
        self.given = frozenset(name.upper() for name in cast)
        self.use_columns = columns
        self.words = _tokenised(rows)
        self.capitals = [is_capitals(row.text) and row.text[-1] not in WIDE_ENDS for row in rows]
        self.columns = Columns(rows, self.capitals)
        if columns and (named := names_as_typed(rows, self.capitals, self.columns.edges)):
            for i in named:
                self.capitals[i] = True
            self.columns = Columns(rows, self.capitals)
        self.texts: dict[str, int] = {}
        for row in rows:
            self.texts[row.text] = self.texts.get(row.text, 0) + 1
        self.shape = [self._shape(i) for i in range(len(rows))]
        self.open = _open_brackets(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def _shape(self, i: int) -> str:
        """The look of a row in one word, for itself and its neighbours."""
        row = self.rows[i]
        text = row.text
        if row.furniture:
            return "f"
        if HEADING_INTRO.match(text):
            return "H" if self.capitals[i] else "h"
        if text[0] in "([":
            return "()" if text[-1] in ")]" else "("
        if not any(map(str.isalpha, text)):
            return "0"
        if self.capitals[i]:
            return self._shape_of_capitals(text)
        if text[-1] == ")":
            return "a)"
        return "a" if text[0].isupper() or text[-1] in WIDE_ENDS else "x"

    def _shape_of_capitals(self, text: str) -> str:
        is_short = len(text) < LONGEST_CUE
        if is_short and TRANSITION.match(text):
            return "T"
        total, over_words = self.columns.cue_counts.get(cue_key(text), (0, 0))
        if cue_key(text) in self.given or over_words > 2 and over_words * 2 >= total:
            return "C"
        return "U" if is_short else "UU"

    # -------- features of a row

    def features(self, i: int) -> list[str]:
        row, shape = self.rows[i], self.shape
        before = shape[i - 1] if i else "$"
        behind = shape[i + 1] if i + 1 < len(self.rows) else "$"
        gap = min(row.blank, 2)
        gap_behind = min(self.rows[i + 1].blank, 2) if i + 1 < len(self.rows) else 2
        me = shape[i]
        step = min(12, len(row.text) // 5)
        found = [
            "r",
            "s=" + me,
            f"sb={me}{gap}{gap_behind}",
            f"s-={before} {me}{gap}",
            f"s+={me} {behind}{gap_behind}",
            f"s-+={before} {me} {behind}{gap}{gap_behind}",
            f"len={step}{me}",
            f"open={int(self.open[i])}{me}",
        ]
        if i + 2 < len(self.rows):
            found.append(f"s++={me} {behind} {shape[i + 2]}{gap_behind}")
        if row.number:
            found.append(f"number={len(row.number_spans)}{me}")
        if self.texts[row.text] > 2:
            found.append(f"again={bucket(self.texts[row.text])}{me}")
        if self.capitals[i]:
            found += self._cue_features(row, me)
        found += self._word_features(i)
        found += self._width_features(row, me)
        if self.use_columns:
            found += self._column_features(i)
        return found

    def _cue_features(self, row: TypedRow, me: str) -> list[str]:
        found = []
        counts = self.columns.cue_counts.get(cue_key(row.text))
        if counts:
            share = min(4, 5 * counts[1] // counts[0])
            found += [f"cue={bucket(counts[0])}{share}", f"cues={bucket(counts[1])}{me}"]
        if "(" in row.text:
            found.append("ext=" + row.text.partition("(")[2][:4].lower().strip(" .')"))
        if row.text[-1] in ".!?:-,":
            found.append("cend=" + row.text[-1])
        return found

    def _word_features(self, i: int) -> list[str]:
        words, (first, last) = self.words, self.rows[i].tokens
        kind = words.kind
        if first == last:
            return ["empty"]
        c1 = kind[first]
        c2 = kind[first + 1] if first + 1 < last else "$"
        end = last - 1
        while end > first and kind[end] in PUNCTUATION:
            end -= 1
        caps = "U" if self.capitals[i] else "l"
        found = [
            f"c1={caps}{c1}",
            f"c2={caps}{c2}",
            f"c12={caps}{c1} {c2}",
            f"cl={caps}{kind[end]}",
            f"tail={caps}{kind[last - 1] if kind[last - 1] in PUNCTUATION else 'w'}",
        ]
        if words.low[end] in TIMES:
            found.append("time=" + caps)
        return found if self.capitals[i] else found + _features_of_words(words.kind[first:last], words.stem[first:last])

    def _width_features(self, row: TypedRow, me: str) -> list[str]:
        length = len(row.text)
        over = length - self.columns.dialogue_width
        wide = "+" if over > 2 else "=" if over > -6 else "-" if over > -16 else "--"
        return [f"wide={wide}{me}", f"wider={max(-8, min(8, over // 3))}"]

    def _column_features(self, i: int) -> list[str]:
        row, edges = self.rows[i], self.columns.edges
        me = self.shape[i]
        found = []
        for name, edge in edges.items():
            if edge is not None:
                off = max(-4, min(4, _rounded(row.column - edge)))
                found += [f"x{name}={off}", f"x{name}s={off}{me}"]
        if self.columns.centre is not None:
            off = abs((2 * row.column + len(row.text)) // 4 - self.columns.centre)
            found.append(f"xm={min(off, 4)}{me}")
        if i:
            found.append(f"x-={_side(row.column - self.rows[i - 1].column)}{self.shape[i - 1]}{me}")
        if i + 1 < len(self.rows):
            found.append(f"x+={_side(self.rows[i + 1].column - row.column)}{self.shape[i + 1]}{me}")
        return found

    # -------- joints

    def joint(self, i: int) -> tuple[str, ...]:
        row = self.rows[i]
        me = self.shape[i]
        if not i:
            return ("j", "j.first")
        above = self.rows[i - 1]
        gap = min(row.blank, 2)
        fits = self._fits(above, row)
        page = int(above.page != row.page)
        found = [
            "j",
            f"j.gap={gap}{page}",
            f"j.s={self.shape[i - 1]} {me}{min(gap, 1)}",
            f"j.fit={fits}{min(gap, 1)}",
            f"j.me={me}{min(gap, 1)}",
            f"j.open={int(self.open[i])}",
            f"j.tail={'w' if above.text[-1].isalnum() else above.text[-1]}{int(row.text[0].islower())}{min(gap, 1)}",
        ]
        if self.use_columns:
            found.append(f"j.x={_side(row.column - above.column)}{min(gap, 1)}")
            found.append(f"j.xs={_side(row.column - above.column)}{me}")
        return tuple(found)

    def _fits(self, above: TypedRow, row: TypedRow) -> str:
        """Had the first word of this row fitted on the row above, under the dialogue's or the action's width?"""
        word = len(row.text.partition(" ")[0])
        length = len(above.text) + 1 + word
        in_dialogue = length <= self.columns.dialogue_width
        in_action = length <= self.columns.action_width - 2
        return f"{int(in_dialogue)}{int(in_action)}{int(len(above.text) > self.columns.dialogue_width + 2)}"


def _features_of_words(kinds: Sequence[str], stems: Sequence[str]) -> list[str]:
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    found = ["w=" + one for one in stems]
    found += [f"#{kind}{'+' if count > 1 else ''}" for kind, count in counts.items()]
    if "i" not in counts and "you" not in counts:
        found.append("noiyou")
    return found


def _side(difference: int) -> str:
    if abs(difference) < 2:
        return "="
    size = 1 if abs(difference) < 6 else 2 if abs(difference) < 14 else 3
    return f"{'>' if difference > 0 else '<'}{size}"


WIDE_ENDS = frozenset("。！？」")  # of sentences in scripts without capitals; no name ends so


def _rounded(difference: int) -> int:
    """Distances in steps: 0, 1-2, 3-5, 6-11, more."""
    size = abs(difference)
    step = 0 if size == 0 else 1 if size < 3 else 2 if size < 6 else 3 if size < 12 else 4
    return step if difference > 0 else -step


def _open_brackets(rows: Sequence[TypedRow]) -> list[bool]:
    """Is a bracket open before the row that one of the few rows above opened?"""
    result: list[bool] = []
    opened = 0
    for row in rows:
        if row.blank and opened:
            opened = 0
        result.append(opened > 0)
        last_open, last_close = row.text.rfind("("), row.text.rfind(")")
        if last_open > last_close:
            opened = 4 if last_open == 0 else 2
        elif last_close >= 0:
            opened = 0
        elif opened:
            opened -= 1
    return result


def _tokenised(rows: Sequence[TypedRow]) -> Words:
    """The words of all rows; each row learns which are its own."""
    joined = "\n".join(row.text for row in rows)
    words = Words(joined)
    place = offset = 0
    for row in rows:
        first = place
        offset += len(row.text) + 1
        while place < len(words) and words.start[place] < offset:
            place += 1
        row.tokens = (first, place)
    return words
