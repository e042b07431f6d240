"""RTF of bytes that no case file can hold, and RTF that means no good."""

from __future__ import annotations

import pytest

from converter.contract import ConverterError, Diagnostic, FormatError, LimitError, Source
from converter.readers.rtf import read
from converter.tree import paragraphs, words


def said(data: bytes) -> tuple[list[str], list[str]]:
    """The words of each paragraph, and the codes of what was reported."""
    heard: list[Diagnostic] = []
    screenplay = read(Source("a.rtf", data), report=heard.append)
    return [words(one.text) for one in paragraphs(screenplay.body)], [one.code for one in heard]


@pytest.mark.parametrize(
    ("rtf", "expected"),
    [
        (rb"\ansicpg932 \'93\'fa\'96\'7b", "日本"),  # the second byte of 本 stands as a letter elsewhere
        (b"\\ansicpg932 \\'93\\'fa\\'96{}\\'7b", None),
        (rb"\mac caf\'8e", "café"),
        (b"\\ansicpg1251 \xc4\xe0", "Да"),
        (rb"\ansicpg77777 caf\'e9", "café"),
        (rb"\uc0\u233 x", "éx"),
        (rb"\uc2\u233 \'c3\'a9x", "éx"),
        (rb"\u-4064?", "\uf020"),
    ],
)
def test_letters_of_every_code_page(rtf: bytes, expected: str | None) -> None:
    found, codes = said(b"{\\rtf1" + rtf + b"\\par}")
    assert codes.count("rtf.undecodable") == (expected is None)
    assert expected is None or found == [expected]


def test_a_count_of_bytes_is_believed_only_where_the_file_has_them() -> None:
    assert said(rb"{\rtf1 a\bin3 }}}b\par}")[0] == ["ab"]
    assert said(rb"{\rtf1 a\bin999999999 b\par}")[0] == ["ab"]
    assert said(rb"{\rtf1 a\bin-3 b\par}")[0] == ["ab"]


def test_a_backslash_at_the_end_of_a_line_ends_the_paragraph() -> None:
    assert said(b"{\\rtf1 Rain.\\\nSnow.\\\n}")[0] == ["Rain.", "Snow."]


def test_groups_in_groups_end_in_a_clear_error() -> None:
    with pytest.raises(LimitError, match="nested too deeply"):
        said(b"{\\rtf1" + b"{" * 1_000_000)
    assert said(b"{\\rtf1" + b"{}" * 100_000 + b"a\\par}")[0] == ["a"]


@pytest.mark.parametrize("data", [b"", b"{", b"Rain.", b"{\\rt"])
def test_what_does_not_begin_as_rtf_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="not an RTF document"):
        said(data)


@pytest.mark.parametrize(
    "rtf",
    [
        rb"{\stylesheet{\s1\sbasedon1 a;}}\s1 a",
        rb"{\stylesheet{\s1\sbasedon2 a;}{\s2\sbasedon1 b;}}\s1 a",
        rb"\cell a",
        rb"\row\row\cell\row a",
        rb"{\footnote a",
        rb"{\shptxt a",
        rb"a\u55357?",
        rb"a\revised\revauth99 b",
        rb"\cf9999 a",
        rb"\fcharset999 a\ansicpg-1 ",
    ],
)
def test_what_contradicts_itself_keeps_its_words(rtf: bytes) -> None:
    try:
        found, _ = said(b"{\\rtf1" + rtf + b"\\par}")
    except ConverterError as error:
        pytest.fail(str(error))
    assert "a" in "".join(found) or b"footnote" in rtf
