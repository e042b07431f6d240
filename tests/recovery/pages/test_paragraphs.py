"""Single steps on the way from placed rows to paragraphs, each by itself."""

from __future__ import annotations

from typing import Any

import pytest

from converter.contract import DEFAULT_LIMITS
from converter.records import replace
from converter.recovery.pages.elements import _bookmarked, _is_shot, _is_verse, _numbers_speeches, _song_start, _time_of
from converter.recovery.pages.furniture import _fits, _level, _rises, _third, _value
from converter.recovery.pages.line_numbers import _column
from converter.recovery.pages.margins import take_margins
from converter.recovery.pages.measures import Measures, film
from converter.recovery.pages.paragraphs import Paragraphs
from converter.recovery.pages.placed import Piece, PlacedRow, Sheet
from converter.recovery.pages.placed_paragraph import SHOT, ParagraphRow, PlacedParagraph, Slot, is_heading
from converter.recovery.pages.signs import is_name_again, is_open_bracket, lines_of_page, pieces_together, says_again
from converter.recovery.pages.straight import _most_alike, _shift
from converter.tree import NO_STYLE, Position, Run, Style

PITCH, LEADING = 7.2, 12.0
FILM = film(612, PITCH, LEADING)
LEARNED = replace(FILM, is_known=False)
BOLD = Style.BOLD


def piece(text: str, x: float = 108, y: float = 80, style: Style = NO_STYLE) -> Piece:
    return Piece((Run(text=text, style=style),), text, x, y, x + PITCH * len(text), len(text))


def row(*pieces: Piece, numbers: tuple[str, ...] = (), page: int = 0, line: int = 1) -> PlacedRow:
    return PlacedRow(page, line, pieces[0].y, list(pieces), list(numbers))


def paragraph(text: str, slot: Slot = Slot.MARGIN, style: Style = NO_STYLE, **more: Any) -> PlacedParagraph:
    """Its rows are the text's lines."""
    rows = [
        ParagraphRow(piece(one, style=style), "\n" if place else "", 0, None)
        for place, one in enumerate(text.split("\n"))
    ]
    return PlacedParagraph(slot=slot, rows=rows, **{"blank": 1, "top": False, "at": Position(), **more})


def paragraphs(*made: PlacedParagraph, measures: Measures = FILM) -> Paragraphs:
    found = Paragraphs([], measures, DEFAULT_LIMITS)
    found.paragraphs = list(made)
    return found


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("text", "more", "heading"),
    [
        ("INT. PIER - DAY", {}, True),
        ("Int. Pier", {}, False),
        ("INT. PIER", {"slot": Slot.CENTER}, False),
        ("OMITTED", {}, True),
        ("(OMIT)", {}, True),
        ("OMITTED NOW", {}, False),
        ("THE PIER", {"numbers": ["12"]}, True),
        ("ANGLE ON MARA", {"numbers": ["12"]}, False),
        ("THE PIER", {"blank": 2}, True),
        ("THE PIER", {"blank": 4}, True),
        ("THE PIER", {"blank": 3}, False),
        ("THE PIER", {"blank": 1}, False),
        ("THE PIER", {"blank": 2, "top": True}, False),
        ("THE PIER", {"style": BOLD}, False),
    ],
)
def test_a_heading_is_told_by_its_words_its_number_or_the_room_above_it(
    text: str, more: dict[str, Any], heading: bool
) -> None:
    assert is_heading(paragraph(text, **more), FILM) is heading


def test_where_headings_have_one_line_above_them_room_says_nothing() -> None:
    assert not is_heading(paragraph("THE PIER", blank=2), replace(FILM, heading_blank=1))
    assert is_heading(paragraph("THE PIER", blank=4), replace(FILM, heading_blank=3))


