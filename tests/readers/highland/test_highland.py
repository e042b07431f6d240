"""Bundles are archives of strangers around one Fountain text."""

from __future__ import annotations

import io
import zipfile

import pytest

from converter import api
from converter.contract import DEFAULT_LIMITS, ConverterError, Diagnostic, FormatError, LimitError, Source
from converter.readers import fountain, highland
from converter.records import replace
from converter.safe.clean import clean

SCRIPT = "Title: The Tide\n\nINT. TIDE STATION - DAWN #12#\n\nODILE\nThat is *wrong*.\n"
OTHER = "EXT. HARBOUR - DAY\n\nGulls.\n"


def bundle(**files: str | bytes) -> bytes:
    """Names with `__` for a dot and `___` for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("___", "/").replace("__", "."), data)
    return out.getvalue()


def read(data: bytes, name: str = "draft.highland") -> tuple[object, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return highland.read(Source(name, data), report=said.append), said


@pytest.mark.parametrize(
    "data",
    [
        bundle(text__fountain=SCRIPT, info__json="{}"),
        bundle(Tide__textbundle___text__md=SCRIPT, Tide__textbundle___info__json="{}"),
        bundle(b___a___text__txt=OTHER, b___text__md=SCRIPT, b___info__json="{}"),
        bundle(b___text__md=OTHER, b___text__fountain=SCRIPT),
        bundle(b___notes__txt=OTHER * 9, b___tide__fountain=SCRIPT),
        bundle(b___notes__txt="Short.", b___tide__md=SCRIPT),
        bundle(__MACOSX___text__fountain=OTHER, text__md="\ufeff" + SCRIPT.replace("\n", "\r\n")),
        SCRIPT.encode(),
    ],
    ids=["flat", "folder", "shallowest", "suffix", "one script", "largest text", "hidden", "bare"],
)
def test_the_script_of_a_bundle_is_its_text(data: bytes) -> None:
    assert read(data)[0] == fountain.read(Source("", SCRIPT.encode()))


def test_what_else_a_bundle_holds_is_said() -> None:
    _, said = read(bundle(text__md=SCRIPT, info__json="{}"))
    assert said == []
    _, said = read(bundle(text__md=SCRIPT, info__json="{}", assets___map__png=b"PNG", bin__json="[]"))
    assert [one.code for one in said] == ["highland.not-read"]
    assert "map.png, bin.json" in said[0].message


def test_a_bundle_is_known_by_its_content() -> None:
    data = bundle(text__fountain=SCRIPT, info__json="{}")
    for name in ("a.highland", "a.textpack", "a", "a.fountain"):
        assert api.read_bytes(data, name=name).format == "highland"


@pytest.mark.parametrize("data", [bundle(info__json="{}"), bundle(picture__png=b"PNG"), b"PK\x03\x04 and no more"])
def test_no_text_is_no_script(data: bytes) -> None:
    with pytest.raises(FormatError):
        read(data)


def test_a_bomb_is_refused() -> None:
    with pytest.raises(LimitError):
        read(bundle(text__md="a" * 40_000_000, info__json="{}"))
    with pytest.raises(ConverterError):
        highland.read(
            Source("a", bundle(text__md=SCRIPT, more__txt=SCRIPT)), limits=replace(DEFAULT_LIMITS, zip_members=1)
        )


def test_names_in_a_bundle_cannot_act_on_a_terminal() -> None:
    _, said = read(bundle(text__md=SCRIPT, **{"\u202ex\x1b[2J" + "n" * 300: "x"}))
    message = next(one.message for one in said if one.code == "highland.not-read")
    assert clean(message, 400) == message and "\\u202ex" in message and len(message) < 200
