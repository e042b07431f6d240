"""What pages know of the script beside what they show: places, scenes, revisions; and choices that clash."""

from typing import Any

import pytest

from converter.contract import Diagnostic, LimitError, Limits, UsageError, ignore
from converter.layout.blocks import Column
from converter.layout.flow import Flow, draw
from converter.layout.paginate import Pages, eighths_text, paginate
from converter.layout.printed import printed
from converter.layout.style import PageOptions, Setup
from converter.lines import CELL, Start, cells
from converter.records import replace
from converter.tree import (
    Action,
    Align,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
    General,
    LineBreak,
    Look,
    Lyric,
    Margins,
    NewAct,
    Note,
    Opaque,
    PageBreak,
    PageMark,
    PageSetup,
    Paper,
    ParagraphLayout,
    Parenthetical,
    Position,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Synopsis,
    TabStop,
    Text,
    TitleField,
    TitlePage,
    paragraphs,
    words,
)

SENTENCE = "Odile carries the lamp up the stairs, one hand on the rail. "  # one line of action


def text(words: str) -> Text:
    return (Run(text=words),)


def action(words: str, **more: Any) -> Action:
    return Action(text=text(words), **more)


def heading(words: str, **more: Any) -> SceneHeading:
    return SceneHeading(text=text(words), **more)


def pages(*body: Element, **options: Any) -> Pages:
    return paginate(Screenplay(body=body), PageOptions(**options))


def test_a_line_knows_its_element_its_paragraph_and_its_place_in_the_source() -> None:
    at = Position(line=7)
    speech = Speech(cue=Character(text=text("Odile")), parts=(Dialogue(text=text("No."), at=at),))
    cue, words = pages(Section(text=text("Storm")), speech).script[0].lines
    assert (cue.element, cue.paragraph, cue.text[0].text) == (Character, 1, "ODILE")
    assert (words.element, words.paragraph, words.at, words.generated) == (Dialogue, 2, at, False)


def test_what_the_page_adds_is_generated() -> None:
    speech = Speech(cue=Character(text=text("Odile")), parts=(Dialogue(text=text("No. " * 60)),))
    first, second = pages(speech, lines=6).script[:2]
    assert [line.text[0].text for line in first.lines if line.generated] == ["(MORE)"]
    assert ["".join(run.text for run in line.text) for line in second.lines if line.generated] == [
        "2.",
        "ODILE",
        "(CONT'D)",
    ]


def test_an_automatic_contd_is_a_line_of_its_own_behind_the_name() -> None:
    speech = Speech(cue=Character(text=text("Odile ")), parts=(Dialogue(text=text("No.")),))
    name, added = (line for line in pages(speech, action("She waits."), speech).script[0].lines if line.y == 140)
    assert (name.text[0].text, name.generated, added.text[0].text, added.generated) == (
        "ODILE",
        False,
        "(CONT'D)",
        True,
    )
    assert added.x == name.x + 6 * 7.2


def test_the_lines_of_a_dual_dialogue_know_their_column() -> None:
    left, right = (Speech(cue=Character(text=text(name)), parts=(Dialogue(text=text("No.")),)) for name in ("A", "B"))
    lines = pages(DualDialogue(left=left, right=right)).script[0].lines
    assert [line.column for line in lines] == [1, 1, 2, 2]


def names_on(pages: Pages) -> list[list[str]]:
    """The first words of each line of the script, without the numbers of pages."""
    return [[line.text[0].text for line in page.lines if line.y > 60] for page in pages.script]


def test_of_more_headings_than_a_page_holds_the_last_stays_with_its_action() -> None:
    scenes = [heading(f"INT. {name}") for name in "ABCD"]
    assert names_on(pages(*scenes, action("Rain."), lines=9)) == [
        ["INT. A", "INT. B", "INT. C"],
        ["INT. D", "Rain."],
    ]


