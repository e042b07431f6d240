"""Tables of Word files: headings parted over cells, columns of names and words; and lines that left a template."""

from __future__ import annotations

from typing import Any

import pytest

from converter.recovery.documents.foreign import Foreign, find_blanks
from converter.recovery.documents.names import Named
from converter.recovery.documents.places import take_places
from converter.recovery.documents.tables import has_head, heading_row, names_of, speech_columns, speech_row
from converter.tree import Action, Align, Character, Dialogue, Note, Paragraph, Parenthetical, SceneHeading
from tests.readers.docx.test_docx_lines import foreign, trimmed

Kind = type[Paragraph]


def cells(*said: str | Foreign) -> list[list[Foreign]]:
    return [[] if one == "" else [trimmed(one) if isinstance(one, str) else one] for one in said]


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("row", "heading", "number"),
    [
        (("INT.", "PIER", "DAY"), "INT. PIER DAY", None),
        (("Ext", "Pier"), "Ext Pier", None),
        (("I/E", "PIER"), "I/E PIER", None),
        (("INT./EXT.", "PIER"), "INT./EXT. PIER", None),
        (("INNEN", "STEG"), "INNEN STEG", None),
        (("12.", "INT.", "", "PIER"), "INT. PIER", "12"),
        (("12A)", "INT.", "PIER"), "INT. PIER", "12A"),
        (("A12", "INT.", "PIER"), "INT. PIER", "A12"),
        (("INT.", "X" * 40), "INT. " + "X" * 40, None),
        (("INT.", "X" * 41), None, None),
        (("INT. PIER", "DAY"), None, None),
        (("12345", "INT.", "PIER"), None, None),
        (("12", "INT."), None, None),
        (("INT.",), None, None),
        (("ODILE", "Well."), None, None),
    ],
)
def test_a_heading_parted_over_cells(row: tuple[str, ...], heading: str | None, number: str | None) -> None:
    found = heading_row(cells(*row))
    assert (found and found.said, found and found.number) == (heading, number)
    if found is not None:
        assert "".join(getattr(one, "text", "") for one in found.text) == heading


def test_cells_with_more_than_a_line_or_a_number_of_their_own_are_no_heading() -> None:
    intro, place = trimmed("INT."), trimmed("PIER")
    assert heading_row([[intro], [place, trimmed("Rain.")]]) is None
    assert heading_row([[intro], [trimmed("PIER", number="3")]]) is None
    noted = trimmed("12", Note(text="n"))
    assert heading_row([[noted], [intro], [place]]) is None  # the note would be lost


def test_a_page_break_before_the_number_stands_before_the_heading() -> None:
    first = trimmed("INT.", breaks=1)
    found = heading_row([[first], [trimmed("PIER", breaks=3)]])
    assert found is not None and found.breaks == 1
    for more in ({"breaks": 1}, {"break_behind": True}):
        assert heading_row(cells(trimmed("12", **more), "INT.", "PIER")) is None  # type: ignore[arg-type]


# ---------------------------------------------------------------- columns

TALK = [cells("Ann", "Yes."), cells("Bo", "No."), cells("Ann", "Yes!"), cells("Bo:", "No!")]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (TALK, (0, 1)),
        (TALK[:2], None),
        ([*TALK[:3], cells("Cy", "Oh.")], None),  # one name comes back, twice
        ([*TALK, *[cells("Cy", "Oh.")], *[cells("Di", "Oh.")]], (0, 1)),
        ([*TALK, *(cells(name, "Oh.") for name in ("Cy", "Di", "Ed", "Fay"))], (0, 1)),
        ([*TALK, *(cells(name, "Oh.") for name in ("Cy", "Di", "Ed", "Fay", "Gus"))], None),
        ([cells("Ann", "Yes.")] * 4, None),  # always the same
        ([cells("Ann!", "Yes."), cells("Bo!", "No.")] * 2, None),
        ([cells("Ann", ""), cells("Bo", "")] * 2, None),
        ([cells("Ann", "Yes.", "x"), cells("Bo", "No.", "x")] * 2, None),
        ([cells("", "Yes."), cells("", "No.")] * 2, None),
        ([cells("Line", "Character:"), *TALK], (1, 0)),
        ([cells("No.", "SPEAKER", "", "Text"), *[cells("1", "Ann", "", "Yes.")] * 2], (1, 3)),
        ([cells("No.", "SPEAKER", "", "Text"), cells("1", "Ann", "", "Yes.")], None),
    ],
)
def test_columns_of_names_and_words(rows: list[list[list[Foreign]]], columns: tuple[int, int] | None) -> None:
    assert speech_columns(rows, names_of([rows])) == columns


def test_a_head_says_both_columns() -> None:
    assert has_head(cells("Name", "x", "Replik"))
    assert not has_head(cells("Name", "x"))
    assert not has_head(cells("Text", "x"))


