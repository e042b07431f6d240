"""From a damaged text to a screenplay: the engine as readers use it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.contract import DEFAULT_LIMITS, Diagnostic, Kind, Limits, Report, ignore
from converter.records import dataclass
from converter.recovery.assemble import Unit, assemble
from converter.recovery.damage import Damage, detect
from converter.recovery.doubts import (
    NOT_A_SCREENPLAY,
    is_hardly_a_screenplay,
    report_doubts,
    report_headers,
    report_typed,
)
from converter.recovery.flat.script import FlatScript
from converter.recovery.lines.line_numbers import without_line_numbers
from converter.recovery.lines.rows import TypedText, are_paragraphs, rows_of_text
from converter.recovery.lines.script import MOST_ROWS, TypedScript
from converter.recovery.manner import Manner, report_manner
from converter.recovery.proof import prove
from converter.tree import Screenplay

_LOST = {
    "indented": "a typed page with its columns",
    "unindented": "lines without their columns",
    "contiguous": "lines without columns and blank lines",
    "flat": "text that lost its lines",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the user knows about the text."""

    damage: Damage | None = None
    cast: tuple[str, ...] = ()
    page_header: re.Pattern[str] | None = None
    manner: Manner = "auto"


def recover_text(
    text: str, hints: Hints = Hints(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """The screenplay that a text without element types holds. Every word of it is in the result, or an error."""
    text = without_line_numbers(text, report)
    damage = hints.damage or detect(text)
    if hints.damage is None and text.strip():
        message = f"This was read as {_LOST[damage]}; the option kind says otherwise."
        report(Diagnostic(Kind.GUESS, "text.kind", message))
    sheet = rows_of_text(text) if damage != "flat" else None
    if sheet is None or len(sheet.rows) > MOST_ROWS:
        return _recover_flat(text, hints, report, limits)
    return _recover_sheet(sheet, damage, hints, report, limits)


def _recover_flat(text: str, hints: Hints, report: Report, limits: Limits) -> Screenplay:
    flat = FlatScript(text, hints.cast, hints.page_header, limits.deadline())
    report_headers(flat.headers(), report)
    if flat.is_too_long:
        message = f"No script has {len(flat.words):,} words, so all was taken for action; divide it first."
        report(Diagnostic(Kind.GUESS, "text.too-long", message))
    elif is_hardly_a_screenplay(flat.units):
        _say_so(flat.units, report)
        flat.tell_as_action()
    else:
        report_doubts(flat.decisions(), flat.units, report, lines=False)
    screenplay, ledger = assemble(flat.units, flat.title, last_pages=flat.last_pages)
    prove(text, screenplay, ledger)
    return screenplay


def _recover_sheet(sheet: TypedText, damage: Damage, hints: Hints, report: Report, limits: Limits) -> Screenplay:
    deadline = limits.deadline()
    if damage != "indented" and are_paragraphs(sheet.rows):
        for row in sheet.rows:
            row.whole = True
    typed = TypedScript(sheet, damage, hints.cast, deadline, hints.manner)
    report_headers(typed.headers, report)
    report_manner(typed.manner, "text.manner", report)
    if typed.manner != "printed":
        report_typed(typed.units, report)
    elif is_hardly_a_screenplay(typed.units):
        _say_so(typed.units, report)
        typed.tell_as_action()
    else:
        report_doubts(typed.decisions(), typed.units, report, lines=True)
    deadline.check()
    screenplay, ledger = assemble(typed.units, typed.title, typed.dropped, typed.last_pages)
    deadline.check()
    prove(sheet.text, screenplay, ledger)
    return screenplay


def _say_so(units: Sequence[Unit], report: Report) -> None:
    if any(unit.text.strip() for unit in units):
        report(Diagnostic(Kind.GUESS, "text.not-a-screenplay", NOT_A_SCREENPLAY, units[0].at))
