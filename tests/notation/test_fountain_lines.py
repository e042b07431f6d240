"""What a line of Fountain is, told by the line alone."""

from __future__ import annotations

import pytest

from converter.notation.fountain import lines, title
from converter.notation.fountain.inline import fit_emphasis
from converter.notation.fountain.lines import Mark, mark
from converter.notation.fountain.markers import (
    cut_scene,
    cut_scene_text,
    fit_boneyard,
    fit_note,
    fit_page_mark,
    heading_color,
    parse_note,
    spelled,
)
from converter.tree import Boneyard, Note, PageMark, Position, Run, TitleField

# ---------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("===", Mark.PAGE_BREAK),
        ("=====", Mark.PAGE_BREAK),
        ("=== 12A", Mark.PAGE_BREAK),
        ("=== A-12 ===", Mark.PAGE_BREAK),
        ("=== twelve", Mark.SYNOPSIS),
        ("==", Mark.SYNOPSIS),
        ("= x", Mark.SYNOPSIS),
        ("\f", Mark.PAGE_BREAK),
        ("\fx", Mark.PAGE_BREAK),
        ("!x", Mark.ACTION),
        ("!!x", Mark.SHOT),
        ("!!", Mark.ACTION),
        ("!! ", Mark.ACTION),
        ("#x", Mark.SECTION),
        ("###", None),
        ("> x <", Mark.CENTERED),
        ("><", None),
        ("> <", None),
        (">", None),
        ("> x", Mark.TRANSITION),
        ("> x \\<", Mark.TRANSITION),
        ("> x \\\\<", Mark.CENTERED),
        ("~", Mark.LYRIC),
        ("{{TOC}}", Mark.INSTRUCTION),
        ("{{HEADER: x}}", Mark.INSTRUCTION),
        ("{{HEADER: {x}}", None),
        ("{{date}}", None),
        ("x", None),
    ],
)
def test_a_line_begins_with_its_mark(line: str, what: Mark | None) -> None:
    assert mark(line) is what


@pytest.mark.parametrize("char", "\u2e80\u3042\u4e2d\u9fff\uac00\ud7a3\U00020000\U0002a6d6")
def test_full_width_marks_count_before_east_asian_words(char: str) -> None:
    assert mark(f"！ {char}") is Mark.ACTION
    assert lines.ascii_marked(f"．{char}") == f".{char}"


@pytest.mark.parametrize("char", ["A", "é", "\u2e7f", "\ua000", "\uabff", "\ud7b0", "\ufb01", "\U0001ffff", ""])
def test_full_width_marks_before_other_words_are_words(char: str) -> None:
    assert mark(f"！{char}") is None
    assert lines.ascii_marked(f"．{char}") == f"．{char}"


@pytest.mark.parametrize(
    ("line", "makes_gap"),
    [("", True), (" \u00a0", True), ("===", True), ("# x", True), ("= x", True), ("{{TOC}}", True)]
    + [("~x", False), ("> x <", False), ("> x", False), ("!x", False), ("x", False), ("  # x", True)],
)
def test_what_counts_as_an_empty_line(line: str, makes_gap: bool) -> None:
    assert lines.makes_gap(line) is makes_gap


@pytest.mark.parametrize(("line", "is_kept"), [("", False), (" ", False), ("  ", True), (" \t", False), ("   ", True)])
def test_two_spaces_keep_an_empty_line(line: str, is_kept: bool) -> None:
    assert lines.is_kept_blank(line) is is_kept


# ---------------------------------------------------------------- headings, transitions, cues


@pytest.mark.parametrize(
    "line",
    ["INT. PIER", "int pier", "EXT-PIER", "EST. x", "INT./EXT. PIER", "INT/EXT PIER", "I/E. PIER", "I./E PIER"]
    + ["EXT./INT PIER", "E/I PIER", "INT\u00a0PIER", "INT.\tPIER", "\u200cINT. PIER"],
)
def test_headings(line: str) -> None:
    assert lines.is_heading(line)


