"""What a format can hold, as data, and the one walk that makes `fit` of it.

A table, `Holds`, names every element, field, inline and part of the tree, in the order in which they are looked at. The
walk follows it and reports a LOSS for whatever changes; what is held as it is stays the same object. What depends on
neighbours is no table: a few steps see what stands before a node as it is placed (`join`), or all of a level (`order`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import reduce
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar, cast

from converter.contract import Diagnostic, Kind, Report, ignore
from converter.cuts import without_cut_words
from converter.normal import normal
from converter.records import dataclass, fields, replace
from converter.tree import (
    ELEMENT_NAMES,
    NO_STYLE,
    Boneyard,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    Inline,
    LineBreak,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Position,
    Run,
    Screenplay,
    Section,
    Speech,
    Style,
    Synopsis,
    Text,
)

# ---------------------------------------------------------------- what a table says


class Kept(Enum):
    HELD = "held"  # the walk looks inside, and what stands there has rows of its own
    WHOLE = "held, with all that is in it"  # nothing in it is looked at, so nothing in it needs a row
    ASKED = "printed only if asked for"
    UNPRINTED = "what pages never print"


HELD, WHOLE, ASKED, UNPRINTED = Kept.HELD, Kept.WHOLE, Kept.ASKED, Kept.UNPRINTED


@dataclass(frozen=True, slots=True)
class Loss:
    """It is left out. The message may show {value} and what it became, {fitted}."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """Some values are held: `held` gives the value as it comes back. Without a loss it reports itself what is lost.

    A `usual` value is one that most have; it does not keep a paragraph from the short way if it is held.
    """

    held: Callable[[Any, Fitting], Any]
    loss: Loss | None = None
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Becomes:
    """Something else stands for it: a paragraph of another class, or whatever nodes the function gives.

    A field becomes inlines behind the paragraph's text, a style other words.
    """

    what: type[Paragraph] | Callable[[Any, Fitting], Any]
    loss: Loss | None = None


@dataclass(frozen=True, slots=True)
class Nested:
    """Held, but only so many levels deep."""

    deepest: int
    loss: Loss


@dataclass(frozen=True, slots=True)
class UnlessHeld:
    """Words that were cut: lost, but for the revisions that the call of `fit` says are held."""

    loss: Loss


Entry: TypeAlias = Kept | Loss | Check | Becomes | Nested | UnlessHeld
Place: TypeAlias = Callable[[list[Any], Any, "Fitting"], None]
Step: TypeAlias = Callable[[list[Any], "Fitting"], list[Any]]


class Holds:
    """What a format holds. A first table needs `elements`, `fields`, `inlines`, `run` and `around`, and maybe `once`.

    Fields are named after their class or one above it ("Paragraph.align"), those of runs and of the screenplay by
    themselves ("look", "style.BOLD", "page_setup"); a class by its name alone, in `fields`, is each of its fields. The
    row of Cut is also for the words of deletions. ASKED and UNPRINTED are for formats that draw pages. A table `beyond`
    is what another walk looks after; what this one does not name is as that one has it.
    """

    def __init__(
        self,
        *,
        elements: Mapping[type, Entry] | None = None,  # between paragraphs and in speeches
        fields: Mapping[str, Entry] | None = None,
        inlines: Mapping[type, Entry] | None = None,
        run: Mapping[str, Entry] | None = None,
        around: Mapping[str, Entry] | None = None,
        beyond: Holds | None = None,
        join: Place | None = None,  # places a node behind those that stand already
        order: Sequence[Step] = (),  # for the body and for cut scenes
        order_of_parts: Sequence[Step] = (),
        is_plain: Callable[[Text], bool] | None = None,  # the short way: words that are held as they are
        is_plain_cue: Callable[[Text], bool] | None = None,
        are_plain_parts: Callable[[Sequence[Part]], bool] | None = None,
        once: bool = False,  # each loss once an element, with its place; else wherever it occurs
        draws: bool = False,  # the walk only reports; no tree comes back
        gives_normal_form: bool = False,  # whatever becomes of a normal tree
    ):
        self.elements = elements or {}
        self.inlines = inlines or {}
        self.rows: dict[str, Entry] = {
            **(fields or {}),
            **{f"Run.{name}": entry for name, entry in (run or {}).items()},
            **{name if "." in name else f"Screenplay.{name}": entry for name, entry in (around or {}).items()},
        }
        self.beyond = beyond
        self.join, self.order, self.order_of_parts = join, order, order_of_parts
        self.is_plain_cue, self.are_plain_parts = is_plain_cue, are_plain_parts
        self.once, self.draws, self.gives_normal_form = once, draws, gives_normal_form
        self._plans: dict[type, _Plan] = {}
        self._styles: dict[Style, tuple[Style, tuple[Entry, ...]]] = {}
        self.is_plain = is_plain or self._is_bare
        self.run = self.plan(Run)

    def _is_bare(self, text: Text) -> bool:
        """Nothing but runs that have no more than the table holds, and line breaks."""
        said, defaults = self.run.said, self.run.defaults
        for inline in text:
            kind = type(inline)
            if kind is not LineBreak and (kind is not Run or said(inline) != defaults):
                return False
        return True

    def row(self, kind: type, name: str) -> str:
        """The row for a field: that of its class or of one above, or one for the whole class. "" if there is none."""
        names = (*(f"{base.__name__}.{name}" for base in kind.__mro__), kind.__name__)
        return next((key for key in names if key in self.rows), "")

    def entry(self, kind: type, name: str) -> Entry:
        """What the walk does with a field of a class."""
        found = self.rows.get(self.row(kind, name))
        if found is None and self.beyond is not None:
            found = self.beyond.entry(kind, name)
            return found if isinstance(found, Kept) else WHOLE
        return HELD if found is None else found

    def says(self, kind: type, name: str) -> Entry | None:
        """What this table, or the one beyond it, says of a field."""
        found = self.rows.get(self.row(kind, name))
        return self.beyond.says(kind, name) if found is None and self.beyond is not None else found

    def plan(self, kind: type) -> _Plan:
        found = self._plans.get(kind)
        if found is None:
            found = self._plans[kind] = _Plan(self, kind)
        return found

    def of_style(self, style: Style) -> tuple[Style, tuple[Entry, ...]]:
        """What is held of a style, and what the table says of the rest."""
        found = self._styles.get(style)
        if found is None:
            lost = [row for row in self.rows if row.startswith("Run.style.") and Style[row[10:]] in style]
            lost = [row for row in lost if not isinstance(self.rows[row], Kept)]
            kept = style & ~reduce(operator.or_, (Style[row[10:]] for row in lost), NO_STYLE)
            found = self._styles[style] = (kept, tuple(self.rows[row] for row in lost))
        return found


# Of these types are fields that have nothing inside.
_SCALARS = frozenset({"str", "int", "float", "bool", "Align", "Style", "PageFieldKind", "tuple[int, ...]"})


class _Plan:
    """What there is to look at in the records of one class: name, entry and default of each field, as the table orders.

    What is held and has nothing inside needs no look. A record of which `said` gives `defaults` has at most a text and
    `usual` values.
    """

    __slots__ = ("defaults", "said", "steps", "usual")

    def __init__(self, holds: Holds, kind: type):
        self.steps = tuple(_steps(kind, holds))
        self.usual = tuple(_usual(self.steps))
        told_apart = {"text", *(name for name, _ in self.usual)}
        others = [(name, default) for name, _, default in self.steps if name not in told_apart]
        self.said: Callable[[Any], Any] = attrgetter(*(name for name, _ in others)) if others else _nothing
        defaults = [default for _, default in others]
        self.defaults: Any = tuple(defaults) if len(defaults) > 1 else next(iter(defaults), None)


def _usual(steps: Iterable[tuple[str, Entry, Any]]) -> Iterator[tuple[str, Callable[[Any, Fitting], Any]]]:
    return ((name, entry.held) for name, entry, _ in steps if isinstance(entry, Check) and entry.usual)


def _steps(kind: type, holds: Holds) -> list[tuple[str, Entry, Any]]:
    """Name, entry and default of the fields that need a look."""
    order = {row: place for place, row in enumerate(holds.rows)}
    inside = _with_something_inside(kind, holds)

    def needs_a_look(name: str, entry: Entry) -> bool:
        return name in inside if entry is HELD else entry not in (WHOLE, UNPRINTED)

    compared = [one for one in fields(cast(Any, kind)) if one.compare]
    steps = [(one.name, holds.entry(kind, one.name), one.default) for one in compared]
    steps.sort(key=lambda step: order.get(holds.row(kind, step[0]), len(order)))
    return [step for step in steps if needs_a_look(step[0], step[1])]


def _with_something_inside(kind: type, holds: Holds) -> set[str]:
    """The fields of a class that are looked into even where they are held."""
    types = {name: hint for base in kind.__mro__ for name, hint in getattr(base, "__annotations__", {}).items()}
    inside = {name for name, hint in types.items() if hint.removesuffix(" | None") not in _SCALARS}
    if kind is Run and any(row.startswith("Run.style.") and holds.rows[row] is not HELD for row in holds.rows):
        inside.add("style")
    return inside


def _nothing(node: object) -> None: ...


# ---------------------------------------------------------------- the walk


def fit(
    screenplay: Screenplay,
    holds: Holds,
    report: Report = ignore,
    options: Any = None,
    own: Any = None,
    not_simple: Collection[type] = (),
    held: Container[int] = (),
) -> Screenplay:
    """The screenplay as the format holds it: in normal form, and the same if fitted again.

    `own` is what the format's own functions have to know, `not_simple` the classes of which even plain words change,
    `held` the revisions in which words that were cut are kept where the table says `UnlessHeld`.
    """
    fitting = Fitting(holds, report, options, own, not_simple)
    fitted = fitting.screenplay(normal(fitting.without_cut_words(normal(screenplay), held)))
    return fitted if holds.gives_normal_form else normal(fitted)


T = TypeVar("T")
_LOOSE = frozenset({PageBreak, Note, Boneyard, PageMark, Cut})  # what stands between paragraphs
PARAGRAPHS: tuple[type[Paragraph], ...] = (*ELEMENT_NAMES, Section, Synopsis)


class Fitting:
    """One walk. The functions of a table are called with it, and find here where the walk is."""

    def __init__(
        self, holds: Holds, report: Report, options: Any = None, own: Any = None, not_simple: Collection[type] = ()
    ):
        self.options, self.own = options, own
        self._holds = holds
        self._is_plain_text = holds.is_plain
        self._report = report
        self._simple = {
            kind: holds.plan(kind)
            for kind in PARAGRAPHS
            if kind not in not_simple and getattr(holds.elements.get(kind), "loss", None) is None
        }
        self._told: set[str] = set()  # the codes reported of this element
        self.at: Position | None = None
        self.depth = 0  # cut scenes around
        self.in_text = self.in_speech = self.in_dual = False
        self.speech = Speech()  # the one at hand
        self.node: Any = None  # the paragraph at hand, as it was
        self.changes: dict[str, Any] = {}  # what changed of it so far
        self.before: list[Any] = []  # what has to stand before it
        self.instead: Sequence[Any] | None = None  # what takes its place, if anything does
        self.placed: list[Any] = []  # what stands before it at its level
        self.line: list[Inline] = []  # what stands before an inline in its text
        self.behind: type | None = None  # the class of the element before, but for markers and page breaks

    def look_closer(self, kinds: Iterable[type[Paragraph]]) -> None:
        """There is more to these classes than whether their words are plain."""
        for kind in kinds:
            self._simple.pop(kind, None)

    # -------- losses

    def lose(self, loss: Loss, value: Any = None, fitted: Any = None) -> None:
        if self._holds.once and loss.code in self._told:
            return
        self._told.add(loss.code)
        if self._report is not ignore:
            message = loss.message.format(value=value, fitted=fitted)
            self._report(Diagnostic(Kind.LOSS, loss.code, message, self.at))

    def go_to(self, at: Position | None) -> None:
        self._told.clear()
        self.at = at

    def without_cut_words(self, whole: Screenplay, held: Container[int] = ()) -> Screenplay:
        """What is left for a format that holds at most marks of deletion: its table says of Cut what is lost."""
        entry = self._holds.elements.get(Cut, HELD)
        loss = entry.loss if isinstance(entry, UnlessHeld) else entry
        if not isinstance(loss, Loss):
            return whole

        def lost(at: Position | None) -> None:
            self.go_to(at)
            self.lose(loss)

        marks = not isinstance(self._holds.inlines.get(Deletion), Loss)
        return without_cut_words(whole, lost, marks=marks, held=held)

    # -------- records

    def screenplay(self, whole: Screenplay) -> Screenplay:
        changes = {}
        for name, entry, default in self._holds.plan(Screenplay).steps:
            self.go_to(None)
            value = getattr(whole, name)
            if value != default:
                changes[name] = self._value(name, entry, value, default)
        return self._changed(whole, changes)

    def record(self, node: T) -> T:
        """The node with each field as the table has it; itself where nothing changes."""
        changes = {}
        for name, entry, default in self._holds.plan(type(node)).steps:
            value = getattr(node, name)
            if value != default:
                changes[name] = self._value(name, entry, value, default)
        return self._changed(node, changes)

    def _changed(self, node: T, changes: dict[str, Any]) -> T:
        """The node with the changes that are changes."""
        if not changes or self._holds.draws:
            return node
        real = {name: value for name, value in changes.items() if value is not getattr(node, name)}
        if all(value == getattr(node, name) for name, value in real.items()):
            return node
        return cast(T, replace(cast(Any, node), **real))

    def _value(self, name: str, entry: Entry, value: Any, default: Any) -> Any:
        match entry:
            case Loss():
                if name == "opaque":
                    return self._opaque(entry, value)
                self.lose(entry, value)
                return default
            case Check():
                new = entry.held(value, self)
                if entry.loss is not None and new != value:
                    self.lose(entry.loss, value, new)
                return new
            case Nested():
                if self.depth >= entry.deepest:
                    self.lose(entry.loss, value)
                    return default
                return self._inside(name, value)
            case Becomes():
                if entry.loss is not None:
                    self.lose(entry.loss, value)
                self.node = replace(self.node, text=(*self.node.text, *cast(Any, entry.what)(value, self)))
                return default
            case _:
                return self._inside(name, value)

    def _opaque(self, loss: Loss, value: Iterable[Any]) -> tuple[Any, ...]:
        """Each part that only its own format knows is lost by itself."""
        for one in value:
            self.go_to(one.at)
            if not one.quiet:
                self.lose(loss, one)
        return ()

    def _inside(self, name: str, value: Any) -> Any:
        match name:
            case "text":
                return self.text(value)
            case "alternates" | "lines":
                return _each(value, self.text)
            case "body":
                return self.elements(value)
            case "elements":
                return self.cut(value)
            case "omitted":
                return self.cut_scene(value)
            case "sheets":
                return _each(value, lambda sheet: _each(sheet, self._drawn_line))
            case _:
                return self._nodes(value)

    def _nodes(self, value: Any) -> Any:
        if type(value) is tuple:
            return _each(value, self._nodes)
        if type(value) is Run:
            return self.run(value)
        return self.record(value) if hasattr(value, "__record__") else value

    def _drawn_line(self, line: Any) -> Any:
        self.go_to(line.at)
        return self.held(line)[-1]

    # -------- texts

    def text(self, text: Text) -> Text:
        if self._is_plain_text(text):
            return text
        fitted = self.inlines(text)
        return text if _are_same(fitted, text) else tuple(fitted)

    def inlines(self, text: Iterable[Inline]) -> list[Inline]:
        line: list[Inline] = []
        self.line, self.in_text = line, True
        for inline in text:
            if type(inline) is Run:
                line.append(self.run(inline))
            else:
                line.extend(self.marker(inline, self._holds.inlines))
        self.in_text = False
        return line

    def marker(self, marker: Any, table: Mapping[type, Entry]) -> Sequence[Any]:
        """What becomes of a node without text of its own, between others or inside a text."""
        entry = table.get(type(marker), HELD)
        if entry is UNPRINTED:
            return (marker,)
        at = self.at
        if not self._holds.once:
            self.at = getattr(marker, "at", None) or at
        try:
            match entry:
                case Becomes():
                    return self._become(entry, marker)
                case Loss():
                    self.lose(entry, marker)
                    return ()
                case _:
                    return (self.record(marker),)
        finally:
            self.at = at

    def run(self, run: Run) -> Run:
        plan = self._holds.run
        if plan.said(run) == plan.defaults:
            return run
        changes: dict[str, Any] = {}
        for name, entry, default in plan.steps:
            value = getattr(run, name)
            if value == default:
                continue
            if name == "style" and entry is HELD:
                changes |= self._style(run)
            elif (new := self._value(name, entry, value, default)) is not value:
                changes[name] = new
        return self._changed(run, changes)

    def _style(self, run: Run) -> dict[str, Any]:
        style, lost = self._holds.of_style(run.style)
        words = run.text
        for entry in lost:
            if isinstance(entry, Becomes):
                words = cast(Any, entry.what)(words, self)
            self.lose(entry if isinstance(entry, Loss) else cast(Any, entry).loss, run)
        return {"text": words, "style": style} if lost else {}

    # -------- paragraphs

    def paragraph(self, paragraph: Paragraph) -> Sequence[Any]:
        """What becomes of a paragraph, behind what has to stand before it."""
        self.go_to(paragraph.at)
        return self.block(paragraph)

    def block(self, paragraph: Paragraph) -> Sequence[Any]:
        """The same for one that is reported where the walk is."""
        entry = self._holds.elements.get(type(paragraph), HELD)
        match entry:
            case Becomes():
                return self._become(entry, paragraph)
            case Loss():
                self.lose(entry, paragraph)
                return ()
            case Kept.UNPRINTED:
                return (paragraph,)
            case _:
                return self.held(paragraph)

    def _become(self, entry: Becomes, node: Any) -> Sequence[Any]:
        if entry.loss is not None:
            self.lose(entry.loss, node)
        if isinstance(entry.what, type):
            return self.block(self.as_kind(entry.what, node))
        return cast(Sequence[Any], entry.what(node, self))

    def as_kind(self, kind: type[Paragraph], paragraph: Paragraph) -> Paragraph:
        """The paragraph as one of another class. A style's name goes with the old one, alternates with dialogue."""
        self.node = paragraph
        for name in ("alternates", "style_name"):
            value, entry = getattr(paragraph, name, None), self._holds.entry(type(paragraph), name)
            if value and isinstance(entry, Loss | Becomes):
                self._value(name, entry, value, None)
        text, align, number = self.node.text, paragraph.align, paragraph.number
        return kind(text=text, align=align, number=number, layout=paragraph.layout, at=paragraph.at)

    def held(self, paragraph: Paragraph) -> Sequence[Any]:
        """The paragraph with each field as the table has it, or what takes its place."""
        self.node, self.before, self.instead = paragraph, [], None
        changes = self.changes = {}
        for name, entry, default in self._holds.plan(type(paragraph)).steps:
            value = getattr(self.node, name)
            if value != default or name == "text":
                new = self._value(name, entry, value, default)
                if new is not value or value is not getattr(paragraph, name):
                    changes[name] = new
            if self.instead is not None:
                return (*self.before, *self.instead)
        return (*self.before, self._changed(paragraph, changes))

    def _is_plain(self, node: Any) -> bool:
        """The short way for nearly every paragraph: nothing but plain words."""
        plan = self._simple.get(type(node))
        if plan is None or plan.said(node) != plan.defaults or not self._is_plain_text(node.text):
            return False
        for name, held in plan.usual:
            value = getattr(node, name)
            if value is not None and held(value, self) != value:
                return False
        return True

    # -------- elements

    def cut_scene(self, elements: tuple[Element, ...]) -> tuple[Element, ...]:
        self.depth += 1
        fitted = self.elements(elements)
        self.depth -= 1
        return fitted

    def elements(self, elements: tuple[Element, ...]) -> tuple[Element, ...]:
        around = self.at, self._told, self.node, self.changes, self.before, self.instead, self.placed, self.behind
        self._told, self.behind = set(), None
        placed = self.placed = []
        for element in elements:
            kind = type(element)
            if kind is Speech and self._is_plain_speech(cast(Speech, element)) or self._is_plain(element):
                placed.append(element)
            else:
                self._place(self.element(element))
            if kind not in _LOOSE:
                self.behind = kind
        for step in self._holds.order:
            placed = step(placed, self)
        self.at, self._told, self.node, self.changes, self.before, self.instead, self.placed, self.behind = around
        return elements if _are_same(placed, elements) else tuple(placed)

    def _place(self, nodes: Sequence[Any]) -> None:
        if self._holds.join is None:
            self.placed.extend(nodes)
            return
        for node in nodes:
            self._holds.join(self.placed, node, self)

    def element(self, element: Element | Part) -> Sequence[Any]:
        """What becomes of an element or a part, whatever its neighbours are."""
        match element:
            case Speech():
                before, fitted, after = self.spoken(element)
                return (*before, *fitted, *after)
            case DualDialogue():
                entry = self._holds.elements.get(DualDialogue)
                return self._become(entry, element) if isinstance(entry, Becomes) else self.dual(element)
            case Note() | Boneyard() | PageMark() | Cut() | PageBreak():
                self.go_to(element.at)
                return self.marker(element, self._holds.elements)
            case _:
                return self.paragraph(element)

    def cut(self, nodes: tuple[Element | Part, ...]) -> tuple[Element | Part, ...]:
        """What a Cut holds: elements, or parts of the speech at hand."""
        if not self.in_speech:
            return self.elements(cast(tuple[Element, ...], nodes))
        around, self.placed = self.placed, []
        for node in nodes:
            self._place(self.element(node))
        placed, self.placed = self.placed, around
        return nodes if _are_same(placed, nodes) else tuple(placed)

    # -------- speeches

    def _is_plain_speech(self, speech: Speech) -> bool:
        is_plain, parts = self._is_plain, speech.parts
        if not is_plain(speech.cue) or not all(map(is_plain, parts)):
            return False
        is_plain_cue, are_plain_parts = self._holds.is_plain_cue, self._holds.are_plain_parts
        if is_plain_cue is not None and not is_plain_cue(cast(Character, speech.cue).text):
            return False
        return are_plain_parts is None or are_plain_parts(parts)

    def spoken(self, speech: Speech) -> tuple[list[Any], Sequence[Any], list[Any]]:
        """What has to stand before the speech, the speech or what became of it, and what is left behind its lines."""
        self.speech = speech
        before = [] if speech.cue is None else list(self.paragraph(speech.cue))
        cue = before.pop() if before and type(before[-1]) is Character else None
        without = self._holds.entry(Speech, "cue")
        if cue is None and isinstance(without, Becomes):
            return before, [new for part in speech.parts for new in self._without_cue(part, without)], []
        parts, after = self.parts(speech.parts)
        same = cue is speech.cue and _are_same(parts, speech.parts)
        return before, (speech if same else Speech(cue=cue, parts=tuple(parts)),), after

    def _without_cue(self, part: Part, entry: Becomes) -> Sequence[Any]:
        if not isinstance(part, Dialogue | Parenthetical):
            return self.element(part)
        self.go_to(part.at)
        return self._become(entry, part)

    def parts(self, parts: Sequence[Part]) -> tuple[list[Any], list[Any]]:
        """The parts of a speech up to its last line, and what stands behind that."""
        around, self.placed, self.in_speech = self.placed, [], True
        for part in parts:
            self._place(self.element(part))
        placed = self.placed
        for step in self._holds.order_of_parts:
            placed = step(placed, self)
        self.placed, self.in_speech = around, False
        end = len(placed)
        while end and type(placed[end - 1]) in _LOOSE:
            end -= 1
        return placed[:end], placed[end:]

    def dual(self, dual: DualDialogue) -> Sequence[Any]:
        """Markers between the two belong to the left one; a page break there comes before both."""
        self.in_dual = True
        before, left, between = self.spoken(dual.left)
        before_right, right, after = self.spoken(dual.right)
        self.in_dual = False
        between = [*between, *before_right]
        if not _is_spoken(left) or not _is_spoken(right):
            return (*before, *left, *between, *right, *after)
        breaks = [one for one in between if type(one) is PageBreak]
        parts = [*left[0].parts, *(one for one in between if type(one) is not PageBreak)]
        is_left = _are_same(parts, dual.left.parts) and left[0].cue is dual.left.cue
        new = DualDialogue(left=dual.left if is_left else replace(left[0], parts=tuple(parts)), right=right[0])
        return (*breaks, *before, dual if _are_same((new.left, new.right), (dual.left, dual.right)) else new, *after)


def _is_spoken(nodes: Sequence[Any]) -> bool:
    """Is it one speech with a name?"""
    return len(nodes) == 1 and type(nodes[0]) is Speech and nodes[0].cue is not None


def _are_same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return len(one) == len(other) and all(map(operator.is_, one, other))


def _each(items: tuple[T, ...], function: Callable[[T], T]) -> tuple[T, ...]:
    new = tuple(map(function, items))
    return items if _are_same(new, items) else new
