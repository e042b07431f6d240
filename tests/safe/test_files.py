"""Reading and writing files: whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from converter.contract import DEFAULT_LIMITS, ConverterError, InputError, LimitError, Limits, OutputError, UsageError
from converter.safe import files
from converter.safe.files import check_target, make_folder, read_file, write_atomic

ROOT = Path(__file__).parent.parent.parent
posix = pytest.mark.skipif(os.name != "posix", reason="these are POSIX's")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to root")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ---------------------------------------------------------------- reading


def test_a_file_is_read_whole() -> None:
    Path("a").write_bytes(b"12345")
    assert read_file("a", Limits(input_bytes=5)) == b"12345"
    assert read_file(Path("a"), Limits()) == b"12345"
    with pytest.raises(LimitError, match="input_bytes") as caught:
        read_file("a", Limits(input_bytes=4))
    assert caught.value.path == "a"


def test_what_cannot_be_read() -> None:
    os.mkdir("folder")
    Path("file").touch()
    os.symlink("loop", "loop")
    for path, words in [
        ("missing", "no such file"),
        ("folder", "a folder"),
        ("file/inside", "not a folder"),
        ("nul\0", "no file can have this name"),
        ("\ud800", "no file can have this name"),
        ("x" * 300, "too long"),
        ("loop", "point to each other"),
        ("", "no such file"),
    ]:
        with pytest.raises(InputError, match=words) as caught:
            read_file(path, Limits())
        assert caught.value.path == path


@posix
def test_pipes_and_devices_are_no_scripts() -> None:
    os.mkfifo("pipe")
    for path in ("pipe", "/dev/null", "/dev/zero"):
        with pytest.raises(InputError, match="not an ordinary file"):
            read_file(path, Limits())


@not_root
def test_no_permission_to_read() -> None:
    Path("a").touch(mode=0)
    with pytest.raises(InputError, match="no permission"):
        read_file("a", Limits())


@pytest.mark.skipif(not os.path.exists("/proc/self/maps"), reason="needs a file that does not say its size")
def test_a_file_that_says_it_is_empty_has_a_limit_too() -> None:
    assert os.stat("/proc/self/maps").st_size == 0
    with pytest.raises(LimitError):
        read_file("/proc/self/maps", Limits(input_bytes=10))


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(ConverterError) as caught:
        call()
    return f"{type(caught.value).__name__} {caught.value.path}: {caught.value.message}"


def test_a_file_that_says_it_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a").write_bytes(b"12345")
    monkeypatch.setattr(files, "read_stream", None)
    assert refused(lambda: read_file("a", Limits(input_bytes=4))) == (
        "LimitError a: this file is too large (bytes): the limit is 4"
    )


@posix
def test_what_is_said_of_a_path_that_cannot_be() -> None:
    os.mkdir("folder")
    Path("a").write_bytes(b"words")
    os.mkfifo("pipe")
    os.symlink("loop", "loop")
    plain, pipe = "cannot be read", "this is not an ordinary file; for a pipe use - and standard"
    for path, reason in (
        ("none", "there is no such file or folder"),
        ("a/b", "a part of this path is not a folder"),
        ("folder", "this is a folder, not a file"),
        ("x" * 300, "the name is too long for this disk"),
        ("loop", "these links point to each other"),
        ("a\0b", "no file can have this name"),
        ("pipe", f"{pipe} input"),
    ):
        kind = "MissingError" if path == "none" else "InputError"
        assert refused(lambda path=path: read_file(path, Limits())) == f"{kind} {path}: {plain}: {reason}"  # type: ignore[misc]
    plain = "cannot be written"
    for path, reason in (
        ("none/b", "there is no such file or folder"),
        ("folder", "this is a folder; name a file in it"),
        ("a\0b", "no file can have this name"),
        ("pipe", f"{pipe} output"),
    ):
        assert refused(lambda path=path: write_atomic(path, b"")) == f"OutputError {path}: {plain}: {reason}"  # type: ignore[misc]
    assert refused(lambda: write_atomic("a", b"", "a")) == (
        "UsageError a: this is the script that is being read; give the result another name"
    )
    assert refused(lambda: make_folder("a")) == "OutputError a: cannot be written to: this is a file, not a folder"
    assert refused(lambda: make_folder("a/b")).startswith("OutputError a/b: cannot be made: a part of this path is")


def test_a_reader_of_standard_output_that_goes_away_is_no_fault_of_the_disk() -> None:
    class Gone(io.BytesIO):
        def write(self, data: Any) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        files.write_stream(Gone(), b"words", "standard output")


def test_a_report_has_each_line_at_once() -> None:
    with files.writing_lines("report") as write:
        write("one")
        assert Path("report").read_bytes() == b"one\n"
        write("zwö")
    assert Path("report").read_bytes() == "one\nzwö\n".encode()


# ---------------------------------------------------------------- writing


def test_a_new_file_has_the_rights_of_any_new_file() -> None:
    Path("other").touch()
    write_atomic("new", b"words")
    assert Path("new").read_bytes() == b"words"
    assert os.stat("new").st_mode == os.stat("other").st_mode
    assert sorted(os.listdir()) == ["new", "other"]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_file_that_is_replaced_keeps_its_rights(mode: int) -> None:
    Path("a").write_bytes(b"old")
    os.chmod("a", mode)
    write_atomic("a", b"new")
    assert Path("a").read_bytes() == b"new"
    assert stat.S_IMODE(os.stat("a").st_mode) == mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_no_other_user_can_read_what_is_written_before_it_has_the_old_file_s_rights(
    mode: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its first moment, for who opens a file once may go on reading it."""
    Path("a").write_bytes(b"old")
    os.chmod("a", mode)
    seen = []

    def watch(name: str, step: Callable[..., Any]) -> None:
        def watched(*values: Any) -> Any:
            before = [stat.S_IMODE(os.stat(one).st_mode) for one in os.listdir() if one != "a"]
            result = step(*values)
            after = [stat.S_IMODE(os.stat(one).st_mode) for one in os.listdir() if one != "a"]
            seen.append((name, before, after))
            return result

        monkeypatch.setattr(os, name, watched)

    for name in ("open", "fsync", "replace"):
        watch(name, getattr(os, name))
    monkeypatch.setattr("converter.safe.files._sync_folder", lambda folder: None)
    write_atomic("a", b"new")
    assert seen == [("open", [], [0o600]), ("fsync", [0o600], [0o600]), ("replace", [mode], [])]