def test_where_headings_are_bold_what_is_bold_is_one() -> None:
    bold = replace(FILM, heading_style=BOLD)
    assert is_heading(paragraph("THE PIER", style=BOLD), bold)
    assert not is_heading(paragraph("THE PIER", style=Style.ITALIC), bold)
    blank = paragraph("THE PIER")
    runs = (Run(text="THE", style=BOLD), Run(text=" "), Run(text="PIER", style=BOLD))
    blank.rows[0].piece.runs = runs
    assert is_heading(blank, bold)
    blank.rows[0].piece.runs = (*runs, Run(text="!"))
    assert not is_heading(blank, bold)


@pytest.mark.parametrize(
    "text",
    "ANGLE ON,ANOTHER ANGLE,CLOSE ON,CLOSER,CLOSEUP,CLOSE-UP,C.U.,CU,POV,P.O.V.,C.U. ON MARA,P.O.V. SHOT,"
    "INSERT,BACK TO,WIDE,WIDER,TIGHT,REVERSE,AERIAL,TRACKING,MOVING,DOLLY,CRANE,TWO SHOT,MEDIUM,EXTREME,FAVORING,"
    "FULL SHOT,ESTABLISHING,MARA'S POV,MARA\u2019S P.O.V.".split(","),
)
def test_a_shot_begins_with_the_camera_s_place(text: str) -> None:
    assert SHOT.match(text)
    assert _is_shot(paragraph(text)) and _is_shot(paragraph(f"{text}\nX"))
    assert not _is_shot(paragraph(f"{text}\nX\nX"))
    assert not _is_shot(paragraph(text + "!"))


@pytest.mark.parametrize("text", ["angle on", "ANGLES", "WIDENING", "PIER", "MARA SAYS POV", "M" * 41 + "'S POV"])
def test_other_words_are_no_shot(text: str) -> None:
    assert not SHOT.match(text)


# ---------------------------------------------------------------- margins


def margins(measures: Measures, *placed: tuple[float, str]) -> tuple[list[str], list[str], str | None]:
    made = row(*(piece(text, x) for x, text in placed))
    take_margins(made, measures)
    return [one.text for one in made.pieces], made.numbers, made.mark


def before(right: float, text: str) -> tuple[float, str]:
    return right - PITCH * len(text), text


HEADING, NUMBERED = (108, "INT. PIER - DAY"), ["12A"]


@pytest.mark.parametrize(
    ("placed", "words", "numbers", "mark"),
    [
        ([(54, "12A"), HEADING], [HEADING[1]], NUMBERED, None),
        ([before(107, "12A"), HEADING], [HEADING[1]], NUMBERED, None),
        ([before(107.5, "12A"), HEADING], ["12A", HEADING[1]], [], None),
        ([(54, "A"), HEADING], [HEADING[1]], ["A"], None),
        ([(54, "a"), HEADING], ["a", HEADING[1]], [], None),
        ([(54, "(A)"), HEADING], [HEADING[1]], ["(A)"], None),
        ([(54, "AB"), HEADING], ["AB", HEADING[1]], [], None),
        ([(10, "1" * 12), HEADING], [HEADING[1]], ["1" * 12], None),
        ([(10, "1" * 13), HEADING], ["1" * 13, HEADING[1]], [], None),
        ([(54, "1 2"), HEADING], ["1 2", HEADING[1]], [], None),
        ([(54, "12A"), HEADING, (400, "12A")], [HEADING[1]], ["12A", "12A"], None),
        ([(54, "12A"), HEADING, (400, "13")], [HEADING[1], "13"], NUMBERED, None),
        ([HEADING, before(531, "12A")], [HEADING[1]], NUMBERED, None),
        ([HEADING, before(534, "12A")], [HEADING[1]], NUMBERED, None),
        ([HEADING, before(528, "12A")], [HEADING[1]], NUMBERED, None),
        ([HEADING, before(527, "12A")], [HEADING[1], "12A"], [], None),
        ([HEADING, before(550, "12A")], [HEADING[1]], NUMBERED, None),
        ([(108, "Rain."), before(550, "12A")], ["Rain.", "12A"], [], None),
        ([(108, "12A")], ["12A"], [], None),
        ([(108, "Rain."), (558, "*")], ["Rain."], [], "*"),
        ([(108, "Rain."), (558, "AAA")], ["Rain."], [], "AAA"),
        ([(108, "Rain."), (558, "AAAA")], ["Rain.", "AAAA"], [], None),
        ([(108, "Rain."), (561, "A")], ["Rain."], [], "A"),
        ([(108, "Rain."), (562, "A")], ["Rain.", "A"], [], None),
        ([(108, "Rain."), (325, "**")], ["Rain."], [], "**"),
        ([(108, "Rain."), (324, "**")], ["Rain.", "**"], [], None),
        ([(558, "*")], [], [], "*"),
        ([(541, "*")], [], [], "*"),
        ([(540, "*")], ["*"], [], None),
    ],
)
def test_numbers_and_marks_stand_in_the_margins(
    placed: list[tuple[float, str]], words: list[str], numbers: list[str], mark: str | None
) -> None:
    assert margins(FILM, *placed) == (words, numbers, mark)


