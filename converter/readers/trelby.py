"""Trelby's files: lines of text, with directives that begin with # and two marks before each line of the script."""

from __future__ import annotations

from collections.abc import Iterator

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.normal import normal
from converter.notation.flat import built
from converter.notation.numbers import number_of
from converter.notation.trelby import END, JOINS, elements_of, paras_of
from converter.notation.trelby.setup import TitleString, settled_title, setup_of, title_page_of, unescaped
from converter.records import dataclass, field
from converter.safe.decode import decode
from converter.tree import Position, Screenplay


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: a Trelby file says what it is."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    limits.deadline().check()
    lines = decode(source.data, report, limits).replace("\r\n", "\n").split("\n")
    if not lines[0].startswith("#Version"):
        raise FormatError("this is not a Trelby script: it does not begin with #Version")
    file = _File(report, limits)
    paras, notes = paras_of(elements_of(file.script(lines)))
    if not paras and not notes:
        report(Diagnostic(Kind.WARNING, "trelby.no-script", "There is no script in this file."))
    return normal(
        Screenplay(
            title_page=settled_title(title_page_of(file.strings)),
            body=(*built(paras), *notes),
            page_setup=setup_of(file.config),
        )
    )


READER = Reader("trelby", (), Options, read)

_TITLE_PARTS = 6  # before the words: x, y, size, flags, font, nothing


@dataclass(slots=True)
class _File:
    """What the directives say."""

    report: Report
    limits: Limits
    config: dict[str, str] = field(default_factory=dict)
    strings: list[TitleString] = field(default_factory=list)
    page: int = 0
    block: str = ""  # the part that a line is in

    def script(self, lines: list[str]) -> Iterator[tuple[int, str]]:
        """The lines of the script with their numbers; what else there is goes where it belongs."""
        deadline = self.limits.deadline()
        count, odd = 0, 0
        for number, line in enumerate(lines, start=1):
            if not number % 1000:
                deadline.check()
            if line.startswith("#"):
                self._directive(line)
            elif self.block:
                self._setting(line)
            elif line:
                count += 1
                if count > self.limits.paragraphs:
                    raise self.limits.passed("paragraphs", "there are too many lines in this script")
                is_odd = len(line) < 2 or line[0] not in JOINS and line[0] != END
                if is_odd and not odd:
                    message = "This line has no marks of Trelby's; it was taken for action."
                    self.report(Diagnostic(Kind.WARNING, "trelby.odd-line", message, Position(line=number)))
                odd += is_odd
                yield number, f"..{line}" if is_odd else line

    def _directive(self, line: str) -> None:
        name, _, value = line[1:].partition(" ")
        if name.startswith("Begin-"):
            self.block = name[6:]
        elif name.startswith("End-"):
            self.block = ""
        elif name == "Title-Page":
            self.page += 1
        elif name == "Title-String":
            self._title_string(value)

    def _setting(self, line: str) -> None:
        if self.block == "Config":
            name, _, value = line.partition(":")
            self.config[name] = value

    def _title_string(self, value: str) -> None:
        parts = value.split(",", _TITLE_PARTS)
        if len(parts) > _TITLE_PARTS:
            x, y = number_of(parts[0]) or 0.0, number_of(parts[1]) or 0.0
            self.strings.append(TitleString(self.page, x, y, parts[3], unescaped(parts[_TITLE_PARTS])))
