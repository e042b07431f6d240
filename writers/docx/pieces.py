"""A paragraph's text in the pieces that stand on different pages."""

from __future__ import annotations

from converter.records import replace
from converter.tree import Inline, LineBreak, Run, Text


def cut_text(text: Text, offsets: list[int]) -> list[tuple[Text, bool]]:
    """The text cut at these places in its words; True where a typed line break was cut away in front."""
    pieces: list[tuple[Text, bool]] = []
    piece: list[Inline] = []
    line_broken = False
    place = 0
    waiting = list(reversed(offsets))

    def end_piece() -> None:
        nonlocal piece, line_broken
        words_end = max((i for i, one in enumerate(piece) if isinstance(one, Run | LineBreak)), default=-1)
        next_broken = words_end >= 0 and isinstance(piece[words_end], LineBreak)
        rest = piece[words_end + 1 :] if next_broken else []
        kept = piece[:words_end] if next_broken else piece
        pieces.append((tuple(kept), line_broken))
        piece, line_broken = rest, next_broken

    for inline in text:
        if isinstance(inline, Run):
            rest: Run | None = inline
            while rest is not None:
                if waiting and place == waiting[-1]:
                    waiting.pop()
                    end_piece()
                head, rest, place = _head(rest, place, waiting[-1] if waiting else None)
                piece.append(head)
        else:
            if isinstance(inline, LineBreak):
                if waiting and place == waiting[-1]:
                    waiting.pop()
                    end_piece()
                place += 1
            piece.append(inline)
    pieces.append((tuple(piece), line_broken))
    return pieces


def _head(run: Run, place: int, end: int | None) -> tuple[Run, Run | None, int]:
    """The part of a run before the next cut, what is left, and where that begins."""
    if end is None or place + len(run.text) <= end:
        return run, None, place + len(run.text)
    cut = end - place
    return replace(run, text=run.text[:cut]), replace(run, text=run.text[cut:]), end