@pytest.mark.parametrize(
    ("placed", "words", "numbers"),
    [
        ([(108, "12A  INT. PIER")], ["INT. PIER"], ["12A"]),
        ([(108, "12A. INT. PIER")], ["INT. PIER"], ["12A"]),
        ([(108, "12A"), (150, "INT. PIER")], ["INT. PIER"], ["12A"]),
        ([(108, "12A"), (150, "Rain.")], ["12A", "Rain."], []),
        ([(108, "12 boats")], ["12 boats"], []),
        ([HEADING, (483, "7")], [HEADING[1]], ["7"]),
        ([HEADING, (482, "7")], [HEADING[1], "7"], []),
        ([HEADING, (500, "A")], [HEADING[1], "A"], []),
    ],
)
def test_a_document_of_its_own_making_may_number_beside_the_words(
    placed: list[tuple[float, str]], words: list[str], numbers: list[str]
) -> None:
    assert margins(LEARNED, *placed) == (words, numbers, None)
    if placed != [HEADING, (483, "7")] or words == [HEADING[1], "A"]:
        assert margins(FILM, *placed)[1] == []


def test_a_heading_after_its_number_stands_where_that_did() -> None:
    made = row(piece("12A", 108), piece("INT. PIER", 150))
    take_margins(made, LEARNED)
    assert (made.first.x, made.first.length, made.first.runs) == (108, 9, (Run(text="INT. PIER"),))


# ---------------------------------------------------------------- speech


@pytest.mark.parametrize(
    ("slot", "text", "found"),
    [(Slot.CUE, "Rain.", True), (Slot.BRACKET, "Rain.", True), (Slot.DIALOGUE, "(low)", True)]
    + [(Slot.DIALOGUE, "Rain.", False), (Slot.MARGIN, "(low)", False)],
)
def test_what_stands_under_a_name(slot: Slot, text: str, found: bool) -> None:
    assert paragraphs(paragraph("x", slot))._is_under_name(row(piece(text))) is found
    assert not paragraphs()._is_under_name(row(piece(text)))


@pytest.mark.parametrize(
    ("text", "again"), [("MARA (CONT'D)", True), ("MARA", False), ("Mara (CONT'D)", False), ("Mara", False)]
)
def test_a_name_that_goes_on_side_by_side(text: str, again: bool) -> None:
    assert is_name_again(piece(text)) is again


@pytest.mark.parametrize(
    ("text", "more", "above", "again"),
    [("MARA", True, False, True), ("mara (O.S.)", False, True, True), ("MARA", False, False, False)]
    + [("ODILE", True, True, False), ("THE LADY (CONT'D)", True, False, True), ("ODILE (CONT'D)", False, True, False)],
)
def test_a_name_is_said_again(text: str, more: bool, above: bool, again: bool) -> None:
    assert says_again(text, "MARA", more=more, above=above) is again


