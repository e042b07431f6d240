"""The (CONT'D) behind the name of a speaker who goes on: the page adds it again, so it need not be typed."""

from __future__ import annotations

from converter.contract import Diagnostic, Kind, Report
from converter.records import replace
from converter.terms import CONTINUED, Continuity
from converter.tree import Character, DualDialogue, Element, NewAct, Run, SceneHeading, Speech, Text, words


def without_generated(elements: tuple[Element, ...], format: str, report: Report) -> tuple[Element, ...]:
    """The body without the marks that `Continuity` would set in the same places."""
    continuity = Continuity()
    return tuple(_seen(element, continuity, format, report) for element in elements)


def _seen(element: Element, continuity: Continuity, format: str, report: Report) -> Element:
    match element:
        case SceneHeading() | NewAct():
            continuity.new_scene()
        case Speech(cue=Character() as cue):
            (new,) = _cues((cue,), continuity, format, report)
            return element if new is cue else replace(element, cue=new)
        case DualDialogue(left=Speech(cue=Character() as first), right=Speech(cue=Character() as second)):
            left, right = _cues((first, second), continuity, format, report)
            return DualDialogue(left=replace(element.left, cue=left), right=replace(element.right, cue=right))
        case _:
            pass
    return element


def _cues(cues: tuple[Character, ...], continuity: Continuity, format: str, report: Report) -> list[Character]:
    bare = [_bare(cue.text) for cue in cues]
    continued = continuity.speech(*(words(text) for text in bare))
    found = []
    for cue, text, again in zip(cues, bare, continued, strict=True):
        if again and text is not cue.text:
            message = f"Left (CONT'D) out of {words(cue.text)!r}: the page adds it by itself."
            report(Diagnostic(Kind.GUESS, f"{format}.dropped-contd", message, cue.at))
            cue = replace(cue, text=text)
        found.append(cue)
    return found


def _bare(text: Text) -> Text:
    """A cue of one run without a (CONT'D) at its end."""
    match text:
        case (Run(text=said) as run,):
            mark = CONTINUED.search(said)
            if mark is not None and not said[mark.end() :].strip() and said[: mark.start()].strip():
                return (replace(run, text=said[: mark.start()].rstrip()),)
        case _:
            pass
    return text
