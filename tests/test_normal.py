"""Normal form (docs/tree.md): one way to say each thing. Laws over every tree first, then each clause."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import given

from converter.normal import normal
from converter.tree import (
    Action,
    Align,
    Band,
    Boneyard,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
    General,
    LineBreak,
    Look,
    Lyric,
    More,
    Note,
    NoteEnd,
    PageBreak,
    PageField,
    PageFieldKind,
    PageMark,
    PageSetup,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Part,
    Position,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Text,
    TitleField,
    TitlePage,
    cuts,
    paragraphs,
    words,
)
from tests.cost import seconds
from tests.strategies import screenplays

# ---------------------------------------------------------------- laws


@given(screenplays())
def test_what_is_normal_comes_back_as_the_same_object(screenplay: Screenplay) -> None:
    once = replace(normal(screenplay))  # a copy, which is not marked as normal
    assert normal(once) is once
    assert normal(normal(screenplay)).is_normal


@given(screenplays())
def test_printed_words_stay_in_their_order_and_kind(screenplay: Screenplay) -> None:
    assert _printed(normal(screenplay)) == _printed(screenplay)


@given(screenplays())
def test_no_marker_is_lost(screenplay: Screenplay) -> None:
    assert _markers(normal(screenplay)) == _markers(screenplay)


@given(screenplays())
def test_every_clause_holds(screenplay: Screenplay) -> None:
    once = normal(screenplay)
    for text in _texts(once):
        assert not any(_joinable(a, b) for a, b in pairwise(text)), "neighbouring runs differ"
        assert all(inline.text for inline in text if isinstance(inline, Run)), "no run is empty"
        assert not any("\n" in inline.text for inline in text if isinstance(inline, Run)), "a line end is a LineBreak"
    assert not _characters_no_file_holds(once)
    for paragraph in paragraphs(once.body, omitted=True):
        assert not _starts_with_marker(paragraph.text), "markers at the very start stand before the block"
        assert paragraph.layout != ParagraphLayout()
        assert not (paragraph.layout and paragraph.layout.new_page), "a forced page is a PageBreak"
    for body in _bodies(once.body):
        assert not _trailing_breaks(body), "a page break has a block behind it"
        for previous, element in _next_blocks(body):
            if isinstance(element, Speech) and element.cue is None:
                assert any(isinstance(part, Dialogue | Parenthetical) for part in element.parts)
                assert not isinstance(previous, Speech), "lines without a cue go on with the speech before them"
        for cut in cuts(body):
            assert cut.elements and not any(True for _ in cuts(cut.elements)), "a Cut holds something, and no Cut"
        for sequence in (body, *(speech.parts for speech in _speeches(body))):
            for a, b in pairwise(sequence):
                assert not (isinstance(a, Note | Boneyard | PageMark) and isinstance(b, PageBreak))
                assert not (isinstance(a, Note | Boneyard | PageMark | PageBreak) and isinstance(b, Cut))
                assert not (isinstance(a, Cut) and isinstance(b, Cut) and a.revision == b.revision)
    opened = [inline.id for inline in _inlines(once) if isinstance(inline, Note) and inline.id is not None]
    assert opened == list(range(1, len(opened) + 1)), "ids count from 1 in the order in which ranges open"
    assert sorted(one.id for one in _inlines(once) if isinstance(one, NoteEnd)) == opened, "each range has an end"


def _printed(screenplay: Screenplay) -> list[Any]:
    page = screenplay.title_page or TitlePage()
    texts: list[Any] = [(type(one), *_typed(one)) for one in paragraphs(screenplay.body, omitted=True)]
    texts.extend((_clean(one.name, " "), *map(_words, one.lines)) for one in page.fields)
    texts.extend(_words(line.text) for sheet in page.sheets for line in sheet)
    return texts


def _typed(paragraph: Paragraph) -> Iterator[str]:
    yield _words(paragraph.text)
    if isinstance(paragraph, Dialogue):
        yield from map(_words, paragraph.alternates)


def _words(text: Text) -> str:
    """Each inline by itself: CR at the end of a run and the line break behind it are two line ends."""
    return "".join(_clean(words((inline,))) for inline in text)


def _clean(words: str, line_end: str = "\n") -> str:
    words = re.sub("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", line_end, words)
    return "".join(char for char in words if char in "\t\n" or _can_be_written(char))


def _can_be_written(char: str) -> bool:
    is_control = char < " " or "\x7f" <= char <= "\x9f"
    return not is_control and char not in "\ufeff\ufffe\uffff" and not "\ud800" <= char <= "\udfff"


def _markers(screenplay: Screenplay) -> Counter[Any]:
    kinds = (Note, Boneyard, PageMark)
    found: list[Any] = [one for text in _texts(screenplay) for one in text if isinstance(one, kinds)]
    for body in _bodies(screenplay.body):
        found.extend(one for one in body if isinstance(one, kinds))
        found.extend(one for speech in _speeches(body) for one in speech.parts if isinstance(one, kinds))
    return Counter(_clean(getattr(one, "text", "") or getattr(one, "source", "")) for one in found)


def _texts(screenplay: Screenplay) -> Iterator[Text]:
    page = screenplay.title_page or TitlePage()
    for one in page.fields:
        yield from one.lines
    for sheet in page.sheets:
        yield from (line.text for line in sheet)
    for paragraph in paragraphs(screenplay.body, omitted=True, cut=True):
        yield paragraph.text
        if isinstance(paragraph, Dialogue):
            yield from paragraph.alternates


def _inlines(screenplay: Screenplay) -> Iterator[Any]:
    for text in _texts(screenplay):
        yield from text


def _bodies(body: tuple[Element, ...]) -> Iterator[tuple[Element, ...]]:
    """The body, the cut scenes in it and what was cut."""
    yield body
    for element in body:
        if isinstance(element, SceneHeading) and element.omitted is not None:
            yield from _bodies(element.omitted)
        elif isinstance(element, Cut):
            yield from _bodies(cast(tuple[Element, ...], element.elements))
    for speech in _speeches(body):
        for part in speech.parts:
            if isinstance(part, Cut):
                yield from _bodies(cast(tuple[Element, ...], part.elements))


def _speeches(body: tuple[Element, ...]) -> Iterator[Speech]:
    for element in body:
        if isinstance(element, Speech):
            yield element
        elif isinstance(element, DualDialogue):
            yield from (element.left, element.right)


def _next_blocks(body: tuple[Element, ...]) -> Iterator[tuple[Element, Element]]:
    yield from pairwise(one for one in body if not isinstance(one, PageBreak | Note | Boneyard | PageMark))


def _joinable(a: Any, b: Any) -> bool:
    return isinstance(a, Run) and isinstance(b, Run) and _setting(a) == _setting(b)


def _setting(run: Run) -> dict[str, Any]:
    return {"style": run.style, "look": run.look, "revision": run.revision, "tags": run.tags}


def _starts_with_marker(text: Text) -> bool:
    return bool(text) and (isinstance(text[0], Boneyard | PageMark) or isinstance(text[0], Note) and text[0].id is None)


def _trailing_breaks(body: tuple[Element, ...]) -> bool:
    for element in reversed(body):
        if isinstance(element, PageBreak):
            return True
        if not isinstance(element, Note | Boneyard | PageMark):
            return False
    return False


def _characters_no_file_holds(value: Any) -> list[str]:
    if isinstance(value, str):
        return [char for char in value if char not in "\t\n" and not _can_be_written(char)]
    if isinstance(value, tuple):
        return [char for item in value for char in _characters_no_file_holds(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [char for name in value.__dataclass_fields__ for char in _characters_no_file_holds(getattr(value, name))]
    return []


# ---------------------------------------------------------------- each clause


def text(*inlines: Any) -> Text:
    return tuple(Run(text=one) if isinstance(one, str) else one for one in inlines)


def action(*inlines: Any, **fields: Any) -> Action:
    return Action(text=text(*inlines), **fields)


def cue(*inlines: Any) -> Character:
    return Character(text=text(*inlines))


def dialogue(*inlines: Any, **fields: Any) -> Dialogue:
    return Dialogue(text=text(*inlines), **fields)


def body(*elements: Element, styles: tuple[ElementStyle, ...] = ()) -> tuple[Element, ...]:
    return normal(Screenplay(body=elements, styles=styles)).body


def alone(*inlines: Any) -> Text:
    """The text of an action of these inlines, put into normal form."""
    (element,) = body(action(*inlines))
    assert isinstance(element, Action)
    return element.text


NOTE = Note(text="n")
BONEYARD = Boneyard(source="/* b */")
MARK = PageMark(label="2")
BREAK = PageBreak()


def test_neighbouring_runs_of_one_setting_are_one_run() -> None:
    bold = Run(text="c", style=Style.BOLD)
    assert alone("a", "b", bold, bold, "d") == text("ab", Run(text="cc", style=Style.BOLD), "d")
    assert alone("a", Run(text="b", revision=1)) == text("a", Run(text="b", revision=1))
    assert alone("a", Run(text="b", tags=(1,))) == text("a", Run(text="b", tags=(1,)))
    assert alone("a", NoteEnd(id=9), "b") == text("ab")


def test_an_empty_run_is_none() -> None:
    assert alone("", "a", "") == text("a")
    assert alone("") == ()


def test_a_look_that_says_nothing_is_none() -> None:
    assert alone(Run(text="a", look=Look()), "b") == text("ab")
    assert alone(Run(text="a", look=Look(font="")), "b") == text("ab")
    assert alone(Run(text="a", look=Look(font="Cou\x00rier"))) == text(Run(text="a", look=Look(font="Courier")))


def test_line_ends_in_a_run_are_line_breaks() -> None:
    assert alone("a\nb\r\nc\rd\u2028e") == text(
        "a", LineBreak(), "b", LineBreak(), "c", LineBreak(), "d", LineBreak(), "e"
    )
    assert alone("\n") == (LineBreak(),)
    for line_end in "\x0b\x0c\x85\u2029":
        assert alone(f"a{line_end}b") == text("a", LineBreak(), "b")


def test_characters_that_no_file_can_hold_go() -> None:
    assert alone("a\x00b\ud800\tc\ufeff\uffff") == text("ab\tc")
    assert alone("\x0e") == ()
    assert alone("a\x7f\x80\x84\x86\x9fb\xa0~") == text("ab\xa0~")
    assert alone("a\x85b") == (Run(text="a"), LineBreak(), Run(text="b"))
    (heading, _) = body(
        SceneHeading(number="1\x002", color="\x00"), Note(text="a\x00\r\nb", title="\x00", author="x\ny")
    )
    assert heading == SceneHeading(number="12")
    assert body(Note(text="a\x00\r\nb", title="\x00", author="x\ny")) == (Note(text="a\nb", author="x y"),)


def test_a_name_of_nothing_is_none() -> None:
    assert body(action("a", number="", style_name="")) == (action("a"),)


def test_anchors_between_two_words_stand_in_one_order() -> None:
    start, end, deletion, locked = (
        Note(text="r", id=1),
        NoteEnd(id=1),
        Deletion(revision=1),
        PageMark(label="3", locked=True),
    )
    given = action("a", start, "b", NOTE, locked, MARK, deletion, end, "c")
    assert body(given) == (action("a", start, "b", end, deletion, locked, NOTE, MARK, "c"),)


@pytest.mark.parametrize("marker", [NOTE, BONEYARD, MARK], ids=lambda one: type(one).__name__)
def test_a_marker_before_the_first_word_stands_before_the_block(marker: Any) -> None:
    assert body(action(marker, "a", marker)) == (marker, action("a", marker))
    assert body(Speech(cue=cue(marker, "ANN"), parts=(dialogue(marker, "Hi."),))) == (
        marker,
        Speech(cue=cue("ANN"), parts=(marker, dialogue("Hi."))),
    )
    assert body(action(marker)) == (marker, action())


def test_a_range_may_begin_at_the_first_word() -> None:
    ranged = action(Note(text="r", id=1), "a", NoteEnd(id=1))
    assert body(ranged) == (ranged,)


def test_only_ranges_that_hold_something_have_ids() -> None:
    empty, unended, unopened = Note(text="e", id=5), Note(text="u", id=6), NoteEnd(id=7)
    assert body(action("a", empty, NoteEnd(id=5), "b", unended, unopened)) == (
        action("a", Note(text="e"), "b", Note(text="u")),
    )
    assert body(Note(text="between", id=3)) == (Note(text="between"),)


def test_ids_count_from_1_in_the_order_in_which_ranges_open() -> None:
    first, second = Note(text="x", id=9), Note(text="y", id=4)
    assert body(action(first, "a", second, "b"), action("c", NoteEnd(id=9), "d", NoteEnd(id=4))) == (
        action(Note(text="x", id=1), "a", Note(text="y", id=2), "b"),
        action("c", NoteEnd(id=1), "d", NoteEnd(id=2)),
    )


def test_a_range_may_go_from_a_cut_scene_into_the_next() -> None:
    omitted = (action(Note(text="x", id=2), "cut"),)
    assert body(SceneHeading(text=text("OMITTED"), omitted=omitted), action("a", NoteEnd(id=2))) == (
        SceneHeading(text=text("OMITTED"), omitted=(action(Note(text="x", id=1), "cut"),)),
        action("a", NoteEnd(id=1)),
    )


def test_no_range_begins_outside_the_body() -> None:
    ranged = text(Note(text="n", id=1), "a", NoteEnd(id=1))
    point = text(NOTE, "a")
    page = TitlePage(fields=(TitleField(name="Title", lines=(ranged,)),), sheets=((General(text=ranged),),))
    assert normal(Screenplay(title_page=page)).title_page == TitlePage(
        fields=(TitleField(name="Title", lines=(point,)),), sheets=((General(text=point),),)
    )
    speech = Speech(cue=cue("ANN"), parts=(dialogue("Hi.", alternates=(ranged,)),))
    assert body(speech) == (Speech(cue=cue("ANN"), parts=(dialogue("Hi.", alternates=(point,)),)),)


def test_lines_without_a_cue_go_on_with_the_speech_before() -> None:
    speech = Speech(cue=cue("ANN"), parts=(dialogue("a"),))
    stray = Speech(parts=(dialogue("b"),))
    assert body(speech, stray, stray) == (Speech(cue=cue("ANN"), parts=(dialogue("a"), dialogue("b"), dialogue("b"))),)
    assert body(speech, NOTE, BREAK, stray) == (
        Speech(cue=cue("ANN"), parts=(dialogue("a"), BREAK, NOTE, dialogue("b"))),
    )
    assert body(speech, action("x"), stray) == (speech, action("x"), stray)
    assert body(DualDialogue(left=speech, right=speech), stray) == (DualDialogue(left=speech, right=speech), stray)


def test_a_speech_without_cue_and_lines_is_what_is_left_of_it() -> None:
    lyric = Lyric(text=text("la"))
    assert body(Speech()) == ()
    assert body(Speech(parts=(lyric, NOTE))) == (lyric, NOTE)
    assert body(Speech(parts=(NOTE, lyric, dialogue("a"), lyric))) == (
        NOTE,
        lyric,
        Speech(parts=(dialogue("a"), lyric)),
    )


def test_what_follows_the_last_line_of_a_speech_stands_behind_it() -> None:
    parts: tuple[Part, ...] = (dialogue("a"), NOTE, BREAK)
    assert body(Speech(cue=cue("ANN"), parts=parts), action("x")) == (
        Speech(cue=cue("ANN"), parts=(dialogue("a"),)),
        BREAK,
        NOTE,
        action("x"),
    )


def test_a_pair_needs_two_cues() -> None:
    left, right = Speech(cue=cue("ANN"), parts=(dialogue("a"),)), Speech(parts=(dialogue("b"),))
    assert body(DualDialogue(left=left, right=right)) == (Speech(cue=cue("ANN"), parts=(dialogue("a"), dialogue("b"))),)


def test_markers_between_the_two_cues_end_the_left_speech() -> None:
    left = Speech(cue=cue("ANN"), parts=(dialogue("a"), NOTE))
    right = Speech(cue=cue(MARK, "BO"), parts=(BREAK, dialogue("b"), NOTE))
    assert body(DualDialogue(left=left, right=right)) == (
        DualDialogue(
            left=Speech(cue=cue("ANN"), parts=(dialogue("a"), NOTE, MARK)),
            right=Speech(cue=cue("BO"), parts=(BREAK, dialogue("b"))),
        ),
        NOTE,
    )


def test_a_page_break_between_the_two_cues_stands_before_the_pair() -> None:
    left = Speech(cue=cue("ANN"), parts=(dialogue("a"), BREAK))
    right = Speech(cue=cue("BO"))
    assert body(NOTE, DualDialogue(left=left, right=right)) == (
        BREAK,
        NOTE,
        DualDialogue(left=Speech(cue=cue("ANN"), parts=(dialogue("a"),)), right=right),
    )


def test_a_forced_page_is_a_page_break_before_the_markers() -> None:
    forced = action("a", layout=ParagraphLayout(new_page=True, left=2.0), at=Position(line=7))
    assert body(NOTE, forced) == (BREAK, NOTE, action("a", layout=ParagraphLayout(left=2.0)))
    page_break = body(NOTE, forced)[0]
    assert isinstance(page_break, PageBreak) and page_break.at == Position(line=7)
    assert body(action("x"), NOTE, BREAK, action("a")) == (action("x"), BREAK, NOTE, action("a"))


def test_a_page_break_with_nothing_behind_it_goes() -> None:
    assert body(action("a"), BREAK, NOTE, BREAK) == (action("a"), NOTE)
    assert body(BREAK) == ()


def test_two_page_breaks_are_two() -> None:
    assert body(BREAK, BREAK, action("a")) == (BREAK, BREAK, action("a"))


def test_layout_that_repeats_the_style_is_none() -> None:
    style = ElementStyle(name="Action", align=Align.RIGHT, layout=ParagraphLayout(left=1.5, right=7.5, new_page=True))
    given = action("a", align=Align.RIGHT, layout=ParagraphLayout(left=1.5, right=7.0, new_page=True))
    assert body(given, styles=(style,)) == (action("a", layout=ParagraphLayout(right=7.0)),)
    assert body(given) == (BREAK, action("a", align=Align.RIGHT, layout=ParagraphLayout(left=1.5, right=7.0)))
    assert body(action("a", layout=ParagraphLayout())) == (action("a"),)


def test_a_style_is_found_by_its_clean_name() -> None:
    style = ElementStyle(name="Sin\x00ging\n", align=Align.RIGHT)
    given = action("a", style_name="Singing\n", align=Align.RIGHT)
    assert body(given, styles=(style,)) == (action("a", style_name="Singing "),)


def test_a_built_in_name_is_none() -> None:
    assert body(action("a", style_name="Action"), action("a", style_name="General")) == (
        action("a"),
        action("a", style_name="General"),
    )


@pytest.mark.parametrize("typed", ["low", "(low", "(low) Eat.", "(low).", "[low]", "（low）", ""])
def test_a_parenthetical_prints_as_typed(typed: str) -> None:
    given = Speech(cue=cue("ANN"), parts=(Parenthetical(text=text(typed)),))
    assert body(given) == (given if typed else Speech(cue=cue("ANN"), parts=(Parenthetical(),)),)


def test_a_section_is_at_least_of_level_1() -> None:
    assert body(Section(text=text("One"), level=0)) == (Section(text=text("One")),)


def test_a_cut_scene_is_in_normal_form_too() -> None:
    (heading,) = body(SceneHeading(omitted=(action("a", "b", layout=ParagraphLayout(new_page=True)), BREAK)))
    assert heading == SceneHeading(omitted=(BREAK, action("ab")))


def test_a_title_page_or_setup_that_says_nothing_is_none() -> None:
    silent = Screenplay(title_page=TitlePage(sheets=((),)), page_setup=PageSetup(), revisions=Revisions())
    assert normal(silent) == Screenplay()
    assert normal(Screenplay(page_setup=PageSetup(more=More()))) == Screenplay(page_setup=PageSetup(more=More()))


def test_a_title_sheet_begins_where_a_line_asks_for_a_page() -> None:
    forced = General(text=text("b"), layout=ParagraphLayout(new_page=True))
    page = TitlePage(sheets=((General(text=text("a")), forced),))
    assert normal(Screenplay(title_page=page)).title_page == TitlePage(
        sheets=((General(text=text("a")),), (General(text=text("b")),))
    )


def test_the_sides_of_a_header_are_texts_too() -> None:
    number = PageField(kind=PageFieldKind.PAGE)
    header = Band(left=(Run(text="a"), Run(text="b\n"), Run(text=""), number, Run(text="\x00")))
    page_setup = normal(Screenplay(page_setup=PageSetup(header=header))).page_setup
    assert page_setup == PageSetup(header=Band(left=(Run(text="ab "), number)))


def test_an_empty_name_around_the_body_is_none() -> None:
    style = ElementStyle(name="Song\r\n", behaves_as="", layout=ParagraphLayout(), look=Look(), next_name="\x00")
    assert normal(Screenplay(styles=(style,))).styles == (ElementStyle(name="Song "),)


def test_a_style_is_never_plain() -> None:
    style = ElementStyle(name="Song", style=Style.PLAIN | Style.BOLD)
    assert normal(Screenplay(styles=(style,))).styles == (ElementStyle(name="Song", style=Style.BOLD),)


# ---------------------------------------------------------------- cost


@pytest.mark.timing
@pytest.mark.parametrize(
    "screenplay",
    [
        Screenplay(body=(NOTE, BREAK) * 100_000),
        Screenplay(body=(Speech(parts=(dialogue("a"),)),) * 100_000),
        Screenplay(body=(action(*"ab" * 100_000),)),
        Screenplay(body=(action(*(Note(text="", id=1), "a") * 100_000),)),
        Screenplay(body=(action(*(NOTE, BONEYARD) * 100_000),)),
    ],
    ids=["notes and page breaks", "lines without cues", "a run for each letter", "unclosed ranges", "leading markers"],
)
def test_normal_form_is_linear(screenplay: Screenplay) -> None:
    # Each takes about a second; anything quadratic takes minutes.
    assert seconds(normal, screenplay) < 20
