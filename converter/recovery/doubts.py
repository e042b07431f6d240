"""What a person should look at: decisions that were close, and results that are unlikely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from converter.contract import Diagnostic, Kind, Report
from converter.records import dataclass
from converter.recovery.assemble import Unit
from converter.recovery.decoder import roles
from converter.recovery.decoder.roles import CUE, HEADING
from converter.terms import CONTINUED, HEADING_INTRO, has_lower, has_upper, split_cue
from converter.tree import NewAct, Position, SceneHeading

# A decision with a smaller lead over the next best is reported: forty to seventy places in a flat draft of 24,000 words
# that the weights had not seen, more than half of those looked at wrong; five to ten in a typed script.
SMALLEST_LEAD = 20.0
LONGEST_SPEECH_WORDS = 80
SHOWN_CHARACTERS = 60
NOT_A_SCREENPLAY = "This hardly looks like a screenplay, so all of it was taken for action."
WORDS_PER_SIGN = 2_000
CUES_PER_THOUSAND = 15

_NAMES = ("a scene number", "a scene heading", "action", "a cue", "a parenthetical", "dialogue", "a transition")


@dataclass(frozen=True, slots=True)
class Decision:
    """One piece or row: what it was taken for, what else it might be, and how far that is behind."""

    at: Position
    text: str
    role: int
    runner_up: int
    lead: float


def report_doubts(decisions: Iterable[Decision], units: Sequence[Unit], report: Report, *, lines: bool) -> None:
    """The closest decisions first, then what is unlikely as a whole. `lines`: a cue stands on a line of its own."""
    close = [one for one in decisions if one.lead < SMALLEST_LEAD and one.runner_up >= 0]
    for one in sorted(close, key=lambda one: one.lead):
        message = f"Took {_shown(one.text)} for {_NAMES[one.role]}; it may be {_NAMES[one.runner_up]}."
        report(Diagnostic(Kind.GUESS, "text.doubtful", message, one.at))
    for diagnostic in _unlikely(units):
        if not (lines and diagnostic.code == "text.single-cue"):
            report(diagnostic)


def report_typed(units: Sequence[Unit], report: Report) -> None:
    """Of a script whose names are known because they come back: the names that do not."""
    cues = Counter(_name(unit) for unit in units if unit.role == CUE)
    for unit in units:
        if unit.role == CUE and cues[_name(unit)] == 1 and not unit.text[:2].strip("[(").isdigit():
            message = f"{_name(unit)} speaks only once; it may not be a cue."
            report(_guess("text.single-cue", message, unit))


def report_headers(headers: Sequence[tuple[str, Position]], report: Report) -> None:
    """Words that only the pages had, and that are left out: the first of them, and how many."""
    if headers:
        text, at = headers[0]
        more = f" and {len(headers) - 1} more like it" if len(headers) > 1 else ""
        message = f"Took {_shown(text)}{more} for page headers; the numbers stay, the words are left out."
        report(Diagnostic(Kind.GUESS, "text.page-header", message, at))


def _shown(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > SHOWN_CHARACTERS:
        text = text[:SHOWN_CHARACTERS].rpartition(" ")[0] + " ..."
    return f"“{_printable(text)}”"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)


def _unlikely(units: Sequence[Unit]) -> Iterable[Diagnostic]:
    cues = Counter(_name(unit) for unit in units if unit.role == CUE)
    speaker: str | None = None
    number = 0
    for place, unit in enumerate(units):
        match unit.role:
            case roles.CUE:
                following = units[place + 1] if place + 1 < len(units) else None
                yield from _unlikely_cue(unit, following, cues, speaker)
                speaker = _name(unit)
            case roles.DIALOGUE:
                count = unit.text.count(" ") + 1
                if count > LONGEST_SPEECH_WORDS:
                    message = f"This speech has {count} words; action may be hidden in it."
                    yield _guess("text.long-speech", message, unit)
            case roles.HEADING | roles.ACTION | roles.TRANSITION:
                speaker = None
            case _:
                pass
        value = int("".join(filter(str.isdecimal, unit.number))[:6] or "0") if unit.number else number
        if value < number:
            yield _guess("text.number-order", f"Scene number {unit.number} stands behind {number}.", unit)
        number = max(number, value)


def _unlikely_cue(unit: Unit, following: Unit | None, cues: Counter[str], speaker: str | None) -> Iterable[Diagnostic]:
    name = _name(unit)
    if following is not None and following.role == CUE and unit.side == 0:
        message = f"No words stand between the cues {name} and {_name(following)}."
        yield _guess("text.two-cues", message, unit)
    elif cues[name] == 1:
        yield _guess("text.single-cue", f"{name} speaks only once; it may not be a cue.", unit)
    elif name == speaker and not CONTINUED.search(unit.text) and unit.side == 0:
        yield _guess("text.speaks-twice", f"{name} speaks twice in a row; a cue may be missing between.", unit)


def _name(unit: Unit) -> str:
    return _printable(split_cue(unit.text).name[:SHOWN_CHARACTERS])


def _guess(code: str, message: str, unit: Unit) -> Diagnostic:
    return Diagnostic(Kind.GUESS, code, message, unit.at)


# ---------------------------------------------------------------- is it a screenplay at all?


def is_hardly_a_screenplay(units: Sequence[Unit], *, caseless: bool = False) -> bool:
    """Prose and other texts: next to no scene heading or (CONT'D), and few that speak. `caseless`: no capitals tell."""
    words = sum(unit.text.count(" ") + 1 for unit in units)
    signs = sum(_is_sign(unit) for unit in units)
    cues = sum(unit.role == CUE for unit in units)
    if not signs and not _names_somebody(units, caseless):
        return True
    return signs * WORDS_PER_SIGN < words and cues * 1000 < words * CUES_PER_THOUSAND


def _names_somebody(units: Sequence[Unit], caseless: bool) -> bool:
    """A cue in capitals, or one that comes back; or an act or a scene by its words."""
    names = Counter(_name(unit) for unit in units if unit.role == CUE)
    if any(unit.made in (SceneHeading, NewAct) for unit in units):
        return True
    return any(count > 1 or not caseless and has_upper(name) and not has_lower(name) for name, count in names.items())


def _is_sign(unit: Unit) -> bool:
    if unit.role == HEADING:
        return HEADING_INTRO.match(unit.text) is not None
    return unit.role == CUE and "(" in unit.text