def test_a_pair_of_speeches_that_no_page_holds_is_cut_by_lines_or_anywhere() -> None:
    right = Speech(cue=Character(text=text("BO")), parts=(Dialogue(text=text("No.")),))
    endless = Speech(cue=Character(text=text("ANN")), parts=(Dialogue(text=text("word " * 500)),))
    assert names_on(pages(DualDialogue(left=endless, right=right)))[0][-3:] == ["(MORE)", "BO", "No."]
    brackets = tuple(Parenthetical(text=text("(low)")) for _ in range(60))
    uncut = Speech(cue=Character(text=text("ANN")), parts=brackets)
    first, second = names_on(pages(DualDialogue(left=uncut, right=right)))
    assert len(first) + len(second) >= 63
    assert (first.count("(low)"), second.count("(low)")) == (53, 7)


def test_the_first_line_of_an_act_stays_with_what_comes_after_it() -> None:
    before = [action("Rain.") for _ in range(3)]  # five lines
    act = NewAct(text=text("ACT ONE"))
    assert names_on(pages(*before, act, action("Snow."), lines=8)) == [["Rain."] * 3, ["ACT ONE", "Snow."]]


def test_a_page_mark_in_a_speech_begins_a_page_only_where_pages_are_locked() -> None:
    def spoken(locked: bool) -> int:
        parts = (Dialogue(text=text("No.")), PageMark(label="7A", locked=locked), Dialogue(text=text("Yes.")))
        return len(pages(PageMark(label="7", locked=True), Speech(cue=Character(text=text("ANN")), parts=parts)).script)

    assert (spoken(False), spoken(True)) == (1, 2)


def test_words_without_a_name_have_the_room_above_that_they_have_alone() -> None:
    for part, y in ((Lyric(text=text("La.")), 104), (Dialogue(text=text("No.")), 92)):
        lines = pages(action("Rain."), Speech(parts=(part,))).script[0].lines
        assert [line.y for line in lines] == [80, y]


@pytest.mark.parametrize(("last", "x"), [("b" * 30, 360), ("b" * 31, 108)])
def test_tabs_go_to_their_stops_in_what_fits_on_one_line(last: str, x: float) -> None:
    layout = ParagraphLayout(tabs=(TabStop(position=4.0),))
    first, second = pages(action("a" * 30 + "\t" + last, layout=layout)).script[0].lines
    assert (first.x, second.x) == (108, x)


def test_x_and_y_are_final_drafts() -> None:
    speech = Speech(
        cue=Character(text=text("Odile")), parts=(Parenthetical(text=text("(low)")), Dialogue(text=text("No.")))
    )
    lines = pages(heading("INT. SHED"), speech).script[0].lines
    assert [(line.x, line.y) for line in lines] == [(108, 80), (252, 104), (209, 116), (180, 128)]


def test_styles_of_element_and_words_are_drawn_together() -> None:
    italic = (Run(text="the shed", style=Style.ITALIC),)
    style = ElementStyle(name="Scene Heading", style=Style.BOLD | Style.ALL_CAPS)
    lines = paginate(Screenplay(body=(SceneHeading(text=italic),), styles=(style,))).script[0].lines
    assert lines[0].text == (Run(text="THE SHED", style=Style.BOLD | Style.ITALIC),)


def test_letters_are_drawn_composed() -> None:
    (line,) = pages(action("e\u0301 \u1112\u1161\u11ab")).script[0].lines
    assert line.text[0].text == "\u00e9 \ud55c"


def test_a_page_knows_where_in_the_tree_it_begins() -> None:
    script = pages(heading("INT. SHED"), action(SENTENCE * 4), action("Rain."), lines=5).script
    assert [page.start for page in script] == [Start(0, 0), Start(1, 2 * len(SENTENCE))]


def test_a_start_counts_typed_characters_though_more_are_drawn() -> None:
    upper = ElementStyle(name="Action", style=Style.ALL_CAPS)
    words = "Groß ist das Meer, und der Mond steht hell über dem Hafen da. " * 4
    script = paginate(Screenplay(body=(action("Rain."), action(words)), styles=(upper,)), PageOptions(lines=5)).script
    assert script[1].start == Start(1, words.index("Groß", 70))


