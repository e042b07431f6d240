"""Adobe Story's scripts (.astx): XML of a service that ended in 2019.

The names are those that Trelby's importer knows; no file of a writer was to be had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.normal import allowed, normal
from converter.notation.flat import Para, built
from converter.notation.starc import paragraph, style_of
from converter.records import dataclass
from converter.safe.xml import parse
from converter.tree import (
    Action,
    Character,
    Dialogue,
    Inline,
    LineBreak,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Shot,
    Text,
    Transition,
)

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: the file says what each paragraph is."""


_KINDS: dict[str, Any] = {
    "sceneheading": SceneHeading,
    "action": Action,
    "character": Character,
    "parenthetical": Parenthetical,
    "dialog": Dialogue,
    "dialogue": Dialogue,
    "transition": Transition,
    "shot": Shot,
}


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    limits.deadline().check()
    root = parse(source.data, limits)
    if root.tag.lower() != "adobestory":
        raise FormatError(
            f"this XML is not a script of Adobe Story: it begins with {root.tag[:40]!r}, not 'AdobeStory'"
        )
    deadline = limits.deadline()
    paras: list[Para] = []
    for number, element in enumerate(root.iter("paragraph"), start=1):
        if not number % 1000:
            deadline.check()
            if number > limits.paragraphs:
                raise limits.passed("paragraphs", "there are too many paragraphs in this script")
        at = Position(None, None, None, number, None)
        name = element.get("element") or ""
        kind = _KINDS.get(name.lower().replace(" ", ""))
        text = _text(element)
        if kind is None:
            kind = Action
            message = f"A paragraph of the kind {name[:40]!r}, which is not known, became action."
            report(Diagnostic(Kind.GUESS, "adobestory.unknown-kind", message, at))
        paras.append(Para(paragraph=paragraph(kind, text, at=at)))
    if not any(one.paragraph.text for one in paras):
        report(Diagnostic(Kind.WARNING, "adobestory.no-paragraphs", "There is no word of a script in this file."))
    return normal(Screenplay(body=built(paras)))


READER = Reader("adobestory", (), Options, read)


def _text(element: etree._Element) -> Text:
    text: list[Inline] = []
    for one in element.iter("textRun", "break"):
        if one.tag == "break":
            text.append(LineBreak())
        elif one.text:
            lines = allowed(one.text).split("\n")
            for number, line in enumerate(lines):
                if number:
                    text.append(LineBreak())
                if line:
                    text.append(Run(text=line, style=style_of(one)))
    while text and isinstance(text[-1], LineBreak):
        text.pop()
    return tuple(text)
