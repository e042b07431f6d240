"""What stood between two lines of one paragraph, and where a text would turn."""

from __future__ import annotations

import pytest

from converter.lines import cells
from converter.recovery.pages.wrapped import Habits, first_piece, joint, needed, rows_of

SPACED, WORDS_ONLY = Habits(spaced_dashes=True), Habits(at_hyphens=False)


@pytest.mark.parametrize(
    ("above", "below", "columns", "habits", "between"),
    [
        ("Rain", "falls", None, Habits(), " "),  # the page ended
        ("Rain", "falls", 9, Habits(), " "),
        ("Rain", "falls", 10, Habits(), "\n"),  # there was room for the word, so the line was ended by its author
        ("Rain", "falls-", 10, Habits(), "\n"),  # one hyphen may stand beyond the last column
        ("a coin-", "operated", 7, Habits(), ""),
        ("a coin-", "operated", 7, WORDS_ONLY, " "),
        ("a coin-", "(beat)", 7, Habits(), " "),
        ("no--", "not", 5, Habits(), ""),
        ("no--", "not", 5, SPACED, " "),
        ("no--", "not", 7, Habits(), " "),  # it would have fitted without a blank
        ("no--", "not", 8, Habits(), "\n"),
        ("no--", "(beat)", 5, Habits(), " "),
        ("no —", "not", 4, Habits(), " "),
        ("no —", "not", 5, Habits(), " "),
        ("I—", "not", 2, Habits(), ""),
        ("I am—", "not", 5, WORDS_ONLY, " "),
        ("no -", "- not", 4, Habits(), ""),  # two hyphens parted
        ("no -", "not", 4, Habits(), " "),
        ("-", "not", 3, Habits(), " "),
        ("abcdefgh", "ijk", 8, Habits(), ""),  # a word wider than its column
        ("abcdefgh", "ijk", 9, Habits(), " "),
        ("abc defg", "ijk", 8, Habits(), " "),
        ("abcd-fgh", "ijk", 8, Habits(), " "),
        ("雨が降る", "。と", 8, Habits(), ""),
        ("東京", "東", 8, Habits(), "\n"),
        ("東京", "tokyo", 5, Habits(), " "),
    ],
)
def test_what_stood_between_two_lines(
    above: str, below: str, columns: int | None, habits: Habits, between: str
) -> None:
    assert joint(above, cells(above), below, columns, habits) == between


@pytest.mark.parametrize(
    ("text", "piece", "word"),
    [
        ("word more", "word", "word"),
        ("coin-op", "coin-", "coin-op"),
        ("-x", "-", "-x"),
        ("東京へ", "東", "東"),
        ("（東京", "（東", "（東"),
        ("東。）京", "東。）", "東。）"),
        ("ab東", "ab", "ab"),
        ("（", "（", "（"),
        (" x", " ", " "),
    ],
)
def test_what_would_have_had_to_fit(text: str, piece: str, word: str) -> None:
    assert (first_piece(text), first_piece(text, at_hyphens=False)) == (piece, word)


def test_columns_that_a_line_would_have_needed() -> None:
    assert needed("Rain", 4, "falls down", Habits()) == 10
    assert needed("a coin-", 7, "op-art", Habits()) == 9
    assert needed("東", 2, "京", Habits()) == 4


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 4, ["one ", "two"]),
        ("one-two three", 5, ["one-", "two", "three"]),
        ("a-b-cd ef", 5, ["a-b-", "cd ef"]),
        ("abcdefgh ij", 4, ["abcd", "efgh", "ij"]),
    ],
)
def test_where_a_text_would_turn(text: str, columns: int, rows: list[str]) -> None:
    assert [text[start:end] for start, end in rows_of(text, columns)] == rows
