"""What every part of the reader needs: where to report, and the list of what the tree cannot hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from converter.contract import Diagnostic, Kind, Limits, Report
from converter.tree import Opaque, Position


@dataclass(slots=True)
class Context:
    source: int
    report: Report
    limits: Limits
    flattened: bool = False  # the tree has another shape than the file, so the file cannot be copied from
    _found: dict[tuple[str, bool], tuple[int, Position | None]] = field(default_factory=dict)

    def at(self, paragraph: int) -> Position:
        return Position(None, None, None, paragraph, self.source)

    def warn(self, code: str, message: str, at: Position | None = None) -> None:
        self.report(Diagnostic(Kind.WARNING, code, message, at))

    def unread(self, name: str, at: Position | None = None, *, quiet: bool = False, count: int = 1) -> None:
        """Note that only the origin holds this."""
        before, first = self._found.get((name, quiet), (0, at))
        self._found[name, quiet] = before + count, first

    def opaques(self) -> tuple[Opaque, ...]:
        return tuple(
            Opaque(format="fdx", name=name, count=count, quiet=quiet, at=at)
            for (name, quiet), (count, at) in sorted(self._found.items(), key=lambda item: item[0])
        )
