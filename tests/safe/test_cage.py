"""What shuts a process in, piece by piece: the calls of the system are only written down here, so that any system does.

tests/readers/pdf/test_cage.py tries the cage itself.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from converter.safe import cage


class Libc:
    """Writes down what it is asked. `answers` gives what a call of this number returns, else 0."""

    def __init__(self, **answers: int):
        self.answers = answers
        self.asked: list[tuple[Any, ...]] = []

    def prctl(self, *words: Any) -> int:
        self.asked.append(("prctl", *map(_plain, words)))
        return self.answers.get(f"prctl_{words[0] if isinstance(words[0], int) else words[0].value}", 0)

    def syscall(self, *words: Any) -> int:
        self.asked.append(("syscall", *map(_plain, words)))
        asks_version = words[0] == 444 and words[1] is None
        return self.answers.get("version" if asks_version else f"call_{words[0]}", 0)


def _plain(word: Any) -> Any:
    if isinstance(word, ctypes.c_ulong):
        return ("wide", word.value)
    return word


def wide(*numbers: int) -> tuple[tuple[str, int], ...]:
    return tuple(("wide", number) for number in numbers)


# ---------------------------------------------------------------- the whole


def test_a_process_ends_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    libc = Libc()
    monkeypatch.setattr(cage, "_libc", lambda: libc)
    cage.end_with_parent()
    assert libc.asked == [("prctl", 1, *wide(signal.SIGKILL, 0, 0, 0))]
    monkeypatch.setattr(cage, "_libc", lambda: None)
    cage.end_with_parent()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's C library")
def test_linux_has_a_c_library() -> None:
    assert cage._libc().getpid() == os.getpid()


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_are_not_asked(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert cage._libc() is None


@pytest.mark.parametrize(
    ("humble", "landlock", "seccomp", "found"),
    [(0, True, True, {"landlock", "seccomp"}), (0, True, False, {"landlock"}), (0, False, True, {"seccomp"})]
    + [(-1, True, True, set())],
)
def test_all_is_taken_away_in_order(
    humble: int, landlock: bool, seccomp: bool, found: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    libc, order = Libc(prctl_38=humble), list[Any]()
    monkeypatch.setattr(cage, "_libc", lambda: libc)
    monkeypatch.setattr(cage, "_landlock", lambda libc: order.append("landlock") or landlock)
    monkeypatch.setattr(cage, "_seccomp", lambda libc: order.append("seccomp") or seccomp)
    monkeypatch.setattr(cage, "_limit", lambda *named: order.append(named))
    assert cage.lock(1000, 60) == found
    assert libc.asked == [("prctl", 38, *wide(1, 0, 0, 0))]
    limits: list[Any] = [
        ("RLIMIT_AS", 1000, 1000),
        ("RLIMIT_CPU", 60, 61),
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_NOFILE", 0, 0),
        ("RLIMIT_NPROC", 0, 0),
    ]
    assert order == (limits if humble else ["landlock", *limits, "seccomp"])


def test_without_a_c_library_the_limits_alone_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    order = list[Any]()
    monkeypatch.setattr(cage, "_libc", lambda: None)
    monkeypatch.setattr(cage, "_limit", lambda *named: order.append(named))
    assert cage.lock(1000, 60) == frozenset()
    assert len(order) == 6


# ---------------------------------------------------------------- limits


class Resource:
    RLIM_INFINITY, RLIMIT_AS = -1, 9

    def __init__(self, most: int):
        self.most = most
        self.set: list[Any] = []

    def getrlimit(self, what: int) -> tuple[int, int]:
        return 5, self.most

    def setrlimit(self, what: int, values: tuple[int, int]) -> None:
        self.set.append((what, values))


@pytest.mark.parametrize(("most", "values"), [(-1, (60, 61)), (100, (60, 61)), (60, (60, 60)), (50, (50, 50))])
def test_a_limit_is_never_raised(most: int, values: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Resource(most)
    monkeypatch.setattr(cage, "resource", fake)
    cage._limit("RLIMIT_AS", 60, 61)
    assert fake.set == [(9, values)]
    cage._limit("RLIMIT_OTHER", 60, 61)  # which this system does not know
    assert len(fake.set) == 1


@pytest.mark.parametrize("error", [ValueError, OSError])
def test_a_limit_that_the_system_refuses_is_left(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(cage, "resource", SimpleNamespace(RLIM_INFINITY=-1, RLIMIT_AS=9, getrlimit=refuse))
    cage._limit("RLIMIT_AS", 60, 61)
    monkeypatch.setattr(cage, "resource", None)
    cage._limit("RLIMIT_AS", 60, 61)


# ---------------------------------------------------------------- Landlock

FILES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16, 6: 16, 7: 16}


@pytest.mark.parametrize("version", FILES)
def test_each_version_of_landlock_takes_away_what_it_knows(version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    libc, closed = Libc(version=version, call_444=7, call_446=0), list[int]()
    monkeypatch.setattr(os, "close", closed.append)
    assert cage._landlock(libc) is True
    monkeypatch.undo()
    assert closed == [7]
    asked, made, restricted = libc.asked
    assert asked == ("syscall", 444, None, *wide(0, 1))
    rules, sizes = made[2], made[3:]
    size = 8 if version < 4 else 16 if version < 6 else 24
    assert sizes == wide(size, 0)
    expected = (2 ** FILES[version] - 1, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    assert struct.unpack("=QQQ", rules) == expected
    assert restricted == ("syscall", 446, *wide(7, 0))


@pytest.mark.parametrize(
    ("answers", "calls", "closes"),
    [({"version": 0}, 1, []), ({"version": -1}, 1, []), ({"version": 1, "call_444": -1}, 2, [])]
    + [({"version": 1, "call_444": 0, "call_446": -1}, 3, [0])],
)
def test_a_kernel_without_landlock_says_so(
    answers: dict[str, int], calls: int, closes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    libc, closed = Libc(**answers), list[int]()
    monkeypatch.setattr(os, "close", closed.append)
    assert cage._landlock(libc) is False
    monkeypatch.undo()
    assert (len(libc.asked), closed) == (calls, closes)


# ---------------------------------------------------------------- seccomp

# What asm/unistd.h calls them, with their numbers on x86-64 and on ARM of 64 bits.
ALLOWED = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62), "readv": (19, 65),
    "writev": (20, 66), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "mremap": (25, 216), "madvise": (28, 233), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "sigaltstack": (131, 132), "sched_yield": (24, 124), "nanosleep": (35, 101),
    "futex": (202, 98), "restart_syscall": (219, 128), "set_robust_list": (273, 99), "membarrier": (324, 283),
    "rseq": (334, 293), "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115),
    "getpid": (39, 172), "gettimeofday": (96, 169), "getrusage": (98, 165), "gettid": (186, 178), "time": (201, None),
    "getrandom": (318, 278), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
X86, ARM = 0xC000003E, 0xC00000B7


def program(machine: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int, int]]:
    """The filter that the kernel is given on this processor."""
    libc, programs = Libc(), list[Any]()
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine=machine), raising=False)
    monkeypatch.setattr(cage, "_program", lambda steps: programs.append(steps) or "the program")
    assert cage._seccomp(libc) is True
    assert libc.asked == [("prctl", 22, *wide(2), "the program", *wide(0, 0))]
    (steps,) = programs
    return steps  # type: ignore[no-any-return]


def verdict(steps: list[tuple[int, int, int, int]], processor: int, call: int) -> int:
    """What the kernel's machine makes of a call: it loads a word, skips steps where it equals, or returns."""
    loaded = place = 0
    while True:
        code, equal, other, value = steps[place]
        place += 1
        match code:
            case 0x20:
                loaded = {0: call, 4: processor}[value]
            case 0x15:
                place += equal if loaded == value else other
            case 0x06:
                return value
            case _:
                raise AssertionError(f"unknown step {code}")


