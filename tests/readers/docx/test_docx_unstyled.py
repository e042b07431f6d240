"""Scripts as people type and paste them into Word, without a style that tells: recovery says what is what.

Each sample is typed anew in several manners and read; the shares are of its elements that come back whole, with their
type. What is not told by words or places at all (a shot, a heading of one word) keeps them below the whole.
"""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, wrap

import pytest

from converter.contract import Source
from converter.layout.paginate import paginate
from converter.readers import fountain
from converter.recovery.documents.guess import _may_be_name
from converter.tree import (
    Character,
    Dialogue,
    Lyric,
    Paragraph,
    Parenthetical,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Synopsis,
    Transition,
    paragraphs,
    words,
)
from tests.readers.docx.build import codes, document, p, r, read, shown, style

SAMPLES = Path(__file__).parents[3] / "samples"


def sample(name: str) -> Screenplay:
    path = SAMPLES / f"{name}.fountain"
    return fountain.read(Source(path.name, path.read_bytes()))


def elements(screenplay: Screenplay) -> list[Paragraph]:
    return [one for one in paragraphs(screenplay.body) if not isinstance(one, Section | Synopsis) and words(one.text)]


def typed(one: Paragraph) -> str:
    text = words(one.text).replace("\n", " ")
    return text.upper() if isinstance(one, SceneHeading | Character | Transition | Shot) else text


UNDER_A_NAME = (Dialogue, Parenthetical, Lyric)
INDENTS: dict[type[Paragraph], float] = {Character: 2.0, Parenthetical: 1.5, Dialogue: 1.0, Lyric: 1.0, Transition: 4.0}
COLUMNS: dict[type[Paragraph], int] = {Character: 38, Parenthetical: 26, Dialogue: 35, Lyric: 35}


def with_blanks(screenplay: Screenplay, line: Callable[[Paragraph], str]) -> bytes:
    """An empty paragraph before all but what stands under a name."""
    return document(*(out for one in elements(screenplay) for out in (p(), line(one))[isinstance(one, UNDER_A_NAME) :]))


def indented(screenplay: Screenplay) -> bytes:
    return with_blanks(screenplay, lambda one: p(typed(one), left=INDENTS.get(type(one), 0)))


def indented_without_room(screenplay: Screenplay) -> bytes:
    return document(*(p(typed(one), left=INDENTS.get(type(one), 0)) for one in elements(screenplay)))


def tabbed(screenplay: Screenplay) -> bytes:
    return with_blanks(screenplay, lambda one: p("\t" * round(2 * INDENTS.get(type(one), 0)) + typed(one)))


def centered(screenplay: Screenplay) -> bytes:
    middle = (Character, *UNDER_A_NAME)
    return with_blanks(screenplay, lambda one: p(typed(one), jc="center" if isinstance(one, middle) else ""))


def flush(screenplay: Screenplay) -> bytes:
    return with_blanks(screenplay, lambda one: p(typed(one)))


def flush_without_room(screenplay: Screenplay) -> bytes:
    return document(*(p(typed(one)) for one in elements(screenplay)))


def flush_in_double_space(screenplay: Screenplay) -> bytes:
    return document(*(out for one in elements(screenplay) for out in (p(), p(typed(one)))))


def typewritten(screenplay: Screenplay) -> bytes:
    """A paragraph for every line, reached by blanks."""
    lines = []
    for one in elements(screenplay):
        lines += [p()] * (not isinstance(one, UNDER_A_NAME))
        blanks = " " * round(10 * INDENTS.get(type(one), 0))
        lines += [p(blanks + line) for line in wrap(typed(one), COLUMNS.get(type(one), 60))]
    return document(*lines)


def in_styles_without_names(screenplay: Screenplay) -> bytes:
    kinds = list({type(one): None for one in elements(screenplay)})
    styles = "".join(
        style(
            f"s{place}",
            f"Style {place}",
            properties=f'<w:pPr><w:ind w:left="{INDENTS.get(kind, 0) * 1440:.0f}"/></w:pPr>',
        )
        for place, kind in enumerate(kinds)
    )
    return document(*(p(typed(one), style=f"s{kinds.index(type(one))}") for one in elements(screenplay)), styles=styles)


