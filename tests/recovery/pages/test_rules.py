"""Single rules of reading pages, each on lines that were placed by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from converter.contract import Diagnostic
from converter.lines import CELL, Line, Page
from converter.recovery.pages.placed import sheets_of, usual_leading
from converter.recovery.pages.script import recover
from converter.tree import Run, Screenplay, Style
from writers import outline

# Points from the left edge of Final Draft's template "Screenplay".
ACTION, DIALOGUE, BRACKET, TURN, CUE = 108, 180, 209, 216, 252
TRANSITION_ENDS, TEXT_ENDS = 511, 540
TOP, LEADING = 80, 12

Placed = tuple[int, float, str] | tuple[int, float, str, Style]


def page(*lines: Placed, number: str = "") -> Page:
    """A page from (row from 0, x, text, style)."""
    drawn = [
        Line(text=(Run(text=text, style=style[0] if style else Style(0)),), x=x, y=TOP + LEADING * row)
        for row, x, text, *style in lines
    ]
    if number:
        drawn.append(Line(text=(Run(text=number),), x=TEXT_ENDS - CELL * len(number), y=42))
    return Page(width=612, height=792, label=None, lines=tuple(drawn))


def read(*pages: Page, report: list[Diagnostic] | None = None) -> list[str]:
    """The outline of what the pages say, line by line."""
    found: list[Diagnostic] = []
    screenplay = recover(pages, report=found.append)
    if report is not None:
        report += found
    return outline.to_text(Screenplay(body=screenplay.body)).splitlines()


# A script in the template's places, so that a few odd lines do not make it another document.
SCRIPT: Sequence[Placed] = (
    (0, ACTION, "INT. PIER - DAY"),
    (2, ACTION, "Rain falls on the boards, and on the boats that lie beside them, and"),
    (3, ACTION, "on nobody."),
    (5, CUE, "MARA"),
    (6, DIALOGUE, "You came."),
    (8, CUE, "ODILE"),
    (9, BRACKET, "(quietly)"),
    (10, DIALOGUE, "I said that I would."),
)
BEFORE = [
    'SceneHeading "INT. PIER - DAY"',
    'Action "Rain falls on the boards, and on the boats that lie beside them, and on nobody."',
    'Speech "MARA"',
    '  Dialogue "You came."',
    'Speech "ODILE"',
    '  Parenthetical "(quietly)"',
    '  Dialogue "I said that I would."',
]


def after_script(*lines: Placed) -> list[str]:
    """What becomes of lines that stand below the script; rows count on from its last."""
    shifted: list[Placed] = [(row + 10, *rest) for row, *rest in lines]  # type: ignore[misc]
    found = read(page(*SCRIPT, *shifted))
    assert found[: len(BEFORE) - 1] == BEFORE[:-1]
    return found[len(BEFORE) - 1 :]


LAST = BEFORE[-1:]


def test_the_script_is_read_by_its_places() -> None:
    assert read(page(*SCRIPT)) == BEFORE


# ---------------------------------------------------------------- columns

ITALIC = Style.ITALIC


def ends(x: float, text: str) -> float:
    return x - CELL * len(text)


def middle(x: float, text: str) -> float:
    return x - CELL * len(text) / 2


RULES: dict[str, tuple[Sequence[Placed], list[str]]] = {
    "A transition ends where transitions do.": (
        [(2, ends(TRANSITION_ENDS, "CUT TO:"), "CUT TO:"), (4, ACTION, "Snow.")],
        ['Transition "CUT TO:"', 'Action "Snow."'],
    ),
    "A sentence too long for a transition stands at the right edge of nothing.": (
        [(2, ends(TRANSITION_ENDS, "a line of so many letters"), "a line of so many letters"), (4, ACTION, "Snow.")],
        ['Action "a line of so many letters"', 'Action "Snow."'],
    ),
    "A transition may be as long as its column and a letter more.": (
        [(2, ends(TRANSITION_ENDS, "SLOW DISSOLVE TO:"), "SLOW DISSOLVE TO:"), (4, ACTION, "Snow.")],
        ['Transition "SLOW DISSOLVE TO:"', 'Action "Snow."'],
    ),
    "What ends at the right edge is set right.": (
        [(2, ends(TEXT_ENDS, "NOON"), "NOON"), (4, ACTION, "Snow.")],
        ['Action "NOON" align=right', 'Action "Snow."'],
    ),
    "What stands in the middle of the text is centered.": (
        [(2, middle(324, "NOON"), "NOON"), (4, ACTION, "Snow.")],
        ['Action "NOON" align=center', 'Action "Snow."'],
    ),
    "What stands in the middle of the paper is centered.": (
        [(2, middle(306, "NOON"), "NOON"), (4, ACTION, "Snow.")],
        ['Action "NOON" align=center', 'Action "Snow."'],
    ),
    "An underlined line in the middle ends an act.": (
        [(2, middle(324, "END OF ACT ONE"), "END OF ACT ONE", Style.UNDERLINE), (4, ACTION, "Snow.")],
        ['EndOfAct "END OF ACT ONE"', 'Action "Snow."'],
    ),
    "An underlined line in the middle that names an act begins it.": (
        [(2, middle(324, "ACT TWO"), "ACT TWO", Style.UNDERLINE), (4, ACTION, "Snow.")],
        ['NewAct "ACT TWO"', 'Action "Snow."'],
    ),
    "A parenthetical of two lines turns one cell further in.": (
        [
            (2, CUE, "MARA"),
            (3, DIALOGUE, "Go."),
            (4, BRACKET, "(to herself, and"),
            (5, TURN, "low)"),
            (6, DIALOGUE, "Gone."),
        ],
        [
            'Speech "MARA"',
            '  Dialogue "Go."',
            '  Parenthetical "(to herself, and low)"',
            '  Dialogue "Gone."',
        ],
    ),
    "A line within brackets ends after a full thought.": (
        [(2, CUE, "MARA"), (3, BRACKET, "(to herself;"), (4, TURN, "low)"), (5, DIALOGUE, "Gone.")],
        ['Speech "MARA"', '  Parenthetical "(to herself;" / "low)"', '  Dialogue "Gone."'],
    ),
    "A line within brackets that was nearly full has turned.": (
        [(2, CUE, "MARA"), (3, BRACKET, "(to herself and all;"), (4, TURN, "low)"), (5, DIALOGUE, "Gone.")],
        ['Speech "MARA"', '  Parenthetical "(to herself and all; low)"', '  Dialogue "Gone."'],
    ),
    "Brackets that close where speech begins close there.": (
        [(2, CUE, "MARA"), (3, BRACKET, "(to herself, and"), (4, DIALOGUE, "low)"), (5, DIALOGUE, "Gone.")],
        ['Speech "MARA"', '  Parenthetical "(to herself, and low)"', '  Dialogue "Gone."'],
    ),
    "Brackets of three lines close in the third.": (
        [
            (2, CUE, "MARA"),
            (3, BRACKET, "(to herself, and"),
            (4, DIALOGUE, "low as"),
            (5, DIALOGUE, "it can be)"),
            (6, DIALOGUE, "Gone."),
        ],
        ['Speech "MARA"', '  Parenthetical "(to herself, and low as it can be)"', '  Dialogue "Gone."'],
    ),
    "Two parentheticals in a row are two.": (
        [(2, CUE, "MARA"), (3, BRACKET, "(low)"), (4, BRACKET, "(then loud)"), (5, DIALOGUE, "Go.")],
        ['Speech "MARA"', '  Parenthetical "(low)"', '  Parenthetical "(then loud)"', '  Dialogue "Go."'],
    ),
    "A name at the left margin is action.": (
        [(2, ACTION, "MARA"), (3, ACTION, "Go.")],
        ['Action "MARA" / "Go."'],
    ),
    "A name that waits for its words has an extension.": (
        [(2, CUE, "MARA (O.S.)"), (4, ACTION, "Snow.")],
        ['Speech "MARA (O.S.)"', 'Action "Snow."'],
    ),
    "A verse below an empty line is no part of the speech.": (
        [(2, CUE, "MARA"), (3, DIALOGUE, "Listen."), (5, DIALOGUE, "La la la,", ITALIC), (6, DIALOGUE, "La.", ITALIC)],
        ['Speech "MARA"', '  Dialogue "Listen."', 'Lyric "La la la," / "La."'],
    ),
    "Each verse is a paragraph of its own.": (
        [(2, DIALOGUE, "La la la,", ITALIC), (3, DIALOGUE, "La la.", ITALIC), (5, DIALOGUE, "La.", ITALIC)],
        ['Lyric "La la la," / "La la."', 'Lyric "La."'],
    ),
    "What is sung right under what is said stays in the speech.": (
        [(1, DIALOGUE, "Sung alone.", ITALIC)],
        ['  Dialogue italic "Sung alone."'],
    ),
    "Speech goes on below an empty line.": (
        [(2, DIALOGUE, "And I did.")],
        ['  Dialogue "I said that I would." / / "And I did."'],
    ),
    "A speech's second line of few words was typed as a line.": (
        [(1, DIALOGUE, "And I did.")],
        ['  Dialogue "I said that I would." / "And I did."'],
    ),
    "Words where nothing else stands are action.": ([(2, 150, "Perhaps a note")], ['Action "Perhaps a note"']),
    "What hangs under words that stand nowhere goes on with them.": (
        [(2, 150, "Perhaps a note"), (3, 164, "of hers")],
        ['Action "Perhaps a note" / "of hers"'],
    ),
    "What hangs under a speech goes on with it.": (
        [(1, 190, "And I did.")],
        ['  Dialogue "I said that I would." / "And I did."'],
    ),
    "A heading in unusual words has room above it.": (
        [(3, ACTION, "THE QUAY"), (5, ACTION, "Snow.")],
        ['SceneHeading "THE QUAY"', 'Action "Snow."'],
    ),
    "Without the room it is action.": (
        [(2, ACTION, "THE QUAY"), (4, ACTION, "Snow.")],
        ['Action "THE QUAY"', 'Action "Snow."'],
    ),
    "A number makes it a heading.": (
        [(2, 54, "12"), (2, ACTION, "THE QUAY"), (4, ACTION, "Snow.")],
        ['SceneHeading "THE QUAY" number="12"', 'Action "Snow."'],
    ),
    "A number does not make a shot a heading.": (
        [(2, 54, "12"), (2, ACTION, "CLOSE ON THE LAMP"), (4, ACTION, "Snow.")],
        ['Shot "CLOSE ON THE LAMP" number="12"', 'Action "Snow."'],
    ),
    "A number in both margins is one.": (
        [(3, 54, "12A"), (3, ACTION, "EXT. QUAY - DAY"), (3, ends(531, "12A"), "12A"), (5, ACTION, "Snow.")],
        ['SceneHeading "EXT. QUAY - DAY" number="12A"', 'Action "Snow."'],
    ),
    "A number in the right margin alone is the heading's.": (
        [(3, ACTION, "EXT. QUAY - DAY"), (3, ends(531, "7"), "7"), (5, ACTION, "Snow.")],
        ['SceneHeading "EXT. QUAY - DAY" number="7"', 'Action "Snow."'],
    ),
    "A scene that was cut is a heading.": (
        [(2, 54, "12"), (2, ACTION, "OMITTED"), (5, ACTION, "Snow.")],
        ['SceneHeading "OMITTED" number="12"', "General", 'Action "Snow."'],
    ),
    "The camera's place is a shot.": (
        [(2, ACTION, "CLOSE ON THE LAMP"), (4, ACTION, "Snow.")],
        ['Shot "CLOSE ON THE LAMP"', 'Action "Snow."'],
    ),
    "A sentence in capitals is no shot.": (
        [(2, ACTION, "CLOSE ON THE LAMP."), (4, ACTION, "Snow.")],
        ['Action "CLOSE ON THE LAMP."', 'Action "Snow."'],
    ),
    "Names right under a heading are the scene's cast.": (
        [(3, ACTION, "EXT. QUAY - DAY"), (4, ACTION, "MARA, ODILE"), (6, ACTION, "Snow.")],
        ['SceneHeading "EXT. QUAY - DAY"', 'CastList "MARA, ODILE"', 'Action "Snow."'],
    ),
    "Other words right under a heading are general.": (
        [(3, ACTION, "EXT. QUAY - DAY"), (4, ACTION, "The same."), (6, ACTION, "Snow.")],
        ['SceneHeading "EXT. QUAY - DAY"', 'General "The same."', 'Action "Snow."'],
    ),
    "Three empty lines above action hold an empty paragraph.": (
        [(4, ACTION, "Snow.")],
        ["Action", 'Action "Snow."'],
    ),
    "Two empty lines above action in small letters hold a general one.": (
        [(3, ACTION, "Snow.")],
        ["General", 'Action "Snow."'],
    ),
    "A star in the margin marks a revision.": (
        [(2, ACTION, "Snow."), (2, 558, "*")],
        ['Action "Snow." {revision=1}'],
    ),
    "Two names side by side speak at once.": (
        [(2, 174, "MARA"), (2, 400, "ODILE"), (3, 108, "Yes."), (3, 328, "No."), (5, ACTION, "Snow.")],
        [
            "DualDialogue",
            '  Speech "MARA"',
            '    Dialogue "Yes."',
            '  Speech "ODILE"',
            '    Dialogue "No."',
            'Action "Snow."',
        ],
    ),
    "Their parentheticals stand under their names.": (
        [
            (2, 190, "MARA"),
            (2, 410, "ODILE"),
            (3, 130, "(low)"),
            (3, 350, "(loud)"),
            (4, 328, "No."),
            (4, 108, "Yes."),
        ],
        [
            "DualDialogue",
            '  Speech "MARA"',
            '    Parenthetical "(low)"',
            '    Dialogue "Yes."',
            '  Speech "ODILE"',
            '    Parenthetical "(loud)"',
            '    Dialogue "No."',
        ],
    ),
    "Under a bracket that somebody forgot to close, words in their own column are said.": (
        [
            (2, 190, "MARA"),
            (2, 410, "ODILE"),
            (3, 126, "(low"),
            (3, 346, "（loud"),
            (4, 108, "Yes."),
            (4, 328, "No."),
        ],
        [
            "DualDialogue",
            '  Speech "MARA"',
            '    Parenthetical "(low"',
            '    Dialogue "Yes."',
            '  Speech "ODILE"',
            '    Parenthetical "（loud"',
            '    Dialogue "No."',
        ],
    ),
    "A bracket in a half goes on in the column of brackets until it closes.": (
        [
            (2, 190, "MARA"),
            (2, 410, "ODILE"),
            (3, 126, "(low and"),
            (3, 346, "(loud)"),
            (4, 126, "slow)"),
            (4, 328, "No."),
            (5, 108, "Yes."),
        ],
        [
            "DualDialogue",
            '  Speech "MARA"',
            '    Parenthetical "(low and slow)"',
            '    Dialogue "Yes."',
            '  Speech "ODILE"',
            '    Parenthetical "(loud)"',
            '    Dialogue "No."',
        ],
    ),
    "A bracket that is closed is not of the one above that is not.": (
        [(2, CUE, "MARA"), (3, BRACKET, "(low"), (4, BRACKET, "（beat）"), (5, DIALOGUE, "Gone.")],
        ['Speech "MARA"', '  Parenthetical "(low"', '  Parenthetical "（beat）"', '  Dialogue "Gone."'],
    ),
    "Brackets as wide as their letters may stand where speech does.": (
        [
            (2, CUE, "MARA"),
            (3, DIALOGUE, "（as if she had known it"),
            (4, DIALOGUE, "all along）"),
            (5, DIALOGUE, "He cannot get you now."),
        ],
        [
            'Speech "MARA"',
            '  Parenthetical "（as if she had known it all along）"',
            '  Dialogue "He cannot get you now."',
        ],
    ),
    "A revision mark of other letters stands where marks do.": (
        [(2, ACTION, "Snow."), (2, 558, "A")],
        ['Action "Snow." {revision=1}'],
    ),
    "Elsewhere it is a word.": (
        [(2, ACTION, "Snow."), (2, 170, "A")],
        ['Action "Snow.    A"'],
    ),
    "A scene that was cut is a heading without a number and room too.": (
        [(2, ACTION, "OMITTED"), (4, ACTION, "Snow.")],
        ['SceneHeading "OMITTED"', 'Action "Snow."'],
    ),
    "A name in the middle over no words has spoken before.": (
        [(2, middle(324, "MARA"), "MARA"), (4, ACTION, "Snow.")],
        ['Action "MARA" align=center', 'Action "Snow."'],
    ),
    "Words right under action at the place of dialogue are spoken.": (
        [(2, ACTION, "Snow."), (3, DIALOGUE, "You came.")],
        ['Action "Snow."', "Speech without cue", '  Dialogue "You came."'],
    ),
    "But what is as long as it has to be in the middle there is centered.": (
        [(2, ACTION, "Snow."), (3, DIALOGUE, "You came to see the boats and the lamps.")],
        ['Action "Snow."', 'Action "You came to see the boats and the lamps." align=center'],
    ),
    "Verses under a sentence that fills its line are sung.": (
        [
            (1, DIALOGUE, "Now listen, all of you, to what is."),
            (2, DIALOGUE, "La la,", ITALIC),
            (3, DIALOGUE, "La.", ITALIC),
        ],
        ['  Dialogue "I said that I would." / "Now listen, all of you, to what is."', '  Lyric "La la," / "La."'],
    ),
    "What goes on in italics is said.": (
        [
            (1, DIALOGUE, "Now listen, all of you, to what was"),
            (2, DIALOGUE, "sung by", ITALIC),
            (3, DIALOGUE, "her.", ITALIC),
        ],
        ['  Dialogue "I said that I would." / "Now listen, all of you, to what was " italic "sung by" / italic "her."'],
    ),
    "MORE at the margin is a word.": (
        [(2, ACTION, "(MORE)"), (4, ACTION, "Snow.")],
        ['Action "(MORE)"', 'Action "Snow."'],
    ),
    "A name in the middle and at the place of names waits for its words where it has an extension.": (
        [(2, CUE, "ODILE MARR QUI (O.S)"), (4, ACTION, "Snow.")],
        ['Speech "ODILE MARR QUI (O.S)"', 'Action "Snow."'],
    ),
    "Without one it is centered.": (
        [(2, CUE, "ODILE MARR QUILL ONE"), (4, ACTION, "Snow.")],
        ['Action "ODILE MARR QUILL ONE" align=center', 'Action "Snow."'],
    ),
    "Verses under a sentence are sung if each line is a verse.": (
        [(1, DIALOGUE, "Then."), (2, DIALOGUE, "La la,", ITALIC), (3, DIALOGUE, "La.", ITALIC)],
        ['  Dialogue "I said that I would." / "Then."', '  Lyric "La la," / "La."'],
    ),
    "Two words apart in one line of action are one line.": (
        [(2, ACTION, "Mara"), (2, 400, "Odile"), (4, ACTION, "Snow.")],
        ['Action "Mara                                     Odile"', 'Action "Snow."'],
    ),
    "A parenthetical of two rows may stand where speech does.": (
        [
            (2, CUE, "MARA"),
            (3, DIALOGUE, '(out of "The Old Bakery'),
            (4, DIALOGUE, 'of Elm Road")'),
            (5, DIALOGUE, "He cannot get you now."),
        ],
        [
            'Speech "MARA"',
            '  Parenthetical "(out of \\"The Old Bakery of Elm Road\\")"',
            '  Dialogue "He cannot get you now."',
        ],
    ),
    "A parenthetical of three rows may stand there too, also after words.": (
        [
            (2, CUE, "MARA"),
            (3, DIALOGUE, "You came."),
            (4, DIALOGUE, "(she looks about"),
            (5, DIALOGUE, "and over the pier"),
            (6, DIALOGUE, "and at the sea)"),
            (7, DIALOGUE, "He cannot get you now."),
        ],
        [
            'Speech "MARA"',
            '  Dialogue "You came."',
            '  Parenthetical "(she looks about and over the pier and at the sea)"',
            '  Dialogue "He cannot get you now."',
        ],
    ),
    "Words after a bracket that closes within the row go on as speech.": (
        [
            (2, CUE, "MARA"),
            (3, DIALOGUE, "(which was never so in all of my"),
            (4, DIALOGUE, "life) and never will be so, as I"),
            (5, DIALOGUE, "said."),
        ],
        ['Speech "MARA"', '  Dialogue "(which was never so in all of my life) and never will be so, as I said."'],
    ),
    "A bracket that ends a speech is of it.": (
        [
            (2, CUE, "MARA"),
            (3, DIALOGUE, "(which was never so in all of my"),
            (4, DIALOGUE, "long life)"),
            (6, ACTION, "Snow."),
        ],
        ['Speech "MARA"', '  Dialogue "(which was never so in all of my long life)"', 'Action "Snow."'],
    ),
    "A bracket that closes where its row is full goes on as speech.": (
        [
            (2, CUE, "MARA"),
            (3, DIALOGUE, "(which was never so in all my life"),
            (4, DIALOGUE, "and in all the others I remember)"),
            (5, DIALOGUE, "until now."),
        ],
        [
            'Speech "MARA"',
            '  Dialogue "(which was never so in all my life and in all the others I remember) until now."',
        ],
    ),
    "A number that touches a heading is that of the left margin.": (
        [
            (2, 60, "12"),
            (2, ACTION, "INT. LOWER STORE ROOM, UNDER THE OLD BAKERY - CONTINUED12"),
            (4, ACTION, "Snow."),
        ],
        ['SceneHeading "INT. LOWER STORE ROOM, UNDER THE OLD BAKERY - CONTINUED" number="12"', 'Action "Snow."'],
    ),
    "Another number at a heading's end is of it.": (
        [
            (2, 60, "12"),
            (2, ACTION, "INT. LOWER STORE ROOM, UNDER THE OLD BAKERY - CONTINUED13"),
            (4, ACTION, "Snow."),
        ],
        ['SceneHeading "INT. LOWER STORE ROOM, UNDER THE OLD BAKERY - CONTINUED13" number="12"', 'Action "Snow."'],
    ),
    "The same number after a blank is of the heading.": (
        [
            (2, 60, "12"),
            (2, ACTION, "INT. LOWER STORE ROOM, UNDER THE OLD BAKERY - CELLAR 12"),
            (4, ACTION, "Snow."),
        ],
        ['SceneHeading "INT. LOWER STORE ROOM, UNDER THE OLD BAKERY - CELLAR 12" number="12"', 'Action "Snow."'],
    ),
    "The same number far from the right edge is of the heading.": (
        [(2, 60, "12"), (2, ACTION, "INT. PIER12"), (4, ACTION, "Snow.")],
        ['SceneHeading "INT. PIER12" number="12"', 'Action "Snow."'],
    ),
    "INT. after a place makes a heading, which may have small letters.": (
        [(2, ACTION, "MAISON, cuisine - INT/JOUR"), (4, ACTION, "Snow.")],
        ['SceneHeading "MAISON, cuisine - INT/JOUR"', 'Action "Snow."'],
    ),
    "A heading of another language is one with its word and a mark.": (
        [(2, ACTION, "INNEN. MÜHLE - NACHT"), (4, ACTION, "INTERIOR LIGHTS GO OUT"), (6, ACTION, "Snow.")],
        ['SceneHeading "INNEN. MÜHLE - NACHT"', 'Action "INTERIOR LIGHTS GO OUT"', 'Action "Snow."'],
    ),
    "A sentence that goes on in small letters was turned a few cells early.": (
        [
            (2, ACTION, "Snow falls on the boards, and on the boats that lie, and"),
            (3, ACTION, "on all of it."),
            (5, CUE, "MARA"),
            (6, DIALOGUE, "You came to see what it was, and"),
            (7, DIALOGUE, "it was me."),
        ],
        [
            'Action "Snow falls on the boards, and on the boats that lie, and on all of it."',
            'Speech "MARA"',
            '  Dialogue "You came to see what it was, and it was me."',
        ],
    ),
    "A line that ended long before it had to was ended so.": (
        [(2, ACTION, "Snow falls on the boards"), (3, ACTION, "and on all of it.")],
        ['Action "Snow falls on the boards" / "and on all of it."'],
    ),
    "A new sentence in a new line was typed so, and so was one after a full thought.": (
        [
            (2, ACTION, "Snow falls on the boards, and on the boats that lie and"),
            (3, ACTION, "Odile falls over the ropes that hold them to the pier:"),
            (4, ACTION, "so it is."),
        ],
        [
            'Action "Snow falls on the boards, and on the boats that lie and" / '
            '"Odile falls over the ropes that hold them to the pier:" / "so it is."'
        ],
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_line_is_what_its_place_says(rule: str) -> None:
    lines, expected = RULES[rule]
    found = after_script(*lines)
    assert found == (expected if expected[0].startswith("  ") and found[0] != LAST[0] else LAST + expected)


# ---------------------------------------------------------------- from page to page


def over_page(below: Sequence[Placed], *top: Placed) -> list[str]:
    """What becomes of lines at the foot of one page and the top of the next; empty paragraphs are left out."""
    found = read(page(*SCRIPT, *below), page(*top, number="2."))
    assert found[: len(BEFORE)] == BEFORE
    return [line for line in found[len(BEFORE) :] if line not in ("Action", "General")]


CUTS: dict[str, tuple[Sequence[Placed], Sequence[Placed], list[str]]] = {
    "A speech goes on.": (
        [(52, CUE, "MARA"), (53, DIALOGUE, "And then she goes,")],
        [(0, DIALOGUE, "as I did.")],
        ['Speech "MARA"', '  Dialogue "And then she goes, as I did."'],
    ),
    "A name again after (MORE) is the page's.": (
        [(51, CUE, "MARA"), (52, DIALOGUE, "And then she goes."), (53, CUE, "(MORE)")],
        [(0, CUE, "MARA (CONT'D)"), (1, DIALOGUE, "As I did.")],
        ['Speech "MARA"', '  Dialogue "And then she goes. As I did."'],
    ),
    "A name again above the text is the page's.": (
        [(51, CUE, "MARA"), (52, DIALOGUE, "And then she goes.")],
        [(-1, CUE, "MARA"), (0, DIALOGUE, "As I did.")],
        ['Speech "MARA"', '  Dialogue "And then she goes. As I did."'],
    ),
    "A name again without (MORE) speaks again.": (
        [(51, CUE, "MARA"), (52, DIALOGUE, "And then she goes.")],
        [(0, CUE, "MARA"), (1, DIALOGUE, "As I did.")],
        ['Speech "MARA"', '  Dialogue "And then she goes."', 'Speech "MARA"', '  Dialogue "As I did."'],
    ),
    "Another name after (MORE) speaks.": (
        [(51, CUE, "MARA"), (52, DIALOGUE, "And then she goes."), (53, CUE, "(MORE)")],
        [(0, CUE, "ODILE"), (1, DIALOGUE, "As I did.")],
        ['Speech "MARA"', '  Dialogue "And then she goes."', 'Speech "ODILE"', '  Dialogue "As I did."'],
    ),
    "A parenthetical at the top goes on with the speech.": (
        [(51, CUE, "MARA"), (52, DIALOGUE, "And then she goes."), (53, CUE, "(MORE)")],
        [(0, CUE, "MARA (CONT'D)"), (1, BRACKET, "(low)"), (2, DIALOGUE, "As I did.")],
        ['Speech "MARA"', '  Dialogue "And then she goes."', '  Parenthetical "(low)"', '  Dialogue "As I did."'],
    ),
    "Action without a full stop goes on.": (
        [(52, ACTION, "She walks and")],
        [(0, ACTION, "falls.")],
        ['Action "She walks and falls."'],
    ),
    "Action goes on in a small letter.": (
        [(52, ACTION, "She walks.")],
        [(0, ACTION, "falls.")],
        ['Action "She walks. falls."'],
    ),
    "A sentence of one line is a paragraph.": (
        [(52, ACTION, "She walks.")],
        [(0, ACTION, "She falls.")],
        ['Action "She walks."', 'Action "She falls."'],
    ),
    "Action in capitals does not go on in small letters.": (
        [(52, ACTION, "SHE WALKS AND")],
        [(0, ACTION, "falls.")],
        ['Action "SHE WALKS AND"', 'Action "falls."'],
    ),
    "A heading does not go on.": (
        [(53, ACTION, "EXT. QUAY - DAY")],
        [(0, ACTION, "SNOW")],
        ['SceneHeading "EXT. QUAY - DAY"', 'Action "SNOW"'],
    ),
    "CONTINUED stands on the page only.": (
        [(52, ACTION, "She walks."), (54, 400, "(CONTINUED)")],
        [(0, ACTION, "CONTINUED:"), (2, ACTION, "She falls.")],
        ['Action "She walks."', 'Action "She falls."'],
    ),
    "CONTINUED with its number in both margins may be one string of words.": (
        [(52, ACTION, "She walks."), (54, 400, "(CONTINUED)")],
        [(0, 60, "12     CONTINUED: (2)                              12"), (2, ACTION, "She falls.")],
        ['Action "She walks."', 'Action "She falls."'],
    ),
    "That string may stand where action does.": (
        [(52, ACTION, "She walks."), (54, 400, "(CONTINUED)")],
        [(0, ACTION, "12 CONTINUED: (2) 12"), (2, ACTION, "She falls.")],
        ['Action "She walks."', 'Action "She falls."'],
    ),
    "Two different numbers are words.": (
        [(52, ACTION, "She walks.")],
        [(0, ACTION, "12 CONTINUED: (2) 13"), (2, ACTION, "She falls.")],
        ['Action "She walks."', 'Action "12 CONTINUED: (2) 13"', 'Action "She falls."'],
    ),
    "CONTINUED has its word in other languages.": (
        [(52, ACTION, "She walks."), (54, 400, "(FORTSETZUNG)")],
        [(0, ACTION, "SUITE : (2)"), (2, ACTION, "She falls.")],
        ['Action "She walks."', 'Action "She falls."'],
    ),
    "Without a sign it is a word.": (
        [(52, ACTION, "She walks.")],
        [(0, ACTION, "SUITE"), (2, ACTION, "She falls.")],
        ['Action "She walks."', 'Action "SUITE"', 'Action "She falls."'],
    ),
    "CONTINUED in the column of a parenthetical's second line is said.": (
        [(52, CUE, "MARA"), (53, BRACKET, "(as if it were"), (54, TURN, "CONTINUED)")],
        [(0, DIALOGUE, "As I did.")],
        ['Speech "MARA"', '  Parenthetical "(as if it were CONTINUED)"', '  Dialogue "As I did."'],
    ),
    "CONTINUED alone in the column of names is not.": (
        [(52, ACTION, "She walks."), (54, CUE, "(CONTINUED)")],
        [(0, ACTION, "She falls.")],
        ['Action "She walks."', 'Action "She falls."'],
    ),
    "A long name of two lines again is the page's.": (
        [(50, CUE, "MARA"), (51, DIALOGUE, "And then she goes."), (52, CUE, "(MORE)")],
        [(0, CUE, "MARA"), (1, CUE, "(CONT'D)"), (2, DIALOGUE, "As I did.")],
        ['Speech "MARA"', '  Dialogue "And then she goes. As I did."'],
    ),
    "A name further down is another.": (
        [(50, CUE, "MARA"), (51, DIALOGUE, "And then she goes."), (52, CUE, "(MORE)")],
        [(0, CUE, "MARA (CONT'D)"), (2, CUE, "ODILE"), (3, DIALOGUE, "As I did.")],
        ['Speech "MARA"', '  Dialogue "And then she goes."', 'Speech "ODILE"', '  Dialogue "As I did."'],
    ),
    "A verse does not go on by itself.": (
        [(53, CUE, "MARA"), (54, DIALOGUE, "La la", ITALIC)],
        [(0, DIALOGUE, "La.", ITALIC)],
        ['Speech "MARA"', '  Dialogue italic "La la"', 'Lyric "La."'],
    ),
    "A verse goes on after (MORE).": (
        [(52, CUE, "MARA"), (53, DIALOGUE, "La la", ITALIC), (54, CUE, "(MORE)")],
        [(0, CUE, "MARA (CONT'D)"), (1, DIALOGUE, "La.", ITALIC)],
        ['Speech "MARA"', '  Dialogue italic "La la La."'],
    ),
    "Two speeches side by side go on under each other.": (
        [(53, 144, "MARA"), (53, 360, "ODILE"), (54, 108, "Yes,"), (54, 328, "No,")],
        [(0, 108, "yes."), (0, 328, "no."), (2, ACTION, "Snow.")],
        [
            "DualDialogue",
            '  Speech "MARA"',
            '    Dialogue "Yes," / "yes."',
            '  Speech "ODILE"',
            '    Dialogue "No," / "no."',
            'Action "Snow."',
        ],
    ),
    "Their names again after (MORE) are the page's.": (
        [
            (51, 144, "MARA"),
            (51, 360, "ODILE"),
            (52, 108, "Yes,"),
            (52, 328, "No,"),
            (53, 150, "(MORE)"),
            (53, 370, "(MORE)"),
        ],
        [
            (0, 130, "MARA (CONT'D)"),
            (0, 345, "ODILE (CONT'D)"),
            (1, 108, "yes."),
            (1, 328, "no."),
            (3, ACTION, "Snow."),
        ],
        [
            "DualDialogue",
            '  Speech "MARA"',
            '    Dialogue "Yes," / "yes."',
            '  Speech "ODILE"',
            '    Dialogue "No," / "no."',
            'Action "Snow."',
        ],
    ),
}


@pytest.mark.parametrize("rule", CUTS)
def test_a_page_ends_within(rule: str) -> None:
    below, top, expected = CUTS[rule]
    assert over_page(below, *top) == expected


# ---------------------------------------------------------------- documents that no template explains


def foreign(*edges: float, speech_gap: int = 1, pages: int = 4) -> list[Page]:
    """A script whose action, speech, brackets and names begin at other places; `speech_gap`: rows to the speech."""
    action, speech, bracket, name = edges
    made = []
    for number in range(1, pages + 1):
        lines: list[Placed] = []
        for scene in range(3):
            row = 17 * scene
            lines += [
                (row, action, f"INT. ROOM {number}{scene} - DAY"),
                (row + 2, action, f"Rain falls on the boards, and on boat {number}{scene} that lies there and"),
                (row + 3, action, "on nobody."),
                (row + 5, name, "MARA"),
                (row + 5 + speech_gap, speech, f"You came {number}{scene}."),
                (row + 7 + speech_gap, name, "ODILE THE ELDER"),
                (row + 7 + 2 * speech_gap, bracket, "(quietly)"),
                (row + 7 + 3 * speech_gap, speech, "I said that I would come here, and"),
                (row + 8 + 3 * speech_gap, speech, "here I am."),
            ]
        made.append(page(*lines, number=f"{number}."))
    return made


@pytest.mark.parametrize(
    ("edges", "gap"),
    [((72, 130, 160, 200), 1), ((90, 170, 190, 230), 1), ((108, 150, 170, 220), 1), ((80, 140, 165, 205), 2)],
)
def test_edges_are_learned_from_the_surest_lines(edges: tuple[float, ...], gap: int) -> None:
    found = read(*foreign(*edges, speech_gap=gap))
    assert len(found) == 4 * 3 * 7
    assert found[7:14] == [
        'SceneHeading "INT. ROOM 11 - DAY"',
        'Action "Rain falls on the boards, and on boat 11 that lies there and on nobody."',
        'Speech "MARA"',
        '  Dialogue "You came 11."',
        'Speech "ODILE THE ELDER"',
        '  Parenthetical "(quietly)"',
        '  Dialogue "I said that I would come here, and here I am."',
    ]


def test_names_may_stand_in_the_middle() -> None:
    pages = [
        Page(
            width=one.width,
            height=one.height,
            label=None,
            lines=tuple(
                line._replace(x=300 - CELL * len(text) / 2) if (text := line.text[0].text) in NAMES else line
                for line in one.lines
            ),
        )
        for one in foreign(72, 130, 160, 0)
    ]
    assert read(*pages)[9:12] == ['Speech "MARA"', '  Dialogue "You came 11."', 'Speech "ODILE THE ELDER"']


NAMES = ("MARA", "ODILE THE ELDER")


def test_names_may_stand_where_speech_does() -> None:
    lines: list[Placed] = []
    for scene in range(4):
        row = 12 * scene
        lines += [
            (row, 72, f"INT. ROOM {scene} - DAY"),
            (row + 2, 72, f"Rain falls on the boards, and on boat {scene} that lies there and"),
            (row + 3, 72, "on nobody."),
            (row + 5, 200, "MARA (O.S.)"),
            (row + 6, 200, f"You came {scene}."),
            (row + 7, 200, "YES."),
            (row + 9, 200, "ODILE"),
            (row + 10, 200, "I said that I would come."),
        ]
    assert read(page(*lines))[:6] == [
        'SceneHeading "INT. ROOM 0 - DAY"',
        'Action "Rain falls on the boards, and on boat 0 that lies there and on nobody."',
        'Speech "MARA (O.S.)"',
        '  Dialogue "You came 0." / "YES."',
        'Speech "ODILE"',
        '  Dialogue "I said that I would come."',
    ]


def test_a_number_with_a_dash_stands_before_a_heading_with_its_place_first() -> None:
    lines = [
        (12 * scene + row, x, text)
        for scene in range(4)
        for row, x, text in (
            (0, 72, f"{scene + 1}- MAISON, cuisine - INT/JOUR"),
            (2, 72, f"Rain falls on the boards, and on boat {scene} that lies there and"),
            (3, 72, "on nobody."),
            (5, 200, "MARA"),
            (6, 130, f"You came {scene}, and then there was all this rain."),
        )
    ]
    assert read(page(*lines))[0] == 'SceneHeading "MAISON, cuisine - INT/JOUR" number="1"'


def elsewhere(*speech: str, name: str = "ODILE", x: float | None = None) -> list[str]:
    """What becomes of a speech in a script whose names stand in the middle and whose speech is 50 letters wide."""
    full = "You came to see me here in all this rain, Odile, a"
    lines: list[Placed] = [
        (0, 72, "INT. ROOM - DAY"),
        (2, 72, "Rain falls on the boards, and on the boats that lie there."),
    ]
    for count in range(6):
        row = 4 + 5 * count
        lines += [(row, middle(300, "MARA"), "MARA"), (row + 1, 130, full), (row + 2, 130, f"good {count} or so.")]
    lines += [(36, middle(300, name) if x is None else x, name)]
    lines += [(37 + row, 130, text) for row, text in enumerate(speech)]
    return read(page(*lines))[14:]


def test_no_line_ends_inside_a_sentence_where_places_were_learned() -> None:
    assert elsewhere("Nobody else would come out", "in this.") == [
        'Speech "ODILE"',
        '  Dialogue "Nobody else would come out in this."',
    ]
    assert elsewhere("Nobody else", "in this.")[1] == '  Dialogue "Nobody else" / "in this."'
    assert elsewhere("Nobody else would come out", "In this rain.")[1].count("/") == 1


def test_a_long_name_with_a_small_extension_stands_in_the_middle_of_names() -> None:
    said = ['Speech plain "ODILE THE ELDER (off)"', '  Dialogue "Nobody."']
    assert elsewhere("Nobody.", name="ODILE THE ELDER (off)") in (said, ['Speech "ODILE THE ELDER (off)"', said[1]])
    assert elsewhere("Nobody.", name="ODILE THE ELDER", x=330)[0] == 'Action "ODILE THE ELDER"'
    assert elsewhere("Nobody.", name="Odile the elder")[0].startswith("Action")


# ---------------------------------------------------------------- the title page


def titled(*lines: Placed) -> dict[str, list[str]]:
    front = Page(width=612, height=792, label=None, lines=page(*lines).lines)
    screenplay = recover([front, page(*SCRIPT, number="1."), page((0, ACTION, "Snow."), number="2.")])
    assert screenplay.title_page is not None
    return {
        one.name: ["".join(run.text for run in line if isinstance(run, Run)) for line in one.lines]
        for one in screenplay.title_page.fields
    }


def centered(row: int, text: str) -> Placed:
    return row, middle(306, text), text


def title_and_script(*lines: Placed) -> tuple[dict[str, list[str]], list[str]]:
    """A title page's fields, and what comes below on the same page."""
    screenplay = recover([page(*lines, *((row + 12, x, text) for row, x, text, *_ in SCRIPT))])
    fields = screenplay.title_page.fields if screenplay.title_page else ()
    said = {
        one.name: ["".join(run.text for run in line if isinstance(run, Run)) for line in one.lines] for one in fields
    }
    return said, outline.to_text(Screenplay(body=screenplay.body)).splitlines()


