"""From a screenplay to bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from converter.contract import DEFAULT_LIMITS, Diagnostic, Kind, Limits, Report, Writer, ignore, option
from converter.normal import normal
from converter.tree import (
    Action,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    Paragraph,
    Parenthetical,
    Part,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Transition,
    words,
)

LABELS: dict[type[Paragraph], str] = {
    SceneHeading: "scene",
    Action: "action",
    Transition: "transition",
    Character: "cue",
    Parenthetical: "aside",
    Dialogue: "line",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    blank_lines: bool = option(True, "an empty line before each scene heading")


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    deadline = limits.deadline()
    screenplay = normal(screenplay)
    if screenplay != Screenplay(body=screenplay.body):
        _lose(
            report,
            "labelled.only-the-script",
            "The title page, the styles and all that is set for pages were left out.",
        )
    lines: list[str] = []
    for number, element in enumerate(screenplay.body):
        if number % 1000 == 0:
            deadline.check()
        if options.blank_lines and lines and isinstance(element, SceneHeading):
            lines.append("")
        lines += _lines(element, report)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _lines(element: Element, report: Report) -> Iterator[str]:
    match element:
        case Speech(cue=cue, parts=parts):
            for part in (cue, *parts) if cue else parts:
                yield from _line(part, report)
        case DualDialogue(left=left, right=right):
            _lose(report, "labelled.no-pairs", "Two speeches side by side were written one after the other.")
            yield from _lines(left, report)
            yield from _lines(right, report)
        case _:
            yield from _line(element, report)


def _line(element: Element | Part | Character, report: Report) -> Iterator[str]:
    if not isinstance(element, Paragraph):
        _lose(report, "labelled.left-out", f"There is no label for {type(element).__name__}, so it was left out.")
        return
    kind: type[Paragraph] = type(element)
    if kind not in LABELS:
        _lose(
            report, "labelled.became-action", f"There is no label for {kind.__name__}, so it became action.", element.at
        )
    printed = " ".join(words(element.text).split())
    if kind in LABELS and element != kind(text=(Run(text=printed),) if printed else ()):
        _lose(report, "labelled.only-words", "Of this paragraph only the words were kept.", element.at)
    yield f"{LABELS.get(kind, 'action')}: {printed}"


def _lose(report: Report, code: str, message: str, at: Position | None = None) -> None:
    report(Diagnostic(Kind.LOSS, code, message, at))


WRITER = Writer("labelled", (".labelled",), Options, write)
