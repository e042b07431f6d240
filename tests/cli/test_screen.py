"""What stands on the screen, whole: each line that the command can print, and the options that it understands."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from converter.api import write_bytes
from converter.batch import Outcome
from converter.cli import one, screen
from converter.cli.request import Conversion, Reading
from converter.contract import DEFAULT_LIMITS, ConverterError, Diagnostic, FormatError, Kind
from converter.transforms import LEAVE_OUT, number_scenes
from converter.tree import Action, Deletion, Position, Revisions, RevisionSet, Run, Screenplay
from tests.cli.conftest import Command

SCRIPT = """Title: THE PIER
Credit: by

INT. PIER - NIGHT #1#

Rain. [[cold?]]

JUDE
Hello?

MARA
Who?

JUDE
It is me.

EXT. BEACH - DAY #2#

Sun.
"""


def test_inspect_shows_all_that_is_known(matchcut: Command) -> None:
    Path("draft.fountain").write_text(SCRIPT, encoding="utf-8")
    assert matchcut("inspect", "draft.fountain").out.splitlines() == [
        "draft.fountain (fountain): THE PIER",
        "1 page, 2 scenes, 2 speaking parts, 3 speeches, 1 note",
        "",
        "Elements",
        "  2  Scene Heading",
        "  2  Action",
        "  3  Character",
        "  3  Dialogue",
        "",
        "Cast",
        "  JUDE  2 speeches, in 1 scene",
        "  MARA  1 speech, in 1 scene",
        "",
        "Scenes",
        "  1  INT. PIER - NIGHT  page 1  2/8  3 speeches",
        "  2  EXT. BEACH - DAY   page 1  1/8  0 speeches",
    ]


def test_inspect_says_the_same_for_programs(matchcut: Command, folder: Path) -> None:
    Path("a.fountain").write_text("Title: The Shed\n\nINT. SHED - DAY #1#\n\nMARA\nHi.\n", encoding="utf-8")
    said = json.loads(matchcut("inspect", "a.fountain", "--json").out)
    assert (said["format"], said["title"], said["pages"]) == ("fountain", "The Shed", 1)
    heading = {"number": "1", "heading": "INT. SHED - DAY", "speeches": 1, "omitted": False, "page": "1", "eighths": 1}
    assert said["scenes"] == [heading]
    assert said["cast"] == [{"name": "MARA", "speeches": 1, "scenes": 1}]
    assert ["Scene Heading", 1] in said["elements"] and said["revisions"] == []
    assert matchcut("inspect", "a.fountain", "--json", "--doubts").code == 2


def test_a_broken_script_says_so_while_inspecting(matchcut: Command) -> None:
    Path("draft.toy").write_text("WARN\nDAMAGED\n", encoding="utf-8")
    ended = matchcut("inspect", "draft.toy")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.splitlines() == [
        "Warning: draft.toy, line 1: This line warns. [toy.warned]",
        "Error: draft.toy: this is damaged (line 2)",
    ]


def test_standard_input_is_called_so(matchcut: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for word, code in (("WARN", 0), ("DAMAGED", 3)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(word.encode())))
        ended = matchcut("convert", "-", "copy.toyb", "--from", "toy")
        assert (ended.code, "standard input" in ended.err) == (code, True)


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (Position(line=4, column=screen.LONG_LINE), "line 4"),
        (Position(line=4, column=screen.LONG_LINE + 1), "line 4, column 201"),
        (Position(page=2, line=4, paragraph=9), "page 2, line 4"),
        (Position(column=900), ""),
    ],
)
def test_the_column_is_named_in_a_long_line_only(at: Position, place: str) -> None:
    guess = Diagnostic(Kind.GUESS, "a.b", "So it seems.", at)
    loss = Diagnostic(Kind.LOSS, "a.c", "It went.", at)
    assert list(screen.doubt_lines([loss, guess])) == [f"{place}: So it seems. [a.b]".removeprefix(": ")]


def outcome(error: ConverterError | None = None, trace: str | None = None) -> Outcome:
    warning = Diagnostic(Kind.WARNING, "a.b", "Odd.", Position(line=2))
    return Outcome(
        source="a", target="b", result=None, error=error, diagnostics=(warning,), counts={"a.b": 2}, trace=trace
    )


def test_a_view_shows_warnings_then_the_error_then_its_place_in_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    warning = "Warning: a, line 2: Odd. [a.b, 2 times]\n"
    assert screen.View(as_json=False, debug=False).show(outcome()) == 0
    assert capsys.readouterr() == ("", warning)
    error = FormatError("damaged", path="a", where="line 3")
    assert screen.View(as_json=False, debug=False).show(outcome(error, "Traceback")) == 3
    assert capsys.readouterr() == ("", warning + "Error: a: damaged (line 3)\n")
    assert screen.View(as_json=False, debug=True).show(outcome(error, "Traceback")) == 3
    assert capsys.readouterr() == ("", warning + "Error: a: damaged (line 3)\nTraceback\n")
    assert screen.View(as_json=True, debug=False).show(outcome(error, "Traceback")) == 3
    assert capsys.readouterr() == (
        "",
        '{"source": "a", "target": "b", "read_format": null, "write_format": null, "diagnostics": [{"kind": "warning", '
        '"code": "a.b", "message": "Odd.", "line": 2, "column": null, "page": null, "paragraph": null}], "counts": '
        '{"a.b": 2}, "cut_words": null, "error": {"code": 3, "message": "damaged", "where": "line 3"}}\n',
    )


@pytest.mark.parametrize(
    ("changes", "lines"), [("tracked", ["Note: b.docx still holds 2 words that were cut."]), ("marks", [])]
)
def test_words_that_were_cut_and_still_travel_are_said(matchcut: Command, changes: str, lines: list[str]) -> None:
    cut = Action(text=(Run(text="Rain"), Deletion(revision=1, text=(Run(text=" and snow"),)), Run(text=".")))
    script = Screenplay(body=(cut,), revisions=Revisions(sets=(RevisionSet(id=1, name="Blue"),)))
    Path("a.docx").write_bytes(write_bytes(script, format="docx", options={"changes": "tracked"}).data)
    ended = matchcut("convert", "a.docx", "b.docx", "--set", f"changes={changes}")
    assert [line for line in ended.err.splitlines() if line.startswith("Note:")] == lines


def test_a_program_without_a_console_has_no_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    screen.make_forgiving()
    screen.say("words")
    screen.show(["words"])
    screen.finish_output()
    screen.finish_quietly()


def test_long_lines_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    screen.say("x" * 2000)
    screen.show(["x" * 2001])
    assert capsys.readouterr() == ("x" * 1997 + "...\n", "x" * 2000 + "\n")


class Terminal(io.TextIOWrapper):
    def __init__(self, is_terminal: bool) -> None:
        super().__init__(io.BytesIO())
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "data", "is_refused"),
    [
        (True, b"Rain.\nSnow.\n", False),
        (True, "Überfall\n".encode(), False),
        (True, b"\x1b[31mred", True),
        (True, b"PK\x03\x04", True),
        (False, b"PK\x03\x04", False),
    ],
)
def test_a_terminal_gets_text_only(
    is_terminal: bool, data: bytes, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal(is_terminal))
    if not is_refused:
        one._refuse_terminal(data)
        return
    with pytest.raises(ConverterError, match="^this is no text for a terminal; send it into a file with >, or name a"):
        one._refuse_terminal(data)


def test_formats_show_their_endings_and_their_options_with_what_they_are_else(matchcut: Command) -> None:
    listed = matchcut("formats").out.splitlines()
    assert listed[0] == "Formats, with the endings that tell them. `matchcut formats NAME` shows a format's options."
    assert listed[2] == "Name, what matchcut does with it, endings"
    assert "fdx reads and writes .fdx .fdxt Final Draft".split() in [line.split() for line in listed]
    assert "highland reads .highland .textpack .textbundle Highland, TextBundle".split() in [
        line.split() for line in listed
    ]
    assert "What they cannot hold" in listed
    fdx = matchcut("formats", "fdx").out.splitlines()
    assert fdx[:4] == ["fdx: Final Draft", "", "There is no option for --read-set.", ""]
    assert fdx[4:6] == ["Options for --set", "  version=a whole number, else 5"]
    assert "  watermark=text" in matchcut("formats", "pdf").out.splitlines()  # nothing to name where it is left out


# ---------------------------------------------------------------- options


READING = {
    "read_as": None,
    "encoding": None,
    "language": None,
    "read_set": (),
    "diagnostics": "text",
    "timeout": None,
    "limit": (),
    "debug": False,
    "quiet": False,
}


def test_what_is_said_of_reading() -> None:
    plain = Reading(**READING)  # type: ignore[arg-type]
    assert plain.settings().limits == DEFAULT_LIMITS
    assert (plain.reader_options(), plain.view()) == ({}, screen.View(as_json=False, debug=False))
    said = Reading(
        read_as="text",
        encoding="cp1252",
        language="de",
        read_set=("kind=flat", "page-header=a=b", "odd"),
        diagnostics="json",
        timeout=2.5,
        limit=("paragraphs=20k", "zip-members=3M", "nesting=7", "pdf-pages=1g"),
        debug=True,
        quiet=False,
    )
    limits = said.settings().limits
    assert said.settings().read_as == "text"
    assert said.settings().read_options == {
        "kind": "flat",
        "page_header": "a=b",
        "odd": "true",
        "encoding": "cp1252",
        "language": "de",
    }
    assert said.view() == screen.View(as_json=True, debug=True)
    assert (limits.paragraphs, limits.zip_members, limits.nesting, limits.pdf_pages, limits.max_seconds) == (
        20_000,
        3_000_000,
        7,
        1_000_000_000,
        2.5,
    )


CONVERSION = {
    **READING,
    "paths": ("a",),
    "write_as": None,
    "out_dir": None,
    "overwrite": False,
    "drop": (),
    "number_scenes": False,
    "filters": (),
    "paper": None,
    "scene_numbers": None,
    "pages": None,
    "scenes": None,
    "revised_pages": None,
    "watermark_list": None,
    "watermark_pages": "all",
    "anonymous": False,
    "font": None,
    "reference_docx": None,
    "write_set": (),
    "strict": None,
    "jobs": None,
    "fail_fast": False,
    "skip_existing": False,
    "report": None,
    "dask": None,
    "shared_files": False,
    "profile": None,
    "no_settings": False,
}


def test_what_is_said_of_writing() -> None:
    plain = Conversion(**CONVERSION).settings()  # type: ignore[arg-type]
    assert (plain.write_as, plain.write_options, plain.transforms) == (None, {}, ())
    assert (plain.strict, plain.count_pages) == (False, False)
    options = {"paper": "a4", "scene_numbers": "both", "font": "Courier", "reference_docx": "a.docx"}
    chosen = {"pages": "3-4", "scenes": "7", "revised_pages": "Pink", "write_set": ("version=6",)}
    more = {"write_as": "pdf", "drop": ("notes", "sections"), "number_scenes": True, "strict": "loss", "report": "r"}
    said = Conversion(**{**CONVERSION, **options, **chosen, **more}).settings()  # type: ignore[arg-type]
    only = {"only_pages": "3-4", "only_scenes": "7", "only_revised": "yes", "revised_set": "Pink"}
    assert said.write_options == {"version": "6", **options, **only}
    assert said.transforms == (LEAVE_OUT["notes"], LEAVE_OUT["sections"], number_scenes)
    assert (said.write_as, said.strict, said.count_pages) == ("pdf", "loss", True)


@pytest.mark.parametrize("said", [{"fail_fast": True}, {"skip_existing": True}, {"report": "r"}, {"dask": "a:1"}])
def test_some_options_need_a_folder(said: dict[str, object]) -> None:
    assert not Conversion(**CONVERSION).needs_a_folder()  # type: ignore[arg-type]
    assert Conversion(**{**CONVERSION, **said}).needs_a_folder()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("convert", "Missing argument 'SOURCE... [TARGET]'."),
        (
            "convert a.toy b c",
            "several scripts need --out-dir, the folder for the results",
        ),
        ("convert a.toy", "name a target, such as draft.fdx, or a format with --to"),
        (
            "convert - --to toy",
            "standard input has no name to make one from; name a target, or - for standard output",
        ),
        (
            "convert - --to toy --out-dir r",
            "standard input has no name to make one from; --out-dir takes files",
        ),
        ("convert a.toy --out-dir r", "--out-dir needs a format with --to"),
        (
            "convert a.toy b.toyb --fail-fast",
            "--fail-fast, --skip-existing, --report and --dask need --out-dir",
        ),
        ("convert a.toy b.toyb --timeout 0", "--timeout is a number of seconds above 0"),
        (
            "convert a.toy b.toyb --limit nesting=1.5",
            "a limit is a whole number such as 200000, 200k or 50M, not '1.5'",
        ),
        ("a.toy", "say what to do with it: matchcut convert a.toy ..."),
        ("frobnicate", "No such command 'frobnicate'."),
        ("formats odd", "there is no format called 'odd'; there are: "),
    ],
)
def test_wrong_use_is_said_in_full(matchcut: Command, arguments: str, message: str) -> None:
    Path("a.toy").write_text("Rain.\n", encoding="utf-8")
    ended = matchcut(*arguments.split())
    said, hint, _ = ended.err.partition(" (see: ")
    assert (ended.code, bool(hint)) == (2, arguments != "formats odd")
    assert said.startswith(f"Error: {message}") if message.endswith(": ") else said == f"Error: {message}"


def test_what_is_there_already_is_said_with_its_name_and_number(matchcut: Command) -> None:
    os.mkdir("r")
    for name in ("b.toy", "c.toy", "a.toy", "r/b.toyb", "r/c.toyb"):
        Path(name).write_text("Rain.\n", encoding="utf-8")
    ended = matchcut("convert", "a.toy", "b.toy", "c.toy", "--to", "toy-binary", "--out-dir", "r")
    message = "there is a file of this name already and 1 more; --overwrite replaces them, --skip-existing keeps them"
    assert (ended.code, ended.err) == (2, f"Error: r/b.toyb: {message}\n")
    os.unlink("r/c.toyb")
    ended = matchcut("convert", "a.toy", "b.toy", "c.toy", "--to", "toy-binary", "--out-dir", "r")
    assert ended.err == f"Error: r/b.toyb: {message.replace(' and 1 more', '')}\n"
    ended = matchcut("convert", "a.toy", "--to", "toy-binary", "--out-dir", "r", "--report", "a.toy")
    assert ended.err == "Error: a.toy: the report would replace a script or a result; give it another name\n"
