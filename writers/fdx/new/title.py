"""The title page, and what our own reader needs to know of its fields."""

from __future__ import annotations

from collections.abc import Iterator

from converter.notation.fdx import TITLE_FIELDS, date_value, inches
from converter.notation.fdx.title import LEFT, RIGHT, Sheet, digest_of, drawn_sheet
from converter.tree import (
    Align,
    Boneyard,
    Deletion,
    General,
    LineBreak,
    Note,
    NoteEnd,
    PageMark,
    ParagraphLayout,
    Run,
    Text,
    TitlePage,
    words,
)
from writers.fdx.markup import RunWriter, attributes, line, tag, yes
from writers.fdx.new.parts import NOTHING_OVERRIDDEN, PLAIN_FONT, PLAIN_STYLE
from writers.fdx.paragraphs import ALIGN_NAMES, layout_attributes, tab_stops

# ---------------------------------------------------------------- the title page


def drawn_sheets(page: TitlePage) -> tuple[Sheet, ...]:
    return page.sheets or (drawn_sheet(page.fields),)


def title_page(page: TitlePage | None) -> str:
    if page is None:
        return ""
    label = tag("DynamicLabel", PLAIN_FONT | {"Type": "Page #"}, None, "          ")
    dot = f"          <Text{attributes(PLAIN_FONT)}>.</Text>\n"
    at_the_right = NOTHING_OVERRIDDEN | {"Alignment": "Right", "LeftIndent": "1.25", "RightIndent": "-1.25"}
    bands = [
        tag("Header", {}, [tag("Paragraph", at_the_right, [label, dot], "        ")], "      "),
        tag("Footer", {}, [tag("Paragraph", at_the_right, None, "        ")], "      "),
    ]
    shown = {
        "FooterFirstPage": "Yes",
        "FooterVisible": "No",
        "HeaderFirstPage": "No",
        "HeaderVisible": "Yes",
        "StartingPage": "1",
    }
    return tag("TitlePage", {}, [tag("HeaderAndFooter", shown, bands, "    "), title_content(page)], "  ")


def title_content(page: TitlePage) -> str:
    return tag("Content", {}, title_lines(drawn_sheets(page), "      "), "    ")


def title_lines(sheets: tuple[Sheet, ...], indent: str) -> Iterator[str]:
    runs = RunWriter()
    for number, sheet in enumerate(sheets):
        for place, one in enumerate(sheet):
            yield _title_line(one, runs, indent, new_page=number > 0 and place == 0)


def _title_line(one: General, runs: RunWriter, indent: str, *, new_page: bool) -> str:
    layout = one.layout or ParagraphLayout()
    said = {name: value for name, value in layout_attributes(layout).items() if value is not None}
    values: dict[str, str | None] = {
        **NOTHING_OVERRIDDEN,
        "Alignment": ALIGN_NAMES[one.align or Align.LEFT],
        "LeftIndent": inches(LEFT),
        "RightIndent": inches(RIGHT),
        **said,
        "StartsNewPage": yes(new_page),
        "Number": one.number,
        "Type": one.style_name,
    }
    inside = indent + "  "
    content = [runs.texts(one.text, PLAIN_STYLE, inside)] if one.text else []
    if layout.tabs is not None:
        content.append(tab_stops(layout.tabs, inside))
    return tag("Paragraph", values, content, indent)


def title_fields(page: TitlePage, indent: str) -> str:
    """The fields by name and order, valid as long as the drawn lines say these words."""
    said = (words(one.text) for sheet in drawn_sheets(page) for one in sheet)
    values = {"Drawn": yes(bool(page.sheets)), "Lines": digest_of(said)}
    inside, deep = indent + "  ", indent + "    "
    content = (
        tag(
            "Field",
            {"Name": one.name},
            (tag("Line", {}, [_kept_text(text, deep + "  ")], deep) for text in one.lines),
            inside,
        )
        for one in page.fields
    )
    return tag(TITLE_FIELDS, values, content, indent)


def _kept_text(text: Text, indent: str) -> str:
    runs = RunWriter()
    pieces = []
    for inline in text:
        match inline:
            case Run():
                pieces.append(runs.texts((inline,), PLAIN_STYLE, indent))
            case LineBreak():
                pieces.append(f"{indent}<Text>\n</Text>\n")
            case Note():
                values = {
                    "Name": inline.title,
                    "Type": inline.category,
                    "WriterName": inline.author,
                    "Color": inline.color,
                    "DateTime": None if inline.date is None else date_value(inline.date),
                }
                pieces.append(line("Note", inline.text, values, indent))
            case Boneyard():
                pieces.append(line("Boneyard", inline.source, None, indent))
            case PageMark():
                pieces.append(line("PageMark", inline.label, {"Locked": yes(inline.locked)}, indent))
            case Deletion():
                pieces.append(tag("Deletion", {"RevisionID": str(inline.revision)}, None, indent))
            case NoteEnd():
                pass
    return "".join(pieces)
