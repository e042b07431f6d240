"""What holds for the pages of any tree."""

from dataclasses import replace
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from converter.layout.flow import Flow, _Pen, draw
from converter.layout.paginate import Pages, paginate
from converter.layout.printed import printed
from converter.layout.style import Face, PageOptions, face
from converter.layout.wrap import _wrap_cells, _wrap_narrow
from converter.lines import CELL, cells
from converter.normal import normal
from converter.tree import NO_STYLE, Run, Screenplay, Style, paragraphs, words
from tests.examples import few
from tests.strategies import screenplays

OPTIONS = st.builds(
    PageOptions,
    paper=st.sampled_from([None, "letter", "a4"]),
    lines=st.sampled_from([None, 4, 7]),
    scene_continued=st.sampled_from([None, True]),
    template=st.sampled_from([None, "multi-camera"]),
    break_at_sentences=st.sampled_from([None, False]),
    dialogue_numbers=st.booleans(),
    join_omitted=st.booleans(),
    header=st.sampled_from([None, "the tide station at the end of the pier|{revision} the second version|{page}."]),
    footer=st.sampled_from([None, "{date}|do not copy|" + "long " * 30]),
)


def printed_words(screenplay: Screenplay) -> str:
    texts = (words(paragraph.text) for paragraph in paragraphs(printed(screenplay).body))
    return without_blanks("".join(texts))


def words_on(pages: Pages) -> str:
    """The author's words in the order of the script: on a page the columns of a pair stand side by side."""
    lines = [line for page in pages.script for line in page.lines if not line.generated]
    lines.sort(key=lambda line: -1 if line.paragraph is None else line.paragraph)
    return without_blanks("".join(run.text for line in lines for run in line.text))


def without_blanks(text: str) -> str:
    return "".join(text.split())


@given(screenplays())
@few(60)
def test_every_printed_word_stands_on_the_pages_in_its_order(screenplay: Screenplay) -> None:
    assert words_on(paginate(screenplay)) == printed_words(screenplay)


@given(screenplays(), OPTIONS)
@few(60)
def test_no_choice_loses_a_word(screenplay: Screenplay, options: PageOptions) -> None:
    own = words_on(paginate(screenplay, options)).casefold()
    assert sorted(own) == sorted(printed_words(screenplay).casefold())


@given(screenplays(), OPTIONS)
@few(60)
def test_no_line_stands_below_its_page_or_beside_it(screenplay: Screenplay, options: PageOptions) -> None:
    for page in paginate(screenplay, options).script:
        assert all(0 <= line.x < page.width and line.y < page.height for line in page.lines)
        beside = [line for line in page.lines if line.generated and line.element is None]
        assert all(line.x + CELL * cells(line.text[0].text) <= page.width for line in beside)


NARROW = st.text(st.sampled_from("aab  --—–…’\n\u00e9\u0416"), max_size=40)


@given(NARROW, st.integers(1, 9), st.integers(1, 9), st.sampled_from([None, 1, 2, 3]))
def test_text_of_one_cell_a_letter_wraps_the_same_with_its_cells_counted(
    words: str, first: int, columns: int, limit: int | None
) -> None:
    assert _wrap_narrow(words, first, columns, limit) == _wrap_cells(words, first, columns, limit)


PLAIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=12)
FACES = st.builds(face, st.sampled_from([NO_STYLE, Style.ALL_CAPS, Style.ITALIC, Style.ALL_CAPS | Style.UNDERLINE]))


@given(st.lists(st.builds(Run, text=PLAIN, revision=st.sampled_from([None, 1])), min_size=1, max_size=3), FACES)
def test_plain_words_are_drawn_the_same_letter_by_letter(runs: list[Run], element: Face) -> None:
    short, long = (_Pen(element, None, notes=False, tabs=False) for _ in range(2))
    for run in runs:
        short.plain(run, run.text, element)
        long.letters(run, run.text, element)
    assert (short.words, short.pieces, short.revised) == (long.words, long.pieces, long.revised)


@given(st.builds(Run, text=PLAIN, revision=st.sampled_from([None, 1])), FACES)
def test_a_plain_paragraph_is_drawn_the_same_inline_by_inline(run: Run, element: Face) -> None:
    short, long = draw((run,), element), _Pen(element, None, notes=False, tabs=False).drawn((run,))
    ((short_end, short_run),), ((long_end, long_run),) = short.pieces, long.pieces
    assert (short.text, short_end, list(short.revised)) == (long.text, long_end, long.revised)
    assert replace(short_run, text="") == replace(long_run, text="")


@given(screenplays(), OPTIONS)
@few(60)
def test_paragraphs_put_on_the_page_at_once_stand_as_row_by_row(screenplay: Screenplay, options: PageOptions) -> None:
    at_once = paginate(screenplay, options)
    with mock.patch.object(Flow, "put_all", lambda *_: None):
        assert paginate(screenplay, options) == at_once


@given(screenplays())
@few(60)
def test_what_is_printed_prints_as_itself(screenplay: Screenplay) -> None:
    shown = printed(screenplay)
    assert normal(replace(shown)) == shown
    assert printed(shown) == shown
