"""Names alone over their words: where none are."""

from __future__ import annotations

import pytest

from converter.recovery.typed.alone import find_alone
from converter.recovery.typed.paragraphs import Typed

TALK = ["Odile", "Are you awake?", "Bram", "Yes.", "Odile", "I heard it.", "Bram", "A gull.", "Odile", "Two gulls."]


def test_names_come_back_flush_and_without_any_empty_line() -> None:
    assert find_alone([Typed(text) for text in TALK]) == {0, 2, 4, 6, 8}


@pytest.mark.parametrize(
    "texts",
    [
        [text.rstrip(".?") for text in TALK],  # no sentence stands under them
        TALK[:8],  # too few come back
        ["Odile" if text == "Bram" else text for text in TALK],  # one name alone
        [*TALK, *["The tide comes in."] * 30],  # a sixth of the lines at least
        ["Height", "Two metres.", "Colour", "Grey.", "Place", "The shed."] * 3,  # one list of facts, three times
    ],
)
def test_short_lines_that_come_back_are_no_names_for_that_alone(texts: list[str]) -> None:
    assert not find_alone([Typed(text) for text in texts])


def test_where_empty_lines_part_paragraphs_they_have_to_part_the_speeches() -> None:
    assert not find_alone([Typed(text, blank=place == 9) for place, text in enumerate(TALK)])
