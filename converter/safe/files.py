"""The only code that opens files. Outputs change at the last step, by a rename, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from typing import TYPE_CHECKING, BinaryIO

from converter.contract import ConverterError, InputError, LimitError, Limits, MissingError, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)  # Windows has the first, POSIX the second
_REPLACE_TRIES = 5 if os.name == "nt" else 1  # Windows refuses while a virus scanner or an indexer has the file open

_REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of this path is not a folder",
    errno.EISDIR: "this is a folder, not a file",
    errno.EACCES: "there is no permission for it",
    errno.EPERM: "there is no permission for it",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file is larger than the system allows",
    errno.ENAMETOOLONG: "the name is too long for this disk",
    errno.ELOOP: "these links point to each other",
}


def _reason(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError):
        return "no file can have this name"  # a NUL in it, or letters that the file system's encoding lacks
    return _REASONS.get(error.errno or 0) or (error.strerror or "the system gives no reason").rstrip(".").lower()


# ---------------------------------------------------------------- reading


def read_file(path: str | os.PathLike[str], limits: Limits) -> bytes:
    """The bytes of an ordinary file. InputError if there is none, LimitError if it is too large."""
    name = os.fspath(path)
    with _opened(name) as file:
        _ordinary_size(file, limits, name)
        return read_stream(file, limits, name)


def _opened(name: str) -> BinaryIO:
    # A pipe that nobody writes would block the opening for ever; O_NONBLOCK means nothing to ordinary files.
    flags = os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0)
    try:
        if os.path.isdir(name):
            raise IsADirectoryError(errno.EISDIR, "")
        return os.fdopen(os.open(name, flags), "rb")
    except (OSError, ValueError) as error:
        kind = MissingError if isinstance(error, FileNotFoundError) else InputError
        raise kind(f"cannot be read: {_reason(error)}", path=name) from None


def read_stream(stream: BinaryIO, limits: Limits, name: str) -> bytes:
    """All bytes of an open stream, standard input for one; `name` is for messages."""
    pieces = []
    size = 0
    try:
        while piece := stream.read(min(1 << 20, limits.input_bytes + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            if size > limits.input_bytes:
                raise _too_large(limits, name)
    except OSError as error:
        raise InputError(f"cannot be read: {_reason(error)}", path=name) from None
    return b"".join(pieces)


class Parts:
    """An ordinary file that is read piece by piece: a font of 20 MB has its names in a few hundred bytes."""

    def __init__(self, file: BinaryIO, size: int, name: str):
        self._file = file
        self.size = size
        self.name = name

    def at(self, offset: int, length: int) -> bytes:
        """The bytes from there on, fewer where the file ends."""
        try:
            self._file.seek(offset)
            return self._file.read(length)
        except (OSError, ValueError) as error:
            raise InputError(f"cannot be read: {_reason(error)}", path=self.name) from None


@contextlib.contextmanager
def parts_of(path: str, limits: Limits) -> Iterator[Parts]:
    """InputError if it is no ordinary file, LimitError if it is too large."""
    with _opened(path) as file:
        yield Parts(file, _ordinary_size(file, limits, path), path)


def _ordinary_size(file: BinaryIO, limits: Limits, name: str) -> int:
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise InputError("cannot be read: this is not an ordinary file; for a pipe use - and standard input", path=name)
    if status.st_size > limits.input_bytes:
        raise _too_large(limits, name)
    return status.st_size


def _too_large(limits: Limits, name: str) -> LimitError:
    error = limits.passed("input_bytes", "this file is too large (bytes)")
    error.path = name
    return error


# ---------------------------------------------------------------- writing


def write_atomic(path: str | os.PathLike[str], data: bytes, source: str | os.PathLike[str] | None = None) -> None:
    """Put the whole of `data` at the path, or leave what is there; `source` is the file that must not be replaced.

    A symbolic link stays and the file it names is replaced. OutputError if the system refuses, else UsageError.
    """
    name = os.fspath(path)
    try:
        target = _behind_links(name)
        _replace(target, data, _mode_of_old(target, name, source))
    except ConverterError:
        raise
    except (OSError, UnicodeError) as error:
        raise OutputError(f"cannot be written: {_reason(error)}", path=name) from None


def check_target(path: str | os.PathLike[str], source: str | os.PathLike[str] | None = None) -> None:
    """Raises at once what write_atomic would raise for what stands at the path: a folder, a device, the source."""
    name = os.fspath(path)
    try:
        _mode_of_old(_behind_links(name), name, source)
    except ConverterError:
        raise
    except (OSError, UnicodeError) as error:
        raise OutputError(f"cannot be written: {_reason(error)}", path=name) from None


def _behind_links(name: str) -> str:
    return os.path.realpath(name) if os.path.islink(name) else name


def _mode_of_old(target: str, name: str, source: str | os.PathLike[str] | None) -> int | None:
    """The permissions of the file that is there, None if there is none."""
    if "\0" in target:
        raise OutputError("cannot be written: no file can have this name", path=name)
    try:
        status = os.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise OutputError("cannot be written: this is a folder; name a file in it", path=name)
    if not stat.S_ISREG(status.st_mode):
        raise OutputError(
            "cannot be written: this is not an ordinary file; for a pipe use - and standard output", path=name
        )
    if source is not None and _same(source, target):
        raise UsageError("this is the script that is being read; give the result another name", path=name)
    if not os.access(target, os.W_OK):
        raise OutputError("cannot be written: the file there is write-protected", path=name)
    return stat.S_IMODE(status.st_mode)


def _same(source: str | os.PathLike[str], target: str) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return os.path.samefile(source, target)
    return False


def _replace(target: str, data: bytes, old_mode: int | None) -> None:
    folder = os.path.dirname(target) or os.curdir
    temporary = os.path.join(folder, f".matchcut-{os.urandom(8).hex()}.tmp")
    # Made with the rights of a new file, so that the umask applies; for a private old file only with the owner's.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666 if old_mode is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        if old_mode is not None:
            os.chmod(temporary, old_mode)
        _rename(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def _rename(temporary: str, target: str) -> None:
    for left in reversed(range(_REPLACE_TRIES)):
        try:
            os.replace(temporary, target)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(0.25)


def _sync_folder(folder: str) -> None:
    """So that the new name outlives a power cut, where the system can promise that."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folder(path: str) -> None:
    """The folder at the path, and those above it, where they are not there yet."""
    try:
        os.makedirs(path, exist_ok=True)
    except FileExistsError:
        raise OutputError("cannot be written to: this is a file, not a folder", path=path) from None
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot be made: {_reason(error)}", path=path) from None


@contextlib.contextmanager
def writing_lines(path: str, *, add: bool = False) -> Iterator[Callable[[str], None]]:
    """A new file at the path, or an old one's replacement, that has each line as soon as it is given.

    With `add` the lines go below those that are there.
    """
    try:
        file = open(path, "a" if add else "w", encoding="utf-8", newline="\n")  # noqa: SIM115  # it is closed below
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot be written: {_reason(error)}", path=path) from None

    def write(line: str) -> None:
        try:
            file.write(line + "\n")
            file.flush()
        except OSError as error:
            raise OutputError(f"cannot be written: {_reason(error)}", path=path) from None

    try:
        yield write
    finally:
        try:
            file.close()
        except OSError as error:  # it tries once more to write what could not be written
            raise OutputError(f"cannot be written: {_reason(error)}", path=path) from None


def write_stream(stream: BinaryIO, data: bytes, name: str) -> None:
    """Standard output. A reader that goes away is BrokenPipeError, all else OutputError."""
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"cannot be written: {_reason(error)}", path=name) from None
