"""What the lines of a title page seem to say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.tree import Align, General, Run, Style, Text, TitleField, words

# What Final Draft's template prints where nothing was filled in.
_PLACEHOLDERS = frozenset(
    {"script title", "name of first writer", "based on, if any", "address", "phone number", "written by", "by"}
)

# ---------------------------------------------------------------- lines into fields

_CREDIT = re.compile(
    r"(?: (?:an? \s)? (?:original \s)? (?:story|teleplay|screenplay|script|written|created|book|adapted)\b"
    r"   .{0,60} \b by"
    r" | by | .{0,40}\b written \s by | .{0,40}\b(?:écrit|créée?|escrito|escrita|scritto|geschrieben)\b .{0,20}"
    r" | (?:par|por|von|di) )\s*:?\Z",
    re.VERBOSE | re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:based (?:up)?on|from the|adapted from|suggested by)\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:(?:draft|revision|revised|version)\b|rev\.) | \b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b"
    r" | \b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \s \d{1,2}(?:st|nd|rd|th)?,? \s \d{4}\b"
    r" | \b\d{1,2}\.? \s (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \s \d{4}\b",
    re.VERBOSE | re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"copyright\b|©|\(c\)", re.IGNORECASE)
_EMPHATIC = Style.UNDERLINE | Style.BOLD | Style.ALL_CAPS
_GAP = 3  # so many blank lines end a list of authors


def is_blank(sheet: Sequence[General]) -> bool:
    """Nothing but the lines of the template: nobody filled this page in."""
    return all(_said(line).lower() in _PLACEHOLDERS for line in sheet if _said(line))


def guessed_fields(sheets: Sequence[Sequence[General]]) -> tuple[TitleField, ...]:
    """What the first sheet says, as far as its lines show it."""
    fields: dict[str, list[Text]] = {}
    sheet = sheets[0] if sheets else ()
    centered = [place for place, line in enumerate(sheet) if line.align is Align.CENTER and _said(line)]
    last_centered = centered[-1] if centered else -1
    state, blanks = "Title", 0
    for place, line in enumerate(sheet):
        said = _said(line)
        if not said:
            blanks += 1
            continue
        if _placeholder(said, line):
            continue
        name = _field_name(said, line, place, last_centered, state, blanks, fields)
        blanks = 0
        if name in {"Title", "Credit", "Author"}:
            state = {"Title": "Title", "Credit": "Author", "Author": "Author"}[name]
        else:
            state = "Notes" if state == "Author" else state
        fields.setdefault(name, []).append(_field_text(line, name))
    return tuple(TitleField(name=name, lines=tuple(lines)) for name, lines in fields.items())


def _field_name(
    said: str, line: General, place: int, last_centered: int, state: str, blanks: int, fields: dict[str, list[Text]]
) -> str:
    if line.align is not Align.CENTER:
        return _named_by_words(said) or ("Contact" if place > last_centered else "Notes")
    if state == "Title" and (not fields or _more_title(said, line, blanks, fields)):
        return "Title"
    if _CREDIT.match(said) and "Credit" not in fields:
        return "Credit"
    if _SOURCE.match(said):
        return "Source"
    goes_on = state == "Author" and (blanks < _GAP or "Author" not in fields)
    return _named_by_words(said) or ("Author" if goes_on else "Notes")


def _named_by_words(said: str) -> str | None:
    if _COPYRIGHT.search(said):
        return "Copyright"
    return "Draft date" if _DATE.search(said) else None


def _more_title(said: str, line: General, blanks: int, fields: dict[str, list[Text]]) -> bool:
    """A title goes on in the next line, and over a blank one as long as it is set like a title."""
    emphatic = any(isinstance(inline, Run) and inline.style & _EMPHATIC for inline in line.text)
    return "Title" in fields and not _CREDIT.match(said) and (blanks == 0 or blanks == 1 and emphatic)


def _placeholder(said: str, line: General) -> bool:
    return said.lower() in _PLACEHOLDERS - {"written by", "by"}


def _field_text(line: General, name: str) -> Text:
    """The words of the line; how a title is drawn says nothing about its words."""
    plain = _EMPHATIC if name == "Title" else Style.ALL_CAPS
    return tuple(
        Run(text=inline.text, style=inline.style & ~plain & ~Style.PLAIN) if isinstance(inline, Run) else inline
        for inline in line.text
    )


def _said(line: General) -> str:
    return words(line.text).strip()