def test_a_bracket_is_open_until_as_many_are_closed() -> None:
    for text, is_open in [("(low", True), ("(low)", False), ("(low\nand soft)", False), ("(low (very)\nsoft", True)]:
        assert is_open_bracket(paragraph(text, Slot.BRACKET)) is is_open
        assert not is_open_bracket(paragraph(text, Slot.DIALOGUE))
    assert not is_open_bracket(None)


def test_columns_are_those_of_the_place() -> None:
    found = paragraphs()
    slots = [Slot.MARGIN, Slot.CENTER, Slot.DIALOGUE, Slot.CUE, Slot.RIGHT_STOP]
    assert [found._columns(paragraph("x", slot)) for slot in slots] == [61, 61, 35, 38, 16]
    assert [found._columns(paragraph(text, Slot.BRACKET)) for text in ("(x", "(x\ny")] == [26, 25]
    alike = paragraphs(measures=replace(FILM, turn=FILM.bracket))
    assert alike._columns(paragraph("(x", Slot.BRACKET)) == 25


def test_a_line_that_stands_nowhere_goes_on_with_what_it_hangs_under() -> None:
    def nearest(slot: Slot, x: float, contiguous: bool = True) -> Slot:
        return paragraphs(paragraph("x", slot))._nearest(piece("x", x), contiguous)

    assert nearest(Slot.DIALOGUE, 181) is Slot.DIALOGUE
    assert nearest(Slot.BRACKET, 181) is Slot.BRACKET
    assert nearest(Slot.DIALOGUE, 180) is Slot.ELSEWHERE
    assert nearest(Slot.DIALOGUE, 181, contiguous=False) is Slot.ELSEWHERE
    assert [nearest(slot, 120) for slot in (Slot.ELSEWHERE, Slot.CENTER, Slot.MARGIN)] == [
        Slot.ELSEWHERE,
        Slot.CENTER,
        Slot.ELSEWHERE,
    ]
    assert nearest(Slot.CENTER, 120, contiguous=False) is Slot.ELSEWHERE


def test_a_name_speaks_where_speech_stands_right_under_it() -> None:
    def speaks(x: float, rows: float = 1, text: str = "Rain.", **more: Any) -> bool:
        found = paragraphs(measures=replace(FILM, **more))
        return found._speaks(row(piece("MARA", 252)), row(piece(text, x, 80 + LEADING * rows)))

    assert [speaks(x) for x in (180, 209, 216, 178, 182, 183, 108)] == [True, True, True, True, True, False, False]
    assert speaks(180, 1.5) and not speaks(180, 1.6)
    assert speaks(180, 2.5, speech_blank=1) and speaks(180, 2.5, dialogue_spacing=2.0)
    assert not speaks(252, text="ODILE")  # it would have stood beside it
    assert speaks(252, text="X" * 34)
    assert paragraphs()._speaks(row(piece("MARA")), None) and not paragraphs()._speaks(row(piece("Mara")), None)


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("lengths", "above", "below", "one"),
    [({1: 1, 2: 3, 4: 1, 5: 3}, 3, 1, True), ({2: 4, 3: 1, 4: 1, 5: 3}, 3, 1, False), ({4: 9}, 2, 2, True)]
    + [({2: 9}, 2, 2, False)],
)
def test_paragraphs_of_the_usual_length_are_likelier(
    lengths: dict[int, int], above: int, below: int, one: bool
) -> None:
    made = [paragraph("\n".join(["x"] * length)) for length, count in lengths.items() for _ in range(count)]
    others = [paragraph("X\nX\nX\nX")] * 9 + [paragraph("x\nx\nx\nx", Slot.DIALOGUE)] * 9
    found = paragraphs(*made, *others, paragraph("THE END"))
    assert found._likelier_one(above, below) is one
    assert found.paragraphs[-1].guess == "page"


