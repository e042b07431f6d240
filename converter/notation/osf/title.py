"""The title page: lines from top to bottom, of which some have a bookmark that says which field they are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from converter.tree import Align, General, Inline, LineBreak, Text, TitleField, TitlePage, words


class TitleLine(NamedTuple):
    """A paragraph of the title page, which may hold several lines."""

    bookmark: str | None
    paragraph: General
    new_page: bool = False


# Fade In's bookmarks, and the fields' names elsewhere. Other programs write them in lower case.
_FIELDS = {
    "title": "Title",
    "subtitle": "Subtitle",
    "credit": "Credit",
    "author": "Author",
    "source": "Source",
    "draft": "Draft date",
    "copyright": "Copyright",
    "contact": "Contact",
    "notes": "Notes",
}
_BOOKMARKS = {name: bookmark.capitalize() for bookmark, name in _FIELDS.items()}
_IN_THE_MIDDLE = frozenset({"title", "subtitle", "credit", "author", "authors", "source"})
_LINES_ABOVE, _LINES_BETWEEN = 16, 20
_LONGEST_FIELD = 50  # lines; a longer one is not looked for on a sheet

# What Fade In puts on the title page of a new script.
_DEFAULTS = {
    "Title": {"untitled screenplay", ""},
    "Credit": {"written by", ""},
    "Author": {"author's name", ""},
    "Copyright": {"copyright (c)", ""},
    "Draft date": {"first draft", ""},
    "Contact": {""},
}


def settled(page: TitlePage | None) -> TitlePage | None:
    """The title page as it comes back from a file."""
    if page is None:
        return None
    for _ in range(4):
        again = title_page_of(title_lines(page))
        if again == page or again is None:
            return again
        page = again
    return page


# ---------------------------------------------------------------- from lines


def title_page_of(lines: list[TitleLine]) -> TitlePage | None:
    """Fields by bookmark, and the sheets as drawn unless they are what `title_lines` draws of the fields."""
    fields = _fields(lines)
    if not lines or all(one.lines == () or _is_default(one) for one in fields) and not _has_more(lines):
        return None
    drawn = TitlePage(fields=fields)
    if fields and title_lines(drawn) == lines:
        return drawn
    return TitlePage(fields=fields, sheets=_sheets(lines))


def _is_default(one: TitleField) -> bool:
    return "\n".join(map(words, one.lines)).strip().lower() in _DEFAULTS.get(one.name, ())


def _has_more(lines: list[TitleLine]) -> bool:
    """Is there a word that neither a bookmark nor the usual credit explains?"""
    free = (words(one.paragraph.text).strip().lower() for one in lines if not one.bookmark)
    return any(said and said not in _DEFAULTS["Credit"] for said in free)


def _fields(lines: list[TitleLine]) -> tuple[TitleField, ...]:
    fields: list[TitleField] = []
    before: General | None = None  # the last line with words, if it has no bookmark
    for bookmark, group in groupby(lines, key=lambda line: line.bookmark):
        some = list(group)
        if bookmark:
            name = _FIELDS.get(bookmark.lower(), bookmark)
            if name == "Author" and before is not None and not any(one.name == "Credit" for one in fields):
                fields.append(TitleField(name="Credit", lines=_split(before.text)))
            said = tuple(line for one in some for line in _split(one.paragraph.text))
            fields.append(TitleField(name=name, lines=() if said == ((),) else said))
            before = None
        else:
            with_words = [one.paragraph for one in some if words(one.paragraph.text).strip()]
            before = with_words[-1] if with_words else before
    return tuple(fields)


def _split(text: Text) -> tuple[Text, ...]:
    lines: list[list[Inline]] = [[]]
    for inline in text:
        if isinstance(inline, LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return tuple(map(tuple, lines))


def _sheets(lines: Iterable[TitleLine]) -> tuple[tuple[General, ...], ...]:
    sheets: list[list[General]] = [[]]
    for line in lines:
        if line.new_page and sheets[-1]:
            sheets.append([])
        sheets[-1].append(line.paragraph)
    return tuple(tuple(sheet) for sheet in sheets if sheet)


# ---------------------------------------------------------------- to lines


def title_lines(page: TitlePage) -> list[TitleLine]:
    return _marked(page) if page.sheets else _drawn(page.fields)


def _drawn(fields: Iterable[TitleField]) -> list[TitleLine]:
    """Title and authors in the middle of the sheet, the rest at its foot on the left; in the order of the fields."""
    lines: list[TitleLine] = []
    was_middle: bool | None = None
    for one in fields:
        if not one.name:
            continue
        is_middle = one.name.lower() in _IN_THE_MIDDLE
        blank = _LINES_ABOVE if was_middle is None else _LINES_BETWEEN if was_middle and not is_middle else 1
        lines.extend([TitleLine(None, General())] * blank)
        align = Align.CENTER if is_middle else None
        lines.append(TitleLine(_bookmark(one.name), General(text=_joined(one.lines), align=align)))
        was_middle = is_middle
    return lines


def _bookmark(name: str) -> str:
    return _BOOKMARKS.get(name, name)


def _joined(lines: Iterable[Text]) -> Text:
    text: list[Inline] = []
    for number, line in enumerate(lines):
        if number:
            text.append(LineBreak())
        text.extend(line)
    return tuple(text)


def _marked(page: TitlePage) -> list[TitleLine]:
    """The lines as drawn; those that say what a field says have its bookmark."""
    waiting = [one for one in page.fields if one.name and one.lines and len(one.lines) <= _LONGEST_FIELD]
    lines: list[TitleLine] = []
    for number, sheet in enumerate(page.sheets):
        place = 0
        while place < len(sheet):
            found = _field_at(sheet, place, waiting)
            bookmark, count = (None, 1) if found is None else (_bookmark(found[0].name), found[1])
            if found is not None:
                waiting.remove(found[0])
            for paragraph in sheet[place : place + count]:
                lines.append(TitleLine(bookmark, paragraph, bool(number) and paragraph is sheet[0] and not place))
            place += count
    return lines


_MOST_WAITING = 20  # fields that are looked for at once


def _field_at(sheet: tuple[General, ...], place: int, waiting: list[TitleField]) -> tuple[TitleField, int] | None:
    """The field that the paragraphs from here on say, and how many do."""
    if not words(sheet[place].text).strip():
        return None
    for one in waiting[:_MOST_WAITING]:
        said: list[Text] = []
        count = 0
        while len(said) < len(one.lines) and place + count < len(sheet):
            said.extend(_split(sheet[place + count].text))
            count += 1
            if said != list(one.lines[: len(said)]):
                break
        else:
            if tuple(said) == one.lines:
                return one, count
    return None
