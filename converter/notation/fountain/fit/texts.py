"""The words of a paragraph as lines of Fountain can say them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple, cast

from converter.fitting import Fitting
from converter.notation.fountain import inline
from converter.notation.fountain.fit import losses
from converter.notation.fountain.inline import Piece, fit_emphasis, inlines_of, pieces_of, split_lines
from converter.notation.fountain.lines import BLANKS, SPACES, is_blank
from converter.notation.fountain.markers import fit_note, lifted
from converter.tree import (
    NO_STYLE,
    Action,
    Dialogue,
    Inline,
    LineBreak,
    Lyric,
    Marker,
    Note,
    Paragraph,
    Parenthetical,
    Run,
    Style,
    Text,
)


class _Lines(NamedTuple):
    """How the lines of a kind of block stand in Fountain."""

    one: bool = False  # a typed line break is a blank
    spoken: bool = False  # no empty line at either end, and no note on an empty one
    leading: bool = True  # blanks before the first word say nothing
    columns: bool = False  # a tab goes to the next stop


_ONE_LINE, _SPOKEN = _Lines(one=True), _Lines(spoken=True)
_ACTION, _LYRIC = _Lines(leading=False, columns=True), _Lines(leading=False)


def _lines_of(kind: type[Paragraph], centered: bool) -> _Lines:
    if kind is Action:
        return _SPOKEN if centered else _ACTION
    if kind is Lyric:
        return _LYRIC
    return _SPOKEN if kind is Dialogue or kind is Parenthetical else _ONE_LINE


def fit_lines(
    text: Text, kind: type[Paragraph], fitting: Fitting, *, centered: bool = False
) -> tuple[list[Marker], Text]:
    """The markers that have to stand before the block, and the text."""
    if not text or are_plain_words(text):
        return [], text
    stand = _lines_of(kind, centered)
    if not stand.one and _are_plain_lines(text):
        return [], text
    shown = _shown(text, fitting)
    if stand.one:
        shown = _on_one_line(shown, fitting)
    lines = [_line(pieces_of(line), fitting, stand) for line in split_lines(shown)]
    before, lines = _spoken(lines, fitting) if stand.spoken else ([], lines)
    more, inlines = lifted(_inlines(lines))
    new = tuple(inlines)
    return [*before, *more], text if new == text else new


def _inlines(lines: list[list[Piece]]) -> list[Inline]:
    inlines: list[Inline] = []
    for number, line in enumerate(lines):
        if number:
            inlines.append(LineBreak())
        inlines.extend(inlines_of(line))
    return inlines


def _on_one_line(shown: list[Inline], fitting: Fitting) -> list[Inline]:
    if LineBreak() not in shown:
        return shown
    fitting.lose(losses.NO_LINE_BREAK)
    return [Run(text=" ") if isinstance(one, LineBreak) else one for one in shown]


def _shown(text: Text, fitting: Fitting) -> list[Inline]:
    """Without what no line of Fountain can say; hidden words are a note."""
    shown: list[Inline] = []
    for hides, group in groupby(text, key=is_hidden):
        if not hides:
            shown.extend(fitting.inlines(group))
            continue
        fitting.lose(losses.HIDDEN)
        hidden = "".join(cast(Run, one).text for one in group)
        if hidden.strip() and fitting.options.notes == "keep":
            shown.append(fit_note(Note(text=hidden, at=fitting.at)))
    return shown


def is_hidden(one: Inline) -> bool:
    return isinstance(one, Run) and Style.HIDDEN in one.style


def hid_words(text: Text) -> bool:
    return any(map(is_hidden, text))


def _line(pieces: list[Piece], fitting: Fitting, stand: _Lines) -> list[Piece]:
    pieces = _without_tabs(pieces, fitting, in_columns=stand.columns)
    trimmed = _trimmed(pieces, leading=stand.leading)
    if stand.spoken and is_blank("".join(piece[0] for piece in trimmed if isinstance(piece, tuple))):
        trimmed = _markers(trimmed)
    if trimmed != pieces:
        fitting.lose(losses.NO_OUTER_BLANKS)
    fitted = fit_emphasis(trimmed)
    if fitted is not trimmed:
        fitting.lose(losses.EMPHASIS_MOVED)
    return fitted


def _markers(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if not isinstance(piece, tuple)]


def _without_tabs(pieces: list[Piece], fitting: Fitting, *, in_columns: bool) -> list[Piece]:
    if not any(isinstance(piece, tuple) and "\t" in piece[0] for piece in pieces):
        return pieces
    fitting.lose(losses.NO_TABS)
    new: list[Piece] = []
    column = 0
    for piece in pieces:
        if isinstance(piece, tuple):
            text = piece[0].replace("\t", " ")
            if in_columns:
                text = (" " * column + piece[0]).expandtabs(4)[column:]
                column = (column + len(text)) % 4
            piece = (text, piece[1])
        new.append(piece)
    return new


def _spoken(lines: list[list[Piece]], fitting: Fitting) -> tuple[list[Marker], list[list[Piece]]]:
    """Empty lines only between others, and no markers on them."""
    first = next((place for place, pieces in enumerate(lines) if _has_words(pieces)), len(lines))
    before = [marker for pieces in lines[:first] for marker in pieces]
    out = _without_markers_alone(lines[first:], fitting)
    end = len(out)
    while end and not out[end - 1]:
        end -= 1
    if end < len(out) or first and len(lines) > 1:
        fitting.lose(losses.NO_EMPTY_LINE)
    return cast(list[Marker], before), out[:end]


def _without_markers_alone(lines: list[list[Piece]], fitting: Fitting) -> list[list[Piece]]:
    """Markers on a line without words stand at the end of the last one with words. The first line has some."""
    out: list[list[Piece]] = []
    last: list[Piece] = []
    for pieces in lines:
        if _has_words(pieces):
            last = pieces
        elif pieces:
            fitting.lose(losses.NOTE_MOVED)
            last.extend(pieces)
            pieces = []
        out.append(pieces)
    return out


def _has_words(pieces: list[Piece]) -> bool:
    return any(isinstance(piece, tuple) for piece in pieces)


def _trimmed(pieces: list[Piece], *, leading: bool) -> list[Piece]:
    """Without the blanks before the first visible character, if asked, and behind the last one."""
    new = _without_last_blanks(pieces)
    if leading:
        new = _without_last_blanks([_turned(piece) for piece in reversed(new)])
        new = [_turned(piece) for piece in reversed(new)]
    return pieces if new == pieces else new


def _turned(piece: Piece) -> Piece:
    return (piece[0][::-1], piece[1]) if isinstance(piece, tuple) else piece


def _without_last_blanks(pieces: list[Piece]) -> list[Piece]:
    end: list[Piece] = []
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if isinstance(piece, tuple):
            text = piece[0].rstrip(SPACES if piece[1] else BLANKS)  # before a mark of emphasis is no end of the line
            if text:
                return [*pieces[:place], (text, piece[1]), *reversed(end)]
        else:
            end.append(piece)
    return end[::-1]


def are_plain_words(text: Text) -> bool:
    """One line, with emphasis that stands where marks can say it."""
    if len(text) == 1 and type(text[0]) is Run and _is_bare(text[0]):
        return _stands_free(text[0].text) and "\t" not in text[0].text
    if not text or not all(map(_is_plain, text)):
        return False
    return _stands_free(cast(Run, text[0]).text[0] + cast(Run, text[-1]).text[-1])


def _are_plain_lines(text: Text) -> bool:
    """Lines of one plain run each, none of them empty."""
    is_new, last = True, None
    for one in text:
        if type(one) is LineBreak:
            if is_new:
                return False
        elif not is_new or one is not last and not _is_plain_line(one):
            return False
        else:
            last = one
        is_new = not is_new
    return not is_new


def _is_plain_line(one: Inline) -> bool:
    return type(one) is Run and _is_bare(one) and _stands_free(one.text) and "\t" not in one.text


def _is_plain(one: Inline) -> bool:
    if type(one) is not Run or one.look is not None or one.revision is not None or one.tags:
        return False
    if _DELICATE.search(one.text):
        return False
    return one.style is NO_STYLE or one.style in inline.BITS and _stands_free(one.text)


_DELICATE = re.compile(r"[/@{\t]")  # what fit_emphasis looks at, and tabs


def _stands_free(words: str) -> bool:
    return words[0] not in BLANKS and words[-1] not in BLANKS


def _is_bare(run: Run) -> bool:
    return run.style is NO_STYLE and run.look is None and run.revision is None and not run.tags
