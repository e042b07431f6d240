"""Read plain text: scripts from web pages and PDF viewers, pasted text, text that lost its lines."""

from __future__ import annotations

import re
from typing import Literal

from converter.contract import DEFAULT_LIMITS, Limits, Reader, Report, Source, UsageError, ignore, option
from converter.records import dataclass
from converter.recovery.manner import MANNER_HELP, Manner
from converter.recovery.text import Hints, recover_text
from converter.safe.decode import checked, decode
from converter.tree import Screenplay


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    kind: Literal["auto", "indented", "unindented", "contiguous", "flat"] = option(
        "auto",
        "what is left of the layout: indented (all), unindented (no columns), contiguous (only lines), flat (nothing)",
    )
    cast: str = option("", "names of characters, with commas between")
    page_header: str = option("", "a regular expression that fits the page headers, its first group the page number")
    manner: Manner = option("auto", MANNER_HELP)
    encoding: str = option("", "the file's encoding, if it is neither UTF-8 nor what its first bytes say")


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    text = decode(source.data, report, limits, options.encoding or None, form_feeds=True)
    return _read(text, options, report, limits)


def from_text(
    text: str, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """The screenplay that a text without element types seems to be. Doubts are GUESS diagnostics, worst first."""
    return _read(checked(text, report, limits, form_feeds=True), options, report, limits)


def _read(text: str, options: Options, report: Report, limits: Limits) -> Screenplay:
    screenplay = recover_text(text, _hints(options), report, limits)
    if len(screenplay.body) > limits.paragraphs:
        raise limits.passed("paragraphs", "this script has too many paragraphs")
    return screenplay


def _hints(options: Options) -> Hints:
    return Hints(
        damage=None if options.kind == "auto" else options.kind,
        cast=tuple(name.strip() for name in options.cast.split(",") if name.strip()),
        page_header=_pattern(options.page_header) if options.page_header else None,
        manner=options.manner,
    )


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise UsageError(f"page_header is not a regular expression: {error}") from None


READER = Reader("text", (), Options, read)
