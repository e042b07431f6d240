"""Reading, writing and converting from Python, one script and many."""

from __future__ import annotations

import importlib
import pickle
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import converter
from converter import (
    ConverterError,
    FormatError,
    InputError,
    Job,
    LimitError,
    Limits,
    OutputError,
    Settings,
    StrictError,
    UnknownFormat,
    UsageError,
    convert,
    convert_many,
    read,
    read_bytes,
    write,
    write_bytes,
)
from converter.transforms import number_scenes
from converter.tree import Action, Run, SceneHeading, Screenplay

TOY = Path(__file__).parent / "toy"
RAIN = Screenplay(body=(Action(text=(Run(text="Rain."),)),))


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(TOY))
    monkeypatch.setenv("PYTHONPATH", str(TOY))  # for the processes of a pool
    monkeypatch.chdir(tmp_path)
    importlib.invalidate_caches()


# ---------------------------------------------------------------- reading


def test_read_a_file() -> None:
    Path("draft.toy").write_text("Rain.\n")
    for path in ("draft.toy", Path("draft.toy")):
        result = read(path)
        assert result.screenplay == RAIN
        assert (result.format, result.diagnostics, result.counts) == ("toy", (), {})


def test_read_bytes() -> None:
    assert read_bytes(b"Rain.\n", format="toy").screenplay == RAIN
    assert read_bytes(b"Rain.\n", name="somewhere/draft.toy").format == "toy"
    assert read_bytes(b"INT. A\n\nRain.\n").format == "fountain"
    result = read_bytes(b"Rain.\n", format="toy", options={"shout": True})
    assert result.screenplay == Screenplay(body=(Action(text=(Run(text="RAIN."),)),))


def test_diagnostics_are_kept_up_to_the_limit_and_then_counted() -> None:
    result = read_bytes(b"WARN\n" * 7 + b"GUESS\n" * 2, format="toy", limits=Limits(diagnostics=5))
    assert [one.code for one in result.diagnostics] == ["toy.warned"] * 5 + ["toy.guessed"]
    assert result.counts == {"toy.warned": 7, "toy.guessed": 2}


def test_errors_name_the_file() -> None:
    Path("draft.toy").write_text("DAMAGED\n")
    with pytest.raises(FormatError, match="this is damaged") as caught:
        read("draft.toy")
    assert (caught.value.path, caught.value.where, caught.value.code) == ("draft.toy", "line 1", 3)
    with pytest.raises(FormatError) as caught:
        read_bytes(b"DAMAGED\n", format="toy")
    assert caught.value.path is None
    with pytest.raises(InputError):
        read("nothing.toy")


@pytest.mark.parametrize(("what", "words"), [("MEMORY", "not enough memory"), ("DEEP", "nested too deeply")])
def test_to_run_out_of_memory_or_stack_is_a_limit(what: str, words: str) -> None:
    with pytest.raises(LimitError, match=words) as caught:
        read_bytes(what.encode(), name="draft.toy")
    assert caught.value.path == "draft.toy"


def test_a_bug_is_not_hidden_from_programs() -> None:
    with pytest.raises(RuntimeError):
        read_bytes(b"BUG\n", format="toy")


def test_a_missing_file_is_python_s_own_error_too() -> None:
    with pytest.raises(FileNotFoundError, match="^nope: cannot be read: there is no such file or folder$") as caught:
        read("nope")
    assert isinstance(caught.value, InputError) and isinstance(caught.value, ValueError)
    assert (caught.value.filename, caught.value.code) == ("nope", 5)
    with pytest.raises(OSError, match="^none/a.toyb: cannot be written: ") as refused:
        write(RAIN, "none/a.toyb")
    assert isinstance(refused.value, OutputError) and refused.value.filename == "none/a.toyb"
    with pytest.raises(OSError, match="this is a folder") as refused:
        read(".", format="toy")
    assert not isinstance(refused.value, FileNotFoundError)


