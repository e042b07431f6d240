"""`convert --watermark-list` and `--anonymous`."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter import read
from tests.cli.conftest import Command

SAMPLES = Path(__file__).parent.parent.parent / "samples"
SCRIPT = "Title: The Shed\nAuthor: M. Quill\nContact: Pier 4\n\n[[why?]]\n\nINT. SHED - DAY\n\nRain. /* gone */\n"


@pytest.fixture(autouse=True)
def script(folder: Path) -> None:
    Path("shed.fountain").write_text(SCRIPT, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("name,e-mail,text\nOdile,o@tide.test,\nJoe,,For Joe only\n", ["Odile", "Joe"]),
        ("Odile\nodile\n\n", ["Odile", "odile 2"]),
        ("\ufeffText\n<a/b>\n", ["_a_b_"]),
        ("E-Mail,Name\no@tide.test,\n", ["o@tide_test"]),
    ],
)
def test_a_pdf_for_each_reader(matchcut: Command, text: str, names: list[str]) -> None:
    Path("names.csv").write_text(text, encoding="utf-8")
    ended = matchcut("convert", "shed.fountain", "--watermark-list", "names.csv", "--out-dir", "copies")
    assert (ended.code, ended.out) == (0, "")
    assert sorted(path.name for path in Path("copies").iterdir()) == sorted(f"shed-{name}.pdf" for name in names)
    again = matchcut("convert", "shed.fountain", "--watermark-list", "names.csv", "--out-dir", "copies")
    assert again.code == 2 and "--overwrite" in again.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("shed.fountain", "--watermark-list", "empty.csv", "--out-dir", "copies"), "no name in this list"),
        (("shed.fountain", "--watermark-list", "names.csv"), "needs --out-dir"),
        (
            ("shed.fountain", "--to", "fdx", "--watermark-list", "names.csv", "--out-dir", "copies"),
            "makes PDFs",
        ),
        (("shed.fountain", "--watermark-list", "broken.csv", "--out-dir", "copies"), "this is no list"),
        (("shed.fountain", "a.fountain", "--anonymous", "--set", "carry=yes"), "does not go with --set carry"),
        (("shed.fountain", "a.docx", "--anonymous", "--reference-docx", "b.docx"), "--reference-docx"),
    ],
)
def test_slips_are_told(matchcut: Command, given: tuple[str, ...], said: str) -> None:
    Path("names.csv").write_text("Odile\n", encoding="utf-8")
    Path("empty.csv").write_text("name,text\n,\n", encoding="utf-8")
    Path("broken.csv").write_text('"a"b,\n', encoding="utf-8")
    ended = matchcut("convert", *given)
    assert ended.code == 2 and said in ended.err and not Path("copies").exists()


def test_nothing_tells_who_wrote_an_anonymous_script(matchcut: Command) -> None:
    ended = matchcut("convert", "shed.fountain", "bare.fountain", "--anonymous")
    assert Path("bare.fountain").read_text(encoding="utf-8") == "Title: The Shed\n\nINT. SHED - DAY\n\nRain.\n"
    assert ended.code == 0 and "Author, Contact, 1 note, 1 boneyard." in ended.err


def test_an_anonymous_production_has_no_marks_names_or_cut_scenes(matchcut: Command) -> None:
    assert matchcut("convert", str(SAMPLES / "production-draft.fdx"), "bare.fdx", "--anonymous").code == 0
    bare = read("bare.fdx").screenplay
    assert bare.revisions is None or not bare.revisions.sets
    assert bare.tags == ()
    assert b"OmittedScene" not in Path("bare.fdx").read_bytes()