@pytest.mark.parametrize("line", ["INT.", "INT. ", "INTERIOR", "INTO THE PIER", "PIER INT. x", "ESTABLISHED", "INT/ x"])
def test_no_headings(line: str) -> None:
    assert not lines.is_heading(line)


@pytest.mark.parametrize(("line", "is_common"), [("INT. PIER", True), ("I/E PIER", True), ("E/I PIER", False)])
def test_headings_that_every_program_knows(line: str, is_common: bool) -> None:
    assert lines.is_heading(line)
    assert lines.is_common_heading(line) is is_common


@pytest.mark.parametrize("line", [".x", ".1", ".*x*", "._x_", ".\\#", "．中"])
def test_forced_headings(line: str) -> None:
    assert lines.is_forced_heading(line)


@pytest.mark.parametrize("line", ["..", "...x", ". x", ".(x)", ".", ".__", "．x"])
def test_no_forced_headings(line: str) -> None:
    assert not lines.is_forced_heading(line)


@pytest.mark.parametrize(
    ("line", "is_forced"), [("@x", True), ("@", False), ("@ ", False), ("＠中", True), ("＠x", False), ("x", False)]
)
def test_forced_cues(line: str, is_forced: bool) -> None:
    assert lines.is_forced_cue(line) is is_forced


@pytest.mark.parametrize("line", ["CUT TO:", "TO:", "FADE OUT.", "CUT TO BLACK.", "\u200dCUT TO:", "CUT TO:\u200d"])
def test_transitions(line: str) -> None:
    assert lines.is_transition(line)


@pytest.mark.parametrize("line", ["CUT TO", "Cut TO:", "UNTO:", "1TO:", "CUT TO: ", "FADE IN:", "FADE OUT"])
def test_no_transitions(line: str) -> None:
    assert not lines.is_transition(line)


@pytest.mark.parametrize(
    "line", ["ANN", "ÄNN", "R2D2", "ANN (off)", "ANN (off) B", "(off) ANN", "ÄNN (off)", "ANN (off", "MC(x)GEE"]
)
def test_cues(line: str) -> None:
    assert lines.is_cue(line)


@pytest.mark.parametrize("line", ["Ann", "23", "(ANN)", "Änn", "ÄNN (off) b", "", "中文", "ANN (A) b"])
def test_no_cues(line: str) -> None:
    assert not lines.is_cue(line)


@pytest.mark.parametrize(
    ("line", "heading", "number"),
    [
        ("INT. PIER #1#", "INT. PIER", "1"),
        ("INT. PIER#A-1.b#", "INT. PIER", "A-1.b"),
        ("*INT. PIER #1#*", "*INT. PIER*", "1"),
        ("INT. PIER #12>#", "INT. PIER", "12>"),
        ("INT. PIER #1>>#", "INT. PIER #1>>#", None),
        ("INT. PIER #1 2#", "INT. PIER #1 2#", None),
        ("INT. PIER ##", "INT. PIER ##", None),
        ("INT. PIER #", "INT. PIER #", None),
        ("#1#", "#1#", None),
        ("*#1#", "*#1#", None),
        ("INT. PIER #1\\#", "INT. PIER #1#", None),
        ("INT. #2# PIER #1#", "INT. #2# PIER", "1"),
    ],
)
def test_a_number_stands_between_the_last_two_marks(line: str, heading: str, number: str | None) -> None:
    assert lines.without_scene_number(line) == (heading, number)


@pytest.mark.parametrize(
    ("line", "name", "is_dual"),
    [
        ("ANN ^", "ANN", True),
        ("ANN^", "ANN", True),
        ("*ANN ^*", "*ANN*", True),
        ("ANN \\^", "ANN ^", False),
        ("ANN \\\\^", "ANN \\", True),
        ("^", "^", False),
        ("*^", "*^", False),
        ("ANN", "ANN", False),
    ],
)
def test_a_caret_at_the_end_makes_a_dual_dialogue(line: str, name: str, is_dual: bool) -> None:
    assert lines.without_caret(line) == (name, is_dual)


