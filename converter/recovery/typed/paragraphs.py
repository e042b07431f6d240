"""A paragraph of any format as the engine for typed scripts sees it."""

from __future__ import annotations

from converter.records import dataclass, field
from converter.recovery.lines.rows import TypedRow
from converter.tree import Align, Paragraph


@dataclass(slots=True)
class Typed:
    """Words and how they are set. `text` is one line; a typed line break begins the next paragraph, which is `tied`."""

    text: str
    rows: list[TypedRow] = field(default_factory=list)  # the lines of the sheet that it is made of
    starts: list[int] = field(default_factory=list)  # where each of them begins in `text`
    blank: int = 0  # empty lines above
    column: int = 0
    align: Align | None = None
    level: int = 0  # of the writer's own outline, 1 the highest
    lead: int = 0  # letters at its start that are bold or underlined, if not all of it is
    is_bold: bool = False  # all of it
    tied: bool = False  # no paragraph ended before it
    role: int | None = None  # what its style says
    made: type[Paragraph] | None = None  # what it is by its words, whatever stands around it

    @property
    def is_apart(self) -> bool:
        """A style or the outline has said what it is."""
        return self.role is not None or self.level > 0