def test_a_library_s_errors_do_not_speak_of_the_command_line() -> None:
    for call in (
        lambda: read_bytes(bytes(range(256))),
        lambda: read_bytes(b"Rain.", format="toi"),
        lambda: write(RAIN, "a.unknown"),
        lambda: read_bytes(b"Rain. " * 99, format="toy", limits=Limits(input_bytes=9)),
        lambda: write_bytes(RAIN, format="docx", options={"more_text": "(MEHR)"}),
    ):
        with pytest.raises(ConverterError) as caught:
            call()
        assert "--" not in str(caught.value) and str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_name_that_is_nearly_right_is_proposed() -> None:
    with pytest.raises(UnknownFormat, match=r"'Fountan' can be read \(did you mean 'fountain'\?\); there are"):
        read_bytes(b"Rain.", format="Fountan")
    with pytest.raises(UsageError, match=r"no option 'papr' \(did you mean 'paper'\?\); it has"):
        write_bytes(RAIN, format="text", options={"papr": "a4"})
    with pytest.raises(UsageError, match=r"no option 'qqq'; it has"):
        write_bytes(RAIN, format="text", options={"qqq": "a4"})


def test_errors_survive_pickling() -> None:
    for kind in (ConverterError, FormatError, StrictError, UnknownFormat):
        error = pickle.loads(pickle.dumps(kind("words", path="a", where="line 1")))
        assert (type(error), str(error)) == (kind, "a: words (line 1)")
        assert (error.message, error.path, error.where) == ("words", "a", "line 1")


# ---------------------------------------------------------------- writing


def test_write_a_file() -> None:
    result = write(RAIN, "copy.toyb")
    assert Path("copy.toyb").read_bytes() == result.data == b"\0\1\2Rain.\n"
    assert result.format == "toy-binary"
    write(RAIN, Path("other"), format="toy", options={"mark": "star"})
    assert Path("other").read_text() == "*Rain.\n"


def test_write_bytes() -> None:
    loss = Screenplay(body=(Action(text=(Run(text="LOSS"),)),))
    result = write_bytes(loss, format="toy")
    assert result.data == b"LOSS\n"
    assert [one.code for one in result.diagnostics] == ["toy.lost"]
    assert list(Path().iterdir()) == []


def test_what_cannot_be_written() -> None:
    Path("folder.toy").mkdir()
    with pytest.raises(OutputError):
        write(RAIN, "folder.toy")
    with pytest.raises(UnknownFormat) as caught:
        write(RAIN, "copy.nothing")
    assert caught.value.path == "copy.nothing"
    with pytest.raises(UsageError):
        write_bytes(RAIN, format="toy", options={"nothing": 1})


def test_options_may_be_the_format_s_own_object() -> None:
    import toy_format  # type: ignore[import-not-found]

    options = toy_format.WriteOptions(mark="star")
    assert write_bytes(RAIN, format="toy", options=options).data == b"*Rain.\n"


# ---------------------------------------------------------------- converting


def test_convert() -> None:
    Path("draft.toy").write_text("WARN\nLOSS\n")
    result = convert("draft.toy", "copy.txt", write_as="toy", read_options={"shout": "no"}, write_options={"wide": 2})
    assert Path("copy.txt").read_text() == "  WARN\n  LOSS\n"
    assert (result.source, result.target) == ("draft.toy", "copy.txt")
    assert (result.read_format, result.write_format) == ("toy", "toy")
    assert result.counts == {"toy.warned": 1, "toy.lost": 1}


def test_convert_with_a_change_on_the_way() -> None:
    Path("draft.fountain").write_text("INT. A\n\nRain.\n")
    convert("draft.fountain", "copy.outline", transforms=[number_scenes])
    assert 'number="1"' in Path("copy.outline").read_text()


def test_strict() -> None:
    Path("draft.toy").write_text("GUESS\n")
    with pytest.raises(StrictError) as caught:
        convert("draft.toy", "copy.toyb", strict="guess")
    assert (caught.value.path, caught.value.code) == ("draft.toy", 7)
    assert not Path("copy.toyb").exists()
    convert("draft.toy", "copy.toyb", strict="loss")
    Path("draft.toy").write_text("WARN\n" * 1000)
    with pytest.raises(StrictError, match="1000 warnings"):
        convert("draft.toy", "other.toyb", strict="loss", limits=Limits(diagnostics=0))


