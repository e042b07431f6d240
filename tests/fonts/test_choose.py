"""Families are chosen, not files."""

from __future__ import annotations

from array import array

import pytest

from converter.fonts import BOLD, ITALIC
from converter.fonts.choose import Family, family_of, for_letters, named, writing
from converter.fonts.index import Face


def face(
    path: str,
    family: str = "Plain",
    letters: str = "abc",
    *,
    weight: int = 400,
    slanted: bool = False,
    width: int = 5,
    weights: tuple[int, int] | None = None,
    names: tuple[str, ...] = (),
    own_names: tuple[str, ...] = (),
    typewriter: bool = False,
    regions: int = 0,
) -> Face:
    lightest, heaviest = weights or (weight, weight)
    ranges = array("I", [code for char in sorted(letters) for code in (ord(char), ord(char))])
    called = (family.lower(), *names)
    style = (weight, width, slanted, lightest, heaviest, typewriter, regions)
    return Face(path, 0, family, called, own_names, *style, ranges)


FILES = (
    face("Bold", weight=700),
    face("BoldItalic", weight=700, slanted=True),
    face("Condensed", width=3),
    face("ExtraLight", weight=200),
    face("Italic", slanted=True),
    face("Medium", weight=500),
    face("Regular"),
)


@pytest.mark.parametrize(
    ("bits", "path"), [(0, "Regular"), (BOLD, "Bold"), (ITALIC, "Italic"), (BOLD | ITALIC, "BoldItalic")]
)
def test_a_style_is_the_familys_own_face_in_whatever_order_the_files_come(bits: int, path: str) -> None:
    for files in (FILES, FILES[::-1]):
        styled = Family("Plain", files).styled(bits)
        assert (styled.face.path, styled.emboldened, styled.slanted) == (path, False, False)


def test_the_nearest_weight_is_taken_and_the_heavier_of_two_as_near() -> None:
    family = Family("Plain", (face("Light", weight=300), face("Medium", weight=500), face("Black", weight=900)))
    assert family.styled(0).face.path == "Medium"
    assert family.styled(BOLD).face.path == "Black"


def test_drawing_helps_where_a_family_has_no_bold_or_italic() -> None:
    styled = Family("Plain", (face("Regular"), face("Medium", weight=500))).styled(BOLD | ITALIC)
    assert (styled.face.path, styled.emboldened, styled.slanted) == ("Medium", True, True)


def test_slope_goes_before_weight() -> None:
    styled = Family("Plain", (face("Regular"), face("Bold", weight=700), face("Italic", slanted=True))).styled(3)
    assert (styled.face.path, styled.emboldened, styled.slanted) == ("Italic", True, False)


def test_a_variable_font_has_the_weight_that_is_wanted_or_the_nearest() -> None:
    family = Family("Plain", (face("Variable", weights=(100, 650)),))
    assert (family.styled(0).weight, family.styled(BOLD).weight, family.styled(BOLD).emboldened) == (400, 650, False)


# ---------------------------------------------------------------- by name


def test_a_family_is_found_by_its_name_in_any_letters_and_language() -> None:
    files = (face("a", "Zen Mono", names=("禅モノ",)), face("b", "Other"))
    assert [named(name, files) and named(name, files).faces[0].path for name in ("zen  MONO", "禅モノ", "Zen")] == [
        "a",
        "a",
        None,
    ]


def test_the_name_of_a_face_is_its_family_with_that_face_as_the_regular_one() -> None:
    light = face("Light", weight=300, names=("plain light",), own_names=("plainlight",))
    files = (*FILES, light, face("LightItalic", weight=300, slanted=True))
    for name in ("Plain Light", "PlainLight"):
        family = named(name, files)
        assert family is not None
        assert [family.styled(bits).face.path for bits in range(4)] == ["Light", "Bold", "LightItalic", "BoldItalic"]


def test_a_file_that_was_named_wins_over_its_like() -> None:
    twice = (face("first"), face("second"))
    assert family_of(twice[1], twice).styled(0).face.path == "second"
    assert family_of(twice[1], ()).faces == (twice[1],)


# ---------------------------------------------------------------- by letters


def chosen(letters: str, *faces: Face) -> list[str]:
    """The same, in whatever order the faces come."""
    [names] = {tuple(one.name for one in for_letters(letters, files)) for files in (faces, faces[::-1])}
    return list(names)


def test_the_family_with_most_of_the_letters_is_taken_and_then_who_has_the_rest() -> None:
    assert chosen("★✓♪", face("a", "A", "★"), face("b", "B", "★✓"), face("c", "C", "♪")) == ["B", "C"]
    assert chosen("★", face("a", "A", "✓")) == []


def test_of_equals_a_typewriter_is_taken_then_a_plain_name() -> None:
    assert chosen("★", face("a", "A", "★"), face("m", "Mono", "★", typewriter=True)) == ["Mono"]
    assert chosen("★", face("a", "Fancy Sans Display", "★"), face("m", "Fancy Sans", "★")) == ["Fancy Sans"]


def test_a_regular_family_is_taken_before_one_that_is_bold_throughout() -> None:
    assert chosen("א", face("a", "A", "א", weight=900), face("b", "Later", "א")) == ["Later"]


def test_a_font_that_has_a_sign_for_everything_comes_last() -> None:
    assert chosen("א★", face("u", "Unifont", "א★"), face("h", "Hebrew", "א")) == ["Unifont", "Hebrew"]
    assert chosen("אב", face("u", "Unifont", "אב"), face("h", "Hebrew", "א")) == ["Hebrew", "Unifont"]


@pytest.mark.parametrize(
    ("letters", "family"),
    [
        ("日本の", "Han JP"),
        ("汉语", "Han SC"),
        ("漢語繁體", "Han TC"),
        ("漢字한", "Han KR"),
    ],
)
def test_a_character_has_the_shape_of_its_country(letters: str, family: str) -> None:
    countries = [face(name, f"Han {name}", letters) for name in ("HK", "JP", "KR", "SC", "TC")]
    assert chosen(letters, *countries) == [family]


def test_a_font_without_a_country_in_its_name_is_for_those_in_its_tables() -> None:
    assert chosen("日の", face("a", "Batang", "日の", regions=0b100), face("b", "Gothic", "日の", regions=1)) == [
        "Gothic"
    ]


def test_the_families_do_not_depend_on_hashes() -> None:
    faces = [face(name, name, "★✓אב日") for name in ("B", "A", "C")]
    assert chosen("日✓א★ב", *faces) == ["A"]


def test_a_writing_system_is_the_first_word_of_the_letters_name() -> None:
    assert [writing(char) for char in "aא日の。한★1"] == ["LATIN", "HEBREW", "CJK", "CJK", "CJK", "CJK", "", ""]
