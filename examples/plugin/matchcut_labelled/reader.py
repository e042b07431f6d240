"""From bytes to a screenplay."""

from __future__ import annotations

from dataclasses import dataclass

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    Kind,
    Limits,
    Reader,
    Report,
    Sniff,
    Source,
    ignore,
    option,
)
from converter.normal import normal
from converter.safe.decode import decode
from converter.tree import (
    Action,
    Character,
    Dialogue,
    Element,
    Parenthetical,
    Part,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Text,
    Transition,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    encoding: str = option("", "how the file stores its letters, where it does not say so itself")


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    deadline = limits.deadline()
    lines = decode(source.data, report, limits, options.encoding or None).splitlines()
    if len(lines) > limits.paragraphs:
        raise limits.passed("paragraphs", "this has too many lines")
    body: list[Element] = []
    for number, line in enumerate(lines, start=1):
        if number % 1000 == 0:
            deadline.check()
        if line.strip():
            _add(body, line, Position(line=number), report)
    return normal(Screenplay(body=tuple(body)))


def _add(body: list[Element], line: str, at: Position, report: Report) -> None:
    label, _, rest = line.partition(":")
    text = _text(rest.strip())
    match label.strip().lower():
        case "scene":
            body.append(SceneHeading(text=text, at=at))
        case "action":
            body.append(Action(text=text, at=at))
        case "transition":
            body.append(Transition(text=text, at=at))
        case "cue":
            body.append(Speech(cue=Character(text=text, at=at), parts=()))
        case "aside":
            _say(body, Parenthetical(text=text, at=at))
        case "line":
            _say(body, Dialogue(text=text, at=at))
        case _:
            message = "This line has no label of the format, so it was read as action."
            report(Diagnostic(Kind.WARNING, "labelled.no-label", message, at))
            body.append(Action(text=_text(line.strip()), at=at))


def _text(words: str) -> Text:
    return (Run(text=words),) if words else ()


def _say(body: list[Element], part: Part) -> None:
    """Adds to the speech that is being made; without a cue, one begins."""
    last = body[-1] if body else None
    if isinstance(last, Speech):
        body[-1] = Speech(cue=last.cue, parts=(*last.parts, part))
    else:
        body.append(Speech(cue=None, parts=(part,)))


def sniff(data: bytes) -> Sniff:
    return Sniff.SURE if data.lstrip().startswith((b"scene:", b"action:")) else Sniff.NO


READER = Reader("labelled", (".labelled",), Options, read, sniff)
