"""The title page: its lines as drawn, and the fields that they seem to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from converter.notation.fdx import ALIGN, NO_NUMBER, TITLE_FIELDS, date_of
from converter.notation.fdx.listed import read_tab_stops
from converter.notation.fdx.styles import DEFAULTS
from converter.notation.fdx.title import LEFT, RIGHT, Sheet, digest_of
from converter.notation.numbers import number_of
from converter.readers.fdx.runs import Runs
from converter.tree import (
    Align,
    Boneyard,
    Deletion,
    General,
    Inline,
    Note,
    PageMark,
    ParagraphLayout,
    TitleField,
    TitlePage,
    words,
)

if TYPE_CHECKING:
    from lxml import etree

_SETTINGS = DEFAULTS["General"]


def read_title_page(root: etree._Element) -> TitlePage | None:
    runs = Runs()
    content = root.find("TitlePage/Content")
    sheets = tuple(_sheets(content, runs)) if content is not None else ()
    kept = _kept_fields(root, sheets, runs)
    if kept is not None:
        return kept
    if not sheets:
        return None
    from converter.recovery.sheets_said import guessed_fields, is_blank  # not for pages that say their fields

    if all(map(is_blank, sheets)):
        return None
    return TitlePage(fields=guessed_fields(sheets), sheets=sheets)


def _sheets(content: etree._Element, runs: Runs) -> Iterator[Sheet]:
    sheet: list[General] = []
    for paragraph in content.iterfind("Paragraph"):
        if paragraph.get("StartsNewPage") == "Yes" and sheet:
            yield tuple(sheet)
            sheet = []
        sheet.append(_line(paragraph, runs))
    if sheet:
        yield tuple(sheet)


def _line(paragraph: etree._Element, runs: Runs) -> General:
    number = paragraph.get("Number")
    name = paragraph.get("Type")
    align = ALIGN.get(paragraph.get("Alignment", ""))
    stops = paragraph.find("Tabstops")
    layout = ParagraphLayout(
        first_indent=_other(paragraph.get("FirstIndent"), 0.0),
        left=_other(paragraph.get("LeftIndent"), LEFT),
        right=_other(paragraph.get("RightIndent"), RIGHT),
        space_before=_other(paragraph.get("SpaceBefore"), 0.0),
        line_spacing=_other(paragraph.get("Spacing"), 1.0),
        tabs=None if stops is None else read_tab_stops(stops),
    )
    return General(
        text=tuple(runs.run(piece, piece.text, _SETTINGS) for piece in paragraph.iterfind("Text") if piece.text),
        align=None if align is Align.LEFT else align,
        number=None if number in NO_NUMBER else number,
        style_name=None if name == "General" else name,
        layout=None if layout == ParagraphLayout() else layout,
    )


def _other(value: str | None, own: float) -> float | None:
    number = number_of(value)
    return None if number == own else number


# ---------------------------------------------------------------- the fields that our own writer kept


def _kept_fields(root: etree._Element, sheets: tuple[Sheet, ...], runs: Runs) -> TitlePage | None:
    """The title page that was written, as long as the lines still say the same words."""
    kept = root.find(f"UserDocumentData/{TITLE_FIELDS}")
    if kept is None or kept.get("Lines") != digest_of(words(line.text) for sheet in sheets for line in sheet):
        return None
    fields = tuple(
        TitleField(
            name=one.get("Name", ""),
            lines=tuple(tuple(_inlines(line, runs)) for line in one.iterfind("Line")),
        )
        for one in kept.iterfind("Field")
    )
    drawn = () if kept.get("Drawn") == "No" else sheets
    return TitlePage(fields=fields, sheets=drawn)


def _inlines(line: etree._Element, runs: Runs) -> Iterator[Inline]:
    for piece in line:
        text = piece.text or ""
        got: Any = piece.get
        match piece.tag:
            case "Text":
                if text:
                    yield runs.run(piece, text, _SETTINGS)
            case "Note":
                date = got("DateTime")
                yield Note(
                    text=text,
                    title=got("Name"),
                    category=got("Type"),
                    author=got("WriterName"),
                    color=got("Color"),
                    date=date_of(date) if date else None,
                )
            case "Boneyard":
                yield Boneyard(source=text)
            case "PageMark":
                yield PageMark(label=text, locked=got("Locked") == "Yes")
            case "Deletion":
                yield Deletion(revision=int(got("RevisionID", "0")))
            case _:
                pass
