"""The numbers that Word puts before paragraphs: how they count, begin and look."""

from __future__ import annotations

import pytest
from lxml import etree

from converter.readers.docx.numbering import Numbering
from tests.readers.docx.build import HEAD


def level(place: int, text: str, format_: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{place}"><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def numbering(*levels: str, change: str = "") -> Numbering:
    """Two lists of one kind, 1 and 2; the second may begin otherwise."""
    lists = (
        f'<w:num w:numId="{id_}"><w:abstractNumId w:val="7"/>{more}</w:num>' for id_, more in ((1, ""), (2, change))
    )
    kind = f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
    return Numbering(etree.fromstring(f"<w:numbering {HEAD}>{kind}{''.join(lists)}</w:numbering>"))


def numbers(found: Numbering, *levels: int, list_: str = "1") -> list[str | None]:
    return [found.number(list_, one, None) for one in levels]


def test_a_deeper_level_begins_again_after_a_higher_one() -> None:
    found = numbering(level(0, "%1"), level(1, "%1.%2"), level(8, "%1.%2.%9"))
    assert numbers(found, 0, 1, 1, 0, 1, 8, 8, 0, 0, 8) == [
        "1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.1.2", "3", "4", "4.1.1",
    ]  # fmt: skip


def test_a_higher_level_that_was_never_written_is_at_its_start() -> None:
    found = numbering(level(0, "%1", more='<w:start w:val="5"/>'), level(1, "%1.%2"))
    assert numbers(found, 1, 1, 0) == ["5.1", "5.2", "6"]


def test_a_list_may_begin_at_another_number_once() -> None:
    def begin(place: int) -> str:
        return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="9"/></w:lvlOverride>'

    found = numbering(level(0, "%1"), change=begin(0))
    assert numbers(found, 0, 0) + numbers(found, 0, 0, list_="2") + numbers(found, 0) == ["1", "2", "9", "10", "11"]
    assert numbers(numbering(level(0, "%1"), change=begin(9)), 0, list_="2") == ["1"]  # there is no such level


@pytest.mark.parametrize(
    ("format_", "start", "number"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("upperLetter", 26, "Z"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 1, "a"),
        ("lowerLetter", 0, "0"),
        ("upperLetter", 1000, "LLLLLLLLL"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("upperRoman", 3999, "MMMCMXCIX"),
        ("upperRoman", 4000, "4000"),
        ("lowerRoman", 48, "xlviii"),
        ("lowerRoman", 0, "0"),
        ("chicago", 3, "3"),
        ("bullet", 3, None),
        ("none", 3, None),
    ],
)
def test_a_number_is_written_as_its_level_says(format_: str, start: int, number: str | None) -> None:
    found = numbering(level(0, "%1", format_, f'<w:start w:val="{start}"/>'))
    assert numbers(found, 0) == [number]


@pytest.mark.parametrize(
    ("text", "number"), [("Scene %1.", "1"), ("(%1)", "1"), ("[%1]:", "1"), ("%1", "1"), ("*", None), ("%1 .", None)]
)
def test_the_last_word_without_the_marks_around_it_is_the_number(text: str, number: str | None) -> None:
    assert numbers(numbering(level(0, text)), 0) == [number]


def test_a_style_says_the_level_where_the_paragraph_says_none() -> None:
    found = numbering(level(0, "%1"), level(1, "%2", "upperLetter", '<w:pStyle w:val="h"/>'))
    assert [found.number("1", None, style) for style in ("h", "x", None, "h")] == ["A", "2", "3", "A"]


def test_what_is_in_no_list_has_no_number() -> None:
    found = numbering(level(0, "%1"))
    assert [found.number(list_, 0, None) for list_ in (None, "0", "3")] == [None] * 3
    assert found.number("1", 5, None) is None
    assert Numbering(None).number("1", 0, None) is None
    lost = f'<w:numbering {HEAD}><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    assert Numbering(etree.fromstring(lost)).number("1", 0, None) is None