def share(screenplay: Screenplay, data: bytes) -> float:
    """Of the elements, those that come back with words and type."""
    before = [(type(one), typed(one).upper()) for one in elements(screenplay)]
    after = {(type(one), typed(one).upper()) for one in elements(read(data)[0])}
    return sum(one in after for one in before) / len(before)


@pytest.mark.parametrize(
    ("manner", "least"),
    [
        (indented, 0.95),
        (indented_without_room, 0.91),
        (tabbed, 0.95),
        (centered, 0.94),
        (flush, 0.94),
        (flush_without_room, 0.89),
        (flush_in_double_space, 0.89),
        (typewritten, 0.93),
        (in_styles_without_names, 0.92),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
@pytest.mark.parametrize("name", ["ellinika", "polski", "production-draft", "russkii", "short-film", "two-pages"])
def test_elements_come_back(name: str, manner: Callable[[Screenplay], bytes], least: float) -> None:
    screenplay = sample(name)
    assert share(screenplay, manner(screenplay)) >= least


@pytest.mark.parametrize("manner", [indented, indented_without_room, centered, flush, typewritten])
def test_elements_come_back_where_no_letter_has_a_capital(manner: Callable[[Screenplay], bytes]) -> None:
    screenplay = sample("nihongo")
    assert share(screenplay, manner(screenplay)) >= 0.92


@pytest.mark.parametrize("name", ["russkii", "short-film", "two-pages"])
def test_pages_come_back(name: str) -> None:
    """Pasted line by line from our own pages, title page, page numbers and all."""
    screenplay = sample(name)
    lines = []
    for page in paginate(screenplay).all:
        at = 0.0
        for line in sorted(page.lines, key=lambda line: line.y):
            lines += [p()] * (round((line.y - at) / 12) - 1)
            at = line.y
            lines.append(p(" " * round(line.x / 7.2) + "".join(run.text for run in line.text)))
    data = document(*lines)
    assert share(screenplay, data) >= 0.9
    assert "docx.joined-lines" in codes(data)


# ---------------------------------------------------------------- what only Word knows


def test_a_name_and_its_words_in_one_paragraph_come_apart() -> None:
    """Shift and Enter, as many who type in Word go on to the next line."""
    enter = "<w:r><w:br/></w:r>"
    data = document(
        p("INT. BARN - DAY"),
        p(runs=r("Rain.") + enter + r("More rain.")),
        p(runs=r("ODILE") + enter + r("(low)") + enter + r("Forty-one drops.")),
        p(runs=r("MARA") + enter + r("Let them fall, I say.")),
        p(runs=r("ODILE") + enter + r("I will not.")),
    )
    assert shown(data) == dedent(
        """\
        SceneHeading "INT. BARN - DAY"
        Action "Rain." / "More rain."
        Speech "ODILE"
          Parenthetical "(low)"
          Dialogue "Forty-one drops."
        Speech "MARA"
          Dialogue "Let them fall, I say."
        Speech "ODILE"
          Dialogue "I will not."
        """
    )


def test_tab_stops_of_a_paragraph_are_its_own() -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="1440"/><w:tab w:val="left" w:pos="2880"/></w:tabs>'
    speeches = ((2, "ODILE"), (1, "Forty."), (2, "MARA"), (1, "Well.")) * 2
    lines = ((0, "INT. BARN - DAY"), (0, "Rain."), *speeches, (0, "She looks up at the roof."), (0, "Rain."))
    data = document(*(p("\t" * count + text, extra=stops) for count, text in lines))
    assert shown(data) == dedent(
        """\
        SceneHeading "INT. BARN - DAY"
        Action "Rain."
        Speech "ODILE"
          Dialogue "Forty."
        Speech "MARA"
          Dialogue "Well."
        Speech "ODILE"
          Dialogue "Forty."
        Speech "MARA"
          Dialogue "Well."
        Action "She looks up at the roof."
        Action "Rain."
        """
    )


def test_capitals_of_a_style_are_seen() -> None:
    caps = "<w:rPr><w:caps/></w:rPr>"
    styles = style("n", "Format 1", properties=caps) + style("t", "Format 2")
    data = document(
        p("INT. BARN - DAY"),
        *(
            p(text, style=id_)
            for text in ("Odile", "Mara", "Odile")
            for id_, text in (("n", text), ("t", "Forty drops."))
        ),
        styles=styles,
    )
    assert shown(data).count("Speech") == 3
    assert 'Speech "Odile"' in shown(data)


def test_two_columns_made_by_tabs_are_a_dual_dialogue() -> None:
    data = document(
        *(p("INT. BARN - DAY"), p(), p("Rain."), p(), p("\tODILE\t\t\t\tMARA"), p("No, no.\t\t\tYes, yes."), p()),
        *(p("They stop."), p(), p("\tODILE\t\t\t\tMARA"), p("Never.\t\t\t\tAlways."), p(), p("They go.")),
    )
    assert shown(data).count("DualDialogue") == 2
    assert "docx.guessed-dual" in codes(data)


def test_pairs_behind_each_other_stay_apart() -> None:
    pair = (p("\tODILE\t\t\t\tMARA"), p("No, no.\t\t\tYes, yes."), p())
    data = document(p("INT. BARN - DAY"), p(), p("Rain."), p(), *pair, *pair, p("They stop."))
    assert shown(data).count("DualDialogue") == 2
    assert shown(data).count('Dialogue "Yes, yes."') == 2


def test_the_pages_of_a_print_are_not_those_of_the_script() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    data = document(
        p("INT. BARN - DAY"),
        p(),
        p("Rain on the glass. Odile counts the drops with a pencil"),
        p("that has been sharpened at both ends, and she writes the"),
        p("numbers down.", runs=page),
        p("They go on to the next page and are never read by anyone"),
        p("at all."),
    )
    assert "PageBreak" not in shown(data)
    assert shown(data).count("Action") == 2


def test_a_title_page_without_a_page_break_is_known_by_its_words() -> None:
    data = document(
        p("LOW WATER"), p("by"), p("Odile Marr"), p(), p("FADE IN:"), p(), p("INT. BARN - DAY"), p(), p("Rain.")
    )
    assert shown(data).startswith('TitlePage\n  "Title": "LOW WATER"\n  "Credit": "by"\n  "Author": "Odile Marr"\n')
    assert "docx.guessed-title-page" in codes(data)


def test_prose_stays_action() -> None:
    prose = "The harbour was dredged in May. Nobody had asked the harbour, and nobody asked the boats that lay in it. "
    data = document(p("ANNUAL REPORT", jc="center"), *(p(prose * 4) for _ in range(20)))
    assert "Speech" not in shown(data)
    assert "SceneHeading" not in shown(data)


def exchange(*more: str) -> bytes:
    """Speech at an inch, names at two, with more lines after it."""
    said = [
        (p(), p("MARA", left=2), p(f"I came {number} times.", left=1), p(), p("Rain falls on the boats."))
        for number in range(9)
    ]
    return document(p("INT. BARN - DAY"), *(line for lines in said for line in lines), p(), *more)


def test_a_transition_in_the_column_of_dialogue_is_a_transition() -> None:
    data = exchange(p("CUT TO:", left=1), p(), p("EXT. QUAY - DAY"), p(), p("Snow."))
    assert 'Transition "CUT TO:"\nSceneHeading "EXT. QUAY - DAY"' in shown(data)


def test_a_sentence_below_an_empty_line_under_a_cue_is_not_spoken() -> None:
    data = exchange(p("MARA", left=2), p(), p("She leaves the barn, and the rain stops."))
    assert shown(data).endswith('Action "She leaves the barn, and the rain stops."\n')


def test_a_name_in_capitals_may_have_a_few_small_letters() -> None:
    data = exchange(p("McGARRY", left=2), p("I did not.", left=1))
    assert shown(data).endswith('Speech plain "McGARRY"\n  Dialogue "I did not."\n')
    assert _may_be_name("McG") and not _may_be_name("McGa") and not _may_be_name("Mara")
