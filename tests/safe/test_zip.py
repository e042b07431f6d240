"""Archives from strangers: each rule with the smallest archive that breaks it."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.contract import ConverterError, EncryptedError, FormatError, LimitError, Limits
from converter.safe.zip import open_zip


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members:
            file.writestr(name, data, method)
    return buffer.getvalue()


def test_members_by_name() -> None:
    opened = open_zip(archive(("word/document.xml", b"<a/>"), ("empty", b"")), Limits())
    assert opened.names() == ("word/document.xml", "empty")
    assert opened.has("empty") and not opened.has("word")
    assert opened.read("word/document.xml") == b"<a/>"
    assert opened.read("empty") == b""
    assert opened.read("word/document.xml") == b"<a/>"


def test_a_missing_member() -> None:
    with pytest.raises(FormatError, match="lacks a part that it needs, 'styles.xml'"):
        open_zip(archive(("a", b"")), Limits()).read("styles.xml")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"junk" + archive(("a", b"a"))], ids=range(4))
def test_no_archive(data: bytes) -> None:
    with pytest.raises(FormatError, match="not a zip archive"):
        open_zip(data, Limits())


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "C:evil", "..\\evil", "../evil", "a/../b", "a/..", "\\\\server\\share"]
)
def test_names_that_point_elsewhere(name: str) -> None:
    with pytest.raises(FormatError, match="points outside itself"):
        open_zip(archive((name, b"a")), Limits())


@pytest.mark.parametrize("name", ["a..b", "..a", "a...", "a/...", "C"])
def test_names_with_dots_are_names(name: str) -> None:
    assert open_zip(archive((name, b"a")), Limits()).read(name) == b"a"


def test_a_symbolic_link() -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = 0o120777 << 16
    with pytest.raises(FormatError, match="points outside itself"):
        open_zip(archive((info, b"/etc/passwd")), Limits())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name() -> None:
    with pytest.raises(FormatError, match="two files of one name"):
        open_zip(archive(("a", b"1"), ("a", b"2")), Limits())


def test_a_password() -> None:
    data = bytearray(archive(("a", b"a")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(EncryptedError):
        open_zip(bytes(data), Limits())


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_office_programs_never_use(method: int) -> None:
    with pytest.raises(FormatError, match="packed in a way"):
        open_zip(archive(("a", b"a"), method=method), Limits())


def test_too_many_members() -> None:
    data = archive(*((str(number), b"") for number in range(11)))
    with pytest.raises(LimitError, match="zip_members=N"):
        open_zip(data, Limits(zip_members=10))
    open_zip(data, Limits(zip_members=11))


def test_too_much_by_its_own_account() -> None:
    data = archive(("a", bytes(600)), ("b", bytes(600)))
    with pytest.raises(LimitError, match="zip_total_bytes=N"):
        open_zip(data, Limits(zip_total_bytes=1199))
    open_zip(data, Limits(zip_total_bytes=1200))


def test_one_member_too_large() -> None:
    opened = open_zip(archive(("a", bytes(601)), ("b", bytes(600))), Limits(zip_member_bytes=600))
    with pytest.raises(LimitError, match="zip_member_bytes=N"):
        opened.read("a")
    assert len(opened.read("b")) == 600


def test_members_read_again_count_again() -> None:
    opened = open_zip(archive(("a", bytes(600))), Limits(zip_total_bytes=1000))
    opened.read("a")
    with pytest.raises(LimitError, match="zip_total_bytes=N"):
        opened.read("a")


def test_no_more_is_unpacked_than_it_takes_to_see_that_it_is_too_much() -> None:
    opened = open_zip(archive(("a", bytes(600_000)), method=zipfile.ZIP_STORED), Limits(zip_total_bytes=700_000))
    opened.read("a")
    with pytest.raises(LimitError, match="zip_total_bytes=N"):
        opened.read("a")
    assert opened._expanded <= 700_000 + 65_536


def test_a_bomb_is_known_by_its_ratio() -> None:
    opened = open_zip(archive(("bomb", bytes(10_000_000)), ("small", bytes(1000))), Limits())
    assert opened.read("small") == bytes(1000)
    with pytest.raises(LimitError, match="zip_ratio=N"):
        opened.read("bomb")
    assert len(open_zip(archive(("a", bytes(7_000_000))), Limits()).read("a")) == 7_000_000


def test_a_limit_holds_what_it_says() -> None:
    data = archive(("a", bytes(600)), ("b", bytes(600)))
    assert (
        sum(len(open_zip(data, Limits(zip_total_bytes=1200, zip_member_bytes=600)).read(one)) for one in "ab") == 1200
    )
    opened = open_zip(data, Limits(zip_total_bytes=1200))
    assert (len(opened.read("a")), len(opened.read("b"))) == (600, 600)
    packed = next(one.compress_size for one in zipfile.ZipFile(io.BytesIO(data)).infolist())
    exact = archive(("a", bytes(packed * 40)))
    size = zipfile.ZipFile(io.BytesIO(exact)).infolist()[0].compress_size
    ratio = packed * 40 // size
    assert open_zip(exact, Limits(zip_ratio=ratio + 1, zip_ratio_from_bytes=1)).read("a")
    assert open_zip(exact, Limits(zip_ratio=1, zip_ratio_from_bytes=packed * 40)).read("a")
    with pytest.raises(LimitError, match="packed suspiciously small"):
        open_zip(exact, Limits(zip_ratio=1, zip_ratio_from_bytes=packed * 40 - 1)).read("a")


def refusal(data: bytes, limits: Limits = Limits(), read: str = "") -> tuple[str, str | None]:
    with pytest.raises(ConverterError) as caught:
        opened = open_zip(data, limits)
        opened.read(read)
    return caught.value.message, caught.value.where


def test_what_is_said_of_an_archive() -> None:
    two = archive(("a", bytes(600)), ("b", bytes(600)))
    assert refusal(b"Rain.") == ("this is not a zip archive", None)
    assert refusal(two[:-30]) == ("this zip archive is damaged; was it copied or downloaded completely?", None)
    assert refusal(archive(("../a", b""))) == ("this zip archive points outside itself", "../a")
    assert refusal(two, read="c") == ("this file lacks a part that it needs, 'c'", None)
    assert refusal(two, Limits(zip_members=1))[0].startswith("there are too many files in this zip archive: ")
    assert refusal(two, Limits(zip_total_bytes=9))[0].startswith("this zip archive is too large unpacked (bytes): ")
    assert refusal(two, Limits(zip_member_bytes=9), "a")[0].startswith(
        "a part of this zip archive is too large (bytes): "
    )
    dense = Limits(zip_ratio=1, zip_ratio_from_bytes=1)
    message = "this zip archive is packed suspiciously small (unpacked size to packed): the limit is 1"
    assert refusal(two, dense, "a")[0].startswith(message)


def test_the_ratio_is_the_one_of_all_that_was_read() -> None:
    noise = random.Random(7).randbytes(1_000_000)
    limits = Limits(zip_ratio_from_bytes=1000)
    opened = open_zip(archive(("noise", noise), ("dense", bytes(300_000))), limits)
    assert (opened.read("noise"), opened.read("dense")) == (noise, bytes(300_000))
    with pytest.raises(LimitError, match="zip_ratio=N"):
        open_zip(archive(("noise", noise), ("dense", bytes(300_000))), limits).read("dense")


def test_many_dense_members_are_a_bomb_together() -> None:
    opened = open_zip(archive(*((str(number), bytes(400)) for number in range(100))), Limits(zip_ratio=20))
    assert all(opened.read(str(number)) for number in range(100))
    limits = Limits(zip_ratio=20, zip_ratio_from_bytes=2000)
    opened = open_zip(archive(*((str(number), bytes(400)) for number in range(100))), limits)
    assert [len(opened.read(str(number))) for number in range(5)] == [400] * 5
    with pytest.raises(LimitError, match="zip_ratio=N"):
        opened.read("5")


def test_what_is_in_it_is_known_without_unpacking() -> None:
    opened = open_zip(archive(("a", bytes(600)), ("b", b"")), Limits(zip_total_bytes=600))
    assert (opened.names(), opened.has("b"), opened.has("c"), opened.size("a")) == (("a", "b"), True, False, 600)


def test_a_header_that_lies_about_the_size() -> None:
    data = bytearray(archive(("a", bytes(5_000_000))))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(signature) + offset
        data[place : place + 4] = struct.pack("<I", 10)
    opened = open_zip(bytes(data), Limits(zip_member_bytes=1_000_000))
    with pytest.raises(ConverterError):
        opened.read("a")


def test_contents_that_are_damaged() -> None:
    data = bytearray(archive(("a", b"some words " * 100)))
    data[data.index(b"PK\x03\x04") + 40] ^= 0xFF
    with pytest.raises(FormatError, match="damaged"):
        open_zip(bytes(data), Limits()).read("a")


def test_an_archive_that_is_cut() -> None:
    data = archive(("a", b"some words " * 100))
    for end in range(4, len(data)):
        with pytest.raises(FormatError):
            open_zip(data[:end], Limits())


WHOLE = archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a>" + bytes(300) + b"</a>"))


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_any_damage_is_our_error_or_none(blows: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, value in blows:
        data[place] = value
    try:
        opened = open_zip(bytes(data), Limits())
        for name in opened.names():
            opened.read(name)
    except ConverterError as error:
        assert error.code in {3, 4}


@pytest.mark.parametrize("flag", [0x1, 0x40, 0x2000])
def test_every_way_to_lock_an_archive_is_known(flag: int) -> None:
    data = bytearray(archive(("a", b"words")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + offset
        data[place : place + 2] = struct.pack("<H", flag)
    with pytest.raises(EncryptedError, match="needs a password; save it without one"):
        open_zip(bytes(data), Limits())


@pytest.mark.parametrize("flag", [0x2, 0x4, 0x8, 0x800])
def test_other_flags_lock_nothing(flag: int) -> None:
    data = bytearray(archive(("a", b"words")))
    place = data.index(b"PK\x01\x02") + 8
    data[place : place + 2] = struct.pack("<H", flag)
    assert open_zip(bytes(data), Limits()).has("a")
