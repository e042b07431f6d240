"""Where lines stand: rows and their pieces, what is furniture, and the places that a document's own lines show."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from converter.lines import Line, Page
from converter.recovery.pages.furniture import take_furniture
from converter.recovery.pages.measures import (
    Measures,
    explained_share,
    film,
    find_measures,
    has_columns,
    has_no_columns,
)
from converter.recovery.pages.page_ends import is_cut_as_late, would_begin_above
from converter.recovery.pages.placed import Sheet, cut, sheets_of, usual_leading
from converter.recovery.pages.wrapped import FINAL_DRAFT, Habits
from converter.tree import NO_STYLE, Run, Style

PITCH, LEADING = 7.2, 12.0
BOLD, UNDERLINE = Style.BOLD, Style.UNDERLINE

Placed = tuple[float, float, str] | tuple[float, float, str, Style]


def page(*lines: Placed, width: float = 612, label: str | None = None) -> Page:
    """A page from (row from 0, x, text, style)."""
    drawn = tuple(
        Line(text=(Run(text=text, style=style[0] if style else NO_STYLE),), x=x, y=80 + LEADING * row)
        for row, x, text, *style in lines
    )
    return Page(width=width, height=792, label=label, lines=drawn)


def sheets(*pages: Sequence[Placed], width: float = 612) -> list[Sheet]:
    return sheets_of([page(*lines, width=width) for lines in pages], PITCH)


# ---------------------------------------------------------------- rows and pieces


def pieces(*lines: Placed, pitch: float = PITCH) -> list[list[tuple[str, float, float]]]:
    (sheet,) = sheets_of([page(*lines)], pitch)
    return [[(one.text, round(one.x, 1), round(one.right, 1)) for one in row.pieces] for row in sheet.rows]


def test_three_blanks_part_a_line_and_two_do_not() -> None:
    assert pieces((0, 100, "12  INT. PIER"), pitch=10) == [[("12  INT. PIER", 100, 230)]]
    assert pieces((0, 100, " 12   INT.  "), pitch=10) == [[("12", 110, 130), ("INT.", 160, 200)]]


def test_what_stands_within_three_points_stands_on_one_baseline() -> None:
    assert len(pieces((0, 100, "a"), (0.25, 200, "b"))) == 1
    assert len(pieces((0, 100, "a"), (0.26, 200, "b"))) == 2


def test_pieces_stand_from_left_to_right_and_rows_from_top_to_bottom() -> None:
    assert pieces((1, 300, "d"), (1, 100, "c"), (0, 100, "a")) == [
        [("a", 100, 107.2)],
        [("c", 100, 107.2), ("d", 300, 307.2)],
    ]


@pytest.mark.parametrize(
    ("gap", "text", "is_joined"),
    [(5, "b", False), (6, "b", True), (10, "b", True), (11, "b", False), (17, "(b", True), (18, "(b", False)],
)
def test_a_word_about_a_blank_further_on_goes_on_and_a_label_may_stand_two(
    gap: int, text: str, is_joined: bool
) -> None:
    (row,) = pieces((0, 100, "a"), (0, 110 + gap, text), pitch=10)
    assert (len(row) == 1) is is_joined


def test_the_blank_between_is_set_as_both_sides_are() -> None:
    (sheet,) = sheets_of([page((0, 100, "a", BOLD | UNDERLINE), (0, 120, "b", BOLD))], 10)
    (piece,) = sheet.rows[0].pieces
    assert piece.runs == (Run(text="a", style=BOLD | UNDERLINE), Run(text=" b", style=BOLD))
    assert (piece.x, piece.right, piece.length, piece.middle) == (100, 130, 3, 115)


def test_rows_know_their_page_and_line() -> None:
    first, second = sheets([(0, 100, "a")], [(0, 100, "b"), (1, 100, "c")])
    assert [(one.at.page, one.at.line) for sheet in (first, second) for one in sheet.rows] == [(1, 1), (2, 1), (2, 2)]


def test_runs_are_cut_by_the_letters_of_all() -> None:
    runs = (Run(text="ab", style=BOLD), Run(text="cd"))
    assert cut(runs, 0, 4) == runs
    assert cut(runs, 1, 3) == (Run(text="b", style=BOLD), Run(text="c"))
    assert cut(runs, 2, 4) == (Run(text="cd"),)


@pytest.mark.parametrize(
    ("steps", "leading"),
    [([12] * 4 + [24], 12), ([24] * 8 + [15] * 2, 15), ([24] * 9 + [15] * 2, 24), ([], 12), ([5, 41], 12), ([6], 6)]
    + [([40], 40), ([12.9], 12), ([13.5], 13.5), ([18] * 3, 18)],
)
def test_the_leading_is_the_smallest_distance_that_is_a_fourth_as_common_as_any(
    steps: list[float], leading: float
) -> None:
    rows = [sum(steps[:count]) / LEADING for count in range(len(steps) + 1)]
    assert usual_leading(sheets_of([page(*((row, 100, "a") for row in rows))], 8), 8) == leading


# ---------------------------------------------------------------- headers and footers

TEXT: list[Placed] = [(row, 108, f"Rain falls on boat {'abcdefghijk'[row]}.") for row in range(10)]


def headers(*edges: Sequence[Placed], text: Sequence[Placed] = TEXT) -> list[tuple[list[str], str | None, int]]:
    """Of each page what was its header, its label, and how many rows are left."""
    found = sheets(*([*edge, *text] for edge in edges))
    take_furniture(found, LEADING)
    return [(one.header, one.label, len(one.rows)) for one in found]


HIGH = -3  # rows above the text: 44 points from the upper edge, where page numbers stand


def test_what_three_pages_say_at_their_edge_is_a_header() -> None:
    assert headers(*[[(HIGH + 1, 108, "LOW WATER")]] * 3) == [(["LOW WATER"], None, 10)] * 3
    assert headers(*[[(HIGH + 1, 108, "LOW WATER")]] * 2) == [([], None, 11)] * 2


def test_a_header_s_digits_may_change() -> None:
    assert headers(*[[(HIGH + 1, 108, f"LOW WATER {number}")] for number in (4, 9, 1)]) == [
        ([f"LOW WATER {number}"], None, 10) for number in (4, 9, 1)
    ]
    assert headers(*[[(HIGH + 1, 108, f"LOW WATER {number}")] for number in range(3)]) == [
        (["LOW WATER"], f"{number}", 10) for number in range(3)
    ]


def test_other_words_at_the_edge_are_no_header() -> None:
    edges: list[list[Placed]] = [[(HIGH + 1, 108, f"LOW {name}")] for name in ("WATER", "TIDE", "SUN")]
    assert headers(*edges) == [([], None, 11)] * 3


def test_a_header_stands_in_three_pages_of_ten() -> None:
    def edges(count: int) -> list[list[Placed]]:
        return [[(HIGH + 1, 108, "LOW WATER")]] * count + [
            [(-4, 300, f"{'abcdefghijk'[n]}")] for n in range(13 - count)
        ]

    assert [one[2] for one in headers(*edges(4))[:4]] == [10] * 4
    assert [one[2] for one in headers(*edges(3))[:3]] == [11] * 3


def test_a_header_stands_away_from_the_text() -> None:
    assert headers(*[[(-1, 108, "LOW WATER")]] * 3) == [([], None, 11)] * 3
    assert headers(*[[(-2, 108, "LOW WATER")]] * 3, text=TEXT)[0] == (["LOW WATER"], None, 10)


def test_a_line_far_from_the_edge_is_no_header() -> None:
    below = [(row + 10, x, text) for row, x, text in TEXT]  # type: ignore[misc]
    assert headers(*[[(5, 108, "LOW WATER")]] * 3, text=below) == [([], None, 11)] * 3


def test_a_name_that_speaks_elsewhere_is_no_header() -> None:
    text = [*TEXT[:5], (5, 252, "MARA"), *TEXT[6:]]
    assert headers(*[[(HIGH + 1, 252, "MARA")]] * 3, text=text) == [([], None, 11)] * 3


@pytest.mark.parametrize("line", ["INT. PIER - DAY", "CONTINUED:", "(CONTINUED)", "CONTINUED: (2)"])
def test_what_a_script_says_at_the_edge_is_no_header(line: str) -> None:
    assert headers(*[[(HIGH + 1, 108, line)]] * 3) == [([], None, 11)] * 3


def test_an_underlined_act_is_no_header() -> None:
    assert headers(*[[(HIGH + 1, 280, "ACT ONE", UNDERLINE)]] * 3) == [([], None, 11)] * 3


def test_a_footer_is_taken_as_a_header_is() -> None:
    foot: list[Placed] = [(57, 108, "LOW WATER")]
    assert headers(foot, foot, foot) == [(["LOW WATER"], None, 10)] * 3
    assert headers(*[[(53, 108, "LOW WATER")]] * 3) == [([], None, 11)] * 3


@pytest.mark.parametrize(
    ("typed", "label"),
    [("7.", "7"), ("12A.", "12A"), ("A12", "A12"), ("-7-", "7"), ("(7)", "7"), ("Page 7", "7"), ("12-14A.", "12-14A")],
)
def test_a_number_at_the_edge_is_the_page_s(typed: str, label: str) -> None:
    assert headers([(HIGH, 500, typed)]) == [([], label, 10)]


def test_a_roman_number_is_furniture_and_a_word_is_not() -> None:
    assert headers([(HIGH, 500, "iv.")]) == [(["iv."], None, 10)]
    assert headers([(HIGH, 500, "seven")]) == [([], None, 11)]


def test_words_beside_the_page_number_are_the_header() -> None:
    assert headers([(HIGH, 108, "LOW WATER"), (HIGH, 500, "7.")]) == [(["LOW WATER"], "7", 10)]
    assert headers([(HIGH, 108, "7"), (HIGH, 250, "9 May"), (HIGH, 500, "Blue 2")]) == [([], None, 11)]


# ---------------------------------------------------------------- templates


def test_final_draft_s_template_on_letter_and_on_a4() -> None:
    letter, a4 = film(612, 7.2, 12), film(595.28, 7.2, 12)
    assert (letter.text_right, letter.transition_right, letter.number_right, letter.mark_x) == (540, 511, 531, 558)
    assert (a4.text_right, a4.transition_right, a4.number_right, a4.mark_x) == (540, 511, 531, 558)
    assert (letter.action_columns, letter.lyric_columns, letter.dual_columns) == (61, 50, 29)
    assert (a4.action_columns, a4.lyric_columns, a4.dual_columns) == (61, 50, 29)
    assert (letter.center, letter.paper_center, letter.dual_width) == (324, 306, 207)
    assert [letter.dual_left(side) for side in (1, 2)] == [108, 333]
    assert [letter.dual_center(side) for side in (1, 2)] == [211.5, 436.5]
    assert (letter.first_y, letter.action, letter.dialogue, letter.bracket, letter.turn) == (80, 108, 180, 209, 216)
    columns = letter.dialogue_columns, letter.bracket_columns, letter.cue_columns, letter.transition_columns
    assert columns == (35, 25, 38, 16)
    assert (letter.cue, letter.heading_blank, letter.dialogue_spacing, letter.near_center) == (252, 2, 1.0, 1.3)


def test_narrow_paper_moves_the_right_edges() -> None:
    found = film(540, 7.2, 12)  # 7.5 inches
    assert (found.text_right, found.transition_right, found.number_right, found.mark_x) == (468, 439, 459, 486)
    assert (found.action_columns, found.lyric_columns, found.dual_columns) == (51, 41, 23)
    assert (found.paper_center, found.center, found.dual_width) == (270, 288, 171)


def test_a_template_whose_speech_nothing_has_is_none() -> None:
    """Much action and a few speeches where the template turns its parentheticals: most rows fit, by chance."""
    lines: list[Placed] = []
    for number in range(3):
        row = 13 * number
        lines += [(row + n, 108, f"Rain falls on the boards, and on the boat {number}{n}") for n in range(10)]
        lines += [(row + 11, 302, "MARA"), (row + 12, 216, "You came.")]
    found = find_measures(sheets(lines), PITCH, LEADING)
    assert (found.is_known, found.dialogue, found.cue) == (False, 216, 302)
    lines.append((60, 180, "And so did I."))
    assert find_measures(sheets(lines), PITCH, LEADING).is_known


def script(
    action: float, dialogue: float, bracket: float, cue: float, spacing: int = 1, scenes: int = 4, blank: int = 2
) -> list[Placed]:
    """Scenes with a heading, action, and a speech with a parenthetical of two lines."""
    lines: list[Placed] = []
    row = 0
    for number in range(scenes):
        speech = row + 4 + blank
        lines += [
            (row, action, f"INT. PIER {number} - DAY"),
            (row + 2, action, "Rain falls on the boards, and on the boats that lie there, and on"),
            (row + 3, action, "nobody."),
            (speech - 1, cue, "MARA" if number % 2 else "ODILE THE ELDER"),
            (speech - 1 + spacing, bracket, "(quietly, as if"),
            (speech - 1 + 2 * spacing, bracket + 7, "to herself)"),
            (speech - 1 + 3 * spacing, dialogue, "You came, and I said that you would"),
            (speech - 1 + 4 * spacing, dialogue, "come."),
        ]
        row = speech + 4 * spacing + blank
    return lines


def measured(*pages: Sequence[Placed], width: float = 612) -> Measures:
    return find_measures(sheets(*pages, width=width), PITCH, LEADING)


def test_a_feature_is_known_by_its_places() -> None:
    found = measured(script(108, 180, 209, 252))
    assert found == film(612, PITCH, LEADING)
    assert explained_share(sheets(script(108, 180, 209, 252)), found) == 1


def test_a_half_hour_is_known_by_its_places_and_its_double_space() -> None:
    found = measured(*[script(108, 162, 191, 252, spacing=2, blank=1)] * 4)
    assert (found.is_known, found.dialogue, found.bracket, found.turn) == (True, 162, 191, 198)
    assert (found.transition_right, found.dialogue_spacing, found.heading_blank) == (522, 2.0, 1)
    assert (found.dialogue_columns, found.bracket_columns, found.cue_columns) == (38, 28, 28)


def test_other_places_are_learned() -> None:
    found = measured(*[script(90, 150, 190, 230)] * 3)
    assert (found.is_known, found.action, found.dialogue, found.bracket) == (False, 90, 150, 190)
    assert (found.turn, found.cue) == (197, 230)
    assert found.text_right == pytest.approx(90 + 7.2 * 65, abs=0.1)
    assert found.near == pytest.approx(1.1 * PITCH)  # a cell, since the places are far enough apart
    assert found.near_center == 0.75 * PITCH


def test_places_close_together_leave_less_room_about_each() -> None:
    found = measured(*[script(90, 134, 150, 230)] * 3)
    assert found.near == pytest.approx(0.4 * 16)


def test_names_in_the_middle_have_no_edge() -> None:
    def centered(lines: list[Placed]) -> list[Placed]:
        return [
            (row, 300 - PITCH * len(text) / 2 if text.isupper() and x > 200 else x, text) for row, x, text, *_ in lines
        ]

    found = measured(*[centered(script(90, 150, 190, 230))] * 3)
    assert (found.cue, found.cue_center) == (None, 300)


def test_the_right_edge_is_at_least_forty_cells_from_the_left_one() -> None:
    lines: list[Placed] = [(row, 20, "INT. PIER") for row in range(20)]
    assert measured(lines).text_right == 20 + 40 * PITCH


def test_where_nothing_shows_the_left_edge_no_template_is_known() -> None:
    found = measured([(row, 30 + 11 * row, "Rain.") for row in range(20)])
    assert (found.is_known, found.action, found.dialogue) == (False, 108, 180)


def test_sure_transitions_show_where_they_end() -> None:
    def ending(right: float, count: int = 2) -> list[Placed]:
        return [*script(108, 180, 209, 252), *((80 + 3 * row, right - 7 * PITCH, "CUT TO:") for row in range(count))]

    assert measured(ending(525)).transition_right == 525
    assert measured(ending(525, count=1)).transition_right == 511
    assert measured([*ending(525), (99, 511 - 7 * PITCH, "CUT TO:")]).transition_right == 511


@pytest.mark.parametrize(
    ("styles", "style"),
    [
        ([BOLD] * 4, BOLD),
        ([BOLD | UNDERLINE] * 4, BOLD | UNDERLINE),
        ([BOLD] * 5 + [NO_STYLE], BOLD),
        ([BOLD] * 4 + [NO_STYLE], NO_STYLE),
        ([BOLD], NO_STYLE),
        ([UNDERLINE] * 2, UNDERLINE),
    ],
)
def test_headings_are_bold_or_underlined_where_nearly_all_are(styles: list[Style], style: Style) -> None:
    headings: list[Placed] = [(3 * row, 108, f"INT. PIER {row} - DAY", one) for row, one in enumerate(styles)]
    others: list[Placed] = [(50, 180, "INT. PIER"), (52, 108, "Int. pier in small letters")]
    assert measured([*headings, *others]).heading_style == style


@pytest.mark.parametrize(("blank", "found"), [(1, 1), (2, 2), (3, 3), (4, 3)])
def test_the_lines_above_headings_are_counted(blank: int, found: int) -> None:
    assert measured(*[script(108, 180, 209, 252, blank=blank, scenes=5)] * 2).heading_blank == found


def test_a_few_headings_do_not_overrule_the_template() -> None:
    assert measured(script(108, 180, 209, 252, blank=1, scenes=5)).heading_blank == 2


def test_blank_lines_may_stand_under_every_name() -> None:
    lines: list[Placed] = []
    for row in range(0, 60, 6):
        lines += [(row, 252, "MARA"), (row + 2, 180, "You came, and I said that you would"), (row + 3, 180, "come.")]
    assert (measured(lines).speech_blank, measured(lines).dialogue_spacing) == (1, 1.0)


def test_most_pages_say_where_they_begin() -> None:
    low: list[Placed] = [(row + 2, x, text) for row, x, text, *_ in script(108, 180, 209, 252)]
    assert measured(low, low).first_y == 80
    assert measured(low, low, low).first_y == 104
    assert measured(low, low, low, script(108, 180, 209, 252)).first_y == 80


# ---------------------------------------------------------------- how long lines are


def turning(columns: int, count: int, left: float = 108, word: str = "a") -> list[Placed]:
    """Pairs of lines of which the first is so long."""
    lines: list[Placed] = []
    for row in range(0, 3 * count, 3):
        lines += [(row, left, "x" * (columns - 4) + " and"), (row + 1, left, word)]
    return lines


def test_lines_that_keep_within_fewer_columns_show_theirs() -> None:
    assert measured(turning(55, 40)).action_columns == 55
    assert measured(turning(61, 40)).action_columns == 61
    assert measured(turning(64, 40)).action_columns == 61
    assert measured(turning(55, 40, left=180, word="a")).dialogue_columns == 35


def test_few_lines_say_so_only_where_they_turned_early() -> None:
    assert measured(turning(55, 10)).action_columns == 55
    assert measured(turning(55, 10, word="abcdefghij")).action_columns == 61
    assert measured(turning(50, 10)).action_columns == 61  # too short to tell
    assert measured(turning(55, 1)).action_columns == 61


def test_hyphens_show_whether_lines_turn_there() -> None:
    def lines(above: str, below: str, count: int) -> list[Placed]:
        return [(3 * n + one, 108, text) for n in range(count) for one, text in enumerate((above, below))]

    turned = lines("Rain falls on the boards, and on the boats, and on the half-", "full moon.", 3)
    kept = lines("Rain falls on the boards, and on the boats, and on the", "half-full moon.", 4)
    assert measured(turned).habits == FINAL_DRAFT
    assert measured(kept).habits == Habits(at_hyphens=False)
    assert measured([*turned, *((row + 30, x, text) for row, x, text, *_ in kept[:6])]).habits.at_hyphens
    assert not measured([*turned, *((row + 30, x, text) for row, x, text, *_ in kept)]).habits.at_hyphens


def test_dashes_show_whether_a_blank_follows_them() -> None:
    def habits(*texts: str) -> Habits:
        return measured([(2 * row, 108, text) for row, text in enumerate(texts)]).habits

    assert habits("no-- not", "no-- never").spaced_dashes
    assert not habits("no-- not", "no--never").spaced_dashes
    assert not habits("no--not").spaced_dashes
    assert habits("no-- not", "no-- never", "no--no").spaced_dashes


# ---------------------------------------------------------------- no columns


def test_names_at_the_margin_over_their_words_make_no_columns() -> None:
    lines: list[Placed] = []
    for row in range(0, 66, 3):
        lines += [(row, 108, "MARA"), (row + 1, 108, "You came.")]
    (sheet,) = sheets(lines)
    assert has_no_columns([sheet, sheet], film(612, PITCH, LEADING))
    assert not has_no_columns([sheet], film(612, PITCH, LEADING))  # too few lines
    aside = sheets([(row, 180, "Rain.") for row in range(3)])
    assert not has_no_columns([sheet, sheet, *aside], film(612, PITCH, LEADING))


@pytest.mark.parametrize("above", ["Mara", "INT. PIER - DAY", "M" * 31])
def test_other_lines_over_words_are_no_names(above: str) -> None:
    lines: list[Placed] = []
    for row in range(0, 200, 3):
        lines += [(row, 108, above), (row + 1, 108, "You came.")]
    assert not has_no_columns(sheets(lines), film(612, PITCH, LEADING))


# ---------------------------------------------------------------- the ends of pages


def test_a_page_ends_as_late_as_it_can() -> None:
    above, below = "One two. Ab cd", "ef gh. Ij kl mn op. Qr st."
    assert not is_cut_as_late(above, below, 10, 9)
    assert is_cut_as_late("Ab cd ef gh.", "Ij kl mn op qr st uv wx yz ab cd ef", 12, 0)
    assert is_cut_as_late("Ab cd ef gh.", "Ij kl mn op qr st uv wx yz ab cd ef", 12, 1)
    assert not is_cut_as_late("Ab cd ef gh.", "Ij kl mn. Op qr st uv wx yz ab cd ef gh ij kl", 12, 2)
    assert not is_cut_as_late("Ab cd ef gh.", "Ij kl mn op qr st", 12, 2)  # nothing had to be cut
    assert is_cut_as_late("Ab cd ef gh.", "Ij kl mn op qr st", 12, 2, tail=2)
    assert is_cut_as_late("Ab cd ef gh.", "Ij kl mn op qr st", 12, 3, tail=2)
    assert not is_cut_as_late("Ab cd ef gh.", "Ij kl mn op qr st", 12, 4, tail=2)
    assert not is_cut_as_late("Ab cd ef gh.", "Ij kl mn", 12, 0)  # one line alone is not cut off
    assert is_cut_as_late("Ab cd ef gh.", "Ij kl 3.5 Op qr st uv wx yz ab cd ef gh ij kl", 12, 2)  # no sentence ends
    assert not is_cut_as_late("Ab cd ef gh.", "Ij kl 3.) Op qr st uv wx yz ab cd ef gh ij kl", 12, 2)


def test_a_paragraph_begins_above_where_two_lines_of_it_have_room() -> None:
    text = "Ab cd ef gh ij. Kl mn op qr st uv wx yz ab cd"
    assert would_begin_above(text, 12, 3)
    assert not would_begin_above(text, 12, 1)
    assert not would_begin_above("Ab cd ef gh ij kl mn op qr st uv wx yz ab cd", 12, 3)
    assert would_begin_above("Ab cd.", 12, 2)
    assert not would_begin_above("Ab cd.", 12, 1)


# ---------------------------------------------------------------- names over speech


def test_names_over_speech_away_from_the_margin_make_columns() -> None:
    lines: list[Placed] = []
    for count in range(5):
        row = 5 * count
        lines += [(row, 300, "MARA"), (row + 1, 150, f"You came {count}."), (row + 3, 90, "INT. PIER - DAY")]
    made = sheets(lines)
    measures = find_measures(made, PITCH, LEADING)
    assert has_columns(made, measures)
    assert not has_columns(sheets(lines[:6]), measures)
    assert not has_columns(sheets([*lines, *((row, 90.0, "Rain falls.") for row in range(30, 400))]), measures)
    at_margin = find_measures(sheets([(row, 90, text) for row, _, text in lines]), PITCH, LEADING)  # type: ignore[misc]
    assert not has_columns(sheets([(row, 90, text) for row, _, text in lines]), at_margin)  # type: ignore[misc]


def test_few_names_at_the_margin_are_enough_where_no_template_is_known() -> None:
    lines: list[Placed] = []
    for count in range(3):
        row = 5 * count
        lines += [
            (row, 90, "INT. PIER - DAY"),
            (row + 2, 90, "MARA"),
            (row + 3, 90, f"You came {count}."),
            (row + 4, 90, "So."),
        ]
    made = sheets(lines)
    measures = find_measures(made, PITCH, LEADING)
    assert not measures.is_known and has_no_columns(made, measures)
    assert not has_no_columns(sheets(lines[:8]), measures)
