"""The measures of every element: Final Draft's stock script, its sitcom, and what another paper moves."""

import pytest

from converter.contract import Diagnostic, ignore
from converter.layout.style import PageOptions, Setup
from converter.layout.titlepage import roman
from converter.tree import (
    Action,
    Align,
    CastList,
    Character,
    Dialogue,
    ElementStyle,
    EndOfAct,
    General,
    Lyric,
    Margins,
    NewAct,
    PageSetup,
    Paper,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Revisions,
    SceneHeading,
    SceneNumbers,
    Screenplay,
    Section,
    Shot,
    Style,
    Synopsis,
    Transition,
)

CAPITALS, ACT = Style.ALL_CAPS, Style.ALL_CAPS | Style.UNDERLINE
LEFT, CENTER, RIGHT = Align.LEFT, Align.CENTER, Align.RIGHT

# First row and other rows in points, columns of both, blank lines, spacing, alignment, style.
Row = tuple[int, int, int, int, int, float, Align, Style]
FILM: dict[type[Paragraph], Row] = {
    SceneHeading: (108, 108, 61, 61, 2, 1, LEFT, CAPITALS),
    Shot: (108, 108, 61, 61, 1, 1, LEFT, CAPITALS),
    Action: (108, 108, 61, 61, 1, 1, LEFT, Style(0)),
    Character: (252, 252, 38, 38, 1, 1, LEFT, CAPITALS),
    Parenthetical: (209, 216, 26, 25, 0, 1, LEFT, Style(0)),
    Dialogue: (180, 180, 35, 35, 0, 1, LEFT, Style(0)),
    Lyric: (180, 180, 50, 50, 0, 1, LEFT, Style.ITALIC),
    Transition: (396, 396, 16, 16, 1, 1, RIGHT, CAPITALS),
    General: (108, 108, 61, 61, 0, 1, LEFT, Style(0)),
    CastList: (108, 108, 61, 61, 0, 1, LEFT, CAPITALS),
    NewAct: (108, 108, 61, 61, 1, 1, CENTER, ACT),
    EndOfAct: (108, 108, 61, 61, 2, 1, CENTER, ACT),
    Section: (108, 108, 61, 61, 1, 1, LEFT, Style.BOLD),
    Synopsis: (108, 108, 61, 61, 1, 1, LEFT, Style.ITALIC),
}
MULTI_CAMERA = FILM | {
    SceneHeading: (108, 108, 61, 61, 1, 1, LEFT, ACT),
    Action: (108, 108, 61, 61, 1, 1, LEFT, CAPITALS),
    Character: (252, 252, 28, 28, 1, 1, LEFT, CAPITALS),
    Parenthetical: (191, 198, 29, 28, 0, 1, LEFT, Style(0)),
    Dialogue: (162, 162, 38, 38, 0, 2, LEFT, Style(0)),
    Transition: (396, 396, 17, 17, 1, 1, RIGHT, CAPITALS),
}
# On narrow paper what ends at the right margin moves with the edge of the paper; speech stays.
NARROW = {kind: (*row[:2], 48, 48, *row[4:]) if row[2] == 61 else row for kind, row in FILM.items()} | {
    Character: (252, 252, 28, 28, 1, 1, LEFT, CAPITALS),
    Lyric: (180, 180, 38, 38, 0, 1, LEFT, Style.ITALIC),
    Transition: (306, 306, 16, 16, 1, 1, RIGHT, CAPITALS),
}


def setup(source: PageSetup | None = None, styles: tuple[ElementStyle, ...] = (), **options: object) -> Setup:
    return Setup(Screenplay(page_setup=source, styles=styles), PageOptions(**options), ignore)  # type: ignore[arg-type]


def row(setup: Setup, kind: type[Paragraph]) -> Row:
    measure = setup.measure(kind())
    places = (int(measure.first_x), int(measure.x), measure.first_columns, measure.columns)
    return (*places, measure.blank, measure.spacing, measure.align, Style(measure.face.bits))