def test_bytes_have_a_limit_as_files_have() -> None:
    with pytest.raises(LimitError, match=r"the limit is 5; Limits\(input_bytes=N\) allows more"):
        read_bytes(b"Rain.\n", format="toy", limits=Limits(input_bytes=5))
    assert read_bytes(b"Rain.\n", format="toy", limits=Limits(input_bytes=6)).screenplay.body


# ---------------------------------------------------------------- many


def outcomes(executor: Executor | None, **how: object) -> list[str]:
    for name, text in {"a": "Rain.\n", "b": "DAMAGED\n", "c": "BUG\n", "d": "WARN\n"}.items():
        Path(f"{name}.toy").write_text(text)
    jobs = [Job(f"{name}.toy", f"{name}.toyb") for name in "abcd"]
    fail_fast = bool(how.get("fail_fast"))
    return [
        f"{one.source} {one.error.code if one.error else one.result and one.result.write_format} {len(one.diagnostics)}"
        for one in convert_many(jobs, Settings(), executor=executor, fail_fast=fail_fast)
    ]


EXPECTED = ["a.toy toy-binary 0", "b.toy 3 0", "c.toy 1 0", "d.toy toy-binary 1"]


def test_many_in_turn() -> None:
    assert outcomes(None) == EXPECTED
    assert sorted(path.name for path in Path().iterdir()) == ["a.toy", "a.toyb", "b.toy", "c.toy", "d.toy", "d.toyb"]


def test_many_in_threads() -> None:
    with ThreadPoolExecutor(3) as executor:
        assert outcomes(executor) == EXPECTED


def test_many_in_processes() -> None:
    with ProcessPoolExecutor(2) as executor:
        assert outcomes(executor) == EXPECTED


def test_many_until_the_first_failure() -> None:
    assert outcomes(None, fail_fast=True) == EXPECTED[:2]
    assert not Path("d.toyb").exists()
    with ThreadPoolExecutor(1) as executor:
        assert outcomes(executor, fail_fast=True) == EXPECTED[:2]


def test_a_bug_keeps_its_trace() -> None:
    Path("a.toy").write_text("BUG\n")
    (outcome,) = convert_many([Job("a.toy", "a.toyb")])
    assert outcome.trace and "toy_format.py" in outcome.trace


@pytest.mark.parametrize("name", ["a.fountain", "a.txt"])
@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_script_without_a_word_is_reported(name: str, data: bytes) -> None:
    assert "format.empty-script" in read_bytes(data, name=name).counts


def test_a_word_on_the_title_page_or_in_the_script_is_enough() -> None:
    for data in (b"Title: Kite\n", b"Rain.\n", b"ANNA\nHi.\n"):
        assert "format.empty-script" not in read_bytes(data, name="a.fountain").counts


def test_clashes_are_refused_at_once() -> None:
    for jobs in (
        [Job("a.toy", "x.toyb"), Job("b.toy", "./x.toyb")],
        [Job("a.toy", "b.toy"), Job("b.toy", "c.toy")],
        [Job("a.toy", "a.toy")],
    ):
        with pytest.raises(UsageError):
            convert_many(jobs)


def test_scenes_are_numbered_in_processes_too() -> None:
    Path("a.fountain").write_text("INT. A\n\nRain.\n")
    settings = Settings(transforms=(number_scenes,))
    with ProcessPoolExecutor(1) as executor:
        (outcome,) = convert_many([Job("a.fountain", "a.outline")], settings, executor=executor)
    assert outcome.error is None
    heading = SceneHeading(number="1")
    assert f'number="{heading.number}"' in Path("a.outline").read_text()


def test_the_version_is_the_one_of_the_distribution() -> None:
    assert converter.__version__.count(".") == 2