def spoken(*row: str | Foreign, names: int = 1, words: int = 2) -> list[tuple[Kind | None, str, str | None]]:
    return [(one.kind, one.said, one.number) for one in speech_row(cells(*row), names, words)]


def test_a_row_is_a_speech_and_what_else_stands_in_it() -> None:
    assert spoken("7", "Ann", "Yes.", "8", "She nods.") == [
        (Character, "Ann", "7"),
        (Dialogue, "Yes.", None),
        (Action, "8", None),
        (Action, "She nods.", None),
    ]
    assert spoken("x", "Ann", "Yes.")[0] == (Character, "Ann", None)
    assert spoken("Yes.", trimmed("Ann", number="3"), names=1, words=0)[0] == (Character, "Ann", "3")
    name = [trimmed("Ann"), trimmed("(low)")]
    assert [one.kind for one in speech_row([name, [trimmed("Yes.")]], 0, 1)] == [Character, Parenthetical, Dialogue]


@pytest.mark.parametrize("row", [("Ann", ""), ("", "Yes."), ("Ann",), ("12.", "Ann")])
def test_a_row_without_a_name_or_words_is_read_cell_by_cell(row: tuple[str, ...]) -> None:
    width = 0 if row != ("12.", "Ann") else 1
    assert {kind for kind, _, _ in spoken(*row, names=width, words=width + 1)} == {None}


# ---------------------------------------------------------------- lines that left a template

EDGES: list[tuple[Kind, int]] = [(Action, 2160), (Character, 5040), (Parenthetical, 4320), (Dialogue, 3600)]


def taken(*more: tuple[str, int], edges: list[tuple[Kind, int]] = EDGES, **how: Any) -> list[Kind | None]:
    """What lines are that stand, without a style, after one of each style."""
    lines = [foreign("Odile" if kind is Character else "Rain.", left=left, named=Named(kind)) for kind, left in edges]
    lines += [foreign(said, left=left, **how) for said, left in more]
    for one in lines:
        one.said = "".join(getattr(run, "text", "") for run in one.text)
    find_blanks(lines)
    take_places(lines)
    return [one.kind for one in lines[len(edges) :]]


def test_a_line_where_those_of_a_style_stand_is_one_of_them() -> None:
    speech = [("Bram", 5040), ("(low)", 4320), ("Yes.", 3600), ("(beat)", 3600), ("Well)", 4320)]
    assert taken(*speech) == [Character, Parenthetical, Dialogue, Parenthetical, Dialogue]
    assert taken(("Bram", 5140), ("Yes.", 3500)) == [Character, Dialogue]
    assert taken(("Bram", 5141), ("Rain.", 3499)) == [None, None]
    assert taken(("Rain.", 2160), ("Yes.", 3600)) == [None, None]  # no name above it
    for align in (Align.CENTER, Align.RIGHT):
        assert taken(("Bram", 5040), ("Yes.", 3600), align=align) == [None, None]


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Bram", Character), ("BRAM (O.S.)", Character), ("bram", None), ("Bram:", None), ("Bram!", None), ("12", None)]
    + [("B" * 37, Character), ("B" * 38, None)],
)
def test_what_stands_where_names_stand_has_to_be_a_name(said: str, kind: Kind | None) -> None:
    assert taken((said, 5040)) == [kind]


def test_places_that_all_else_shares_tell_nothing() -> None:
    at_margin = [(Action, 2160), (Character, 2160), (Dialogue, 3600)]
    assert taken(("Bram", 2160), ("Yes.", 3600), edges=at_margin) == [None, None]
    at_heading = [(SceneHeading, 5000), (Character, 5040), (Action, 2160), (Dialogue, 3600)]
    assert taken(("Bram", 5040), edges=at_heading) == [None]
    near = [(Action, 2160), (Character, 2260), (Dialogue, 3600)]
    assert taken(("Bram", 2260), edges=near) == [None]
    assert taken(("Bram", 2261), edges=[(Action, 2160), (Character, 2261), (Dialogue, 3600)]) == [Character]


def test_a_style_that_is_centered_has_no_place() -> None:
    names = [foreign("Odile", left=5040, named=Named(Character), align=Align.CENTER), foreign("Bram", left=5040)]
    rain = foreign("Rain.")
    rain.said, names[0].said, names[1].said = "Rain.", "Odile", "Bram"
    assert take_places([rain, *names]) == []
    names[0].align = None
    assert take_places([rain, *names]) == names[1:]


def test_a_name_may_stand_anywhere_right_over_speech_of_a_style() -> None:
    lines = [foreign("Rain."), foreign("Odile", left=2000), foreign("Yes.", left=3600, named=Named(Dialogue))]
    for one, said in zip(lines, ("Rain.", "Odile", "Yes."), strict=True):
        one.said = said
    assert [one.said for one in take_places(lines)] == ["Odile"]
    lines[1].named, lines[2].blank = None, 1
    assert take_places(lines) == []
