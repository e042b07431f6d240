"""Write the whole document tree as JSON, for programs in any language; or its words as a flat list.

One element of the body is one line, so that a comparison of two files shows what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from json import JSONEncoder
from typing import Any, Literal, NamedTuple, assert_never

from converter.contract import DEFAULT_LIMITS, Limits, Report, Writer, ignore, option
from converter.cuts import without_cut_words
from converter.fitting import WHOLE, Holds
from converter.normal import normal
from converter.notation.json import (
    ALWAYS,
    PLACE,
    VERSION,
    Choice,
    Flags,
    Many,
    Maybe,
    Place,
    Records,
    Scalar,
    Shape,
    fields_of,
)
from converter.records import dataclass, replace
from converter.terms import cue_name
from converter.tree import (
    Boneyard,
    Cut,
    DualDialogue,
    Element,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Part,
    Position,
    SceneHeading,
    Screenplay,
    Speech,
    words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    form: Literal["tree", "elements"] = option(
        "tree", "The whole document tree, or a flat list: an object for each paragraph, one a line."
    )
    places: bool = option(False, "Say of each node where it stood in the script that was read.")
    carry: bool = option(False, "Keep the Final Draft file that was read inside, so that it can be written again.")


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """The same tree gives the same bytes. UTF-8, also where a program gave the tree half of a letter."""
    return to_text(screenplay, options, report, limits).encode("utf-8", errors="backslashreplace")


def to_text(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> str:
    """The tree as JSON, or a line of JSON for each paragraph; `report` gets what that cannot hold."""
    tree = fit(screenplay, options, report)
    if options.form == "elements":
        return "".join(f"{dumps(one)}\n" for one in _flat(tree, limits))
    return _whole(tree, options, limits)


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    """Everything is held, but for the bytes that the tree was read from."""
    tree = normal(screenplay)
    if options.form == "elements":
        return normal(without_cut_words(tree, lambda at: None, marks=False))
    return tree if options.carry or tree.origin is None else normal(replace(tree, origin=None))


HOLDS = Holds(fields={"Screenplay": WHOLE})
WRITER = Writer("json", (), Options, write, fit)

dumps = JSONEncoder(ensure_ascii=False).encode


# ---------------------------------------------------------------- the tree


def _whole(tree: Screenplay, options: Options, limits: Limits) -> str:
    record = Encoder(options.places or options.carry).record
    parts = [f'{{"version": {VERSION}, "type": "Screenplay"']
    deadline = limits.deadline()
    for one in fields_of(Screenplay):
        value = getattr(tree, one.name)
        if one.name == "body":
            lines = []
            for number, element in enumerate(value):
                if number % 1000 == 0:
                    deadline.check()
                lines.append(dumps(record(element)))
            said = "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"
        elif value == one.default:
            continue
        else:
            said = dumps(record(value) if not isinstance(value, tuple) else [record(item) for item in value])
        parts.append(f'"{one.name}": {said}')
    if options.carry and tree.origin is not None:
        parts.append(f'"origin": {dumps(_origin(tree))}')
    return ",\n".join(parts) + "}\n"


def _origin(tree: Screenplay) -> dict[str, str]:
    from base64 import b64encode

    assert tree.origin is not None
    return {"format": tree.origin.format, "data": b64encode(tree.origin.data).decode("ascii")}


class _Said(NamedTuple):
    """How a field is written."""

    name: str
    default: Any
    encode: Callable[[Any], Any] | None  # None: as it is
    is_always: bool


class Encoder:
    def __init__(self, places: bool):
        self._places = places
        self._plans: dict[type, tuple[_Said, ...]] = {}

    def record(self, node: Any) -> dict[str, Any]:
        kind = type(node)
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = self._plan(kind)
        said: dict[str, Any] = {"type": kind.__name__}
        for name, default, encode, is_always in plan:
            value = getattr(node, name)
            if is_always or value != default:
                said[name] = value if encode is None else encode(value)
        return said

    def _plan(self, kind: type) -> tuple[_Said, ...]:
        return tuple(
            _Said(one.name, one.default, self._encoder(one.shape), one.name in ALWAYS or one.is_needed)
            for one in fields_of(kind)
            if one.name != PLACE or self._places
        )

    def _encoder(self, shape: Shape) -> Callable[[Any], Any] | None:
        match shape:
            case Scalar():
                return None
            case Choice():
                return lambda value: value.value
            case Flags():
                return lambda value: [str(flag.name).lower() for flag in value]
            case Place():
                return _place
            case Records():
                return self.record
            case Many(of=of):
                one = self._encoder(of)
                return list if one is None else lambda value: [one(item) for item in value]
            case Maybe(of=of):
                some = self._encoder(of)
                return None if some is None else lambda value: None if value is None else some(value)
            case _:
                assert_never(shape)


def _place(at: Position) -> dict[str, Any]:
    known: dict[str, Any] = {name: value for name, value in zip(at._fields, at, strict=True) if value is not None}
    if at.source is not None:
        known["source"] = f"{at.source:x}"
    return known


# ---------------------------------------------------------------- the flat list


def _flat(tree: Screenplay, limits: Limits) -> Iterator[dict[str, str | None]]:
    """Each paragraph in the order of the pages, with who speaks it, its scene and its page."""
    from converter.layout.paginate import paginate  # only here: pages take longer than all else

    pages: dict[int, str | None] = {}
    for page in paginate(tree, limits=limits).script:
        for line in page.lines:
            if line.paragraph is not None and not line.generated:
                pages.setdefault(line.paragraph, page.label)
    scene = None
    for number, (paragraph, speaker) in enumerate(_spoken(tree.body)):
        if isinstance(paragraph, SceneHeading):
            scene = paragraph.number
        yield {
            "kind": type(paragraph).__name__,
            "text": words(paragraph.text),
            "speaker": speaker,
            "scene": scene,
            "page": pages.get(number),
        }


def _spoken(elements: Sequence[Element | Part]) -> Iterator[tuple[Paragraph, str | None]]:
    """The paragraphs as `tree.paragraphs` gives them, each with the name over it."""
    for element in elements:
        match element:
            case Paragraph():
                yield element, None
            case Speech():
                yield from _of_speech(element)
            case DualDialogue():
                yield from _of_speech(element.left)
                yield from _of_speech(element.right)
            case PageBreak() | Note() | Boneyard() | PageMark() | Cut():
                pass
            case _:
                assert_never(element)


def _of_speech(speech: Speech) -> Iterator[tuple[Paragraph, str | None]]:
    name = None if speech.cue is None else cue_name(speech.cue)
    if speech.cue is not None:
        yield speech.cue, name
    yield from ((part, name) for part in speech.parts if isinstance(part, Paragraph))
