"""Scene headings by their words, with a number before them or INT. and EXT. at their end."""

from __future__ import annotations

import pytest

from converter.recovery.pages.heading_words import reads_as_heading, without_number
from converter.terms import is_heading_again


@pytest.mark.parametrize(
    "text",
    [
        "INT. PIER - DAY",
        "int. pier - day",
        "INNEN. MÜHLE - NACHT",
        "WNĘTRZE - DOM - NOC",
        "ИНТ. ДОМ - НОЧЬ",
        "MAISON, cuisine (A) / Salon (B) – INT/JOUR",
        "RUE DU FOUR – EXT/NUIT",
        "CHALET – INT-EXT/JOUR",
        "CHALET - INT./EXT. NUIT",
        "KITCHEN - INT. - DAY",
        "CUISINE. INT. JOUR",
        "CUISINE (INT. JOUR)",
        "COCINA - INTERIOR. DÍA",
        "KÜCHE - INNEN",
    ],
)
def test_headings_in_several_languages_and_orders(text: str) -> None:
    assert reads_as_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "Innen. Mühle - Nacht",
        "INTERIOR LIGHTS GO OUT",
        "She looks at the POINT.",
        "He says EXT.",
        "THE MINT - DAY",
        "AT THE PRINT. SHOP",
        "THE SIGN SAYS. INTERIOR DECORATION OF HOUSES",
        "She walks by - int. and out",
        "A WORD - INT. " + "x" * 120,
    ],
)
def test_other_lines_are_none(text: str) -> None:
    assert not reads_as_heading(text)


@pytest.mark.parametrize("number", ["12 ", "12. ", "12) ", "12- ", "12 - ", "12. - ", "A12.  ", "12A    "])
def test_a_number_before_the_words_is_none_of_them(number: str) -> None:
    assert without_number(number + "INT. PIER") == "INT. PIER"
    assert without_number("12PM") == "12PM"
    assert without_number("12-14 INT. PIER") == "12-14 INT. PIER"


@pytest.mark.parametrize(
    ("text", "is_again"),
    [
        ("FORTSETZUNG: EXT. PIER - TAG", True),
        ("SUITE (2): EXT. PIER - TAG", True),
        ("(SUITE) - EXT. PIER - TAG", True),
        ("EXT. PIER - TAG (SEGUE)", True),
        ("SUITE EXT. PIER - TAG", False),
        ("EXT. PIER - TAG - SUITE", False),  # a room
        ("FORTSETZUNG: EXT. QUAY - TAG", False),
    ],
)
def test_a_heading_is_said_again_in_other_languages_with_a_sign(text: str, is_again: bool) -> None:
    assert is_heading_again(text, "EXT. PIER - TAG") is is_again