def test_a_title_above_the_first_scene_is_a_title_page() -> None:
    title = {"Title": ["Bread"], "Credit": ["Written by"], "Author": ["Odile Quill"]}
    above = (centered(0, "Bread"), centered(2, "Written by Odile Quill"))
    assert title_and_script(*above) == (title, BEFORE)
    numbered = title_and_script(*above, (12, 60, "1"))
    assert numbered == (title, ['SceneHeading "INT. PIER - DAY" number="1"', *BEFORE[1:]])


def test_what_stands_at_the_edge_of_the_first_heading_is_of_the_script() -> None:
    above = (centered(0, "Bread"), centered(2, "Written by Odile Quill"), (10, ACTION, "FADE IN:"))
    said, script = title_and_script(*above)
    assert said["Title"] == ["Bread"]
    assert 'Action "FADE IN:"' in script


@pytest.mark.parametrize("line", [centered(0, "Bread"), (0, ACTION, "Written by Odile Quill"), (0, 400, "by a friend")])
def test_other_lines_above_the_first_scene_are_of_the_script(line: Placed) -> None:
    assert title_and_script(line)[0] == {}


def test_a_title_page_on_final_draft_s_grid() -> None:
    assert titled(
        centered(18, "The Long Tide"),
        centered(20, "The Second Night"),
        centered(24, "Told by"),
        centered(26, "Odile Quill"),
        centered(30, "After her letters"),
        (44, 72, "Copyright 2026"),
        (46, 72, "Pier 4"),
        (47, 72, "Harbour"),
        (44, 400, "First draft"),
        (45, 400, "Blue Rev. 2"),
    ) == {
        "Title": ["The Long Tide"],
        "Episode": ["The Second Night"],
        "Credit": ["Told by"],
        "Author": ["Odile Quill"],
        "Source": ["After her letters"],
        "Draft date": ["First draft"],
        "Revision": ["Blue Rev. 2"],
        "Copyright": ["Copyright 2026"],
        "Contact": ["Pier 4", "Harbour"],
    }


