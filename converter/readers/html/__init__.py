"""Read HTML: so far what we write ourselves."""

from __future__ import annotations

from converter.contract import DEFAULT_LIMITS, FormatError, LimitError, Limits, Reader, Report, Source, ignore
from converter.readers.html import own
from converter.records import dataclass
from converter.tree import Screenplay


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    if own.is_own(source.data):
        try:
            return own.read(source.data, report, limits)
        except RecursionError:
            raise LimitError("this script is nested too deeply") from None
    raise FormatError(
        "this is a web page (HTML) that matchcut did not write; open it in a browser, copy the script and save it as a"
        " text file (.txt)"
    )


READER = Reader("html", (), Options, read)