@pytest.mark.parametrize(("machine", "processor", "which"), [("x86_64", X86, 0), ("aarch64", ARM, 1)])
def test_the_filter_lets_through_what_computes_and_ends(
    machine: str, processor: int, which: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = program(machine, monkeypatch)
    calls = {numbers[which] for numbers in ALLOWED.values()}
    for call in range(500):
        assert verdict(steps, processor, call) == (0x7FFF0000 if call in calls else 0x00050001)
    other = ARM if processor == X86 else X86
    assert {verdict(steps, other, call) for call in range(500)} == {0x00050001}
    assert all(code in (0x15, 0x06, 0x20) and max(equal, other) < 256 for code, equal, other, _ in steps)
    assert {other for _, _, other, _ in steps} == {0}
    assert {equal for code, equal, _, _ in steps if code != 0x15} == {0}


@pytest.mark.parametrize(("machine", "largest"), [("riscv64", 2**63 - 1), ("x86_64", 2**31 - 1)])
def test_an_unknown_processor_and_a_small_python_have_no_filter(
    machine: str, largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    libc = Libc()
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine=machine), raising=False)
    monkeypatch.setattr(sys, "maxsize", largest)
    assert cage._seccomp(libc) is False
    assert libc.asked == []


def test_a_kernel_that_takes_no_filter_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine="x86_64"), raising=False)
    assert cage._seccomp(Libc(prctl_22=-1)) is False


def test_a_program_is_as_the_kernel_reads_it() -> None:
    reference = cage._program([(0x15, 1, 2, 0xC000003E), (0x06, 0, 0, 0x7FFF0000)])
    found = reference._obj
    assert found.length == 2
    code = ctypes.string_at(_pointer(found), 16)
    assert code == struct.pack("=HBBIHBBI", 0x15, 1, 2, 0xC000003E, 0x06, 0, 0, 0x7FFF0000)


def _pointer(found: Any) -> int:
    """Where the second field points; reading it as a string would stop at the first NUL."""
    address = ctypes.addressof(found) + type(found).code.offset
    pointer = ctypes.c_void_p.from_address(address).value
    assert pointer
    return pointer
