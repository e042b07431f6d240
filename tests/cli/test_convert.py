"""What is converted, from where to where, and what is refused."""

import os
from pathlib import Path

import pytest

from converter.cli.gather import jobs_into
from converter.formats import FORMATS
from tests.cli.conftest import Command


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


# ---------------------------------------------------------------- targets


def test_a_target_that_is_named_is_replaced(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    write("copy.toyb", "old")
    assert matchcut("convert", "draft.toy", "copy.toyb") == (0, "", "")
    assert Path("copy.toyb").read_bytes() == b"\0\1\2Rain.\n"


def test_without_target_the_result_stands_beside_the_source(matchcut: Command) -> None:
    os.mkdir("scripts")
    write("scripts/draft.toy", "Rain.\n")
    assert matchcut("convert", "scripts/draft.toy", "--to", "toy-binary") == (0, "", "")
    assert sorted(os.listdir("scripts")) == ["draft.toy", "draft.toyb"]


def test_a_made_up_name_replaces_nothing(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    write("draft.toyb", "old")
    ended = matchcut("convert", "draft.toy", "--to", "toy-binary")
    assert ended.code == 2
    assert ended.err == "Error: draft.toyb: there is a file of this name already; --overwrite replaces it\n"
    assert Path("draft.toyb").read_text() == "old"
    assert matchcut("convert", "draft.toy", "--to", "toy-binary", "--overwrite") == (0, "", "")
    assert Path("draft.toyb").read_bytes() == b"\0\1\2Rain.\n"


def test_a_made_up_name_replaces_no_broken_link(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    os.symlink("nowhere", "draft.toyb")
    assert matchcut("convert", "draft.toy", "--to", "toy-binary").code == 2
    assert not os.path.exists("nowhere")


@pytest.mark.parametrize("link", ["same", "symbolic", "hard", "other path"])
def test_the_script_itself_is_never_replaced(matchcut: Command, folder: Path, link: str) -> None:
    source = write("draft.toy", "Rain.\n")
    target = {"same": "draft.toy", "other path": str(folder / "." / "draft.toy")}.get(link, "link.toy")
    if link == "symbolic":
        os.symlink("draft.toy", target)
    if link == "hard":
        os.link("draft.toy", target)
    ended = matchcut("convert", source, target, "--overwrite")
    assert ended.code == 2
    assert "this is the script that is being read" in ended.err
    assert source.read_text() == "Rain.\n"


def test_a_result_that_would_be_the_source_says_so(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    assert "this is the script that is being read" in matchcut("convert", "draft.toy", "--to", "toy").err


def test_a_format_that_contradicts_the_ending_is_refused(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    ended = matchcut("convert", "draft.toy", "copy.outline", "--to", "toy-binary")
    assert ended.code == 2
    assert "--to toy-binary does not go with a name that ends in .outline" in ended.err


@pytest.mark.parametrize(
    ("target", "format"),
    [(f"copy{suffix}", row.name) for row in FORMATS if row.writer for suffix in row.suffixes],
)
def test_every_ending_of_a_format_goes_with_its_name(matchcut: Command, target: str, format: str) -> None:
    write("draft.toy", "Rain.\n")
    assert matchcut("convert", "draft.toy", target, "--to", format) == (0, "", "")
    assert Path(target).exists()


@pytest.mark.parametrize(
    ("target", "format"), [("copy.fdxt", "text"), ("copy.text", "fdx"), ("copy.highland", "fountain")]
)
def test_an_ending_of_another_format_is_refused(matchcut: Command, target: str, format: str) -> None:
    write("draft.toy", "Rain.\n")
    ended = matchcut("convert", "draft.toy", target, "--to", format)
    assert (ended.code, Path(target).exists()) == (2, False)
    assert f"--to {format} does not go with a name that ends in {Path(target).suffix}" in ended.err
    assert matchcut("convert", "draft.toy", "copy.outline", "--to", "toy-binary", "--overwrite").code == 0
    assert Path("copy.outline").read_bytes() == b"\0\1\2Rain.\n"


def test_an_ending_that_nobody_knows_contradicts_nothing(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    assert matchcut("convert", "draft.toy", "copy.bak", "--to", "toy").code == 0


def test_a_failure_leaves_the_old_file(matchcut: Command) -> None:
    write("copy.toyb", "old")
    for text in ("DAMAGED\n", "BUG\n", "MEMORY\n"):
        write("draft.toy", text)
        assert matchcut("convert", "draft.toy", "copy.toyb").code
        assert Path("copy.toyb").read_text() == "old"
        assert sorted(os.listdir()) == ["copy.toyb", "draft.toy"]


def test_a_wrong_wish_is_told_before_the_script_is_read(matchcut: Command) -> None:
    assert matchcut("convert", "nothing.toy", "copy.toyb", "--set", "nothing=1").code == 2


# ---------------------------------------------------------------- options


def test_options_of_the_writer(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    assert matchcut("convert", "draft.toy", "copy.toyb", "--set", "mark=star", "--set", "wide=2").code == 0
    assert Path("copy.toyb").read_bytes() == b"\0\1\2*  Rain.\n"


def test_options_of_the_reader(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    for words in (["shout"], ["shout=yes"], ["shout=no", "--read-set", "shout=on"]):
        assert matchcut("convert", "draft.toy", "copy.toyb", "--read-set", *words).code == 0
        assert Path("copy.toyb").read_bytes() == b"\0\1\2RAIN.\n"


def test_encoding_is_an_option_of_the_reader(matchcut: Command) -> None:
    Path("draft.toy").write_bytes("Élan.\n".encode("mac-roman"))
    assert matchcut("convert", "draft.toy", "copy.toyb", "--encoding", "mac-roman") == (0, "", "")
    assert Path("copy.toyb").read_bytes() == "\0\1\2Élan.\n".encode()


def test_a_wrong_option_lists_those_there_are(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    err = matchcut("convert", "draft.toy", "copy.toyb", "--set", "marks=star").err
    assert (
        "toy-binary has no option 'marks' (did you mean 'mark'?); it has mark (what stands before each line); wide ("
        in err
    )
    err = matchcut("convert", "draft.toy", "copy.toyb", "--set", "mark=moon").err
    assert "mark cannot be 'moon', only none or star (what stands before each line)" in err


def test_limits_take_thousands_and_millions(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n" * 400)
    assert matchcut("convert", "draft.toy", "copy.toyb", "--limit", "input-bytes=2k").code == 4
    assert matchcut("convert", "draft.toy", "copy.toyb", "--limit", "input_bytes=3k").code == 0
    assert matchcut("convert", "draft.toy", "copy.toyb", "--limit", "input-bytes=1M").code == 0


def test_strict_takes_no_word_behind_it(matchcut: Command) -> None:
    write("draft.toy", "Rain.\n")
    assert matchcut("convert", "--strict", "draft.toy", "copy.toyb") == (0, "", "")
    write("--strict", "Rain.\n")
    assert matchcut("convert", "--from", "toy", "copy.toyb", "--overwrite", "--", "--strict").code == 2


def test_a_name_with_a_dash_goes_behind_two(matchcut: Command) -> None:
    write("-draft.toy", "Rain.\n")
    assert matchcut("convert", "--", "-draft.toy", "copy.toyb") == (0, "", "")
    assert matchcut("convert", "./-draft.toy", "copy.toyb") == (0, "", "")


# ---------------------------------------------------------------- streams


def test_standard_input_and_output(process: Command) -> None:
    ended = process("convert", "-", "-", "--from", "toy", "--to", "toy", stdin=b"Rain.\n")
    assert ended == (0, "Rain.\n", "")


def test_a_file_called_as_standard_input_is_may_be_replaced(process: Command) -> None:
    write("-", "Snow.\n")
    ended = process("convert", "-", "./-", "--from", "toy", "--to", "toy", "--overwrite", stdin=b"Rain.\n")
    assert (ended.code, Path("-").read_text(encoding="utf-8")) == (0, "Rain.\n")


def test_standard_input_is_known_by_its_contents(process: Command) -> None:
    assert process("convert", "-", "-", "--to", "toy", stdin=b"TOY\nRain.\n") == (0, "TOY\nRain.\n", "")


def test_standard_input_into_a_file(process: Command) -> None:
    assert process("convert", "-", "copy.toyb", "--from", "toy", stdin=b"WARN\n").err == (
        "Warning: standard input, line 1: This line warns. [toy.warned]\n"
    )
    assert Path("copy.toyb").read_bytes() == b"\0\1\2WARN\n"


def test_a_failure_writes_nothing_to_standard_output(process: Command) -> None:
    ended = process("convert", "-", "-", "--from", "toy", "--to", "toy", "--strict", stdin=b"Rain.\nWARN\n")
    assert (ended.code, ended.out) == (7, "")
    ended = process("convert", "-", "-", "--from", "toy", "--to", "toy", stdin=b"Rain.\nDAMAGED\n")
    assert ended == (3, "", "Error: standard input: this is damaged (line 2)\n")


def test_standard_input_has_a_limit_too(process: Command) -> None:
    ended = process("convert", "-", "-", "--from", "toy", "--to", "toy", "--limit", "input-bytes=5", stdin=b"Rain.\n")
    assert (ended.code, ended.out) == (4, "")


def test_no_standard_input_at_all(process: Command) -> None:
    ended = process("convert", "-", "-", "--from", "toy", "--to", "toy", stdin=b"")
    assert (ended.code, ended.out) == (0, "")
    assert "[format.empty-script]" in ended.err


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_gets_text_only() -> None:
    import pty
    import subprocess

    from tests.cli.conftest import command, environment

    write("draft.toy", "Rain.\n")
    for to, code in (("toy-binary", 2), ("toy", 0)):
        ours, theirs = pty.openpty()
        try:
            ended = subprocess.run(
                command("convert", "draft.toy", "-", "--to", to),
                stdout=theirs,
                stderr=subprocess.PIPE,
                env=environment(),
                check=False,
            )
            assert ended.returncode == code
        finally:
            os.close(ours)
            os.close(theirs)


# ---------------------------------------------------------------- changes on the way


def test_scenes_get_numbers_and_notes_go(matchcut: Command) -> None:
    """Through a tree that the toy cannot make; the transforms themselves are tested in test_transforms.py."""
    write("draft.toy", "Rain.\n")
    flags = ["--number-scenes", "--drop", "notes", "--drop", "revisions"]
    assert matchcut("convert", "draft.toy", "copy.toyb", *flags) == (0, "", "")
    assert matchcut("convert", "draft.toy", "copy.toyb", "--drop", "everything").code == 2


def test_a_reference_document_is_a_file_that_is_there(matchcut: Command) -> None:
    write("draft.fountain", "INT. BARN - DAY\n\nRain.\n")
    ended = matchcut("convert", "draft.fountain", "draft.docx", "--reference-docx", "house.docx")
    assert ended.code == 5
    assert "house.docx" in ended.err
    assert matchcut("convert", "draft.fountain", "house.docx").code == 0
    assert matchcut("convert", "draft.fountain", "draft.docx", "--reference-docx", "house.docx").code == 0
    ended = matchcut("convert", "draft.fountain", "draft.fdx", "--reference-docx", "house.docx")
    assert ended.code == 2


# ---------------------------------------------------------------- parts of a script


SCENES = "INT. SHED - DAY #A19#\n\n===\n\nINT. BARN - DAY #20#\n\n===\n\nINT. HALL - DAY #21#\n\n===\n\nThe end.\n"


@pytest.mark.parametrize(
    ("flags", "numbers"),
    [
        (("--pages", "2,4"), ["2.", "4."]),
        (("--pages", "2-3"), ["2.", "3."]),
        (("--scenes", "20-21"), ["2.", "3.", "4."]),
        (("--scenes", "A19"), []),
    ],
)
def test_parts_of_a_script_keep_their_page_numbers(
    matchcut: Command, flags: tuple[str, ...], numbers: list[str]
) -> None:
    write("draft.fountain", SCENES)
    assert matchcut("convert", "draft.fountain", "part.txt", *flags) == (0, "", "")
    words = Path("part.txt").read_text(encoding="utf-8").split()
    assert [word for word in words if word[0].isdigit() and word.endswith(".")] == numbers


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--pages", "7"), "the script has no page '7'; it has 1 to 4"),
        (("--scenes", "7"), "the script has no scene '7'; it has A19 to 21"),
        (("--revised-pages",), "no line of the script is marked as revised, so there are no revised pages"),
    ],
)
def test_parts_that_are_not_there_are_an_error(matchcut: Command, flags: tuple[str, ...], message: str) -> None:
    write("draft.fountain", SCENES)
    ended = matchcut("convert", "draft.fountain", "part.txt", *flags)
    assert (ended.code, ended.err) == (2, f"Error: draft.fountain: {message}\n")
    assert not Path("part.txt").exists()


def test_only_a_script_of_the_source_s_own_kind_is_spared(matchcut: Command) -> None:
    script = "INT. PIER - DAY\n\nRain.\n"
    write("a.fountain", script)
    write("b.fountain", script)
    write("c.fdx", script)  # the name says that it was meant to be replaced
    assert matchcut("convert", "a.fountain", "c.fdx").code == 0
    ended = matchcut("convert", "a.fountain", "b.fountain")
    assert ended.err == (
        "Error: b.fountain: there is a script of the source's own format here; "
        "--overwrite replaces it, --out-dir converts both\n"
    )
    assert matchcut("convert", "a.fountain", "b.fountain", "--overwrite").code == 0


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("s*", ["s.toy"]),  # no file below the folder sub
        ("sub/*", ["sub/b.toy"]),
        ("*/*.toy", ["sub/b.toy"]),
        ("**/*.toy", ["s.toy", "sub/b.toy", "sub/deep/c.toy"]),
        ("sub/**", ["sub/b.toy", "sub/deep/c.toy"]),
        ("**/deep/**/*.toy", ["sub/deep/c.toy"]),
        ("su[ab]/b.toy", ["sub/b.toy"]),
        ("?.toy", ["s.toy"]),
    ],
)
def test_a_pattern_means_the_files_that_fit_it(pattern: str, found: list[str]) -> None:
    os.makedirs("sub/deep")
    for name in ("s.toy", "sub/b.toy", "sub/deep/c.toy", ".s.toy"):
        write(name, "Rain.\n")
    assert [job.source for job in jobs_into("results", [pattern], ".txt", (".toy",))] == found
