"""What a plug-in must know: readers and writers, diagnostics, limits, errors."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from converter.records import dataclass, field
from converter.tree import Position, Screenplay

# ---------------------------------------------------------------- diagnostics


class Kind(Enum):
    WARNING = "warning"  # the source is broken
    GUESS = "guess"  # the source does not say, we inferred
    LOSS = "loss"  # the target cannot hold it


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing a person should know about a conversion. Codes are stable and listed in docs/diagnostics.md."""

    kind: Kind
    code: str  # "fountain.unclosed-note": the format that speaks, a dot, what happened
    message: str  # one sentence for a screenwriter
    at: Position | None = None


Report: TypeAlias = Callable[[Diagnostic], None]


def ignore(diagnostic: Diagnostic) -> None:
    """A report that nobody reads."""


# ---------------------------------------------------------------- errors


class Hint(NamedTuple):
    """What would help, as each kind of user says it."""

    in_python: str
    at_command_line: str


class ConverterError(ValueError):
    """There is no result. `code` is the exit code of the command line; see the table in docs/cli.md.

    `message` is a part of a sentence; `path` is the file that it is about and `where` the place in it, as far as they
    are known. `str` of an error has them all, and what would help.
    """

    code = 1

    def __init__(self, message: str, *, path: str | None = None, where: str | None = None, hint: Hint | None = None):
        super().__init__(message)
        self.message = message
        self.path = path
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return self.told(self.hint.in_python if self.hint else "")

    def told(self, hint: str) -> str:
        """The file, the message, the place and that hint in one line."""
        path = f"{self.path}: " if self.path else ""
        where = f" ({self.where})" if self.where else ""
        return f"{path}{self.message}{'; ' if hint else ''}{hint}{where}"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuilt, (type(self), self.message, self.path, self.where, self.hint))


def _rebuilt(
    kind: type[ConverterError], message: str, path: str | None, where: str | None, hint: Hint | None
) -> ConverterError:
    return kind(message, path=path, where=where, hint=hint)


class UsageError(ConverterError):
    """Asked for something that cannot be: an unknown option, a target that is the source."""

    code = 2


class UnknownFormat(UsageError):
    """No reader or writer of that name, or nothing that tells which one."""


class FormatError(ConverterError):
    """The input is not what it should be: damaged, another format, a document type in it."""

    code = 3


class EncryptedError(FormatError):
    """The input needs a password."""


class NoTextError(FormatError):
    """The input holds no text at all: pictures of pages need OCR first."""


class LimitError(ConverterError):
    """A limit was passed; the message says its value, the hint what raises it."""

    code = 4


class InputError(ConverterError, OSError):
    """The input file cannot be read: a folder, no permission. It is an OSError too, as Python's own would be."""

    code = 5

    @property
    def filename(self) -> str | None:
        return self.path


class MissingError(InputError, FileNotFoundError):
    """There is no such input file."""


class OutputError(ConverterError, OSError):
    """The output file cannot be written: no permission, disk full. It is an OSError too."""

    code = 5

    @property
    def filename(self) -> str | None:
        return self.path


class StrictError(ConverterError):
    """There was a diagnostic of a kind that `strict` does not accept; nothing was written.

    `convert` raises it; of many, it is the `error` of the Outcome, whose `diagnostics` say what there was.
    """

    code = 7


# ---------------------------------------------------------------- limits

MEGA = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one conversion may cost; docs/limits.md gives the reasons."""

    input_bytes: int = 50 * MEGA
    text_characters: int = 20 * MEGA
    zip_members: int = 2_000
    zip_member_bytes: int = 32 * MEGA
    zip_total_bytes: int = 64 * MEGA
    zip_ratio: int = 200
    zip_ratio_from_bytes: int = 8 * MEGA
    xml_depth: int = 256
    xml_elements: int = 2_000_000
    xml_attributes: int = 1_000
    pdf_pages: int = 5_000
    pdf_page_glyphs: int = 50_000
    pdf_stream_bytes: int = 16 * MEGA
    paragraphs: int = 500_000
    output_pages: int = 20_000
    nesting: int = 32
    diagnostics: int = 200
    message_characters: int = 400
    max_seconds: float = 120.0
    ends: float | None = None  # on the monotonic clock; no limit to choose, but what `running` notes

    def running(self) -> Limits:
        """The limits of a conversion that begins now, whose stages share the seconds."""
        if self.ends is not None:
            return self
        # dataclasses.replace would first learn the types of all fields, which costs a millisecond of each start
        values: dict[str, Any] = {name: getattr(self, name) for name in Limits.__slots__}
        return Limits(**values | {"ends": time.monotonic() + self.max_seconds})

    def seconds_left(self) -> float:
        return self.max_seconds if self.ends is None else max(0.0, self.ends - time.monotonic())

    def deadline(self) -> Deadline:
        return Deadline(self)

    def passed(self, name: str, what: str) -> LimitError:
        """The error to raise once the limit of that name is passed; `what` says it in the user's words."""
        return LimitError(f"{what}: the limit is {getattr(self, name):,}", hint=_more_of(name))


def _more_of(name: str) -> Hint:
    return Hint(f"Limits({name}=N) allows more", f"--limit {name.replace('_', '-')}=N allows more")


MORE_TIME = Hint("Limits(max_seconds=N) allows more", "--timeout allows more")


class Deadline:
    """The moment at which a conversion has taken too long; `check` it between pages and every 1,000 paragraphs."""

    __slots__ = ("_end", "_seconds")

    def __init__(self, limits: Limits):
        self._seconds = limits.max_seconds
        self._end = time.monotonic() + limits.seconds_left()

    def check(self) -> None:
        """Raises LimitError once the time is up."""
        if time.monotonic() > self._end:
            raise LimitError(f"this takes longer than {self._seconds:g} seconds", hint=MORE_TIME)


DEFAULT_LIMITS = Limits()


# ---------------------------------------------------------------- readers and writers


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read. The name is for messages and never opened."""

    name: str
    data: bytes


class Sniff(Enum):
    """Does this begin like a file of the format?"""

    NO = 0
    MAYBE = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Reader:
    """`read(source, options, report, limits)` returns a normal Screenplay or raises ConverterError.

    `options` is a frozen dataclass whose fields carry {"help": ...} as metadata; `sniff` looks at the first bytes.
    The suffixes and the `sniff` of our own formats stand in the table of converter.formats, which fills them in.
    """

    name: str
    suffixes: tuple[str, ...]
    options: type
    read: Callable[[Source, Any, Report, Limits], Screenplay]
    sniff: Callable[[bytes], Sniff] | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """`write(screenplay, options, report, limits)` returns the whole file.

    `fit(screenplay, options, report)` is the part of a tree that the format can hold, for formats that are also read;
    `write` writes it, and reports what it leaves out through it. A format that is only written leaves it out here: its
    `write` calls `converter.fitting.fit` with its own table. Our own formats give `()` for the suffixes, see Reader.
    """

    name: str
    suffixes: tuple[str, ...]
    options: type
    write: Callable[[Screenplay, Any, Report, Limits], bytes]
    fit: Callable[[Screenplay, Any, Report], Screenplay] | None = None


def option(default: Any, help: str) -> Any:
    """A field of an Options dataclass, standard or ours, with the sentence that `--help` and the docs print."""
    standard = sys.modules.get("dataclasses")  # not loaded for a field that only ours will see
    return (standard.field if standard else field)(default=default, metadata={"help": help})
