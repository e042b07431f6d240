"""The outline: a tree as indented text, every field of every node, for people and for tests.

    SceneHeading "INT. TIDE STATION - DAWN" number="12A"
    Action "Rain. " italic "Again." / "Nobody answers."
    Speech "ODILE (V.O.)"
      Dialogue "Hello?" [Note "too soft?"]

A text is its runs in quotes, ` / ` for a typed line break and brackets around what no page prints. A field is left out
where it has its default; `at` and `origin`, which take no part in equality, never show. Two trees that differ have
two outlines that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, Flag
from typing import Any, NamedTuple, TypeAlias, assert_never

from converter.contract import DEFAULT_LIMITS, Limits, Report, Writer, ignore
from converter.fitting import WHOLE, Holds
from converter.records import dataclass, fields
from converter.tree import (
    Boneyard,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
    Inline,
    LineBreak,
    Note,
    NoteEnd,
    Opaque,
    PageBreak,
    PageField,
    PageMark,
    PageSetup,
    Paragraph,
    Part,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Tag,
    Text,
    TitleField,
    TitlePage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: an outline shows everything."""


class _Group(NamedTuple):
    """A line that only holds others."""

    label: str
    children: tuple[_Node, ...] = ()


_Node: TypeAlias = (
    Element | Part | TitlePage | TitleField | PageSetup | ElementStyle | Revisions | Tag | Opaque | _Group
)


def to_text(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> str:
    """The tree exactly as it is: the one writer that does not put it into normal form first."""
    lines: list[str] = []
    deadline = limits.deadline()
    waiting: list[tuple[int, _Node]] = [(0, node) for node in reversed(_top(screenplay))]
    while waiting:
        if len(lines) % 1000 == 0:
            deadline.check()
        depth, node = waiting.pop()
        line, children = _shown(node)
        lines.append("  " * depth + line + "\n")
        waiting.extend((depth + 1, child) for child in reversed(children))
    return "".join(lines)


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    return to_text(screenplay, options, report, limits).encode("utf-8")


HOLDS = Holds(fields={"Screenplay": WHOLE})
WRITER = Writer("outline", (), Options, write)


def _top(screenplay: Screenplay) -> list[_Node]:
    nodes: list[_Node] = [] if screenplay.title_page is None else [screenplay.title_page]
    nodes.extend(screenplay.body)
    nodes.extend(part for part in (screenplay.page_setup, screenplay.revisions) if part is not None)
    nodes.extend((*screenplay.styles, *screenplay.tags, *screenplay.opaque))
    return nodes


def _shown(node: _Node) -> tuple[str, Sequence[_Node]]:
    """A node's own line and what stands indented below it."""
    match node:
        case Speech():
            return _speech_line(node), node.parts
        case DualDialogue():
            return "DualDialogue", (node.left, node.right)
        case Paragraph():
            return _shown_paragraph(node)
        case PageBreak() | Note() | Boneyard() | PageMark():
            return _marker(node), ()
        case Cut():
            return _line(node, "elements"), node.elements
        case _Group():
            return node
        case _:
            return _shown_around(node)


def _speech_line(speech: Speech) -> str:
    cue = speech.cue
    return "Speech without cue" if cue is None else "Speech" + _text(cue.text) + _attributes(cue, "text")


def _shown_paragraph(paragraph: Paragraph) -> tuple[str, Sequence[_Node]]:
    match paragraph:
        case SceneHeading(omitted=omitted):
            return _line(paragraph, "text", "omitted"), () if omitted is None else (_Group("omitted", omitted),)
        case Dialogue(alternates=alternates):
            return _line(paragraph, "text", "alternates"), [_Group("alternate" + _text(text)) for text in alternates]
        case _:
            return _line(paragraph, "text"), ()


def _shown_around(
    node: TitlePage | TitleField | PageSetup | Revisions | ElementStyle | Tag | Opaque,
) -> tuple[str, Sequence[_Node]]:
    match node:
        case TitlePage():
            sheets = (_Group("sheet", sheet) for sheet in node.sheets)
            return "TitlePage", (*node.fields, *sheets)
        case TitleField():
            return f"{_quoted(node.name)}:{' |'.join(_text(line) or ' empty' for line in node.lines)}", ()
        case PageSetup():
            return "PageSetup", [_Group(one) for one in _attribute_list(node)]
        case Revisions():
            return _line(node, "sets"), [_Group(_line(one)) for one in node.sets]
        case ElementStyle() | Tag() | Opaque():
            return _line(node), ()
        case _:
            assert_never(node)


def _line(node: Any, *elsewhere: str) -> str:
    text = _text(node.text) if "text" in elsewhere else ""
    return type(node).__name__ + text + _attributes(node, *elsewhere)


def _text(text: Text) -> str:
    return "".join(" " + _inline(inline) for inline in text)


def _inline(inline: Inline) -> str:
    match inline:
        case Run():
            style = f"{_flags(inline.style)} " if inline.style else ""
            setting = _attributes(inline, "text", "style")
            return style + _quoted(inline.text) + (f" {{{setting[1:]}}}" if setting else "")
        case LineBreak():
            return "/"
        case Note() | NoteEnd() | Boneyard() | PageMark() | Deletion():
            return f"[{_marker(inline)}]"
        case _:
            assert_never(inline)


def _marker(node: PageBreak | Note | NoteEnd | Boneyard | PageMark | Deletion) -> str:
    match node:
        case Note():
            return f"Note {_quoted(node.text)}{_attributes(node, 'text')}"
        case Boneyard():
            return f"Boneyard {_quoted(node.source)}{_attributes(node, 'source')}"
        case PageMark():
            return f"PageMark {_quoted(node.label)}{_attributes(node, 'label')}"
        case Deletion():
            return _line(node, "text")
        case PageBreak() | NoteEnd():
            return _line(node)
        case _:
            assert_never(node)


# ---------------------------------------------------------------- fields


def _attributes(node: Any, *elsewhere: str) -> str:
    return "".join(" " + one for one in _attribute_list(node, *elsewhere))


def _attribute_list(node: Any, *elsewhere: str) -> list[str]:
    """`name=value` for each field that counts, is not its default and is not shown elsewhere."""
    return [
        f"{one.name}={_value(getattr(node, one.name))}"
        for one in fields(node)
        if one.compare and one.name not in elsewhere and getattr(node, one.name) != one.default
    ]


def _value(value: Any) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case str():
            return _quoted(value)
        case int() | float():
            return str(int(value)) if value == value // 1 else repr(value)
        case Flag():
            return _flags(value) or "none"
        case Enum():
            return str(value.value)
        case tuple():
            return f"({' '.join(map(_value, value))})"
        case Run():
            return _inline(value)
        case PageField():
            return f"{{{value.kind.value}}}"
        case _:
            return f"({' '.join(_attribute_list(value))})"


def _flags(value: Flag) -> str:
    return "+".join(str(flag.name).lower() for flag in value)


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def _quoted(text: str) -> str:
    """In quotes, with escapes for quotes, backslashes and whatever would not show."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    return f"\\u{{{ord(char):x}}}"