def test_scenes_know_their_page_and_their_length() -> None:
    # 54 lines: 1 + 2 * 10 for the first scene, 2 + 1 for the second, which the page break ends.
    body = (heading("A", number="1"), *([action("Rain.")] * 10), heading("B", number="2"), heading("C", number="3"))
    one, two, three = pages(*body, heading_blank_lines=2).scenes
    assert (one.number, one.page, one.lines, one.eighths) == ("1", "1", 21, 4)  # 21 lines begin the fourth 6.75
    assert (two.heading, two.lines, two.eighths) == (1, 3, 1)
    assert (three.lines, three.eighths) == (3, 1)


def test_room_left_empty_at_the_end_of_a_page_belongs_to_no_scene() -> None:
    # the second scene does not fit below the first: one line stays empty on page 1
    first, second = pages(heading("A"), action(SENTENCE * 2), heading("B"), action("Rain."), lines=7).scenes
    assert (first.lines, second.lines, second.page) == (4, 3, "2")


def test_an_omitted_scene_has_no_length() -> None:
    (scene,) = pages(heading("OMITTED", number="4")).scenes
    assert scene.eighths == 0


@pytest.mark.parametrize(("eighths", "shown"), [(0, "0"), (1, "1/8"), (4, "4/8"), (8, "1"), (11, "1 3/8"), (16, "2")])
def test_eighths_are_never_reduced(eighths: int, shown: str) -> None:
    assert eighths_text(eighths) == shown


def test_a_revised_page_has_the_paper_of_its_newest_revision() -> None:
    sets = (
        RevisionSet(id=1, name="Blue", page_color="#C6EDFE"),
        RevisionSet(id=2, name="Pink", page_color="#FDCCD4", mark="+"),
    )
    body = (Action(text=(Run(text="Rain", revision=1), LineBreak(), Run(text="falls", revision=2))), action("Hard."))
    screenplay = Screenplay(body=body, revisions=Revisions(sets=sets, active=2, show_all=True))
    page = paginate(screenplay).script[0]
    assert page.color == "#FDCCD4"
    assert [line.mark for line in page.lines if not line.generated] == ["*", "+", None]
    assert paginate(screenplay, PageOptions(revision_marks="none")).script[0].color is None


def test_the_caller_counts_before_the_source_and_the_source_before_the_default() -> None:
    setup = PageSetup(paper=Paper(width=8.26, height=11.69), margins=Margins(top=75, bottom=65, header=36, footer=36))
    style = ElementStyle(name="Action", layout=ParagraphLayout(left=1.25, right=7.25))
    screenplay = Screenplay(body=(action("Rain."),), page_setup=setup, styles=(style,))
    page = paginate(screenplay).script[0]
    assert (page.width, page.lines[0].x, page.lines[0].y) == (pytest.approx(8.26 * 72), 90, 83)
    own = Screenplay(body=(action("Rain.", layout=ParagraphLayout(left=2.0)),), page_setup=setup, styles=(style,))
    assert paginate(own).script[0].lines[0].x == 144
    assert paginate(screenplay, PageOptions(paper="letter")).script[0].width == 612
    assert paginate(screenplay, PageOptions(template="film")).script[0].lines[0].x == 108


def test_a_narrower_paper_than_the_sources_moves_a_right_edge_in_that_it_has_no_room_for() -> None:
    def rows(right: float, width: float, letters: int, **options: Any) -> int:
        style = ElementStyle(name="Action", layout=ParagraphLayout(left=1.5, right=right))
        setup = PageSetup(paper=Paper(width=width, height=11))
        screenplay = Screenplay(body=(action("a" * letters),), page_setup=setup, styles=(style,))
        return len(paginate(screenplay, PageOptions(**options)).script[0].lines)

    assert (rows(7.5, 8.5, 61), rows(7.5, 8.5, 61, paper="a4")) == (1, 1)
    assert (rows(10.0, 11.0, 80), rows(10.0, 11.0, 80, paper="a4")) == (1, 2)


def test_a_paragraph_can_refuse_its_styles_new_page() -> None:
    act = NewAct(text=text("Act Two"))
    assert len(pages(action("Rain."), act).script) == 2
    assert len(pages(action("Rain."), replace(act, layout=ParagraphLayout(new_page=False))).script) == 1
    style = ElementStyle(name="Action", layout=ParagraphLayout(new_page=True))
    refusing = action("Rain.", layout=ParagraphLayout(new_page=False))
    assert len(paginate(Screenplay(body=(refusing, refusing), styles=(style,))).script) == 1


