"""Drafts to compare, and what a comparison marked, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converter.compare import Comparison, Options, compare
from converter.contract import Source
from converter.readers import fountain
from converter.tree import (
    Cut,
    Deletion,
    DualDialogue,
    LineBreak,
    Paragraph,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Text,
)

DRAFT = """\
INT. KITCHEN - DAY #1#

The kettle hums. MARA reads the back of a seed packet.

EXT. GARDEN - DAY #2#

Rain on glass. A barrow with one wheel and two owners.

MARA
You had it on Sunday.

OTIS
(shrugging)
I had it on Saturday. You had it on Sunday, and on Monday too.

She pushes the barrow into the hedge and walks away without it.

INT. SHED - NIGHT #3#

OTIS counts nails into a jam jar.

OTIS
Forty.

He loses count.

EXT. LANE - NIGHT #4#

A bicycle goes by without a rider.

INT. KITCHEN - DAWN #5#

The kettle is off. The packet is empty.
"""


def read(text: str) -> Screenplay:
    return fountain.read(Source("draft.fountain", text.encode()))


def compared(old: str, new: str, options: Options = Options()) -> Comparison:
    return compare(read(old), read(new), options)


def marks(found: Comparison) -> list[str]:
    """The lines that hold a mark: [+words that came], [-words that went], CUT and what was cut below it."""
    return list(_lines(found.screenplay.body, found.revision))


def _lines(elements: Iterable[object], revision: int) -> Iterator[str]:
    for element in elements:
        match element:
            case Cut():
                if element.revision == revision:
                    yield from (f"CUT {line}" for line in _bare(element.elements))
            case Speech():
                yield from _lines((element.cue, *element.parts), revision)
            case DualDialogue():
                yield from _lines((element.left, element.right), revision)
            case Paragraph():
                said = _marked(element.text, revision)
                if "[+" in said or "[-" in said:
                    number = f"{element.number} " if element.number else ""
                    yield f"{number}{said}"
                if isinstance(element, SceneHeading) and element.omitted:
                    yield from (f"OMITTED {line}" for line in _bare(element.omitted))


def _bare(elements: Iterable[object]) -> Iterator[str]:
    for element in elements:
        match element:
            case Speech():
                yield from _bare((element.cue, *element.parts))
            case DualDialogue():
                yield from _bare((element.left, element.right))
            case Paragraph():
                yield _marked(element.text, None)


def _marked(text: Text, revision: int | None) -> str:
    out = ""
    for inline in text:
        match inline:
            case Run():
                out += f"[+{inline.text}]" if revision is not None and inline.revision == revision else inline.text
            case Deletion() if inline.revision == revision:
                said = "".join(one.text if isinstance(one, Run) else "/" for one in inline.text)
                out += f"[-{said}]"
            case LineBreak():
                out += "/"
    return out
