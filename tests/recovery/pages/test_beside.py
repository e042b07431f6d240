"""Columns of words beside each other are read one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.recovery.pages.test_rules import ACTION, BEFORE, CUE, DIALOGUE, SCRIPT, Placed, page, read

RIGHT = 340

LEFT_ROWS = ("Then he takes the bread", "out of the tin, rubs it", "with a cloth, and sets it", "down by the window.")
RIGHT_ROWS = ("It rained when they came", "and it rained when they", "went, and nobody saw it.")


def beside(first: int, left: Sequence[str] = LEFT_ROWS, right: Sequence[str] = RIGHT_ROWS) -> list[Placed]:
    return [
        *((first + row, ACTION, text) for row, text in enumerate(left)),
        *((first + row, RIGHT, text) for row, text in enumerate(right)),
    ]


LEFT, OTHER = " ".join(LEFT_ROWS), " ".join(RIGHT_ROWS)


def below_script(*lines: Placed) -> list[str]:
    found = read(page(*SCRIPT, *lines))
    assert found[: len(BEFORE)] == BEFORE
    return found[len(BEFORE) :]


def test_the_left_column_comes_before_the_right_one() -> None:
    found = below_script(*beside(12), (17, ACTION, "Snow."))
    assert found == [f'Action "{LEFT}"', f'Action "{OTHER}"', 'Action "Snow."']


def test_the_right_column_may_be_longer() -> None:
    found = below_script(
        *beside(12, LEFT_ROWS[:3], (*RIGHT_ROWS, "and then it was all over", "and done.")),
        (18, CUE, "MARA"),
        (19, DIALOGUE, "Snow."),
    )
    assert found[0] == f'Action "{" ".join(LEFT_ROWS[:3])}"'
    assert found[1].startswith(f'Action "{OTHER} and then it was all over and done."')
    assert found[2:] == ['Speech "MARA"', '  Dialogue "Snow."']


def test_two_blocks_are_parted_one_after_the_other() -> None:
    found = below_script(*beside(12), (17, ACTION, "Snow."), *beside(19), (24, ACTION, "Hail."))
    both = [f'Action "{LEFT}"', f'Action "{OTHER}"']
    assert found == [*both, 'Action "Snow."', *both, 'Action "Hail."']


SHORT = ("MARA", "OTTO", "ODILE")
LISTED = ("A baker of the town", "Her uncle from the sea", "A girl from nowhere")
FEW = (LEFT_ROWS[:2], RIGHT_ROWS[:2])
CAPITALS = ("Then he takes the bread.", "Out of the tin it comes.", "With a cloth he rubs it.")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (SHORT, RIGHT_ROWS),
        (LEFT_ROWS, SHORT),
        (CAPITALS, RIGHT_ROWS),
        (LISTED, LISTED),
        (LEFT_ROWS[:2], RIGHT_ROWS[:2]),
    ],
)
def test_a_list_is_read_row_by_row(left: Sequence[str], right: Sequence[str]) -> None:
    found = below_script(*beside(12, left, right), (17, ACTION, "Snow."))
    assert left[0] in found[0] and right[0] in found[0]


def test_two_who_speak_at_once_stay_two() -> None:
    names: list[Placed] = [(12, 194, "MARA"), (12, 415, "ODILE")]
    found = below_script(*names, *beside(13, LEFT_ROWS, RIGHT_ROWS), (18, ACTION, "Snow."))
    assert found[0] == "DualDialogue"
