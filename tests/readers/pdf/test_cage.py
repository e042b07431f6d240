"""The process that reads a PDF is a cage: what takes it over reaches nothing, and it ends when it should."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from converter.contract import DEFAULT_LIMITS, LimitError, Source
from converter.readers.pdf import Options, child, isolate, read
from converter.readers.pdf.fonts import CODECS
from tests.readers.pdf.build import pdf, text

ROOT = Path(__file__).parent.parent.parent.parent
SCRIPT = pdf(text(108, 80, "INT. PIER - DAY") + text(108, 104, "Rain falls."))

ONLY_POSIX = pytest.mark.skipif(os.name != "posix", reason="limits of processes are POSIX's")
ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Landlock, seccomp and the parent's death are Linux's")

_IN_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from converter.readers.pdf import child; from converter.safe import cage; CODE; child.main()"
)


def make_child(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Children do this before they are shut in."""
    monkeypatch.setattr(isolate, "_START", _IN_CHILD.replace("CODE", code))
    monkeypatch.syspath_prepend(str(ROOT))


REACHES = "from tests.readers.pdf.reach import reach; child.answer = reach"


@pytest.fixture
def bait(tmp_path: Path) -> Iterator[bytes]:
    """A file that can be read, one that can be deleted, a port that listens."""
    (tmp_path / "canary").write_text("SECRET")
    (tmp_path / "prey").touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield json.dumps({"canary": str(tmp_path / "canary"), "port": server.getsockname()[1]}).encode()


def done(bait: bytes, *, but: str = "") -> set[str]:
    bait = json.dumps(json.loads(bait) | {"but": but}).encode()
    return set(isolate.extract_elsewhere(bait, DEFAULT_LIMITS)["done"])


def has(what: str) -> bool:
    """Does this kernel have it? Asked in a process that ends with it."""
    code = "import sys; from converter.safe.cage import lock; sys.exit(sys.argv[1] not in lock(10**9, 60))"
    return subprocess.run([sys.executable, "-c", code, what], cwd=ROOT, check=False).returncode == 0


@ONLY_LINUX
def test_what_took_the_process_over_reaches_nothing(monkeypatch: pytest.MonkeyPatch, bait: bytes) -> None:
    if not has("seccomp"):
        pytest.skip("this kernel has no seccomp")
    make_child(monkeypatch, REACHES)
    assert done(bait) == set()


@ONLY_LINUX
def test_landlock_alone_keeps_files_and_the_network_away(monkeypatch: pytest.MonkeyPatch, bait: bytes) -> None:
    if not has("landlock"):
        pytest.skip("this kernel has no Landlock")
    make_child(monkeypatch, f"{REACHES}; cage._seccomp = lambda libc: False; cage._limit = lambda *named: None")
    reached = done(bait)
    assert not reached & {"read", "write", "append", "list", "delete", "rename", "make a folder", "link", "read memory"}
    assert not reached & {"start", "spawn", "become"}


@ONLY_LINUX
def test_seccomp_alone_keeps_everything_away(monkeypatch: pytest.MonkeyPatch, bait: bytes) -> None:
    if not has("seccomp"):
        pytest.skip("this kernel has no seccomp")
    make_child(monkeypatch, f"{REACHES}; cage._landlock = lambda libc: False; cage._limit = lambda *named: None")
    assert done(bait) == set()


NEITHER = (
    "cage._libc = lambda: None",
    "cage._landlock = cage._seccomp = lambda libc: False",
    "sys.modules['ctypes'] = None",
    "cage._CALLS.clear(); cage._CREATE = 100_000",  # a processor and a kernel that know neither
    "sys.platform = 'darwin'",
)


