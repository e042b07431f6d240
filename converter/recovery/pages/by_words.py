"""Pages on which places say little: read as typed text, whose words decide."""

from __future__ import annotations

from collections.abc import Sequence

from converter.contract import Diagnostic, Kind, Limits, Report
from converter.records import replace
from converter.recovery.lines.furniture import find_furniture
from converter.recovery.lines.rows import rows_of_text
from converter.recovery.lines.typed import paragraphs_of
from converter.recovery.pages.heading_words import NUMBER_BEFORE, has_intro_after, reads_as_heading
from converter.recovery.pages.placed import Sheet
from converter.recovery.text import recover_text
from converter.recovery.typed.script import read_typed
from converter.tree import Action, PageMark, Paragraph, Position, Run, SceneHeading, Screenplay, map_paragraphs


def recover_by_words(
    sheets: Sequence[Sheet], pitch: float, leading: float, report: Report, limits: Limits
) -> Screenplay:
    """The screenplay as text recovery reads it from a picture of the pages; bold and italics are not in that."""
    message = (
        "Places say little in this PDF, so the words of each line had to say what it is; "
        "bold, italics and underlines were left out."
    )
    report(Diagnostic(Kind.GUESS, "pdf.unusual-layout", message))
    text, places = _picture(sheets, pitch, leading)

    def placed(at: Position | None) -> Position | None:
        """A line of the picture as a line of a page."""
        return places.get(at.line or 0, at) if at is not None else None

    def placed_report(diagnostic: Diagnostic) -> None:
        if diagnostic.code != "text.kind":
            report(replace(diagnostic, at=placed(diagnostic.at)))

    screenplay = recover_text(text, report=placed_report, limits=limits)
    body = map_paragraphs(screenplay.body, lambda paragraph: _numbered(replace(paragraph, at=placed(paragraph.at))))
    return replace(screenplay, body=tuple(one for one in body if not isinstance(one, PageMark)))


def _numbered(paragraph: Paragraph) -> Paragraph:
    """`1- MAISON – INT/JOUR`: a heading with its number before it and INT. after its place."""
    if not isinstance(paragraph, SceneHeading | Action) or paragraph.number is not None or len(paragraph.text) != 1:
        return paragraph
    [run] = paragraph.text
    if not isinstance(run, Run):
        return paragraph
    number = NUMBER_BEFORE.match(run.text)
    heading = run.text[number.end() :] if number else run.text
    if not (has_intro_after(heading) or number and isinstance(paragraph, SceneHeading) and reads_as_heading(heading)):
        return paragraph
    text = (replace(run, text=heading),)
    return SceneHeading(text=text, number=number["number"] if number else None, at=paragraph.at)


def is_typed(sheets: Sequence[Sheet], pitch: float, leading: float) -> bool:
    """Do names that come back stand before their words, or over them in small letters? Then places say little."""
    rows = rows_of_text(_picture(sheets, pitch, leading)[0])
    find_furniture(rows.rows)
    return read_typed(paragraphs_of(rows.rows, rows.text)).manner != "printed"


def _picture(sheets: Sequence[Sheet], pitch: float, leading: float) -> tuple[str, dict[int, Position]]:
    """The pages as lines of text with their blanks, and where each line stands."""
    lines: list[str] = []
    places: dict[int, Position] = {}
    for sheet in sheets:
        above: float | None = None
        if lines:
            lines.append("\f")
        for row in sheet.rows:
            gap = 0 if above is None else round((row.y - above) / leading) - 1
            lines.extend("" for _ in range(max(0, min(gap, 9))))
            above = row.y
            text = ""
            for piece in row.pieces:
                text += " " * max(1 if text else 0, round(piece.x / pitch) - len(text)) + piece.text
            lines.append(text)
            places[len(lines)] = row.at
    return "\n".join(lines), places