def test_a_link_stays_and_its_target_is_replaced() -> None:
    os.mkdir("folder")
    Path("folder/real").write_bytes(b"old")
    os.symlink("folder/real", "link")
    os.symlink("folder/none yet", "dangling")
    write_atomic("link", b"new")
    write_atomic("dangling", b"new")
    assert os.readlink("link") == "folder/real"
    assert os.readlink("dangling") == "folder/none yet"
    assert Path("folder/real").read_bytes() == Path("folder/none yet").read_bytes() == b"new"
    assert sorted(os.listdir()) == ["dangling", "folder", "link"]


def test_a_hard_link_is_cut_and_the_other_name_keeps_its_words() -> None:
    Path("a").write_bytes(b"old")
    os.link("a", "b")
    write_atomic("b", b"new")
    assert Path("a").read_bytes() == b"old"


def test_the_source_is_never_replaced() -> None:
    Path("source").write_bytes(b"old")
    os.symlink("source", "link")
    os.link("source", "hard")
    for path in ("source", "./source", "link", "hard"):
        for write in (lambda path: write_atomic(path, b"new", "source"), lambda path: check_target(path, "source")):
            with pytest.raises(UsageError, match="the script that is being read"):
                write(path)
    write_atomic("other", b"new", "source")
    write_atomic("other", b"newer", "missing source")
    assert Path("source").read_bytes() == b"old"


def test_what_cannot_be_written() -> None:
    os.mkdir("folder")
    Path("file").touch()
    os.symlink("loop", "loop")
    for path, words in [
        ("folder", "a folder"),
        ("missing/file", "no such file or folder"),
        ("file/inside", "not a folder"),
        ("nul\0", "no file can have this name"),
        ("\ud800", "no file can have this name"),
        ("x" * 300, "too long"),
        ("loop", "point to each other"),
        ("", "no such file or folder"),
    ]:
        with pytest.raises(OutputError, match=words) as caught:
            write_atomic(path, b"new")
        assert caught.value.path == path
    assert sorted(os.listdir()) == ["file", "folder", "loop"]


