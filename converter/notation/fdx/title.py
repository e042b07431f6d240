"""The title page: FDX has only free lines, so fields are drawn as lines."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from converter.tree import (
    NO_STYLE,
    Align,
    General,
    Run,
    Style,
    Text,
    TitleField,
)

# What a line has where it says nothing else: Final Draft's title page, inches and points.
LEFT, RIGHT = 1.0, 7.5

Sheet = tuple[General, ...]

# ---------------------------------------------------------------- fields into lines

_TITLE_ROW, _LAST_ROW = 19, 54  # measured on the title pages that Final Draft prints
_TITLE_STYLE = Style.BOLD | Style.UNDERLINE | Style.ALL_CAPS  # as in PDF and Word
_CENTERED = {"credit": 3, "author": 1, "authors": 1, "source": 4}  # blank lines above


def drawn_sheet(fields: tuple[TitleField, ...]) -> Sheet:
    """The fields as Final Draft sets a title page: the title a third down, who and from what below it, the rest at
    the foot of the page."""
    centered = [*_title_lines(fields), *_centered_lines(fields)]
    foot = [line for one in fields if one.name.lower() not in {"title", *_CENTERED} for line in _foot_lines(one)]
    above = [General()] * (_TITLE_ROW - 1) if centered else []
    between = max(1 if centered and foot else 0, _LAST_ROW - len(above) - len(centered) - len(foot)) if foot else 0
    return (*above, *centered, *([General()] * between), *foot)


def _title_lines(fields: tuple[TitleField, ...]) -> Iterator[General]:
    for one in fields:
        if one.name.lower() == "title":
            yield from (_line(line, Align.CENTER, _TITLE_STYLE) for line in one.lines)


def _centered_lines(fields: tuple[TitleField, ...]) -> Iterator[General]:
    for wanted, blanks in _CENTERED.items():
        for one in fields:
            if one.name.lower() == wanted and one.lines:
                yield from [General(align=Align.CENTER)] * blanks
                yield from (_line(line, Align.CENTER) for line in one.lines)


_KNOWN_AT_FOOT = frozenset({"contact", "draft date", "date", "copyright", "notes", "revision"})


def _foot_lines(one: TitleField) -> Iterator[General]:
    if one.name.lower() in _KNOWN_AT_FOOT:
        yield from (_line(line) for line in one.lines)
    elif len(one.lines) == 1:
        yield _line((Run(text=f"{one.name}: "), *one.lines[0]))
    else:
        yield _line((Run(text=f"{one.name}:"),))
        yield from (_line(line) for line in one.lines)


def _line(text: Text, align: Align | None = None, style: Style = NO_STYLE) -> General:
    said = tuple(
        Run(text=one.text, style=one.style & ~Style.PLAIN | style) if isinstance(one, Run) else one for one in text
    )
    return General(text=said, align=align)


# ---------------------------------------------------------------- do they go together?


def digest_of(lines: Iterable[str]) -> str:
    """Of the words on a title page: fields kept beside them count as long as this is the same."""
    said = "\n".join(line.strip() for line in lines).strip()
    return f"{zlib.crc32(said.encode('utf-8', 'replace')):08x}"
