"""From pieces of text whose roles are known to the tree, with the ledger that proves it."""

from __future__ import annotations

from collections.abc import Sequence

from converter.normal import normal
from converter.records import dataclass, field
from converter.recovery.decoder import roles
from converter.recovery.decoder.roles import CUE, DIALOGUE, PARENTHETICAL
from converter.recovery.proof import Ledger, Span
from converter.terms import cue_as_seen
from converter.tree import (
    Action,
    Align,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    EndOfAct,
    Inline,
    NewAct,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Position,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Text,
    TitleField,
    TitlePage,
    Transition,
)


@dataclass(slots=True)
class Unit:
    """One element as recovered. Page marks stand at an offset of `text`; `spans` say where its words were."""

    role: int
    text: str
    spans: list[Span]
    at: Position
    number: str = ""
    number_spans: list[Span] = field(default_factory=list)
    marks: list[tuple[int, str, Span]] = field(default_factory=list)
    centered: bool = False
    side: int = 0  # 1 and 2: left and right of a dual dialogue
    revised: list[tuple[int, int]] = field(default_factory=list)  # ranges of `text` with a mark in the margin
    made: type[Paragraph] | None = None  # NewAct or EndOfAct, which have no role of their own


@dataclass(slots=True)
class TitleLine:
    name: str
    text: str
    span: Span


def assemble(
    units: Sequence[Unit],
    title: Sequence[TitleLine],
    furniture: Sequence[Span] = (),
    last_pages: Sequence[tuple[str, Span]] = (),
) -> tuple[Screenplay, Ledger]:
    """The screenplay in normal form, and the ledger of where each word went. `last_pages` begin behind all words."""
    builder = _Builder()
    title_page = builder.title_page(title)
    builder.place(units)
    builder.ledger.furniture.extend(furniture)
    builder.ledger.pages.extend(last_pages)
    builder.body.extend(PageMark(label=label) for label, _ in last_pages)
    revised = any(unit.revised for unit in units)
    screenplay = Screenplay(
        title_page=title_page,
        body=tuple(builder.body),
        revisions=Revisions(sets=(RevisionSet(id=1, name="Revision"),)) if revised else None,
    )
    return normal(screenplay), builder.ledger


class _Builder:
    def __init__(self) -> None:
        self.body: list[Element] = []
        self.ledger = Ledger()

    def title_page(self, lines: Sequence[TitleLine]) -> TitlePage | None:
        """Neighbouring lines of one name are one field."""
        fields: list[tuple[str, list[Text]]] = []
        for line in lines:
            if not fields or fields[-1][0] != line.name:
                fields.append((line.name, []))
            fields[-1][1].append((Run(text=line.text),))
            self.ledger.paragraphs.append([line.span])
        return (
            TitlePage(fields=tuple(TitleField(name=name, lines=tuple(texts)) for name, texts in fields))
            if fields
            else None
        )

    def place(self, units: Sequence[Unit]) -> None:
        place = 0
        while place < len(units):
            unit = units[place]
            if unit.role not in (CUE, PARENTHETICAL, DIALOGUE):
                self._place_block(unit)
                place += 1
                continue
            end = _speech_end(units, place)
            right_end = _speech_end(units, end) if end < len(units) and unit.side == 1 else end
            if unit.side == 1 and right_end > end and units[end].side == 2:
                left, right = self._speech(units[place:end]), self._speech(units[end:right_end])
                self.body.append(DualDialogue(left=left, right=right))
            else:
                right_end = end
                self._lift_marks(unit)
                self.body.append(self._speech(units[place:end]))
            place = right_end

    def _place_block(self, unit: Unit) -> None:
        self._lift_marks(unit)
        text = self._with_page_marks(unit)
        number = unit.number or None
        self._enter(unit)
        match unit.role:
            case _ if unit.made is not None and issubclass(unit.made, NewAct | EndOfAct):
                self.body.append(unit.made(text=text, number=number, at=unit.at))
            case roles.HEADING:
                self.body.append(SceneHeading(text=_omitted(text), number=number, at=unit.at))
            case roles.TRANSITION:
                self.body.append(Transition(text=text, number=number, at=unit.at))
            case _:
                align = Align.CENTER if unit.centered else None
                self.body.append(Action(text=text, number=number, align=align, at=unit.at))

    def _lift_marks(self, unit: Unit) -> None:
        """A page that begins where the unit begins stands before it."""
        while unit.marks and unit.marks[0][0] == 0:
            _, label, span = unit.marks.pop(0)
            self.ledger.pages.append((label, span))
            self.body.append(PageMark(label=label, at=unit.at))

    def _speech(self, units: Sequence[Unit]) -> Speech:
        cue: Character | None = None
        parts: list[Part] = []
        for unit in units:
            if unit.role == CUE:
                text = self._with_page_marks(unit)
                self._enter(unit)
                cue = Character(text=cue_as_seen(text), number=unit.number or None, at=unit.at)
                continue
            while unit.marks and unit.marks[0][0] == 0:
                _, label, span = unit.marks.pop(0)
                self.ledger.pages.append((label, span))
                parts.append(PageMark(label=label, at=unit.at))
            text = self._with_page_marks(unit)
            self._enter(unit)
            made = Parenthetical if unit.role == PARENTHETICAL else Dialogue
            parts.append(made(text=text, number=unit.number or None, at=unit.at))
        return Speech(cue=cue, parts=tuple(parts))

    def _enter(self, unit: Unit) -> None:
        which = len(self.ledger.paragraphs)
        self.ledger.paragraphs.append(unit.spans)
        self.ledger.numbers.extend((which, span) for span in unit.number_spans)

    def _with_page_marks(self, unit: Unit) -> Text:
        """The words cut at page marks and where a revision begins or ends."""
        cuts = {0, len(unit.text)}
        cuts.update(offset for offset, _, _ in unit.marks)
        for start, end in unit.revised:
            cuts.update((start, end))
        marks = list(unit.marks)
        text: list[Inline] = []
        places = sorted(cuts)
        for start, end in zip(places, [*places[1:], len(unit.text)], strict=True):
            while marks and marks[0][0] <= start:
                _, label, span = marks.pop(0)
                self.ledger.pages.append((label, span))
                text.append(PageMark(label=label, at=unit.at))
            if start < end:
                revised = any(first <= start and end <= last for first, last in unit.revised)
                text.append(Run(text=unit.text[start:end], revision=1 if revised else None))
        return tuple(text)


def _speech_end(units: Sequence[Unit], place: int) -> int:
    """Behind the last unit of the speech that begins at `place`."""
    side = units[place].side
    place += 1
    while place < len(units) and units[place].role in (PARENTHETICAL, DIALOGUE) and units[place].side == side:
        place += 1
    return place


def _omitted(text: Text) -> Text:
    """A cut scene says OMITTED, whatever form of the word was left of it."""
    if len(text) == 1 and isinstance(text[0], Run) and text[0].text.strip(" .").upper() in ("OMIT", "OMITTED"):
        return (Run(text="OMITTED"),)
    return text