@posix
def test_pipes_and_devices_are_no_targets() -> None:
    os.mkfifo("pipe")
    for path in ("pipe", "/dev/null"):
        with pytest.raises(OutputError, match="not an ordinary file"):
            write_atomic(path, b"new")


@not_root
def test_no_permission_to_write() -> None:
    Path("a").write_bytes(b"old")
    os.chmod("a", 0o444)
    with pytest.raises(OutputError, match="write-protected"):
        write_atomic("a", b"new")
    os.chmod(".", 0o555)
    try:
        with pytest.raises(OutputError, match="no permission"):
            write_atomic("b", b"new")
    finally:
        os.chmod(".", 0o755)


def test_a_write_protected_target_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As anybody but root sees it."""
    Path("a").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(OutputError, match="write-protected"):
        write_atomic("a", b"new")
    assert Path("a").read_bytes() == b"old"


class Broken(io.RawIOBase):
    def __init__(self, error: OSError):
        self.error = error

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise self.error

    def write(self, data: object) -> int:
        raise self.error


def test_streams_that_break() -> None:
    broken = Broken(OSError(5, "Input/output error"))
    with pytest.raises(InputError, match="cannot be read"):
        files.read_stream(broken, DEFAULT_LIMITS, "standard input")  # type: ignore[arg-type]
    with pytest.raises(OutputError, match="cannot be written"):
        files.write_stream(broken, b"new", "standard output")  # type: ignore[arg-type]
    with pytest.raises(BrokenPipeError):
        files.write_stream(Broken(BrokenPipeError()), b"new", "standard output")  # type: ignore[arg-type]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_what_goes_to_standard_output_goes_at_once(tmp_path: Path) -> None:
    with open(tmp_path / "out", "wb") as stream:
        files.write_stream(stream, b"words", "standard output")
        assert (tmp_path / "out").read_bytes() == b"words"


def test_a_report_on_a_full_disk() -> None:
    with pytest.raises(OutputError, match="the disk is full"), files.writing_lines("/dev/full") as write:
        write("{}")


def test_what_breaks_beside_a_report_is_not_its_fault() -> None:
    with pytest.raises(BrokenPipeError), files.writing_lines("report") as write:
        write("{}")
        raise BrokenPipeError
    assert Path("report").read_text() == "{}\n"


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()])
def test_a_failure_at_any_step_leaves_the_old_file_alone(
    monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException
) -> None:
    Path("a").write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OutputError if isinstance(error, OSError) else type(error)):
        write_atomic("a", b"new")
    assert Path("a").read_bytes() == b"old"
    assert os.listdir() == ["a"]


def test_a_file_that_breaks_while_its_parts_are_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.BytesIO):
        def seek(self, *_: int) -> int:
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(InputError, match="^font.ttf: cannot be read: input/output error$") as caught:
        files.Parts(Broken(b"abc"), 3, "font.ttf").at(1, 1)
    assert caught.value.path == "font.ttf"
    assert files.Parts(io.BytesIO(b"abc"), 3, "font.ttf").at(1, 5) == b"bc"


def test_a_disk_that_is_full_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="cannot be written: the disk is full"):
        write_atomic("a", b"new")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOENT, "there is no such file or folder"),
        (errno.ENOTDIR, "a part of this path is not a folder"),
        (errno.EISDIR, "this is a folder, not a file"),
        (errno.EACCES, "there is no permission for it"),
        (errno.EPERM, "there is no permission for it"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EDQUOT, "the disk quota is used up"),
        (errno.EFBIG, "the file is larger than the system allows"),
        (errno.ENAMETOOLONG, "the name is too long for this disk"),
        (errno.ELOOP, "these links point to each other"),
        (errno.EIO, "input/output error"),
        (None, "the system gives no reason"),
    ],
)
def test_why_something_cannot_be_written_is_said(
    monkeypatch: pytest.MonkeyPatch, code: int | None, reason: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError() if code is None else OSError(code, os.strerror(code) + ".")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=f": cannot be written: {reason}$"):
        write_atomic("a", b"new")


def test_a_virus_scanner_that_holds_the_file_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where replacing fails while another program has the file open."""
    replace, tries = os.replace, []

    def held(source: str, target: str) -> None:
        tries.append(source)
        if len(tries) < 3:
            raise PermissionError(13, "Access is denied")
        replace(source, target)

    monkeypatch.setattr(files, "_REPLACE_TRIES", 5)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setattr(os, "replace", held)
    write_atomic("a", b"new")
    assert Path("a").read_bytes() == b"new"
    tries.clear()
    monkeypatch.setattr(files, "_REPLACE_TRIES", 2)
    with pytest.raises(OutputError, match="no permission"):
        write_atomic("a", b"newer")
    assert os.listdir() == ["a"]