@ONLY_POSIX
@pytest.mark.parametrize("missing", NEITHER)
def test_without_landlock_and_seccomp_a_pdf_is_read_the_same_and_nothing_can_be_opened(
    monkeypatch: pytest.MonkeyPatch, bait: bytes, missing: str
) -> None:
    make_child(monkeypatch, missing)
    assert read(Source("a.pdf", SCRIPT)) == read(Source("a.pdf", SCRIPT), Options(isolate=False))
    make_child(monkeypatch, f"{REACHES}; {missing}")
    opened = {"read", "write", "append", "list", "read memory", "connect", "listen", "send", "local socket"}
    assert not done(bait, but="become") & (opened | {"environment"})


@ONLY_POSIX
def test_the_child_has_limits_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {"CORE": 0, "FSIZE": 0, "CPU": 60, "NOFILE": 0, "NPROC": 0, "AS": 1_000_000_000}
    if sys.platform != "linux":
        del expected["AS"]  # macOS refuses it
    asked = (
        f"{{name: cage.resource.getrlimit(getattr(cage.resource, 'RLIMIT_' + name))[0] for name in {list(expected)}}}"
    )
    # Where seccomp is, it refuses to tell.
    make_child(monkeypatch, f"cage._seccomp = lambda libc: False; child.answer = lambda data, limits: {asked}")
    assert isolate.extract_elsewhere(b"", DEFAULT_LIMITS) == expected


def test_the_child_has_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/nowhere")  # with which Python itself may have to be started
    monkeypatch.setenv("TOKEN", "secret")
    make_child(monkeypatch, "import os; child.answer = lambda data, limits: {'has': sorted(os.environ)}")
    assert isolate.extract_elsewhere(b"", DEFAULT_LIMITS) == {"has": []}


# ---------------------------------------------------------------- what it can still do


def words(data: bytes, *, isolated: bool) -> Any:
    return read(Source("a.pdf", data), Options(isolate=isolated))


@pytest.mark.parametrize("codec", [codec for _, codec in CODECS])
def test_letters_of_every_character_set_are_known_in_the_cage(codec: str) -> None:
    name = next(part for part, known in CODECS if known == codec)
    font = f"<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/{name}-H/DescendantFonts[<</Subtype/CIDFontType0>>]>>"
    drawn = f"BT /K 12 Tf 108 700 Td <{'日本海'.encode(codec, 'ignore').hex()}> Tj ET\n"
    data = pdf(text(108, 80, "Rain.") + drawn, page=f"/Resources<</Font<</F 3 0 R/K {font}>>>>")
    assert words(data, isolated=True) == words(data, isolated=False)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_anybody_may_open_is_unlocked_in_the_cage(algorithm: str) -> None:
    if algorithm.startswith("AES"):
        pytest.importorskip("cryptography")
    writer = pypdf.PdfWriter(clone_from=BytesIO(SCRIPT))
    writer.encrypt("", "owner", algorithm=algorithm)
    writer.write(locked := BytesIO())
    assert words(locked.getvalue(), isolated=True) == words(SCRIPT, isolated=False)


def test_bookmarks_labels_and_pictures_in_the_text_are_read_in_the_cage() -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(text(108, 80, "Rain.") + "BI /W 1 /H 1 ID x EI\n" * 2)))
    writer.add_outline_item(title="海の家", page_number=0)
    writer.set_page_label(0, 0, "/r")
    writer.write(made := BytesIO())
    isolated = isolate.extract_elsewhere(made.getvalue(), DEFAULT_LIMITS)
    assert isolated["outline"] == ["海の家"]
    assert isolated == json.loads(json.dumps(child.answer(made.getvalue(), DEFAULT_LIMITS)))


@pytest.mark.parametrize("title", ["feff6d77", "fffe776d", "efbbbfe6b5b7", "006d0065", "6d006500", "6d65"])
def test_a_bookmark_in_any_spelling_of_its_letters_is_read_in_the_cage(title: str) -> None:
    objects = {60: b"<</First 61 0 R/Last 61 0 R>>", 61: f"<</Title<{title}>/Parent 60 0 R>>".encode()}
    data = pdf(text(108, 80, "Rain."), objects=objects).replace(b"/Pages 2 0 R", b"/Outlines 60 0 R/Pages 2 0 R")
    isolated = isolate.extract_elsewhere(data, DEFAULT_LIMITS)
    assert isolated["outline"] == child.answer(data, DEFAULT_LIMITS)["outline"] != []