EXECUTIVE = PageSetup(paper=Paper(width=7.25, height=10.5))


@pytest.mark.parametrize("kind", FILM, ids=lambda kind: kind.__name__)
def test_every_element_has_its_measures(kind: type[Paragraph]) -> None:
    assert row(setup(), kind) == FILM[kind]
    assert row(setup(template="multi-camera"), kind) == MULTI_CAMERA[kind]
    assert row(setup(paper="a4"), kind) == FILM[kind]
    assert row(setup(EXECUTIVE), kind) == NARROW[kind]
    assert row(setup(PageSetup(paper=Paper(width=14, height=8.5))), kind) == FILM[kind]
    assert setup().measure(kind()).new_page is (kind is NewAct)


@pytest.mark.parametrize(
    ("source", "kind", "left", "right", "columns"),
    [
        (None, Dialogue, 108, 333, 29),
        (None, Parenthetical, 126, 351, 24),
        (None, Character, 108, 333, 29),
        (EXECUTIVE, Dialogue, 108, 288, 22),
        (EXECUTIVE, Parenthetical, 126, 306, 17),
        (EXECUTIVE, Character, 108, 288, 22),
    ],
)
def test_the_columns_of_a_pair(
    source: PageSetup | None, kind: type[Paragraph], left: int, right: int, columns: int
) -> None:
    measures = [setup(source).dual_measure(kind, column) for column in (1, 2)]
    assert [(one.first_x, one.x, one.columns) for one in measures] == [(left, left, columns), (right, right, columns)]
    assert {one.align for one in measures} == {CENTER if kind is Character else LEFT}


def test_what_stands_around_the_text_stays_on_a4_and_moves_with_the_edge_of_narrow_paper() -> None:
    letter, a4, narrow = setup(), setup(paper="a4"), setup(EXECUTIVE)
    assert (letter.lines, letter.first_y, letter.header_y, letter.footer_y) == (54, 80, 44, 752)
    assert (letter.number_right, letter.mark_x, letter.number_left_x, letter.number_right_x) == (522, 558, 54, 531)
    assert (a4.lines, a4.first_y, a4.header_y, round(a4.footer_y, 2)) == (58, 80, 44, 801.89)
    assert (a4.number_right, a4.mark_x, a4.number_left_x, a4.number_right_x) == (522, 558, 54, 531)
    assert (narrow.number_right, narrow.mark_x, narrow.number_left_x, narrow.number_right_x) == (432, 468, 54, 441)
    assert (letter.band_left, letter.text_left, letter.text_right, a4.text_right) == (90, 108, 540, 540)


def test_scene_numbers_stand_where_the_source_has_them_as_far_as_the_paper_goes() -> None:
    source = PageSetup(scene_numbers=SceneNumbers(left=True, right=True, left_position=1.0, right_position=7.5))
    own = setup(source)
    assert (own.number_left_x, own.number_right_x) == (72, 540)
    assert setup(source, paper="a4").number_right_x == 540
    far = PageSetup(paper=Paper(width=14, height=8.5), scene_numbers=SceneNumbers(right_position=12.0))
    assert (setup(far).number_right_x, setup(far, paper="letter").number_right_x) == (864, 576)


def test_a_right_edge_that_the_source_says_is_obeyed_on_every_paper_that_has_room_for_it() -> None:
    def columns(right: float, width: float, **options: object) -> int:
        source = PageSetup(paper=Paper(width=width, height=11.69))
        return setup(source, **options).measure(Action(layout=ParagraphLayout(right=right))).columns

    assert [columns(7.5, width) for width in (8.0, 8.26, 8.27, 8.5, 9.0, 14.0)] == [61] * 6
    assert (columns(7.25, 8.27), columns(7.75, 8.27), columns(13.0, 14.0)) == (59, 64, 118)
    assert columns(13.0, 14.0, paper="letter") == 66  # half an inch from the edge


