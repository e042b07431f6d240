"""Reports which fonts of this machine were used, and the letters that none of them has: where, and what would help."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from converter.contract import Diagnostic, Kind, Report
from converter.fonts.choose import EAST_ASIAN, writing
from converter.lines import Page
from converter.tree import Position
from writers.pdf.fonts import FontBook

_MOST_PAGES = 5  # named in one message


def report_fonts(book: FontBook, pages: Sequence[Page], report: Report) -> None:
    """Names the fonts that another machine may not have, and each letter that none has, with its places."""
    for name in book.found():
        report(
            Diagnostic(Kind.GUESS, "pdf.font-found", f"Some letters are drawn in {name}, found on this system.", None)
        )
    missing = frozenset(book.missing())
    if not missing:
        return
    labels: dict[str, dict[str, None]] = {}
    first: dict[str, Position | None] = {}
    for page in pages:
        for line in page.lines:
            for char in sorted(missing.intersection(*[frozenset("".join(run.text for run in line.text))])):
                first.setdefault(char, line.at)
                labels.setdefault(char, {})[page.label or ""] = None
    for char, on in labels.items():
        report(missing_letter(char, _places(list(on)), first[char]))


def _places(labels: Sequence[str]) -> str:
    """On page 3; on pages 3, 5 and 12A; on pages 3, 4, 5, 6, 7 and 40 more."""
    title = ["the title page"] if "" in labels else []
    numbers = [label for label in labels if label]
    more = numbers[_MOST_PAGES:]
    numbers = [*numbers[:_MOST_PAGES], *([f"{len(more)} more"] if more else ())]
    if len(numbers) > 1:
        numbers = [f"{', '.join(numbers[:-1])} and {numbers[-1]}"]
    kind = "page" if sum(map(bool, labels)) == 1 else "pages"
    return "on " + " and ".join([*title, *(f"{kind} {one}" for one in numbers)])


def missing_letter(char: str, places: str, at: Position | None = None) -> Diagnostic:
    name = unicodedata.name(char, "a character without a name").lower()
    message = f"No font here has {char!r} ({name}, U+{ord(char):04X}); {places} a box stands for it. {_cure(char)}"
    return Diagnostic(Kind.LOSS, "pdf.missing-glyph", message, at)


def _cure(char: str) -> str:
    """Which font would have it, by the writing system. The packages are Debian's; Ubuntu calls them the same."""
    if unicodedata.category(char) in ("Co", "Cn"):
        return "Unicode gives this number to no letter; --font can name the font in which it was typed."
    name = writing(char)
    if name == EAST_ASIAN:
        return "Noto Sans CJK has it (on Debian: fonts-noto-cjk)."
    if name:
        return f"One of the Noto fonts is for {name.title()} (on Debian: fonts-noto-core)."
    if char >= "\U0001f000":
        return "Symbola has most signs like it (on Debian: fonts-symbola); coloured emoji cannot be drawn."
    return "DejaVu Sans and Symbola have most signs like it (on Debian: fonts-dejavu, fonts-symbola)."
