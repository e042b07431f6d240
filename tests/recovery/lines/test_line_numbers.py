"""Numbers that count the lines of a text go; numbers of scenes, cues and lists stay."""

import pytest

from converter.contract import Diagnostic
from converter.recovery.lines.line_numbers import without_line_numbers

LINES = (
    *("     INT. LAMP ROOM - NIGHT", "", "     Odile winds the clock."),
    *("", "               BRAM", "          You said eight!", "", "     He sits.", ""),
) * 2


def left_out(lines: list[str]) -> list[str]:
    """The lines without their numbers; none where all stayed as they were."""
    report: list[Diagnostic] = []
    text = "\n".join(lines)
    found = without_line_numbers(text, report.append)
    assert [one.code for one in report] == ["text.line-numbers"] * (found != text)
    return [line.rstrip() for line in found.split("\n")] if found != text else []


@pytest.mark.parametrize("form", ["{:3} ", "{:3}: ", "{:02}| ", "{}.\t", "  {}) "])
def test_a_column_at_the_left_goes(form: str) -> None:
    found = left_out([form.format(at) + line for at, line in enumerate(LINES, 1)])
    assert [line.strip() for line in found] == [line.strip() for line in LINES]


def test_the_words_keep_their_columns() -> None:
    assert left_out([f"{at:3} {line}" for at, line in enumerate(LINES, 1)]) == [
        line and f"    {line}" for line in LINES
    ]


def test_a_column_at_the_right_goes() -> None:
    assert left_out([f"{line:60}{at}" for at, line in enumerate(LINES, 1)]) == list(LINES)
    assert not left_out([f"{line} {at}" for at, line in enumerate(LINES, 1)]), "too near"


def test_every_page_may_count_anew() -> None:
    assert left_out([f"{at % 9 + 1} {line}" for at, line in enumerate(LINES)])
    assert not left_out([f"{at % 4 + 1} {line}" for at, line in enumerate(LINES[:3] * 4)][::-1]), "backwards"


def test_every_fifth_line_may_have_one() -> None:
    lines = LINES * 3
    assert left_out([f"{at} {line}" if at % 5 == 0 else f"   {line}" for at, line in enumerate(lines, 1)])
    assert not left_out([f"{at} {line}" if at % 5 == 0 and at < 50 else line for at, line in enumerate(LINES * 9, 1)])


def test_numbers_of_a_list_stay() -> None:
    """Only what counts empty lines too counts lines."""
    assert not left_out([f"{at} INT. ROOM {at} - DAY" for at in range(1, 20)])
    assert not left_out([f"{at}.\tBRAM: You said eight!" for at in range(1, 20)])
    assert not left_out([line for at in range(1, 20) for line in (f"{at} INT. ROOM - DAY", "")])


def test_some_lines_with_numbers_are_no_column() -> None:
    numbered = [f"{at} {line}" for at, line in enumerate(LINES, 1)]
    assert not left_out([*numbered, *("Rain." for _ in range(9))])
    assert not left_out(numbered[:7])
    assert left_out(numbered[:9])