def test_lines_in_the_middle_of_a_title_page_are_lines_and_those_at_its_foot_turn() -> None:
    assert titled(
        centered(18, "The Long Tide that Came in the Night"),
        centered(19, "and never went out again until the day"),
        (44, 72, "Quill and Daughters, Agents of"),
        (45, 72, "all the coasts"),
        (46, 72, "Harbour"),
    ) == {
        "Title": ["The Long Tide that Came in the Night", "and never went out again until the day"],
        "Contact": ["Quill and Daughters, Agents of all the coasts", "Harbour"],
    }


def test_a_title_page_whose_words_say_what_they_are() -> None:
    assert titled(
        centered(16, "The Long Tide"),
        centered(20, "written by"),
        centered(22, "Odile Quill"),
        centered(26, "based on her letters"),
        centered(30, "Copyright 2026"),
        centered(32, "May 2026"),
        centered(34, "for the stage"),
    ) == {
        "Title": ["The Long Tide"],
        "Credit": ["written by"],
        "Author": ["Odile Quill"],
        "Source": ["based on her letters"],
        "Copyright": ["Copyright 2026"],
        "Draft date": ["May 2026"],
        "Notes": ["for the stage"],
    }


def test_a_title_page_is_kept_as_drawn() -> None:
    front = page(
        centered(18, "The Long Tide")[:3],
        (19, ends(540, "May"), "May"),
        (21, 72, "Pier 4"),
        (21, 300, "Harbour"),
        (22, 144, "Bay"),
        (23, middle(306, "the end of it all"), "the end of it all"),
    )
    screenplay = recover([front, page(*SCRIPT, number="1."), page((0, ACTION, "Snow."), number="2.")])
    assert screenplay.title_page is not None
    (sheet,) = screenplay.title_page.sheets
    drawn = [
        (
            "".join(run.text for run in line.text if isinstance(run, Run)),
            line.align.value if line.align else None,
            line.layout.left if line.layout else None,
        )
        for line in sheet
        if line.text
    ]
    assert drawn == [
        ("The Long Tide", "center", None),
        ("May", "right", None),
        ("Pier 4" + " " * 26 + "Harbour", None, None),
        ("Bay", None, 2.0),
        ("the end of it all", "center", None),
    ]
    assert len(sheet) == 24


