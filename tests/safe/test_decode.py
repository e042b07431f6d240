"""Which encoding a file has, and what is left out of its text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.contract import Diagnostic, Kind, LimitError, Limits, UsageError
from converter.normal import FORBIDDEN
from converter.safe.decode import checked, decode
from tests.cost import seconds


def told(data: bytes, encoding: str | None = None) -> tuple[str, list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    return decode(data, diagnostics.append, Limits(), encoding), diagnostics


SCRIPT = "INT. CAFÉ – NIGHT\n\nŽOFIE\nEspresso? “Da, спасибо.”\n"


@pytest.mark.parametrize(
    "data",
    [
        SCRIPT.encode(),
        codecs.BOM_UTF8 + SCRIPT.encode(),
        codecs.BOM_UTF16_LE + SCRIPT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SCRIPT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SCRIPT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + SCRIPT.encode("utf-32-be"),
        SCRIPT.encode("utf-16-le"),
        SCRIPT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 mark", "16 le mark", "16 be mark", "32 le mark", "32 be mark", "utf-16-le", "utf-16-be"],
)
def test_unicode_is_read_without_a_word(data: bytes) -> None:
    assert told(data) == (SCRIPT, [])


def test_utf16_without_mark_is_known_by_its_blanks_alone() -> None:
    text = "Он входит в комнату и молчит.\n"
    assert told(text.encode("utf-16-le")) == (text, [])


def test_a_stray_nul_does_not_make_utf16() -> None:
    text, diagnostics = told(b"A long line of ordinary words, an even number\0")
    assert text == "A long line of ordinary words, an even number"
    assert [one.code for one in diagnostics] == ["text.control-characters"]


def test_what_is_said_is_said_in_full() -> None:
    (said,) = told(b"a\nb\x00\x01c\n")[1]
    assert said.message == "Left out 2 control characters; no script can hold them."
    (said,) = told(b"\x01")[1]
    assert said.message == "Left out 1 control character; no script can hold them."
    assert (said.kind, said.at and said.at.line) == (Kind.WARNING, 1)
    (said,) = told(b"a\nCAF\xc9\n")[1]
    assert said.message == (
        "1 byte is not UTF-8, the first at byte 6. "
        "The file was read as Windows-1252; --encoding names another encoding."
    )
    (said,) = told("Žofie – señor\n".encode() + b"Ol\xe9\n")[1]
    assert said.message.endswith("Each was read as Windows-1252, the rest as UTF-8.")
    (said,) = told(codecs.BOM_UTF8 + b"one\n\xff")[1]
    assert said.message == (
        "1 place could not be read as utf-8, the first at byte 5; each is marked with \ufffd. "
        "--encoding names another encoding."
    )
    with pytest.raises(LimitError, match=r"^this text is too long: the limit is 4; .*text_characters=N"):
        decode(b"words", lambda _: None, Limits(text_characters=4))
    assert decode(b"word", lambda _: None, Limits(text_characters=4)) == "word"
    with pytest.raises(UsageError, match="^there is no text encoding called 'punycode'; try utf-8, cp1252 or mac-rom"):
        told(b"a", "punycode")


@pytest.mark.parametrize(
    ("data", "is_wide"),
    [
        (b"R\0" * 6 + b"\x41\x42" * 54, False),  # NULs are a tenth of the second half
        (b"R\0" * 7 + b"\x41\x42" * 53, True),
        (b"R\0" * 20 + b"\0R" * 2 + b"ab" * 38, True),  # a tenth as many at even places
        (b"R\0" * 20 + b"\0R" * 3 + b"ab" * 37, False),  # more than that: nothing is UTF-16 so
        (b"\0R" * 20 + b"R\0" * 2 + b"ab" * 38, True),
        (b"\0R" * 20 + b"R\0" * 3 + b"ab" * 37, False),
        (b"ab\0\0" * 30, False),
        (b"R\0" * 40 + b"R", False),  # an odd number of bytes
    ],
)
def test_nuls_make_utf16_only_where_one_half_has_them(data: bytes, is_wide: bool) -> None:
    _, diagnostics = told(data)
    assert ("text.control-characters" not in [one.code for one in diagnostics]) == is_wide


def test_windows_text_says_how_many_bytes_and_where() -> None:
    text, (said,) = told("INT. CAF\xc9\n\n“CAFÉ”\n".encode("cp1252"))
    assert text == "INT. CAFÉ\n\n“CAFÉ”\n"
    assert (said.kind, said.code, said.at and said.at.line) == (Kind.WARNING, "text.not-utf8", 1)
    # É and “; the second É and the ” behind it happen to be good UTF-8 and do not count
    assert said.message.startswith("2 bytes are not UTF-8, the first at byte 9.")


def test_mostly_utf8_stays_utf8() -> None:
    text, (said,) = told("Žofie, Émile, naïve – señor\n".encode() + b"\x93Ol\xe9\x94\n")
    assert text == "Žofie, Émile, naïve – señor\n“Olé”\n"
    assert (said.code, said.at and said.at.line) == ("text.not-utf8", 2)


def test_bytes_that_mean_nothing_are_marked() -> None:
    text, (said,) = told(codecs.BOM_UTF8 + b"one\ntwo \xff\xfe\n")
    assert text == "one\ntwo \ufffd\ufffd\n"
    assert (said.code, said.at and said.at.line) == ("text.undecodable", 2)


def test_control_characters_go_with_one_word() -> None:
    text, (said,) = told(b"a\nb\x00\x01\x0c\x1bc\xef\xbf\xbf\td\r\n")
    assert text == "a\nb\nc\td\r\n"
    assert (said.kind, said.code) == (Kind.WARNING, "text.control-characters")
    assert said.at and said.at.line == 2
    assert said.message == "Left out 4 control characters; no script can hold them."


def test_a_mark_in_mid_text_goes_without_a_word() -> None:
    assert told("a\ufeffb\n".encode()) == ("ab\n", [])


def test_the_place_of_a_control_character_is_not_the_one_of_a_mark() -> None:
    _, (said,) = told("a\ufeff\n\ufeff\n\x01".encode())
    assert said.at and said.at.line == 3


def test_a_named_encoding_is_used() -> None:
    assert told("Émile".encode("mac-roman"), "mac-roman") == ("Émile", [])
    assert told("Émile".encode("utf-16"), "UTF-16") == ("Émile", [])
    assert told(codecs.BOM_UTF8 + b"a", "utf-8") == ("a", [])


def test_a_named_encoding_may_be_wrong() -> None:
    text, (said,) = told(b"a\n\xff", "ascii")
    assert text == "a\n\ufffd"
    assert said.code == "text.undecodable"


@pytest.mark.parametrize(
    "name", ["", "nothing", "base64", "rot13", "hex", "idna", "punycode", "undefined", "a\0b", "é"]
)
def test_an_encoding_that_is_none(name: str) -> None:
    with pytest.raises(UsageError, match="no text encoding called"):
        told(b"abc", name)


def test_too_long_a_text() -> None:
    with pytest.raises(LimitError, match="text_characters=N"):
        decode(b"abc", lambda _: None, Limits(text_characters=2))
    assert decode("ÄÖÜ".encode(), lambda _: None, Limits(text_characters=3)) == "ÄÖÜ"


@given(st.binary(), st.sampled_from([None, "utf-8", "utf-16", "cp1252", "utf-7", "shift-jis", "unicode_escape"]))
def test_any_bytes_give_a_text(data: bytes, encoding: str | None) -> None:
    text, diagnostics = told(data, encoding)
    assert not FORBIDDEN.search(text)
    assert len({one.code for one in diagnostics}) == len(diagnostics)


@pytest.mark.timing
@pytest.mark.parametrize("piece", [b"\x80", b"\x01", b"\xef\xbb\xbf", b"\xef\xbb\xbf\x01", b"\xc9\x94\x80", b"a\0"])
def test_time_grows_with_the_length(piece: bytes) -> None:
    def spent(size: int) -> float:
        data = piece * (size // len(piece))
        return seconds(told, data)

    spent(1000)
    assert spent(500_000) < 40 * max(spent(50_000), 0.01)


def test_form_feeds_stay_where_they_begin_pages() -> None:
    found: list[Diagnostic] = []
    assert decode(b"ONE\fTWO", found.append, Limits(), form_feeds=True) == "ONE\fTWO"
    assert found == []
    assert decode(b"ONE\fTWO", found.append, Limits()) == "ONE\nTWO"
    assert found == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\vb\n", "a\nb\n"),
        ("a\fb", "a\nb"),
        ("a\u2028b", "a\nb"),
        ("a\u2029b", "a\nb"),
        ("a\x85b", "a\nb"),
        ("a\u2028b\n", "a\nb\n"),
        ("a\u2029b\u2028c", "a\n\nb\nc"),
        ("a\u2029\u2029b\u2028c", "a\n\nb\nc"),
        ("a\u2028b\nc", "a\u2028b\nc"),
        ("a\u2028b\rc", "a\u2028b\rc"),
        ("a\x85b\nc", "a\u2028b\nc"),
        ("a\u2029b\nc", "a\nb\nc"),
    ],
)
def test_every_line_end_ends_a_line(text: str, read: str) -> None:
    assert told(text.encode()) == (read, [])


def test_text_that_is_text_already_is_checked_in_the_same_way() -> None:
    found: list[Diagnostic] = []
    assert checked("a\fb\x01", found.append, Limits()) == "a\nb"
    assert checked("a\fb", found.append, Limits(), form_feeds=True) == "a\fb"
    assert [one.code for one in found] == ["text.control-characters"]
    with pytest.raises(LimitError):
        checked("words", found.append, Limits(text_characters=4))
