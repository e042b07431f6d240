"""Read HTML: what we write ourselves, and the pages of other programs. docs/formats/html.md has the rules."""

from __future__ import annotations

from converter.contract import DEFAULT_LIMITS, LimitError, Limits, Reader, Report, Source, ignore, option
from converter.readers.html import own
from converter.records import dataclass
from converter.recovery.manner import MANNER_HELP, Manner
from converter.tree import Screenplay


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    manner: Manner = option("auto", MANNER_HELP)
    encoding: str = option("", "the page's encoding, if it is neither UTF-8 nor what the page says")


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """NoTextError for a page without words."""
    limits.deadline().check()
    try:
        if own.is_own(source.data):
            return own.read(source.data, report, limits)
        from converter.readers.html import foreign  # loads recovery, which our own pages do not need

        return foreign.read(source.data, options.encoding or None, options.manner, report, limits)
    except RecursionError:
        raise LimitError("this script is nested too deeply") from None


READER = Reader("html", (), Options, read)