def test_two_writers_leave_one_whole_result() -> None:
    texts = [bytes([number]) * 200_000 for number in range(8)]
    threads = [threading.Thread(target=write_atomic, args=("a", text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Path("a").read_bytes() in texts
    assert os.listdir() == ["a"]


def test_folders() -> None:
    make_folder("a/b")
    make_folder("a/b")
    Path("file").touch()
    for path in ("file", "file/inside", "nul\0", "x" * 300):
        with pytest.raises(OutputError):
            make_folder(path)


# ---------------------------------------------------------------- the system strikes

WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from converter.contract import ConverterError
from converter.safe.files import write_atomic
{before}
try:
    write_atomic("a", b"new" * 100_000)
except ConverterError as error:
    print(error)
    sys.exit(error.code)
"""


def writer(before: str = "", **how: object) -> list[str]:
    return [sys.executable, "-c", WRITER.format(before=before), str(ROOT)]


@posix
@pytest.mark.parametrize("limit", [0, 4096, 150_000])
def test_a_file_size_limit(limit: int) -> None:
    Path("a").write_bytes(b"old")
    before = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    ended = subprocess.run(writer(before), capture_output=True, check=False)
    assert ended.returncode == 5
    assert ended.stdout == b"a: cannot be written: the file is larger than the system allows\n"
    assert Path("a").read_bytes() == b"old"
    assert os.listdir() == ["a"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts disks")
def test_a_disk_of_one_megabyte() -> None:
    os.mkdir("disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", "disk"], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        write_atomic("disk/a", b"old" * 100_000)
        with pytest.raises(OutputError, match="cannot be written: the disk is full"):
            write_atomic("disk/a", b"new" * 300_000)
        assert Path("disk/a").read_bytes() == b"old" * 100_000
        assert os.listdir("disk") == ["a"]
        write_atomic("disk/a", b"new" * 100_000)
    finally:
        subprocess.run(["umount", "disk"], check=True)


@posix
@pytest.mark.parametrize("moment", ["write", "fsync", "chmod", "replace"])
def test_killed_in_the_middle(moment: str) -> None:
    """kill -9 just before each step: the old file stands, and at most a hidden one beside it."""
    Path("a").write_bytes(b"old")
    before = f"""
import os, signal
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
if {moment!r} == "write":
    opened = os.fdopen
    def fdopen(*arguments):
        file = opened(*arguments)
        class Half:
            def __enter__(self): return self
            def __exit__(self, *_): pass
            def write(self, data):
                file.write(data[: len(data) // 2]); file.flush(); die()
        return Half()
    os.fdopen = fdopen
else:
    setattr(os, {moment!r}, die)
"""
    ended = subprocess.run(writer(before), capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert Path("a").read_bytes() == b"old"
    assert all(name == "a" or name.startswith(".matchcut-") for name in os.listdir())


@posix
def test_killed_at_any_moment() -> None:
    """The file is the old or the whole new one, whenever the process dies."""
    script = WRITER.replace(
        'write_atomic("a", b"new" * 100_000)', "[write_atomic('a', bytes([n]) * 300_000) for n in range(9999)]"
    )
    for delay in range(20):
        Path("a").write_bytes(b"old" * 100_000)
        child = subprocess.Popen(
            [sys.executable, "-c", script.format(before="print(flush=True)"), str(ROOT)], stdout=subprocess.PIPE
        )
        assert child.stdout
        child.stdout.readline()
        time.sleep(0.0005 * delay)
        child.kill()
        child.wait()
        child.stdout.close()
        data = Path("a").read_bytes()
        assert data == b"old" * 100_000 or len(data) == 300_000 and len(set(data)) == 1


@posix
def test_a_new_name_outlives_a_power_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    monkeypatch.setattr(os, "fsync", lambda handle: kept.append(stat.S_ISDIR(os.fstat(handle).st_mode)))
    write_atomic("a", b"words")
    assert kept == [False, True]  # the file, then the folder that names it
