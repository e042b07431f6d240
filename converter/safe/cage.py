"""Shuts this process in before it meets a stranger's file: what breaks out of a library finds nothing to reach.

`end_with_parent` comes first, then the imports, then `lock`, then the file. Landlock and seccomp are Linux's, and a
kernel or a container may have neither; what is not there is silently left out.
"""

from __future__ import annotations

import os
import struct
import sys
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

# prctl(2)
_DEATH_SIGNAL, _NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 1, 38, 22, 2


def end_with_parent() -> None:
    """Kill this process once the thread that started it is gone, where the kernel can (Linux)."""
    libc = _libc()
    if libc:
        import signal

        libc.prctl(_DEATH_SIGNAL, *_words(signal.SIGKILL, 0, 0, 0))


def lock(memory: int, seconds: int) -> frozenset[str]:
    """From now on: no file, folder, socket, program, process or signal; only the streams that are open, and so much.

    Import everything first. Gives the names of what the kernel had for it, which only tests ask.
    """
    libc = _libc()
    is_humble = libc is not None and libc.prctl(_NO_NEW_PRIVILEGES, *_words(1, 0, 0, 0)) == 0
    has_landlock = is_humble and _landlock(libc)
    for name, soft, hard in (
        ("RLIMIT_AS", memory, memory),
        ("RLIMIT_CPU", seconds, seconds + 1),  # SIGXCPU at the first, which tells the parent why; SIGKILL at the second
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_NOFILE", 0, 0),  # no file or socket can be opened any more
        ("RLIMIT_NPROC", 0, 0),  # root, whom this does not bind, has seccomp
    ):
        _limit(name, soft, hard)
    has_seccomp = is_humble and _seccomp(libc)
    return frozenset(name for name, has in (("landlock", has_landlock), ("seccomp", has_seccomp)) if has)


def _limit(name: str, soft: int, hard: int) -> None:
    """Where the system knows it: Windows has none of them, macOS refuses the one on memory."""
    try:
        what = getattr(resource, name)
        most = resource.getrlimit(what)[1]
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(what, (soft, hard))
    except (AttributeError, ValueError, OSError):
        pass  # the others still hold


def _libc() -> Any:
    """The C library, None where it is not Linux's or cannot be called."""
    if sys.platform != "linux":
        return None
    try:
        import ctypes  # 2 ms, and some small builds of Python have none

        return ctypes.CDLL(None, use_errno=True)
    except (ImportError, OSError):
        return None


def _words(*numbers: int) -> list[Any]:
    """Arguments as wide as a register, which functions with any number of arguments are not given by themselves."""
    import ctypes

    return [ctypes.c_ulong(number) for number in numbers]


# ---------------------------------------------------------------- Landlock

# include/uapi/linux/landlock.h; the numbers of its calls are the same on all processors
_CREATE, _RESTRICT = 444, 446
_VERSION = 1  # the flag that asks which it is
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # on files, as bits from the first; each version knows more
_NETWORK = 0b11  # bind and connect, from version 4
_SCOPES = 0b11  # abstract sockets and signals of others, from version 6


def _landlock(libc: Any) -> bool:
    """Take all rights on files, on TCP and on other processes away."""
    version = libc.syscall(_CREATE, None, *_words(0, _VERSION))
    if version < 1:
        return False
    files = (1 << _RIGHTS[min(version, 5)]) - 1
    rules = struct.pack("=QQQ", files, _NETWORK if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    handle = libc.syscall(_CREATE, rules, *_words(size, 0))
    if handle < 0:
        return False
    try:
        return bool(libc.syscall(_RESTRICT, *_words(handle, 0)) == 0)
    finally:
        os.close(handle)


# ---------------------------------------------------------------- seccomp

_X86_64 = (
    0, 1, 3, 5, 8, 19, 20,  # read write close fstat lseek readv writev
    9, 10, 11, 12, 25, 28,  # mmap mprotect munmap brk mremap madvise
    13, 14, 15, 131,  # rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack
    24, 35, 202, 219, 273, 324, 334,  # sched_yield nanosleep futex restart_syscall set_robust_list membarrier rseq
    228, 229, 230,  # clock_gettime clock_getres clock_nanosleep
    39, 96, 98, 186, 201, 318,  # getpid gettimeofday getrusage gettid time getrandom
    60, 231,  # exit exit_group
)  # fmt: skip
_GENERIC = (  # the same, but for time, which it lacks
    63, 64, 57, 80, 62, 65, 66,
    222, 226, 215, 214, 216, 233,
    134, 135, 139, 132,
    124, 101, 98, 128, 99, 283, 293,
    113, 114, 115,
    172, 169, 165, 178, 278,
    93, 94,
)  # fmt: skip
# By processor: its number in linux/audit.h and the numbers of the calls, as asm/unistd.h has them. They compute, read
# and write what is open and end the process; none opens, starts, connects, signals or asks for a path.
_CALLS = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _GENERIC)}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # ... with EPERM, so that a library that asks goes on without
_PROCESSOR_AT, _CALL_AT = 4, 0  # in struct seccomp_data


def _seccomp(libc: Any) -> bool:
    """Refuse every call of the system that is not in the list."""
    processor, calls = _CALLS.get(os.uname().machine, (0, ()))
    if not calls or sys.maxsize < 1 << 32:  # a Python of 32 bits has other numbers
        return False
    steps = [(_LOAD, 0, 0, _PROCESSOR_AT), (_EQUAL, 1, 0, processor), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, _CALL_AT)]
    steps += [(_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    return bool(libc.prctl(_SECCOMP, *_words(_FILTER), _program(steps), *_words(0, 0)) == 0)


def _program(steps: list[tuple[int, int, int, int]]) -> Any:
    """A struct sock_fprog of linux/filter.h."""
    import ctypes

    code = b"".join(struct.pack("=HBBI", *step) for step in steps)

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))

    return ctypes.byref(Program(len(steps), code))
