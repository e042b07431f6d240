"""Sides: the pages of some scenes, as the script has them; what else stands on them is crossed out or left blank."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from converter.contract import DEFAULT_LIMITS, Limits, Report, UsageError, ignore
from converter.layout.paginate import paginate
from converter.layout.select import places_in_order
from converter.lines import Line, Page
from converter.normal import normal
from converter.records import dataclass, replace
from converter.terms import cue_name
from converter.tree import Character, Look, Run, SceneHeading, Screenplay, Speech, paragraphs
from converter.tree import DualDialogue as Dual
from writers.pdf import Options
from writers.pdf.draw import draw

_LINE_Y = 22.0  # points from the top, above any header
_MARGIN = 54.0
_ASCENT, _DESCENT = 9.0, 3.0  # of a line
_HIGHLIGHT = Look(background="#FFF2A8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`scenes` is a list of numbers (12, 14A-16), in the order in which the pages are to lie; `characters` are names.

    `others`: what becomes of the other scenes on the pages. `line` stands on top of each page.
    """

    scenes: str = ""
    characters: tuple[str, ...] = ()
    others: Literal["crossed", "blank"] = "crossed"
    highlight: bool = False
    two_up: bool = False
    line: str = ""


def sides(
    screenplay: Screenplay,
    wanted: Wanted,
    options: Options = Options(),
    report: Report = ignore,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """A PDF of these pages. UsageError for a scene or character that the script does not have."""
    screenplay = normal(screenplay)
    script = _Script(screenplay)
    scenes = script.wanted(wanted)
    pages = paginate(screenplay, options, report, limits).whole
    chosen = list(_pages_of(scenes, [script.scenes_on(page) for page in pages]))
    if not chosen:
        raise UsageError("the scenes that were asked for are on no page")
    speaking = script.paragraphs_of(wanted.characters) if wanted.highlight else frozenset()
    made = [_Side(pages[place], script, set(scenes), wanted, speaking) for place in chosen]
    if wanted.highlight:
        options = replace(options, colors=True)
    output = io.BytesIO()
    over = {number: side.over() for number, side in enumerate(made)}
    sheets = tuple(side.page() for side in made)
    bare = replace(options, bookmarks=False)
    draw(output, screenplay, (), sheets, bare, report, limits, over=over, two_up=wanted.two_up)
    return output.getvalue()


def _pages_of(scenes: Sequence[int], on_pages: Sequence[set[int]]) -> Iterator[int]:
    """In the order of the scenes, each page once."""
    given: set[int] = set()
    for scene in scenes:
        for place, there in enumerate(on_pages):
            if scene in there and place not in given:
                given.add(place)
                yield place


class _Script:
    """Which scene each paragraph is in, counted from 0; 0 is what stands before the first heading."""

    def __init__(self, screenplay: Screenplay):
        self._body = screenplay.body
        self._scene_of: list[int] = []
        self._numbers = [""]
        self._starts: dict[int, int] = {}  # number of a paragraph by its identity
        for number, paragraph in enumerate(paragraphs(screenplay.body)):
            if isinstance(paragraph, SceneHeading):
                self._numbers.append(paragraph.number or "")
            self._scene_of.append(len(self._numbers) - 1)
            self._starts[id(paragraph)] = number

    def scene_of(self, line: Line) -> int | None:
        return None if line.paragraph is None else self._scene_of[line.paragraph]

    def scenes_on(self, page: Page) -> set[int]:
        return {scene for scene in map(self.scene_of, page.lines) if scene is not None}

    def wanted(self, wanted: Wanted) -> list[int]:
        if wanted.scenes:
            return places_in_order(wanted.scenes, "scene", self._numbers)
        if not wanted.characters:
            raise UsageError("say which scenes or which characters: --scenes or --characters")
        spoken = self.paragraphs_of(wanted.characters)
        return list(dict.fromkeys(self._scene_of[number] for number in sorted(spoken)))

    def paragraphs_of(self, names: Sequence[str]) -> frozenset[int]:
        """The cues and lines of these characters. UsageError for somebody who never speaks."""
        found: dict[str, list[int]] = {" ".join(name.upper().split()): [] for name in names}
        for speech in _speeches(self._body):
            name = cue_name(speech.cue) if isinstance(speech.cue, Character) else ""
            if name in found:
                found[name] += [self._starts[id(one)] for one in (speech.cue, *speech.parts) if id(one) in self._starts]
        for name, numbers in found.items():
            if not numbers:
                raise UsageError(f"nobody called {name!r} speaks in this script")
        return frozenset(number for numbers in found.values() for number in numbers)


def _speeches(body: Iterable[object]) -> Iterator[Speech]:
    for element in body:
        if isinstance(element, Speech):
            yield element
        elif isinstance(element, Dual):
            yield element.left
            yield element.right


class _Side:
    """One page with some of its scenes."""

    def __init__(self, page: Page, script: _Script, scenes: set[int], wanted: Wanted, speaking: frozenset[int]):
        self._page, self._wanted, self._speaking = page, wanted, speaking
        rows = {line.y: script.scene_of(line) in scenes for line in page.lines if line.paragraph is not None}
        # A scene number or a mark has no paragraph of its own, but stands beside one.
        self._others = [line for line in page.lines if rows.get(line.y) is False]
        self._kept = [line for line in page.lines if rows.get(line.y) is not False]

    def page(self) -> Page:
        lines = [*self._kept, *(self._others if self._wanted.others == "crossed" else ())]
        drawn = [self._drawn(line) for line in lines]
        if self._wanted.line:
            drawn.insert(0, Line(text=(Run(text=self._wanted.line),), x=_MARGIN, y=_LINE_Y, generated=True))
        return replace(self._page, lines=tuple(drawn))

    def _drawn(self, line: Line) -> Line:
        """With `highlight`, the words of the characters on a light ground, and no other colour."""
        if not self._wanted.highlight:
            return line
        is_theirs = line.paragraph in self._speaking and not line.generated
        look = _HIGHLIGHT if is_theirs else None
        return line._replace(text=tuple(replace(run, look=look, revision=None) for run in line.text))

    def over(self) -> str:
        """A box and a line through each block of other scenes."""
        if self._wanted.others != "crossed":
            return ""
        return " ".join(_crossed(block, self._page) for block in self._blocks())

    def _blocks(self) -> Iterator[tuple[float, float]]:
        """Top and bottom of lines that stand together."""
        kept = sorted({line.y for line in self._kept if line.paragraph is not None})
        top = bottom = None
        for y in sorted({line.y for line in self._others}):
            if top is None or bottom is None:
                top = bottom = y
            elif any(bottom < one < y for one in kept):
                yield top, bottom
                top = bottom = y
            bottom = y
        if top is not None and bottom is not None:
            yield top, bottom


def _crossed(block: tuple[float, float], page: Page) -> str:
    left, right = _MARGIN, page.width - _MARGIN
    high, low = page.height - block[0] + _ASCENT, page.height - block[1] - _DESCENT
    box = f"{left:g} {low:g} {right - left:g} {high - low:g} re"
    return f"/Artifact BMC q 0.35 G 1 w {box} {left:g} {low:g} m {right:g} {high:g} l S Q EMC"
