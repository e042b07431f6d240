"""Options of a format from the words of a command line or a mapping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest

from converter.contract import UsageError, option
from converter.formats import known_formats
from converter.options import described, from_words, options_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    paper: Literal["letter", "a4"] | None = option(None, "which paper")
    bold: bool = option(False, "bold headings")
    lines: int = option(54, "lines on a page")
    scale: float = option(1.0, "how large")
    font: str | None = option(None, "which font")
    title: str = option("", "the title")
    columns: Literal[1, 2] = option(1, "columns")
    template: str | bytes | None = option(None, "a file, or in Python its bytes")


def made(*words: str) -> Options:
    options = options_from(Options, from_words(words), "toy")
    assert isinstance(options, Options)
    return options


def test_words() -> None:
    assert from_words(["a=1", "b-c = d=e ", "f", "a=2"]) == {"a": "2", "b_c": "d=e", "f": "true"}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("paper=a4", "a4"),
        ("paper=none", None),
        ("bold", True),
        ("bold=No", False),
        ("bold=off", False),
        ("bold=1", True),
        ("lines=60", 60),
        ("lines=-1", -1),
        ("scale=2", 2.0),
        ("scale=1e-3", 0.001),
        ("font=none", None),
        ("font=Courier Prime", "Courier Prime"),
        ("title=none", "none"),
        ("title=", ""),
        ("title=12", "12"),
        ("columns=2", 2),
        ("template=look.docx", "look.docx"),
    ],
)
def test_a_word_is_read_as_its_field_asks(word: str, value: object) -> None:
    got = getattr(made(word), word.partition("=")[0])
    assert got == value and type(got) is type(value)


@pytest.mark.parametrize(
    "word",
    ["paper=a5", "bold=maybe", "lines=x", "lines=1.5", "lines=1234567890", "scale=nan", "scale=inf", "columns=3"],
)
def test_a_wrong_word_says_what_there_is(word: str) -> None:
    with pytest.raises(UsageError, match=r"toy: \w+ cannot be '.*', only "):
        made(word)


def test_an_option_that_is_none() -> None:
    with pytest.raises(
        UsageError,
        match=r"toy has no option 'papers' \(did you mean 'paper'\?\); it has paper \(which paper\); bold \(",
    ):
        made("papers=a4")

    @dataclass(frozen=True)
    class Empty: ...

    with pytest.raises(UsageError, match="it has none"):
        options_from(Empty, {"a": "1"}, "toy")


def test_programs_may_give_values_or_the_object() -> None:
    options = Options(paper="a4")
    assert options_from(Options, options, "toy") is options
    assert options_from(Options, None, "toy") == Options()
    assert options_from(Options, {"paper": "a4", "lines": 60, "scale": 2, "font": None}, "toy") == Options(
        paper="a4", lines=60, scale=2
    )
    for settings in ({"lines": True}, {"bold": 1}, {"lines": 1.5}, {"paper": 4}, 7):
        with pytest.raises(UsageError):
            options_from(Options, settings, "toy")


def test_bytes_are_for_programs_only() -> None:
    assert options_from(Options, {"template": b"PK"}, "toy").template == b"PK"
    assert {one.name: one.values for one in described(Options)}["template"] == "text"


def test_every_option_of_every_format_explains_itself() -> None:
    for known in known_formats(lambda _: None):
        for side in (known.reader, known.writer):
            for choice in described(side.options) if side else []:
                assert choice.help, f"{known.name}: {choice.name}"
                assert choice.values
            assert side is None or options_from(side.options, {}, known.name) == side.options()