def test_a_heading_in_another_language_begins_a_page() -> None:
    found = read(page(*SCRIPT), page((0, ACTION, "BOR. ALTE MÜHLE - NACHT"), (2, ACTION, "Regen."), number="2."))
    assert found[-2:] == ['SceneHeading "BOR. ALTE MÜHLE - NACHT"', 'Action "Regen."']


def test_a_time_that_headings_have_ends_one_at_the_top_of_a_page() -> None:
    found = read(page(*SCRIPT), page((0, ACTION, "THE OLD MILL - DAY"), (2, ACTION, "Rain."), number="2."))
    assert found[-2:] == ['SceneHeading "THE OLD MILL - DAY"', 'Action "Rain."']
    found = read(page(*SCRIPT), page((0, ACTION, "THE OLD MILL - NEVER"), (2, ACTION, "Rain."), number="2."))
    assert found[-2:] == ['Action "THE OLD MILL - NEVER"', 'Action "Rain."']


@pytest.mark.parametrize(
    ("step", "pitch", "leading"),
    [(12, 7.2, 12), (24, 7.2, 12), (24, 8.0, 24), (12.5, 8.0, 12), (14, 7.2, 14), (36, 7.0, 12), (50, 7.2, 12)],
)
def test_the_leading_is_the_smallest_common_distance(step: float, pitch: float, leading: float) -> None:
    lines = tuple(Line(text=(Run(text="Rain."),), x=ACTION, y=80 + step * row) for row in range(12))
    sheets = sheets_of([Page(width=612, height=792, label=None, lines=lines)], pitch)
    assert usual_leading(sheets, pitch) == leading