@pytest.mark.parametrize(
    ("line", "place"),
    [("(low)", 4), ("(a (b)) c", 6), ("(a) (b)", 2), ("（低)", 2), ("(low", -1), ("((low)", -1), ("(a（b）)", 5)],
)
def test_a_parenthetical_closes_where_its_own_bracket_does(line: str, place: int) -> None:
    assert lines.closes(line) == place


@pytest.mark.parametrize(
    ("line", "after"), [("\\!x", "!x"), ("\\\\!x", "\\!x"), ("\\x", "\\x"), ("x\\!", "x\\!"), ("\\\\\\!", "\\!")]
)
def test_a_backslash_hides_a_second_bang(line: str, after: str) -> None:
    assert lines.without_bang_escape(line) == after


# ---------------------------------------------------------------- the title page


@pytest.mark.parametrize(
    "line",
    ["Title: x", "TITLE:", "contact  info: a sentence.", "Shoe size: 9", "Shoe size: 9 \u00a0", "x" * 40 + ": y"]
    + ["Draft Date: 1.1.", "Authors: a, b,"],
)
def test_a_line_that_begins_a_title_page(line: str) -> None:
    assert title.begins([line], 0)


@pytest.mark.parametrize(
    "line",
    [
        "x",
        ": x",
        " Title: x",
        "\u00a0Title: x",
        "x" * 41 + ": y",
        "She runs, fast: a truck",
        'A "man": x',
        "Wait! Now: x",
    ]
    + ["Wait! Now: x", "Why? Now: x", "So; now: x", "Oh. Now: x", "Oh… now: x"]
    + [f"As she runs: a truck{end}" for end in (".", "!", "?", "…", ",", "-", "—")]
    + ["As she runs: a truck. \u00a0", "LATER:", "Later:", "INT. PIER: x", "CUT TO:", "*CUT TO:*", "*INT. PIER*: x"]
    + [f"{mark}Title: x" for mark in ".!@>#=~[/．！＠＞＃～"]
    + ["Title\u2028x: y"],
)
def test_a_line_that_does_not(line: str) -> None:
    assert not title.begins([line], 0)


@pytest.mark.parametrize(
    ("below", "begins"),
    [("  x", True), ("\tx", True), ("Shoe size: 9", True), ("Words", False), ("", False), ("  ", False)],
)
def test_an_unknown_key_without_a_value_looks_at_the_line_below(below: str, begins: bool) -> None:
    assert title.begins(["", "Later:", below], 1) is begins
    assert not title.begins(["", "LATER:", below], 1)


@pytest.mark.parametrize(
    "key",
    "title, credit, author, authors, source, contact, contact info, draft date, date, copyright, notes, revision, "
    "episode, series, format, language, font, watermark, header, footer, tl, tc, tr, cc, bl, br".split(", "),
)
def test_a_known_key_begins_a_title_page_whatever_stands_after_it(key: str) -> None:
    assert title.begins([f"{key}:"], 0)
    assert title.begins([f"{key.upper()}: This is a sentence."], 0)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Title", "Title"),
        ("Tel: office", "Tel  office"),
        ("Tel\toffice", "Tel office"),
        (" Tel ", "Tel"),
        ("[[Tel]]", "((Tel))"),
        ("[Tel", "Tel"),
        ("Tel [1]", "Tel [1]"),
        ("Tel [[1", "Tel ((1"),
        ("Tel]]", "Tel))"),
        ("/*Tel", "*Tel"),
        ("Tel /* x", "Tel / * x"),
        ("#.!Tel", "Tel"),
        ("INT. PIER", "Field"),
        ("CUT TO", "Field"),
        ("", "Field"),
        ("!", "Field"),
    ],
)
def test_a_name_that_is_no_key_becomes_one(name: str, key: str) -> None:
    assert title.fit_key(name) == key


