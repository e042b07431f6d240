import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.safe.clean import clean


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Ordinary words, “quoted”, 中文.", "Ordinary words, “quoted”, 中文."),
        ("two\nlines\r\n", "two\\x0alines\\x0d\\x0a"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x7f\x85\x9b", "\\x7f\\x85\\x9b"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("\u202etxt.exe\u2066", "\\u202etxt.exe\\u2066"),
        ("\udcff", "\\udcff"),
    ],
)
def test_what_a_terminal_could_act_on_shows_as_numbers(message: str, shown: str) -> None:
    assert clean(message) == shown


def test_long_messages_are_cut() -> None:
    assert clean("x" * 401) == "x" * 397 + "..."
    assert clean("x" * 400) == "x" * 400
    assert clean("\n" * 300) == "\\x0a" * 99 + "\\..."
    assert clean("word " * 10, limit=12) == "word word..."


@given(st.text(alphabet=st.characters()), st.integers(min_value=0, max_value=50))
def test_a_message_is_one_printable_line(message: str, limit: int) -> None:
    shown = clean(message, limit)
    assert len(shown) <= max(limit, 3)
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")
