"""The manners in which people mark who speaks: what readers offer as an option."""

from __future__ import annotations

from typing import Literal, TypeAlias

from converter.contract import Diagnostic, Kind, Report

Manner: TypeAlias = Literal["auto", "printed", "inline", "above", "dashes", "prose"]
MANNER_HELP = (
    "how it shows who speaks: printed (as a screenplay), inline (Anna: words), above (names over their words, in any "
    "case), dashes (- Words, without names), prose (nobody speaks)"
)
_READ_AS = {
    "inline": "This was read as a script with names and words on one line",
    "above": "This was read as a script with names on lines of their own, over their words",
    "dashes": "This was read as a script whose speeches begin with a dash, without names",
    "prose": "This was read as prose, in which nobody speaks",
}


def report_manner(manner: Manner, code: str, report: Report) -> None:
    """What hangs on one decision is said once."""
    if manner in _READ_AS:
        message = f"{_READ_AS[manner]}; the option manner says otherwise."
        report(Diagnostic(Kind.GUESS, code, message))