def test_lines_of_a_page() -> None:
    def sheet(height: float) -> Sheet:
        return Sheet(0, 612, height, None, [])

    assert lines_of_page([sheet(792)], FILM) == 54
    assert lines_of_page([sheet(792), sheet(804)], FILM) == 55
    assert lines_of_page([], FILM) == 54
    assert lines_of_page([sheet(803)], FILM) == 54


def test_the_room_below_the_last_line() -> None:
    found = paragraphs()
    found.lines = 54
    last = paragraph("x")
    for y, room in ((80, 53), (80 + 12 * 52, 1), (80 + 12 * 60, 0)):
        last.rows[0].piece.y = y
        assert found._room_below(last) == room
    last.rows[0].piece.y = 80 + 12 * 50
    found._was_continued = True
    assert found._room_below(last) == 1


def test_pieces_of_one_row_stand_apart_by_the_blanks_between() -> None:
    left, right = piece("Rain", 108, style=BOLD), piece("falls", 108 + PITCH * 7)
    whole = pieces_together([left, right], PITCH)
    assert (whole.text, whole.x, whole.right, whole.length) == ("Rain   falls", 108, right.right, 12)
    assert whole.runs == (Run(text="Rain", style=BOLD), Run(text="   "), Run(text="falls"))
    assert pieces_together([left, piece("s", left.right + 1)], PITCH).text == "Rain s"
    assert pieces_together([left], PITCH) == left


# ---------------------------------------------------------------- elements


@pytest.mark.parametrize(
    ("text", "time"), [("INT. PIER - DAY", "DAY"), ("INT. PIER - QUAY - DUSK ", "DUSK"), ("INT. PIER", ""), ("A-B", "")]
)
def test_the_time_stands_after_the_last_dash(text: str, time: str) -> None:
    assert _time_of(text) == time


def test_a_bookmark_says_a_heading_with_its_number_or_without() -> None:
    assert _bookmarked("12  Int. Pier") == ("12 INT. PIER", "INT. PIER")


def test_numbers_of_speeches_count_from_one() -> None:
    def numbered(*numbers: str) -> bool:
        return _numbers_speeches([paragraph("X", Slot.CUE, numbers=[one] if one else []) for one in numbers])

    assert numbered("1", "2", "3")
    assert not numbered("1", "2") and not numbered("1", "", "3") and not numbered("2", "3", "4")
    assert _numbers_speeches([paragraph("X", Slot.CUE, numbers=[str(n), "9"]) for n in (1, 2, 3)])
    assert not _numbers_speeches([paragraph("X", numbers=[str(n)]) for n in (1, 2, 3)])


def italic_from(start: int, *texts: str) -> PlacedParagraph:
    made = paragraph("\n".join(texts), Slot.DIALOGUE)
    for one in made.rows[start:]:
        one.piece.runs = (replace(one.piece.runs[0], style=Style.ITALIC),)
    return made


def test_a_song_begins_after_a_sentence() -> None:
    assert _song_start(italic_from(1, "Listen.", "La", "la")) == 1
    assert _song_start(italic_from(2, "Listen", "now!", "la")) == 2
    assert _song_start(italic_from(1, "Listen", "La")) == 0
    assert _song_start(italic_from(0, "La.", "la")) == 0
    assert _song_start(italic_from(2, "Listen.", "Now.")) == 0


def test_verses_are_long_or_ended_by_their_author() -> None:
    assert not _is_verse(paragraph("x" * 36), FILM) and _is_verse(paragraph("x" * 37), FILM)
    assert _is_verse(paragraph("x\ny"), FILM) and not _is_verse(paragraph("x"), FILM)
    turned = paragraph("x\ny\nz")
    turned.rows[2].before = " "
    assert not _is_verse(turned, FILM)


# ---------------------------------------------------------------- numbers of pages and lines


