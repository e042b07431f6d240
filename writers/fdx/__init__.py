"""A screenplay into Final Draft's FDX.

What came from an FDX file is written into that file: whatever nobody changed keeps its bytes. Any other tree makes a
new file as Final Draft 12 would write it.
"""

from __future__ import annotations

from dataclasses import dataclass

from converter.contract import DEFAULT_LIMITS, Limits, Report, UsageError, Writer, ignore, option
from converter.tree import Screenplay
from writers.fdx.document import document
from writers.fdx.fitting import fitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    version: int = option(5, "Final Draft's file version: 4 for Final Draft 11, 5 for 12, 6 for 13")


_VERSIONS = (4, 5, 6)


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    version = _version(options)
    tree, table = fitted(screenplay, version, report)
    return document(tree, table, version)


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    tree, _ = fitted(screenplay, _version(options), report)
    return tree


def _version(options: Options) -> int:
    if options.version not in _VERSIONS:
        raise UsageError(f"FDX has no version {options.version} that can be written; choose 4, 5 or 6")
    return options.version


WRITER = Writer("fdx", (".fdx",), Options, write, fit)
