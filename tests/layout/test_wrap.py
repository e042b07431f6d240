"""Rows: each rule by which Final Draft breaks a line, and the widths of characters."""

import pytest

from converter.layout.wrap import wrap
from converter.lines import cells


def rows(text: str, columns: int, first: int | None = None, **more: bool) -> list[str]:
    return [text[start:end] for start, end in wrap(text, first or columns, columns, **more)]


def test_a_row_takes_as_many_words_as_fit() -> None:
    assert rows("one two three", 7) == ["one two", "three"]
    assert rows("one two three", 6) == ["one", "two", "three"]


def test_the_first_row_may_have_another_width() -> None:
    assert rows("(so very softly)", 8, 9) == ["(so very", "softly)"]
    assert rows("(so verys oftly)", 8, 9) == ["(so verys", "oftly)"]


def test_blanks_at_a_break_vanish_and_blanks_inside_a_row_all_count() -> None:
    assert rows("It ends.   Then more", 8) == ["It ends.", "Then", "more"]
    assert rows("a  b c", 4) == ["a  b", "c"]


def test_a_row_may_end_after_any_hyphen() -> None:
    assert rows("Ann Bader-Ginsburg", 12) == ["Ann Bader-", "Ginsburg"]


def test_one_hyphen_may_stand_beyond_the_last_column() -> None:
    assert rows("abcd-efgh", 4) == ["abcd-", "efgh"]
    assert rows("abcd--fgh", 4) == ["abcd-", "-fgh"]
    assert rows("abcd-", 4) == ["abcd-"]


def test_a_double_hyphen_may_be_parted() -> None:
    assert rows("impossible -- all", 11) == ["impossible -", "- all"]


def test_a_double_hyphen_stays_together_and_behind_its_word_on_request() -> None:
    assert rows("an impossible -- all", 14, keep_double_hyphen=True) == ["an", "impossible --", "all"]
    assert rows("an impossible--all", 13, keep_double_hyphen=True) == ["an", "impossible--", "all"]


def test_an_em_dash_may_end_a_row_but_never_stands_beyond_it() -> None:
    assert rows("aa bb—cc", 6) == ["aa bb—", "cc"]
    assert rows("aa bb—cc", 5) == ["aa", "bb—cc"]


@pytest.mark.parametrize("mark", ["...", "…", "/", "–"])
def test_no_row_begins_or_ends_at_an_ellipsis_a_slash_or_an_en_dash(mark: str) -> None:
    assert rows(f"aaa bb{mark}cc", 6 + len(mark)) == ["aaa", f"bb{mark}cc"]


def test_a_word_wider_than_a_row_gets_rows_of_its_own_and_is_cut() -> None:
    assert rows("ab cdefghijkl mn", 5) == ["ab", "cdefg", "hijkl", "mn"]


def test_typed_line_breaks_stay_and_each_piece_wraps_alone() -> None:
    assert rows("one\n\ntwo three", 5) == ["one", "", "two", "three"]


def test_an_empty_text_is_one_empty_row() -> None:
    assert rows("", 5) == [""]


def test_blanks_at_the_start_of_a_line_count() -> None:
    assert rows("   one two", 6) == ["   one", "two"]


def test_blanks_typed_at_the_end_of_a_line_make_no_row() -> None:
    assert rows("one two   ", 7) == ["one two   "]


def test_a_limit_ends_the_work_early() -> None:
    assert wrap("a b c d", 1, 1, limit=2) == [(0, 1), (2, 3)]


@pytest.mark.parametrize("piece", ["ab cd-", "a", "\u7530\u4e2d ", "a\u0301\u0323 ", "a\n", "a" + " " * 50])
def test_a_limit_changes_no_row(piece: str) -> None:
    text = piece * 300
    assert wrap(text, 5, 7, limit=3) == wrap(text, 5, 7)[:3]


def test_wrapping_can_begin_and_end_inside_a_text() -> None:
    assert wrap("one two three", 5, 5, start=4, end=10) == [(4, 7), (8, 10)]


def test_wide_characters_take_two_cells_and_may_be_parted_anywhere() -> None:
    assert cells("田中") == 4
    assert rows("田中さんの家", 6) == ["田中さ", "んの家"]


def test_full_width_letters_take_two_cells_too() -> None:
    assert cells("ＡＢ１") == 6


def test_no_row_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert rows("田中家。山", 6) == ["田中", "家。山"]
    assert rows("田中「家」", 6) == ["田中", "「家」"]


def test_combining_marks_take_no_cell_and_stay_on_their_letter() -> None:
    assert cells("e\u0323\u0301") == 1
    assert rows("ae\u0323\u0301b", 2) == ["ae\u0323\u0301", "b"]


@pytest.mark.parametrize(
    ("cluster", "width"),
    [
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", 2),  # a family, joined
        ("\U0001f1e9\U0001f1ea", 2),  # a flag
        ("\u2764\ufe0f", 2),  # a heart that asks to be shown as an emoji
        ("\u2764", 1),
        ("\U0001f44d\U0001f3fd", 2),  # a skin tone
        ("\u0416", 1),
        ("\u201c", 1),
    ],
)
def test_an_emoji_is_one_unit_of_two_cells(cluster: str, width: int) -> None:
    assert cells(cluster) == width
    assert rows(cluster * 2, 3) == ([cluster, cluster] if width == 2 else [cluster * 2])


def test_a_no_break_space_holds() -> None:
    assert rows("aa bb\u00a0cc", 6) == ["aa", "bb\u00a0cc"]
