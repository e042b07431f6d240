"""What travels in the file of another format: one line that says what it is, then its code in lines of 100 letters."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.notation.carrying.packet import Damaged, Packet, is_packed, packed, unpacked

DATA = b"The lamp is out again. " * 40
TEXT = packed(DATA, {"notes": "drop", "carry": "True"})


@given(st.binary(), st.dictionaries(st.sampled_from(["notes", "case"]), st.sampled_from(["drop", "True"])))
def test_what_was_packed_comes_back(data: bytes, options: dict[str, str]) -> None:
    text = packed(data, options)
    assert unpacked(text, len(data)) == unpacked(f"Words.\n\n{text}", len(data)) == Packet(data, options)
    assert "/" not in text


def test_the_first_line_says_what_it_is() -> None:
    first, *code = TEXT.split("\n")
    assert first == f"matchcut carry 1 {zlib.crc32(DATA):08x} notes=drop carry=True"
    assert [len(line) for line in code[:-1]] == [100] * (len(code) - 1)
    assert 0 < len(code[-1]) <= 100


def test_a_checksum_has_eight_digits() -> None:
    data = next(data for data in map(str.encode, map(str, range(1000))) if zlib.crc32(data) < 1 << 28)
    assert unpacked(packed(data, {}), 10).data == data


def test_it_is_packed_as_small_as_can_be() -> None:
    repeated = bytes(range(256)) * 400
    assert len(packed(repeated, {})) < 1.3 * len(zlib.compress(repeated, 9)) + 60


def test_it_may_be_as_large_as_allowed_and_no_larger() -> None:
    assert unpacked(TEXT, len(DATA)).data == DATA
    with pytest.raises(Damaged):
        unpacked(TEXT, len(DATA) - 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "matchcut carry 1",
        TEXT.replace("carry 1", "carry 2"),
        TEXT.replace("carry 1", f"carry 1{'0' * 5000}"),
        TEXT[:-1],
        TEXT + "\u2603",
        packed(DATA, {}).replace(f"{zlib.crc32(DATA):08x}", "00000000"),
        packed(DATA, {}).split("\n")[0],
    ],
    ids=["empty", "no checksum", "later", "far later", "cut", "not its code", "other words", "no code"],
)
def test_what_was_damaged_is_not_opened(text: str) -> None:
    with pytest.raises(Damaged):
        unpacked(text, 1_000_000)


def test_a_packet_is_seen_near_the_top_of_a_text_alone() -> None:
    assert is_packed(TEXT)
    assert is_packed("x" * 900 + "\n" + TEXT)
    assert not is_packed("x" * 1000 + "\n" + TEXT)
    assert not is_packed("x" + TEXT)
    assert not is_packed("matchcut carry on.")