@pytest.mark.parametrize(("y", "level"), [(80, 20), (81.9, 20), (78.1, 20), (82.1, 21), (100, 25)])
def test_rows_of_pages_are_level_within_two_points(y: float, level: int) -> None:
    assert _level(row(piece("x", y=y))) == level


@pytest.mark.parametrize(
    ("labels", "rises"),
    [([(0, "1"), (1, "2"), (2, "3")], 2), ([(0, "12"), (1, "12A"), (2, "13")], 2), ([(0, "1"), (1, "1")], 0)]
    + [([(0, "1"), (2, "3")], 1), ([(0, "1"), (1, "3")], 0), ([(0, "2"), (1, "1")], 0), ([], 0)],
)
def test_labels_rise_no_faster_than_the_pages(labels: list[tuple[int, str]], rises: int) -> None:
    assert _rises(labels) == rises


def test_a_label_counts_on_from_the_pages_beside_it() -> None:
    known = {4: "7"}
    assert [number for number in range(9) if _fits(number, str(number + 3), known)] == [2, 3, 5, 6]
    assert not _fits(5, "7", known) and not _fits(5, "6", known) and not _fits(3, "8", known)
    assert [_value(one) for one in ("12A", "A12", "1-7", "x")] == [12, 12, 7, 0]


@pytest.mark.parametrize(("x", "third"), [(0, "left"), (199, "left"), (201, "middle"), (405, "right"), (700, "right")])
def test_a_number_stands_in_a_third_of_the_page(x: float, third: str) -> None:
    assert _third(piece("1", x), Sheet(0, 612, 792, None, [])) == third


def column(*numbers: tuple[float, str], side: int = 0, x: float = 40) -> int:
    """How many line numbers are found beside rows at these lines."""
    rows = [
        row(*([piece(text, x, 80 + LEADING * at)] if side == 0 else []), piece("Rain", 200, 80 + LEADING * at))
        for at, text in numbers
    ]
    return len(_column(Sheet(0, 612, 792, None, rows), side, LEADING))


def test_a_column_of_numbers_counts_rows_or_lines() -> None:
    assert column(*((at, str(at + 1)) for at in range(6))) == 6
    assert column(*((at, str(at + 1)) for at in range(5))) == 0
    assert column(*((2 * at, str(at + 1)) for at in range(6))) == 6  # rows, in double space
    assert column(*((at, str(at + 1)) for at in (0, 1, 3, 4, 7, 9))) == 6  # lines, blank ones too
    assert column(*((at, str(9 * at + 1)) for at in range(6))) == 0
    assert column(*((at, str(6 - at)) for at in range(6))) == 0
    assert column(*((at, str(at + 1)) for at in range(6)), x=320) == 0  # not at the left
    assert column(*((at, f"{at + 1} OMITTED") for at in range(6))) == 0


# ---------------------------------------------------------------- scans


def test_the_longest_of_the_stretches_that_lie_close_together() -> None:
    assert list(_most_alike([0, 1, 2, 9, 10])) == [0, 1, 2]
    assert list(_most_alike([0, 3, 6])) == [0, 3]
    assert list(_most_alike([0, 3.1, 6])) == [3.1, 6]
    assert list(_most_alike([])) == []


def test_a_page_lies_where_most_of_its_lines_meet_an_edge() -> None:
    def shift(*xs: float) -> float:
        return _shift([row(piece("Rain", x)) for x in xs], FILM)

    assert shift(*[112] * 8) == 4
    assert shift(*[112] * 7, 700) == 0  # too few of eight
    assert shift(*[112] * 4) == 4  # all there are
    assert shift(*[112, 184, 256] * 3, 150) == 4
    assert shift(*[127] * 8, 300) == 0  # further than a scan may lie
    assert _shift([row(piece("x", 112))] * 8, FILM) == 0  # one letter says nothing
    assert shift() == 0