@pytest.mark.parametrize(
    ("location", "x"), [(7.75, 558), (7.5, 540), (0.5, 36), (8.5, 558), (-1.0, 558), (float("nan"), 558)]
)
def test_marks_stand_where_the_source_says_as_far_as_the_paper_goes(location: float, x: int) -> None:
    script = Screenplay(revisions=Revisions(location=location))
    for paper in ("letter", "a4"):
        assert Setup(script, PageOptions(paper=paper), ignore).mark_x == x  # type: ignore[arg-type]


def test_a_paper_or_a_leading_that_cannot_be_is_not_used() -> None:
    assert setup(PageSetup(paper=Paper(width=2, height=11))).width == 612
    assert setup(PageSetup(paper=Paper(width=8.5, height=50))).height == 792
    found: list[Diagnostic] = []
    tight = Setup(Screenplay(page_setup=PageSetup(leading=2)), PageOptions(), found.append)
    assert (tight.leading, tight.lines, [one.code for one in found]) == (12, 54, ["pages.other-leading"])
    assert setup(PageSetup(leading=18)).lines == 36


def test_margins_count_and_those_without_room_do_not() -> None:
    margins = Margins(top=90, bottom=60, header=40, footer=30)
    own = setup(PageSetup(margins=margins))
    assert (own.lines, own.first_y, own.header_y, own.footer_y) == (53, 98, 48, 758)
    assert setup(PageSetup(margins=Margins(top=400, bottom=360, header=40, footer=30))).lines == 54
    assert setup(lines=2).lines == 4 and setup(lines=2).title_lines == 54


def test_spacing_and_space_above_have_bounds() -> None:
    def measure(**layout: float) -> tuple[int, float]:
        found = setup().measure(Action(layout=ParagraphLayout(**layout)))  # type: ignore[arg-type]
        return found.blank, found.spacing

    assert measure(space_before=22, line_spacing=9) == (2, 4)
    assert measure(space_before=11, line_spacing=0.5) == (1, 1)
    assert measure(space_before=-12, line_spacing=1.5) == (0, 1.5)


def test_a_type_of_the_sources_own_is_set_as_it_says() -> None:
    own = ElementStyle(name="Signal", style=Style.ITALIC, align=RIGHT, layout=ParagraphLayout(left=2.0, right=7.0))
    measure = setup(styles=(own,)).measure(Action(style_name="Signal"))
    assert (measure.x, measure.right, measure.align, measure.face.drawn) == (144, 504, RIGHT, Style.ITALIC)
    assert setup(styles=(own,), template="film").measure(Action(style_name="Signal")).x == 108


def test_headings_can_be_set_otherwise() -> None:
    bold = setup(heading_style="bold", heading_blank_lines=1).measure(SceneHeading())
    assert (bold.blank, Style(bold.face.bits)) == (1, CAPITALS | Style.BOLD)
    both = setup(heading_style="bold-underline", heading_blank_lines=-1).measure(SceneHeading())
    assert (both.blank, Style(both.face.bits)) == (0, ACT | Style.BOLD)
    assert setup(heading_style="bold").measure(Action()).face.drawn == Style(0)
    plain = setup(template="multi-camera", heading_style="plain").measure(SceneHeading())
    assert Style(plain.face.bits) == CAPITALS


def test_strict_columns_stay_within_ten_to_the_inch() -> None:
    strict = setup(columns="strict")
    assert [strict.measure(kind()).columns for kind in (Action, Dialogue, Transition)] == [60, 35, 16]


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "i"), (4, "iv"), (8, "viii"), (9, "ix"), (44, "xliv"), (99, "xcix"), (449, "cdxlix"), (1954, "mcmliv")],
)
def test_title_pages_are_counted_in_roman_numbers(number: int, written: str) -> None:
    assert roman(number) == written


def test_indents_without_room_become_those_of_the_paper() -> None:
    letter = setup().measure(Action(layout=ParagraphLayout(left=7.0)))
    assert (letter.x, letter.right) == (108, 540)
    narrow = setup(PageSetup(paper=Paper(width=5, height=8))).measure(Action(layout=ParagraphLayout(left=4.5)))
    assert (narrow.x, narrow.right) == (36, 324)