def test_a_right_number_that_words_push_stays_on_the_paper() -> None:
    wide = heading("I" * 70, number="A12345678901", layout=ParagraphLayout(right=8.4))
    (number,) = (line for line in pages(wide, scene_numbers="right").script[0].lines if line.generated)
    assert number.x + 12 * CELL == 612 - 2 * CELL


def test_continued_stands_where_a_transition_does() -> None:
    style = ElementStyle(name="Transition", align=Align.LEFT, layout=ParagraphLayout(left=4.0))
    body = (heading("INT. SHED"), *([action("Rain.")] * 3))
    page = paginate(Screenplay(body=body, styles=(style,)), PageOptions(lines=5, scene_continued=True)).script[0]
    assert page.lines[-1].text[0].text == "(CONTINUED)" and page.lines[-1].x == 4 * 72


def test_indents_and_margins_without_room_are_replaced_and_reported() -> None:
    setup = PageSetup(margins=Margins(top=500, bottom=500, header=36, footer=36))
    screenplay = Screenplay(body=(action("Rain.", layout=ParagraphLayout(left=7.4)),), page_setup=setup)
    found: list[Diagnostic] = []
    page = paginate(screenplay, report=found.append).script[0]
    assert (page.lines[0].x, page.lines[0].y) == (108, 80)
    assert sorted(one.code for one in found) == ["pages.no-room", "pages.no-width"]


def test_an_unusual_line_height_is_reported() -> None:
    found: list[Diagnostic] = []
    paginate(Screenplay(body=(action("Rain."),)), PageOptions(leading=11), found.append)
    assert [one.code for one in found] == ["pages.other-leading"]


def test_lines_that_stand_closer_put_more_on_a_page() -> None:
    lines = [General(text=text("Rain."))] * 120
    first, second = pages(*lines, leading=11).script[:2]
    assert len(first.lines) == 58  # nine inches of 11 points
    assert [line.y for line in second.lines if line.element][:2] == [79, 90]


def test_a_page_says_what_it_cannot_hold() -> None:
    look = Run(text="No.", look=Look(font="Arial"), tags=(1,))
    speech = Speech(cue=Character(text=text("A")), parts=(Dialogue(text=(look,), alternates=(text("Yes."),)),))
    title = TitlePage(fields=(TitleField(name="Font", lines=(text("Courier"),)),))
    found: list[Diagnostic] = []
    opaque = (Opaque(format="fdx", name="Cast"), Opaque(format="fdx", name="Window", quiet=True))
    paginate(Screenplay(title_page=title, body=(speech, Note(text="n")), opaque=opaque), report=found.append)
    assert [one.code for one in found] == [
        "pages.other-type",
        "pages.no-tags",
        "pages.no-alternates",
        "pages.title-field",
        "pages.not-held",
    ]