# ---------------------------------------------------------------- how it ends


@ONLY_LINUX
def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    """Also with one that was killed, which can end nothing itself."""
    begun = tmp_path / "begun"
    notes = f"import os, time; open({str(begun)!r}, 'w').write(str(os.getpid()))"
    waits = f"{notes}; child.answer = lambda data, limits: time.sleep(600)"
    code = (
        "import sys; from converter.readers.pdf import isolate; from converter.contract import Limits; "
        "isolate._START = sys.argv[1]; isolate.extract_elsewhere(b'', Limits())"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, _IN_CHILD.replace("CODE", waits)], cwd=ROOT)
    number = _waited_for(lambda: begun.exists() and begun.read_text())
    _waited_for(lambda: "sleep" in Path(f"/proc/{number}/wchan").read_text() or _is_shut_in(number))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    _waited_for(lambda: not _lives(number))


def _is_shut_in(number: str) -> bool:
    return "NoNewPrivs:\t1" in Path(f"/proc/{number}/status").read_text()


def _lives(number: str) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    return False


def _waited_for(asked: Any) -> Any:
    end = time.monotonic() + 60
    while not (answer := asked()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return answer


def test_ctrl_c_ends_the_child_too(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def interrupted(process: subprocess.Popen[bytes], *_: object) -> bytes:
        started.append(process)
        raise KeyboardInterrupt

    make_child(monkeypatch, "import time; child.answer = lambda data, limits: time.sleep(600)")
    monkeypatch.setattr(isolate, "_exchanged", interrupted)
    with pytest.raises(KeyboardInterrupt):
        isolate.extract_elsewhere(b"", DEFAULT_LIMITS)
    assert started[0].wait(60) is not None


@ONLY_POSIX
def test_time_on_the_processor_has_a_message_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PROCESSOR_SHARE", 0.001)
    make_child(monkeypatch, "child.PROCESSOR_SHARE = 0.001; child.answer = lambda data, limits: max(iter(int, 1))")
    with pytest.raises(LimitError, match="the processor more than 1 seconds; .*max_seconds"):
        isolate.extract_elsewhere(b"", replace(DEFAULT_LIMITS, max_seconds=600.0))


def test_memory_that_is_used_up_has_a_message_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    make_child(monkeypatch, "child.answer = lambda data, limits: bytearray(2_000_000_000)")
    if sys.platform != "darwin":  # which refuses the limit
        with pytest.raises(LimitError, match="died, most likely for want of memory"):
            isolate.extract_elsewhere(b"", DEFAULT_LIMITS)


@pytest.mark.parametrize("said", ["nonsense", "[]", "[" * 100, "\\xff", ""])
def test_an_answer_that_is_none_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    make_child(monkeypatch, f"import os; os.write(1, b'{said}'); os._exit(0)")
    with pytest.raises(LimitError, match="the process that reads this PDF died"):
        isolate.extract_elsewhere(b"", DEFAULT_LIMITS)


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    make_child(monkeypatch, "import os; [os.write(1, bytes(4096)) for _ in iter(int, 1)]")
    with pytest.raises(LimitError, match="more than can be taken in"):
        isolate.extract_elsewhere(b"", replace(DEFAULT_LIMITS, text_characters=1000))


def test_a_child_that_listens_to_nothing_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    make_child(monkeypatch, "import time; time.sleep(600)")
    with pytest.raises(LimitError, match="longer than 0.5 seconds"):
        isolate.extract_elsewhere(b"x" * 1_000_000, replace(DEFAULT_LIMITS, max_seconds=0.5))