def field(name: str, *lines: str) -> TitleField:
    return TitleField(name=name, lines=tuple((Run(text=line),) if line else () for line in lines))


@pytest.mark.parametrize(
    ("fields", "can_begin"),
    [
        ([field("Title")], True),
        ([field("Shoe size", "9")], True),
        ([field("Shoe size", "")], False),
        ([field("Shoe size")], False),
        ([field("Shoe size"), field("Hat")], True),
        ([field("SHOE SIZE", "9")], False),
        ([field("So. Now", "9")], False),
    ],
)
def test_a_title_page_that_can_begin_a_file(fields: list[TitleField], can_begin: bool) -> None:
    assert title.can_begin(fields) is can_begin


# ---------------------------------------------------------------- emphasis that marks can say

PLAIN, BOLD, ITALIC, UNDERLINE = 0, 1, 2, 4


@pytest.mark.parametrize(
    ("pieces", "fitted"),
    [
        (
            [("a", PLAIN), (" b ", BOLD), ("c", PLAIN)],
            [("a", PLAIN), (" ", PLAIN), ("b", BOLD), (" ", PLAIN), ("c", PLAIN)],
        ),
        ([("a/", PLAIN), ("b", ITALIC)], [("a", PLAIN), ("/", ITALIC), ("b", ITALIC)]),
        ([("a/", BOLD), ("b", PLAIN)], [("a", BOLD), ("/", PLAIN), ("b", PLAIN)]),
        ([("a/", PLAIN), ("b", UNDERLINE)], [("a/", PLAIN), ("b", UNDERLINE)]),
        ([("a/", UNDERLINE), ("b", ITALIC)], [("a/", UNDERLINE), ("b", ITALIC)]),
        ([("a/", PLAIN), Note(text="n"), ("b", ITALIC)], [("a/", PLAIN), Note(text="n"), ("b", ITALIC)]),
        ([("a@b", PLAIN), (".org", UNDERLINE | BOLD)], [("a@b", UNDERLINE), (".org", UNDERLINE | BOLD)]),
        ([("x://a", PLAIN), ("b c", UNDERLINE)], [("x://a", UNDERLINE), ("b c", UNDERLINE)]),
        ([("{{a", PLAIN), ("b}} c", ITALIC)], [("{{a", ITALIC), ("b}} c", ITALIC)]),
        ([("{{/*", PLAIN), ("b}} c", ITALIC)], [("{{/*", PLAIN), ("b}} c", ITALIC)]),
    ],
)
def test_emphasis_reaches_from_one_visible_character_to_another(pieces: list[object], fitted: list[object]) -> None:
    assert fit_emphasis(pieces) == fitted  # type: ignore[arg-type]


# ---------------------------------------------------------------- notes, page marks and boneyards

HERE = Position(line=7)


@pytest.mark.parametrize(
    ("inner", "note"),
    [
        ("wet", Note(text="wet")),
        ("red: wet", Note(text="wet", color="red")),
        ("#ff0010: wet", Note(text="wet", color="#ff0010")),
        ("red:wet", Note(text="red:wet")),
        ("Red: wet", Note(text="Red: wet")),
        ("#ff001: wet", Note(text="#ff001: wet")),
        ("red: a\nb", Note(text="a\nb", color="red")),
        ("a \n  \nb ", Note(text="a\n\nb ")),
        ("a\u2028b", Note(text="a\nb")),
        ("page 12A", PageMark(label="12A")),
        ("page twelve", Note(text="page twelve")),
        ("page 12 ", Note(text="page 12 ")),
    ],
)
def test_what_a_note_says(inner: str, note: Note | PageMark) -> None:
    assert parse_note(inner, HERE) == note
    assert parse_note(inner, HERE).at == HERE


