"""The README's table of what each format holds, from the formats' tables: `python -m tests.support_table`."""

import re

from converter.contract import Writer
from converter.formats import FORMATS
from tests.facets import Status, declared, measure
from tests.laws import WRITERS

# What people call it, and which facets it is about.
ROWS: dict[str, str] = {
    "Scene headings": r"SceneHeading$",
    "Scene numbers": r"SceneHeading\.number$",
    "Colours of scenes": r"SceneHeading\.color$",
    "Cut scenes (OMITTED)": r"SceneHeading\.omitted$",
    "Action": r"Action$",
    "General text": r"General$",
    "Cues, parentheticals, dialogue": r"(Character|Parenthetical|Dialogue|Speech)$",
    "Cues without lines, lines without a cue": r"Speech without",
    "Dual dialogue": r"DualDialogue$",
    "Alternates of a dialogue": r"Dialogue\.alternates$",
    "Lyrics": r"Lyric$",
    "Transitions": r"Transition$",
    "Shots": r"Shot$",
    "Cast lists": r"CastList$",
    "Acts and their ends": r"(NewAct|EndOfAct)$",
    "Sections": r"Section(\.level)?$",
    "Synopses": r"Synopsis$",
    "Bold, italic, underline": r"Run\.style\.(BOLD|ITALIC|UNDERLINE)$|Run$",
    "Strikeout, capitals, hidden words": r"Run\.style\.(STRIKEOUT|ALL_CAPS|SMALL_CAPS|HIDDEN|PLAIN)$",
    "Typeface, size and colour of words": r"Run\.look\.",
    "Typed line breaks": r"LineBreak",
    "Notes": r"Note( in a \w+)?$",
    "Notes on a range of words": r"NoteEnd$",
    "Title, author, colour, date of notes": r"Note\.",
    "Boneyard": r"Boneyard( in a \w+)?$",
    "Page breaks": r"PageBreak|\w+\.layout\.new_page",
    "Labels of pages": r"PageMark",
    "Revision marks": r"Run\.revision$|Revisions|RevisionSet",
    "Marks of deleted words": r"Deletion$",
    "Words that were cut": r"Deletion\.text$|Cut( in a \w+)?$",
    "Tags": r"Run\.tags$|Tag$",
    "Alignment": r"(?!ElementStyle)\w+\.align\.",
    "Indents, spacing, tabs": r"(?!ElementStyle)\w+\.layout\.(?!new_page)",
    "Numbers of other paragraphs": r"(?!SceneHeading)\w+\.number$",
    "Names of styles": r"\w+\.style_name$",
    "Styles of the script's own": r"ElementStyle(?!\.layout\.new_page)",
    "Title page": r"TitleField",
    "Title page as drawn": r"TitlePage\.sheets$",
    "Paper, margins, line spacing": r"PageSetup\.(paper|margins|leading)",
    "(MORE) and (CONT'D)": r"PageSetup\.more",
    "CONTINUED": r"PageSetup\.continued",
    "Places of scene numbers": r"PageSetup\.scene_numbers",
    "First page number, breaks at sentences": r"PageSetup\.(first_page|break_at_sentences)",
    "Header and footer": r"PageSetup\.(header|footer)",
    "What only its own program knows": r"Opaque",
}

SIGNS = {Status.KEPT: "yes", Status.SAID: "said", Status.UNPRINTED: "\u2013"}


def rows_of(facet: str) -> list[str]:
    return [row for row, pattern in ROWS.items() if re.match(pattern, facet)]


def table() -> str:
    """yes: kept; said: lost, and reported; partly: some of it; a dash: never on a page."""
    writers = [writer for writer in WRITERS if writer.name != "outline"]
    columns = {writer.name: _cells(writer) for writer in writers}
    titles = [next(row.title for row in FORMATS if row.name == name) for name in columns]
    lines = ["|  | " + " | ".join(titles) + " |", "| --- |" + " :---: |" * len(columns)]
    lines += [f"| {row} | " + " | ".join(columns[name][row] for name in columns) + " |" for row in ROWS]
    return "\n".join(lines) + "\n"


def _cells(writer: Writer) -> dict[str, str]:
    found = declared(writer)
    kept = {measure(name) for name, status in found.items() if status is Status.KEPT}
    seen: dict[str, set[Status]] = {row: set() for row in ROWS}
    for facet, status in found.items():
        for row in rows_of(facet):
            # What one kind has anyway is kept if another kind keeps it.
            of_a_style = facet.startswith("ElementStyle")
            seen[row].add(Status.KEPT if measure(facet) in kept and not of_a_style else status)
    return {row: _cell(of_row - {Status.UNPRINTED} or of_row) for row, of_row in seen.items()}


def _cell(found: set[Status]) -> str:
    return SIGNS.get(next(iter(found)), "?") if len(found) == 1 else "partly"


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201
