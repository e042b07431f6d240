"""Which font draws a letter, what stands where none does, and what is reported of it."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pypdf
import pytest
from fontTools.ttLib import TTFont

from converter.api import read_bytes, write_bytes
from converter.contract import Diagnostic, Kind, UsageError
from converter.fonts import variable
from converter.safe.quiet import quiet
from converter.tree import NO_STYLE, Action, Run, Screenplay, Style, Text
from tests.fonts.build import ASCII, font
from writers import pdf
from writers.pdf.families import package_folder

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one folder of fonts that there is; empty but for what a test puts there."""
    monkeypatch.setenv("MATCHCUT_FONTS", str(tmp_path / "fonts"))
    return tmp_path / "fonts"


def plain(words: str, style: Style = NO_STYLE) -> Text:
    return (Run(text=words, style=style),)


def drawn(*texts: Text, **options: object) -> tuple[bytes, list[Diagnostic]]:
    reported: list[Diagnostic] = []
    body = Screenplay(body=tuple(Action(text=text) for text in texts))
    return pdf.write(body, pdf.Options(**options), reported.append), reported  # type: ignore[arg-type]


def programs(data: bytes, *, tagged: bool = False) -> dict[str, TTFont]:
    """The embedded TrueType fonts by their names, without the tags of subsets unless these are asked for."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for one in page["/Resources"]["/Font"].values():
            if "/DescendantFonts" in one.get_object():
                descriptor = one.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
                file = descriptor["/FontFile2"].get_data()
                name = str(one["/BaseFont"])
                found[name if tagged else name.partition("+")[2]] = TTFont(io.BytesIO(file))
    return found


def letters(data: bytes) -> list[tuple[str, str, float]]:
    """Letters of the first page with the font that draws each and where it stands."""
    page = pdfplumber.open(io.BytesIO(data)).pages[0]
    return [(one["text"], one["fontname"].partition("+")[2], round(one["x0"], 1)) for one in page.chars]


# ---------------------------------------------------------------- the family's own faces


def test_letters_of_a_found_family_are_regular_and_its_bold_and_italic_are_its_own(fonts: Path) -> None:
    for weight, slanted, name in ((700, False, "A"), (400, False, "Z"), (400, True, "B"), (200, False, "Aa")):
        font(fonts / f"{name}.ttf", "Star", "★", weight=weight, slanted=slanted)
    data, _ = drawn((*plain("★"), *plain("★", Style.BOLD), *plain("★", Style.ITALIC)))
    used = programs(data)
    assert {name: file["head"].macStyle for name, file in used.items()} == {
        "Star-Regular": 0,
        "Star-Bold": 1,
        "Star-Italic": 2,
    }
    contents = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert contents is not None
    assert b"2 Tr" not in contents.get_data()  # nothing drawn heavier by hand


def test_a_family_without_bold_is_drawn_heavier_and_leans_where_it_has_no_italic(fonts: Path) -> None:
    font(fonts / "a.ttf", "Star", "★")
    data, _ = drawn(plain("★", Style.BOLD | Style.ITALIC))
    contents = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert contents is not None
    assert b"2 Tr" in contents.get_data() and b"1 0 0.21 1" in contents.get_data()
    assert programs(data)["Star-BoldItalic"]["head"].macStyle == 2


def test_a_bold_face_that_lacks_the_letter_lets_the_regular_one_draw_it(fonts: Path) -> None:
    font(fonts / "a.ttf", "Star", "★☆")
    font(fonts / "b.ttf", "Star", "★", weight=700)
    data, reported = drawn(plain("★☆", Style.BOLD))
    assert [one.code for one in reported] == ["pdf.font-found"]
    assert [file["head"].macStyle for file in programs(data, tagged=True).values()] == [1, 0]


def test_a_font_of_postscript_curves_is_embedded_too(fonts: Path) -> None:
    font(fonts / "a.otf", "Star", "★", postscript=True)
    data, _ = drawn(plain("★"))
    file = programs(data)["Star-Regular"]
    assert file["glyf"]["glyph00001"].numberOfContours == 1
    assert file["hmtx"]["glyph00001"][0] == 600


def test_an_embedded_font_has_only_what_was_drawn_and_is_whole(fonts: Path) -> None:
    font(fonts / "a.ttf", "Star", "★☆♪")
    data, _ = drawn(plain("★♪★"))
    file = programs(data)["Star-Regular"]
    assert file["maxp"].numGlyphs == 3
    assert sorted(file.keys()) == ["GlyphOrder", "glyf", "head", "hhea", "hmtx", "loca", "maxp"]
    again = io.BytesIO()
    file.save(again)  # fontTools reads every table


def test_a_variable_font_that_we_ship_is_bold_where_it_has_to_be() -> None:
    used = programs(drawn((*plain("Αθήνα "), *plain("Αθήνα", Style.BOLD)))[0])
    regular, bold = used["JetBrainsMono-Regular"], used["JetBrainsMono-Bold"]
    assert bold["glyf"]["glyph00001"].xMin < regular["glyf"]["glyph00001"].xMin  # heavier strokes reach farther


@pytest.mark.parametrize("words", ["★ ok (x) \\", "😀 日本 Łódź Αθήνα"])
def test_copying_gives_every_letter(fonts: Path, words: str) -> None:
    font(fonts / "a.ttf", "Star", "★☆日本")
    assert pypdf.PdfReader(io.BytesIO(drawn(plain(words))[0])).pages[0].extract_text() == words


def test_letters_keep_their_cells_whatever_the_width_of_their_font(fonts: Path) -> None:
    font(fonts / "a.ttf", "Wide", "★", advance=1000)
    font(fonts / "b.ttf", "Thin", "☆", advance=300)
    page = pdfplumber.open(io.BytesIO(drawn(plain("a★b☆☆c"))[0])).pages[0]
    assert [(one["text"], round(one["x0"], 1)) for one in page.chars] == [
        (char, round(108 + 7.2 * place, 1)) for place, char in enumerate("a★b☆☆c")
    ]
    star = page.chars[1]
    assert round(star["x1"] - star["x0"], 1) == 7.2  # narrowed, so that it lies on no other


def test_a_letter_to_which_its_font_gives_no_width_is_drawn_in_its_cell(fonts: Path) -> None:
    font(fonts / "a.ttf", "Flat", "★", advance=0)
    assert pypdf.PdfReader(io.BytesIO(drawn(plain("a★b"))[0])).pages[0].extract_text() == "a★b"


def test_more_letters_than_one_byte_can_number_are_drawn(fonts: Path) -> None:
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 700)))
    font(fonts / "a.ttf", "Han", many, advance=1000)
    data, _ = drawn(plain(many))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert "".join(text.split()) == many


# ---------------------------------------------------------------- the font that was asked for


def test_a_family_by_name_is_regular_however_its_files_are_called(fonts: Path) -> None:
    for weight, name in ((200, "Mono-ExtraLight"), (700, "Mono-Bold"), (400, "Mono-Regular")):
        names = {"typographicFamily": "Mono"} if weight == 200 else {}
        font(fonts / f"{name}.ttf", "Mono ExtraLight" if names else "Mono", weight=weight, other_names=names)
    data, _ = drawn((*plain("plain "), *plain("bold", Style.BOLD)), font="mono")
    assert set(programs(data)) == {"Mono-Regular", "Mono-Bold"}
    assert [file["head"].macStyle for file in programs(data).values()] == [0, 1]


def test_the_families_that_we_ship_can_be_asked_for_by_name() -> None:
    names = set(programs(drawn((*plain("plain "), *plain("bold", Style.BOLD)), font="IBM Plex Mono")[0]))
    assert names == {"IBMPlexMono-Regular", "IBMPlexMono-Bold"}


def test_a_font_whose_letters_differ_in_width_is_refused_with_a_way_out(fonts: Path) -> None:
    font(fonts / "a.ttf", "Georgia", narrow="il.")
    font(fonts / "b.ttf", "Typed")
    for wanted in ("Georgia", str(fonts / "a.ttf")):
        with pytest.raises(UsageError, match="proportional.*Courier Prime.*Typed"):
            drawn(plain("x"), font=wanted)


def test_a_font_without_english_is_measured_by_the_scripts_letters(fonts: Path) -> None:
    font(fonts / "a.ttf", "Uneven", "אבג", narrow="א")
    font(fonts / "b.ttf", "Even", "אבג")
    with pytest.raises(UsageError, match="proportional"):
        drawn(plain("אבג"), font="Uneven")
    assert letters(drawn(plain("א"), font="Even")[0])[0][1] == "Even-Regular"


# ---------------------------------------------------------------- letters that no font has


def test_a_letter_that_no_font_has_is_a_box_that_is_copied_as_the_letter() -> None:
    data, _ = drawn(plain("Before \U0001e900★ after"))
    assert "Before \U0001e900★ after" in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    glyphs = programs(data)["MissingLetters-Regular"]["glyf"]
    # A frame is two contours, and each digit as many squares as it has points.
    assert glyphs["glyph00001"].numberOfContours == 2 + 12 + 8 + 10 + 12 + 12 + 12  # 01E900
    assert glyphs["glyph00002"].numberOfContours == 2 + 11 + 12 + 12 + 11  # 2605


def test_a_box_is_as_wide_as_the_letter_and_that_of_a_mark_stands_above() -> None:
    glyphs = programs(drawn(plain("★日x\u0489"))[0])["MissingLetters-Regular"]["glyf"]
    boxes = [glyphs[f"glyph0000{number}"] for number in (1, 2, 3)]
    assert [(box.xMin, box.xMax) for box in boxes] == [(40, 560), (40, 1160), (-560, -40)]
    assert [box.yMin for box in boxes] == [-160, -160, 640]


def test_a_missing_letter_is_named_with_its_places_and_the_cure() -> None:
    pages = [plain("★"), *[plain("x " * 1600)] * 3, plain("★")]
    [loss] = drawn(*pages)[1]
    assert (loss.kind, loss.code) == (Kind.LOSS, "pdf.missing-glyph")
    assert loss.message == (
        "No font here has '★' (black star, U+2605); on pages 1 and 3 a box stands for it. "
        "DejaVu Sans and Symbola have most signs like it (on Debian: fonts-dejavu, fonts-symbola)."
    )


@pytest.mark.parametrize(
    ("char", "cure"),
    [
        ("日", "fonts-noto-cjk"),
        ("ꦏ", "Javanese.*fonts-noto-core"),
        ("😀", "fonts-symbola"),
        ("\ue000", "--font"),
    ],
)
def test_the_cure_depends_on_the_writing_system(char: str, cure: str) -> None:
    losses = [one for one in drawn(plain(char))[1] if one.code == "pdf.missing-glyph"]
    assert len(losses) == 1
    [message] = [one.message for one in losses]
    assert re.search(cure, message)


def test_what_has_no_shape_of_its_own_is_neither_drawn_nor_missed() -> None:
    words = "a\u200db\u200e\ufe0fc\u2066d\U000e0100"
    data, reported = drawn(plain(words))
    assert reported == []
    assert "abcd" in "".join(
        char for char in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text() if char.isalpha()
    )


def test_a_damaged_font_of_the_system_draws_nothing_and_stops_nothing(fonts: Path) -> None:
    data = font(fonts / "a.ttf", "Star", "★").read_bytes()
    place = TTFont(io.BytesIO(data)).reader.tables["glyf"].offset
    (fonts / "a.ttf").write_bytes(data[:place] + b"\x00\x09" * 40 + data[place + 80 :])
    assert [one.code for one in drawn(plain("★"))[1]] == ["pdf.missing-glyph"]


# ---------------------------------------------------------------- what cells cannot show


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("שלום", ["pdf.right-to-left"]),
        ("سلمى", ["pdf.right-to-left", "pdf.unshaped"]),
        ("नमस्ते", ["pdf.unshaped"]),
        ("வணக்கம்", ["pdf.unshaped"]),
        ("നമസ്കാരം", ["pdf.unshaped"]),
        ("สวัสดี", ["pdf.unshaped"]),
        ("\u1112\u119e\u11ab", ["pdf.unshaped"]),
        ("👨\u200d👩", ["pdf.unshaped"]),
        ("👍🏽", ["pdf.unshaped"]),
        ("🇫🇷", ["pdf.unshaped"]),
        ("日本語 한국어 Łódź Αθήνα Москва", []),
        ("😀★✓", []),
        ("Việt e\u0323\u0301", []),
        ("“Größe” – €", []),
    ],
)
def test_writing_that_is_drawn_wrongly_is_a_loss(words: str, codes: list[str]) -> None:
    losses = [one for one in drawn(plain(words))[1] if one.code != "pdf.missing-glyph"]
    assert [(one.code, one.kind) for one in losses] == [(code, Kind.LOSS) for code in codes]


def test_each_paragraph_of_such_writing_is_reported_once_with_its_place() -> None:
    long = "שלום " * 60
    script = read_bytes(f"INT. A\n\n{long}\n\nHello.\n\nשלום עולם\n".encode(), name="a.fountain").screenplay
    losses = [one for one in write_bytes(script, format="pdf").diagnostics if one.code == "pdf.right-to-left"]
    assert [one.at.line for one in losses if one.at] == [3, 7]
    assert losses[0].message == "Hebrew is written from right to left, but is drawn from left to right (page 1)."


# ---------------------------------------------------------------- nothing foreign is printed


COMMAND = [sys.executable, "-m", "converter", "convert"]


def converted(tmp_path: Path, words: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    source = tmp_path / "draft.fountain"
    source.write_text(f"INT. HALL - DAY\n\n{words}\n", encoding="utf-8")
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), **variables}
    command = [*COMMAND, str(source), str(tmp_path / "draft.pdf"), *options]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)


def test_the_command_prints_nothing_but_its_own_diagnostics(tmp_path: Path) -> None:
    font(tmp_path / "fonts" / "a.ttf", "Star", "★")
    told = converted(tmp_path, "★ ☆ Α **Ω**", "--diagnostics", "json", MATCHCUT_FONTS=str(tmp_path / "fonts")).stderr
    codes = [one["code"] for line in told.splitlines() for one in json.loads(line)["diagnostics"]]
    assert codes == ["pdf.font-found", "pdf.missing-glyph"]


def test_font_tools_is_not_heard_and_its_log_is_as_it_was_afterwards(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("fontTools")
    before = (log.propagate, log.level, list(log.handlers))
    with caplog.at_level(logging.DEBUG):
        face = package_folder("fontpkg_jetbrains_mono") / "JetBrainsMono[wght].ttf"
        assert variable.instance(str(face), 0, ASCII, 700)
        with quiet("fontTools"), quiet("fontTools"):
            log.critical("heard")
    assert caplog.messages == []
    assert (log.propagate, log.level, log.handlers) == before


# ---------------------------------------------------------------- who keeps the index


def test_the_command_keeps_an_index_of_the_fonts_and_only_where_it_looked(tmp_path: Path) -> None:
    folder = str(font(tmp_path / "fonts" / "a.ttf", "Star", "★").parent)
    converted(tmp_path, "Wind.", MATCHCUT_FONTS=folder)
    assert not (tmp_path / "cache").exists()
    converted(tmp_path, "★", MATCHCUT_FONTS=folder)
    assert len(list((tmp_path / "cache" / "matchcut").iterdir())) == 1


def test_the_library_keeps_none(tmp_path: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    font(fonts / "a.ttf", "Star", "★")
    write_bytes(Screenplay(body=(Action(text=plain("★")),)), format="pdf")
    assert not (tmp_path / "cache").exists()
