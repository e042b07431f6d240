"""What layout put on pages, recovery reads back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings

from converter.contract import DEFAULT_LIMITS, Diagnostic, LimitError
from converter.layout.paginate import Pages, paginate
from converter.layout.printed import printed
from converter.layout.style import DEFAULT_OPTIONS, PageOptions
from converter.lines import Line, Page
from converter.recovery.pages.script import recover
from converter.tree import (
    Action,
    Band,
    Character,
    Cut,
    Dialogue,
    DualDialogue,
    Element,
    General,
    LineBreak,
    More,
    PageBreak,
    PageField,
    PageFieldKind,
    PageMark,
    PageSetup,
    Part,
    Position,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Style,
    Transition,
    paragraphs,
)
from tests.recovery.pages.printable import printables, without_marks
from tests.test_strategies import ONLY_GENERATE
from writers import outline


def measured(pages: Pages) -> list[Page]:
    """Of the pages only what a reader can measure: words and where they stand."""
    return [
        replace(
            page, label=None, lines=tuple(Line(text=line.text, x=line.x, y=line.y) for line in page.lines), start=None
        )
        for page in pages.all
    ]


def edges_are_clear(screenplay: Screenplay, pages: Pages) -> bool:
    """Nothing that a page break hides.

    No empty paragraph at the edge of a page, no General at its top, where it reads as action, no typed line break in a
    paragraph that is cut.
    """
    pages_of: dict[int, list[int]] = {}
    tops = set()
    for number, page in enumerate(pages.script):
        shown = [line.paragraph for line in page.lines if line.paragraph is not None]
        tops |= set(shown[:1])
        for paragraph in shown:
            pages_of.setdefault(paragraph, []).append(number)
    for number, paragraph in enumerate(paragraphs(screenplay.body)):
        here = set(pages_of.get(number, ()))
        if isinstance(paragraph, General) and number in tops:
            return False
        if len(here) > 1 and any(isinstance(one, LineBreak) for one in paragraph.text):
            return False
        around = {pages_of[one][place] for one, place in ((number - 1, -1), (number + 1, 0)) if one in pages_of}
        if isinstance(paragraph, Action) and not paragraph.text and len(around) > 1:
            return False
    return True


@settings(suppress_health_check=tuple(HealthCheck))
@given(printables())
def test_a_page_gives_back_what_it_shows(screenplay: Screenplay) -> None:
    pages = paginate(screenplay)
    assume(edges_are_clear(screenplay, pages))
    guesses: list[Diagnostic] = []
    result = without_marks(recover(measured(pages), report=guesses.append))
    assume(not guesses)
    assert outline.to_text(result) == outline.to_text(printed(screenplay))


def test_everything_that_a_page_can_show_comes_up() -> None:
    """So that the law says something about each: kinds, papers, cuts, sides, numbers, furniture."""
    seen: set[object] = set()

    @settings(ONLY_GENERATE, max_examples=80)
    @given(printables(least=15))
    def look(screenplay: Screenplay) -> None:
        pages = paginate(screenplay)
        if edges_are_clear(screenplay, pages):
            seen.update(_features(screenplay, pages))

    look()
    # A page shows of a Cut no more than a mark in the margin.
    kinds = {kind for kind in get_args(Element) + get_args(Part) if kind not in {PageBreak, PageMark, Cut}}
    assert kinds - seen == set()
    assert {"letter", "a4", "title page", "align center", "align right"} <= seen
    assert {"(MORE)", "(CONT'D)", "(CONTINUED)", "CONTINUED:", "CONTINUED: (2)", "cut action"} <= seen
    assert {"number left", "number right", "number both", "OMITTED", "empty line", "no cue", "blank in speech"} <= seen
    assert {Style.BOLD, Style.ITALIC, Style.UNDERLINE, Style.STRIKEOUT} <= seen


def _features(screenplay: Screenplay, pages: Pages) -> Iterator[object]:
    yield "letter" if pages.script[0].width == 612 else "a4"
    if pages.title:
        yield "title page"
    for element in screenplay.body:
        yield type(element)
        if isinstance(element, Speech):
            yield from map(type, element.parts)
            if element.cue is None:
                yield "no cue"
    for paragraph in paragraphs(screenplay.body):
        for inline in paragraph.text:
            if isinstance(inline, Run):
                yield from inline.style
        if paragraph.align is not None:
            yield f"align {paragraph.align.value}"
        if isinstance(paragraph, Action) and not paragraph.text:
            yield "empty line"
        if isinstance(paragraph, Dialogue) and paragraph.text.count(LineBreak()) == 2:
            yield "blank in speech"
    for page in pages.script:
        yield from _furniture(page)
        if page.start is not None and page.start.offset:
            kind = type(list(paragraphs(screenplay.body))[page.start.paragraph])
            if kind is Action:
                yield "cut action"


def _furniture(page: Page) -> Iterator[str]:
    rows: dict[float, list[Line]] = {}
    for line in page.lines:
        text = "".join(run.text for run in line.text)
        if line.generated:
            yield text if not text.endswith("(CONT'D)") else "(CONT'D)"
            if line.x == 54 or line.x > 450 and line.y > 60 and "(" not in text:
                rows.setdefault(line.y, []).append(line)
        if text == "OMITTED":
            yield text
    for numbers in rows.values():
        yield "number both" if len(numbers) == 2 else "number left" if numbers[0].x == 54 else "number right"


# ---------------------------------------------------------------- what pages say beside the words


def recovered(body: tuple[Element, ...], options: PageOptions = DEFAULT_OPTIONS, **more: Any) -> Screenplay:
    return recover(measured(paginate(Screenplay(body=body, **more), options)))


def speech(name: str, text: str) -> Speech:
    return Speech(cue=Character(text=(Run(text=name),)), parts=(Dialogue(text=(Run(text=text),)),))


HEADING = SceneHeading(text=(Run(text="INT. PIER - DAY"),))
RAIN = Action(text=(Run(text="Rain falls."),))


def test_marks_in_the_margin_are_a_revision_with_the_header_s_name() -> None:
    changed = Action(text=(Run(text="Snow falls.", revision=4),))
    revisions = Revisions(sets=(RevisionSet(id=4, name="Blue Rev. (5/3/26)"),), active=4)
    pages = [(HEADING, RAIN, PageBreak(), RAIN, changed)]
    result = recovered(*pages, revisions=revisions)
    assert result.revisions == Revisions(sets=(RevisionSet(id=1, name="Blue Rev. (5/3/26)"),), active=1)
    assert result.body == (HEADING, RAIN, RAIN, Action(text=(Run(text="Snow falls.", revision=1),)))


def test_pages_with_letters_keep_their_labels() -> None:
    body = (HEADING, RAIN, PageMark(label="2A", locked=True), RAIN, PageMark(label="3", locked=True), RAIN)
    marks = [one.label for one in recovered(body).body if isinstance(one, PageMark) and one.locked]
    assert marks == ["2A", "3"]


def test_pages_that_only_count_are_not_marked() -> None:
    body = (HEADING, RAIN, PageBreak(), RAIN, PageBreak(), RAIN)
    assert not any(isinstance(one, PageMark) for one in recovered(body).body)


def test_a_number_that_a_long_heading_pushed_on_is_its_number() -> None:
    long = (Run(text="INT./EXT. THE LONG ROAD OVER THE HILL TO THE SEA - DAY"),)
    body = (SceneHeading(text=long, number="77PT"), RAIN, speech("MARA", "One."))
    assert recovered(body, PageOptions(scene_numbers="right")).body == body


def test_numbers_that_count_the_speeches_are_the_page_s() -> None:
    body = (HEADING, speech("MARA", "One."), speech("ODILE", "Two."), speech("MARA", "Three."))
    assert recovered(body, PageOptions(dialogue_numbers=True)).body == body


def test_a_script_without_automatic_continued_says_so() -> None:
    body = (HEADING, speech("MARA", "One."), RAIN, speech("MARA", "Two."))
    result = recovered(body, PageOptions(contd=False))
    assert result.body == body
    assert result.page_setup is not None and result.page_setup.more == More(automatic=False)


def test_elements_know_their_page_and_line() -> None:
    body = (HEADING, RAIN, PageBreak(), RAIN)
    places = [paragraph.at for paragraph in paragraphs(recovered(body).body)]
    assert places == [Position(page=1, line=1), Position(page=1, line=2), Position(page=2, line=2)]


def test_action_over_a_page_that_could_be_one_paragraph_or_two_is_told() -> None:
    full = Action(text=(Run(text="Rain."), *(part for _ in range(50) for part in (LineBreak(), Run(text="Rain.")))))
    above = Action(text=(Run(text="The sea is grey and does not move at all, whatever anybody says of it. It waits."),))
    below = Action(text=(Run(text="Nobody" + " comes to the pier in this weather, or in any other" * 4 + "."),))
    report: list[Diagnostic] = []
    recover(measured(paginate(Screenplay(body=(full, above, below)))), report=report.append)
    assert [(one.code, one.at) for one in report] == [("pdf.cut-by-page", Position(page=1, line=52))]


def say(name: str, *lines: str) -> Speech:
    return Speech(
        cue=Character(text=(Run(text=name),)), parts=tuple(Dialogue(text=(Run(text=line),)) for line in lines)
    )


SHORT_LINES = Action(text=(Run(text="Low water."), LineBreak(), Run(text="High water.")))
LONG = Action(
    text=(Run(text="A lamp swings slowly over the door, and nobody counts what moves in? " + "Somebody does! " * 5),)
)
LATE = Action(
    text=(
        Run(
            text="Rain falls on the boards and on the boats " * 5
            + "now. She waits "
            + "and waits"
            + " and waits" * 14
            + "."
        ),
    )
)
CUT_TO = Transition(text=(Run(text="CUT TO:"),))
HYPHENS = Action(text=(Run(text="A coin-operated lamp, and then another coin-operated lamp. " * 4 + "Rain."),))


@pytest.mark.parametrize(
    "body",
    [
        (HEADING, SHORT_LINES, PageBreak(), LONG),
        (HEADING, say("MARA", "Now?"), PageBreak(), DualDialogue(left=say("É (O.S.)", "No."), right=say("É", "Yes."))),
        *((HEADING, *(RAIN,) * count, HYPHENS, HYPHENS) for count in range(20, 27)),
        *((HEADING, *(RAIN,) * count, LATE, CUT_TO) for count in range(20, 27)),
    ],
)
def test_what_a_page_ends_with(body: tuple[Element, ...]) -> None:
    screenplay = Screenplay(body=body)
    guesses: list[Diagnostic] = []
    result = without_marks(recover(measured(paginate(screenplay)), report=guesses.append))
    assert guesses or outline.to_text(result) == outline.to_text(printed(screenplay))


def test_words_that_stand_nowhere_are_told() -> None:
    lines = [Line(text=(Run(text=f"INT. PIER {n} - DAY"),), x=108, y=80 + 36 * n) for n in range(9)]
    odd = Line(text=(Run(text="Perhaps a note"),), x=150, y=440)
    report: list[Diagnostic] = []
    recover([Page(width=612, height=792, label=None, lines=(*lines, odd))], report=report.append)
    assert [(one.code, one.at) for one in report] == [("pdf.unusual-place", Position(page=1, line=10))]


def test_too_many_paragraphs_are_refused() -> None:
    limits = replace(DEFAULT_LIMITS, paragraphs=3)
    with pytest.raises(LimitError, match="paragraphs"):
        recover(measured(paginate(Screenplay(body=(RAIN,) * 9))), limits=limits)


def test_a_bookmark_tells_a_heading_that_nothing_else_does() -> None:
    dark = Action(text=(Run(text="THE DARK"),))
    pages = measured(paginate(Screenplay(body=(HEADING, RAIN, dark, RAIN))))
    assert recover(pages).body[2] == dark
    assert recover(pages, bookmarks=["1  INT. PIER - DAY", "2A  The dark"]).body[2] == SceneHeading(text=dark.text)


def test_what_every_page_says_at_its_edge_is_left_out_and_told() -> None:
    number = (PageField(kind=PageFieldKind.PAGE), Run(text="."))
    header = Band(left=(Run(text="The Long Tide, draft of May"),), right=number)
    body = (HEADING, *(Action(text=(Run(text=f"Rain falls for the {number}th day."),)) for number in range(120)))
    pages = paginate(Screenplay(body=body, page_setup=PageSetup(header=header)))
    found: list[Diagnostic] = []
    result = without_marks(recover(measured(pages), report=found.append))
    assert result.body == body
    assert [one.code for one in found] == ["pdf.page-header"]
    assert "The Long Tide, draft of May" in found[0].message