def test_pages_are_chosen_by_label_and_scenes_by_number() -> None:
    script = [heading("A", number="I-1"), *([action("Rain.")] * 3), heading("B", number="I-2"), action("Rain.")]
    assert [page.label for page in pages(*script, lines=4, only_pages="1, 3").script] == ["1", "3"]
    assert [page.label for page in pages(*script, lines=4, only_scenes="I-2").script] == ["3"]
    assert [page.label for page in pages(*script, lines=4, only_scenes="I-1-I-2").script] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "options",
    [
        {"only_pages": "9"},
        {"only_pages": ","},
        {"only_scenes": "2-"},
        {"only_revised": True},
        {"header": "a|b|c|d"},
        {"footer": "{scene}"},
    ],
)
def test_a_choice_that_cannot_be_is_a_usage_error(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        pages(heading("A", number="1"), **options)


def test_more_pages_than_the_limit_are_an_error() -> None:
    with pytest.raises(LimitError):
        paginate(Screenplay(body=(action("Rain."),) * 9), PageOptions(lines=4), limits=Limits(output_pages=3))


def test_as_many_pages_as_the_limit_are_none() -> None:
    body: tuple[Element, ...] = (action("Rain."), PageBreak(), action("Snow."))
    assert len(paginate(Screenplay(body=body), limits=Limits(output_pages=2)).script) == 2
    with pytest.raises(LimitError):
        paginate(Screenplay(body=body), limits=Limits(output_pages=1))


def test_a_printed_section_goes_with_what_comes_after_it_and_a_synopsis_does_not() -> None:
    before = [action("Rain.") for _ in range(3)]  # five lines

    def printed_as(one: Element, lines: int = 7) -> list[list[str]]:
        return names_on(pages(*before, one, action("Snow."), lines=lines, sections=True, synopses=True))

    assert printed_as(Section(text=text("One"), level=1)) == [["Rain."] * 3, ["One", "Snow."]]
    assert printed_as(Synopsis(text=text("They meet."))) == [["Rain."] * 3 + ["They meet."], ["Snow."]]
    long = "They meet. " * 40  # eight lines, of which three have room
    split = [len(printed_as(kind, 9)[0]) for kind in (Section(text=text(long), level=1), Synopsis(text=text(long)))]
    assert split == [3, 6]


def test_words_after_a_name_that_no_page_holds_follow_it_without_a_blank_line() -> None:
    cue = Character(text=text("BOATS " * 200))
    script = pages(action("Rain."), Speech(cue=cue, parts=(Dialogue(text=text("No.")),)), lines=9).script
    name, said = script[-1].lines[-2:]
    assert (said.text[0].text, said.y - name.y) == ("No.", 12)


def test_an_endless_page_holds_everything() -> None:
    body = (heading("A"), *([action("Rain.")] * 100), Speech(cue=Character(text=text("A"))))
    (page,) = paginate(Screenplay(body=body), endless=True).script
    assert len(page.lines) == 102 and not any(line.generated for line in page.lines)
    (alone,) = paginate(Screenplay(body=body), PageOptions(header="TIDE", footer="draft"), endless=True).script
    assert alone.lines == page.lines


def test_parts_of_a_header_that_meet_move_into_the_paper_where_it_ends_above() -> None:
    def rows(header_margin: float, **bands: str) -> list[float]:
        setup = PageSetup(margins=Margins(top=72, bottom=72, header=header_margin, footer=header_margin))
        body = (action("Rain."), PageBreak(), action("Rain."))
        page = paginate(Screenplay(body=body, page_setup=setup), PageOptions(**bands)).script[1]  # type: ignore[arg-type]
        return sorted({line.y for line in page.lines if line.generated})

    wide = "|".join(["the tide station at the end of the pier"] * 3)
    assert rows(36, header=wide) == [20, 32, 44]
    assert rows(10, header=wide) == [18, 30, 42]
    assert rows(36, header="", footer=wide) == [752, 764, 776]
    assert rows(10, header="", footer=wide) == [754, 766, 778]


def test_a_choice_of_scenes_that_are_not_there_says_which_there_are() -> None:
    with pytest.raises(UsageError, match="the script has no scene '3'; it has 1 to 2"):
        pages(heading("A", number="1"), heading("B", number="2"), only_scenes="3")
    with pytest.raises(UsageError, match="the script has no page '9'; it has 1 to 1"):
        pages(heading("A"), only_pages="9")
    with pytest.raises(UsageError, match="none has a number"):
        pages(heading("A"), only_scenes="1")


def test_what_is_printed_keeps_its_typed_lines() -> None:
    body = (Action(text=(*text("Rain. "), LineBreak(), *text("Wind."))),)
    assert printed(Screenplay(body=body)).body == (Action(text=(*text("Rain."), LineBreak(), *text("Wind."))),)


def test_a_column_cut_by_force_holds_no_row_of_a_paragraph_that_has_no_room() -> None:
    setup = Setup(Screenplay(), PageOptions(), ignore)
    measure = setup.measure(Dialogue())
    parts = [Flow(None, None, measure, draw(text("Rain\u00a0" * 20), measure.face)).wrap(setup) for _ in range(2)]
    rows = len(parts[0].rows)
    cuts = [Column(None, parts, None, splittable=True).cut_anywhere(room) for room in (0, 1, rows, rows + 1)]
    assert [(cut.part, cut.rows) for cut in cuts] == [(0, 1), (0, 1), (1, 0), (1, 1)]


HUGE = "counting the boats " * 400


@pytest.mark.parametrize(
    "element",
    [
        action(HUGE),
        heading(HUGE),
        Speech(cue=Character(text=text(HUGE)), parts=(Dialogue(text=text("No.")),)),
        Speech(cue=Character(text=text("A")), parts=(Parenthetical(text=text(HUGE)),)),
        DualDialogue(
            left=Speech(cue=Character(text=text(HUGE)), parts=(Dialogue(text=text("No.")),)),
            right=Speech(cue=Character(text=text("A")), parts=(Dialogue(text=text(HUGE)),)),
        ),
    ],
    ids=["action", "heading", "cue", "parenthetical", "dual dialogue"],
)
def test_whatever_is_taller_than_pages_is_cut_and_kept(element: Element) -> None:
    script = pages(element, lines=9).script
    drawn = sum(
        line.text[0].text.lower().count("boats") for page in script for line in page.lines if not line.generated
    )
    assert drawn == sum(words(one.text).count("boats") for one in paragraphs((element,)))
    assert max(line.y for page in script for line in page.lines) <= 80 + 9 * 12


def test_a_title_taller_than_its_page_goes_on_over_pages() -> None:
    title = TitlePage(fields=(TitleField(name="Title", lines=(text(HUGE),)),))
    sheets = paginate(Screenplay(title_page=title)).title
    assert [page.label for page in sheets] == [None, "ii", "iii", "iv"][: len(sheets)]
    assert sum(line.text[0].text.count("BOATS") for page in sheets for line in page.lines) == 400


def test_an_element_in_another_typeface_is_told_once_and_every_courier_is_the_pages_own() -> None:
    styles = (
        ElementStyle(name="Action", look=Look(font="Times New Roman")),
        ElementStyle(name="Scene Heading", look=Look(font="Courier Prime", size=12)),
        ElementStyle(name="Shot", look=Look(size=14)),
    )
    found: list[Diagnostic] = []
    body = (heading("A"), action("Rain."), action("More rain."))
    paginate(Screenplay(body=body, styles=styles), report=found.append)
    assert [one.message for one in found] == ["Action in another typeface or size was set like all else."]


def test_words_take_the_colour_of_their_element() -> None:
    style = ElementStyle(name="Action", look=Look(font="Arial", color="#FF0000"))
    body = (Action(text=(Run(text="Rain "), Run(text="falls", look=Look(color="#0000FF")))),)
    (line,) = paginate(Screenplay(body=body, styles=(style,))).script[0].lines
    assert [run.look for run in line.text] == [Look(color="#FF0000"), Look(color="#0000FF")]


def test_the_title_page_lists_the_revisions_where_it_is_free() -> None:
    names = [f"Rev. {number}" for number in range(60)]
    sets = Revisions(sets=tuple(RevisionSet(id=number, name=name) for number, name in enumerate(names, 1)))
    at_the_top = General(text=(Run(text="The Bell"),))
    script = Screenplay(title_page=TitlePage(sheets=((at_the_top,),)), revisions=sets)
    pages = paginate(script, PageOptions(list_revisions=True)).title
    first = [words(line.text) for line in pages[0].lines]
    assert first[:3] == ["The Bell", "Rev. 0", "Rev. 1"]
    shown = [line for page in pages for line in page.lines if words(line.text).startswith("Rev")]
    assert [words(line.text) for line in shown] == names
    assert len({line.x + CELL * cells(words(line.text)) for line in shown}) == 1
    assert len({line.y for line in pages[0].lines}) == len(pages[0].lines)
    assert paginate(script).title == paginate(script, PageOptions(list_revisions=False)).title != pages


def test_a_script_without_title_page_gets_one_for_the_list_of_revisions() -> None:
    sets = Revisions(sets=(RevisionSet(id=1, name="Blue (11/30/26)"),))
    script = Screenplay(body=(Action(text=(Run(text="Rain."),)),), revisions=sets)
    (page,) = paginate(script, PageOptions(list_revisions=True)).title
    assert [words(line.text) for line in page.lines] == ["Blue (11/30/26)"]