@pytest.mark.parametrize(
    ("marker", "source"),
    [
        (Note(text="wet"), "[[wet]]"),
        (Note(text="wet", color="red"), "[[red: wet]]"),
        (Note(text="a\n\nb\n\n\nc"), "[[a\n  \nb\n  \n  \nc]]"),
        (PageMark(label="12A"), "[[page 12A]]"),
        (Boneyard(source="/* x */"), "/* x */"),
    ],
)
def test_how_a_marker_is_spelled(marker: Note | PageMark | Boneyard, source: str) -> None:
    assert spelled(marker) == source


@pytest.mark.parametrize(
    ("note", "fitted"),
    [
        (Note(text="wet", title="Rain", author="Ines"), Note(text="Rain: wet")),
        (Note(text="Rain falls", title="Rain"), Note(text="Rain falls")),
        (Note(text="", title="Rain"), Note(text="Rain")),
        (Note(text="wet", color="puce"), Note(text="wet")),
        (Note(text="wet", color="red"), Note(text="wet", color="red")),
        (Note(text="[x]"), Note(text=" [x] ")),
        (Note(text="a]]]b"), Note(text="a] ] ]b")),
        (Note(text="page 7"), PageMark(label="7")),
    ],
)
def test_a_note_as_it_comes_back(note: Note, fitted: Note | PageMark) -> None:
    assert fit_note(replaced(note)) == fitted
    assert fit_note(replaced(note)).at == HERE


def replaced(note: Note) -> Note:
    return Note(text=note.text, title=note.title, author=note.author, color=note.color, at=HERE)


def test_a_page_mark_as_it_comes_back() -> None:
    assert fit_page_mark(PageMark(label="12A")) == PageMark(label="12A")
    assert fit_page_mark(PageMark(label="12A", locked=True)) == PageMark(label="12A")
    assert fit_page_mark(PageMark(label="x", at=HERE)) == Note(text="page x")
    assert fit_page_mark(PageMark(label="x", at=HERE)).at == HERE


@pytest.mark.parametrize(
    ("source", "own_line", "fitted"),
    [
        ("/* x */", False, "/* x */"),
        ("/**/", False, "/**/"),
        ("/*/", False, "/* /* / */"),
        ("x", False, "/* x */"),
        ("x */", False, "/* x * / */"),
        ("/* a */ b */", False, "/* a * / b */"),
        ("{{TOC}}", True, "{{TOC}}"),
        ("{{TOC}}", False, "/* {{TOC}} */"),
        ("{{HEADER: /* x}}", True, "/* {{HEADER: /* x}} */"),
        ("{{HEADER: [[x}}", True, "/* {{HEADER: [[x}} */"),
    ],
)
def test_a_boneyard_closes_at_its_end_alone(source: str, own_line: bool, fitted: str) -> None:
    assert fit_boneyard(Boneyard(source=source), own_line=own_line).source == fitted


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("color #ff8800", "#ff8800"),
        ("colour: Blue", "blue"),
        ("blue", "blue"),
        (" BLUE ", "blue"),
        ("#00f", "#0000ff"),
        ("#00F", "#0000FF"),
        ("color puce", None),
        ("#00ff", None),
        ("blues", None),
    ],
)
def test_a_note_that_colors_a_scene(text: str, color: str | None) -> None:
    assert heading_color(Note(text=text)) == color
    assert heading_color(Note(text=text, color="red")) is None
    assert heading_color(Run(text=text)) is None


@pytest.mark.parametrize("says_omitted", [True, False])
def test_a_cut_scene_comes_out_of_its_boneyard_as_it_went_in(says_omitted: bool) -> None:
    scene = "INT. PIER\n\n/* a */ b *\\/ c"
    boneyard = cut_scene(scene, says_omitted=says_omitted)
    assert boneyard.startswith("/*\nINT." if says_omitted else "/* OMITTED\nINT.")
    assert boneyard.index("*/") == len(boneyard) - 2
    assert cut_scene_text(boneyard, says_omitted=says_omitted) == scene
    assert cut_scene_text(boneyard, says_omitted=not says_omitted) is None
    assert cut_scene_text(boneyard[:-3] + " */", says_omitted=says_omitted) is None
