"""What every part of the reader needs: which file it is, where to report, what may be spent."""

from __future__ import annotations

from converter.contract import Diagnostic, Kind, Limits, Report
from converter.records import dataclass
from converter.tree import Position


@dataclass(slots=True)
class Context:
    source: int
    report: Report
    limits: Limits
    flattened: bool = False  # the tree has another shape than the file, so the file cannot be copied from

    def at(self, paragraph: int) -> Position:
        return Position(None, None, None, paragraph, self.source)

    def warn(self, code: str, message: str, at: Position | None = None) -> None:
        self.report(Diagnostic(Kind.WARNING, code, message, at))
