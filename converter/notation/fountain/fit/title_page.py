"""The title page as Fountain has it: fields alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from converter.fitting import Fitting
from converter.notation.fountain import title
from converter.notation.fountain.fit import losses
from converter.notation.fountain.fit.texts import fit_lines
from converter.notation.fountain.inline import split_lines
from converter.notation.fountain.lines import is_blank
from converter.tree import LineBreak, Paragraph, Run, Text, TitleField, TitlePage, words


def held_title_page(page: TitlePage, fitting: Fitting) -> TitlePage | None:
    entries = _entries(page.fields, fitting)
    if page.sheets:
        fitting.lose(losses.NO_TITLE_LAYOUT)
        rest = [new for line in _not_in_fields(page) for new in _title_lines(line, fitting)]
        if rest:
            entries.setdefault("notes", ("Notes", []))[1].extend(rest)
    fitted = [TitleField(name=name, lines=tuple(lines)) for name, lines in entries.values()]
    if fitted and not title.can_begin(fitted):
        fitting.lose(losses.TITLE_NAME_CHANGED)
        fitted = _title_first(fitted)
    return TitlePage(fields=tuple(fitted)) if fitted else None


def _title_first(fields: list[TitleField]) -> list[TitleField]:
    known = next((one for one in fields if title.folded(one.name) == "title"), TitleField(name="Title"))
    return [known, *(one for one in fields if one is not known)]


def _entries(fields: tuple[TitleField, ...], fitting: Fitting) -> dict[str, tuple[str, list[Text]]]:
    """Name and lines of each field; those of one name are joined."""
    entries: dict[str, tuple[str, list[Text]]] = {}
    for one in fields:
        name = title.fit_key(one.name)
        if name != one.name or title.folded(name) in entries:
            fitting.lose(losses.TITLE_NAME_CHANGED)
        lines = entries.setdefault(title.folded(name), (name, []))[1]
        for line in one.lines:
            lines.extend(_title_lines(line, fitting))
    return entries


def _title_lines(line: Text, fitting: Fitting) -> Iterator[Text]:
    if LineBreak() in line:
        fitting.lose(losses.NO_LINE_BREAK)
    for one in split_lines(line):
        markers, text = fit_lines(one, Paragraph, fitting)
        if text and is_blank(words(text)):  # no-break spaces
            fitting.lose(losses.NO_OUTER_BLANKS)
            text = tuple(one for one in text if not isinstance(one, Run))
        if markers or text:
            yield (*markers, *text)
        else:
            fitting.lose(losses.NO_TITLE_LINE)


def _not_in_fields(page: TitlePage) -> Iterator[Text]:
    """The lines drawn on the title page whose words its fields do not have."""
    known = Counter(word for one in page.fields for line in one.lines for word in _folded_words(line))
    for sheet in page.sheets:
        for drawn in sheet:
            line = Counter(_folded_words(drawn.text))
            if all(known[word] >= count for word, count in line.items()):
                known.subtract(line)
            else:
                yield drawn.text


def _folded_words(text: Text) -> list[str]:
    return words(text).casefold().split()
