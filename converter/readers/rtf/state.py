"""What a group of RTF sets for its words: it ends where the group does."""

from __future__ import annotations

from typing import NamedTuple

from converter.records import dataclass, field
from converter.tree import Align, Style

NO_STYLE = Style(0)


class Char(NamedTuple):
    """How words are set."""

    style: Style = NO_STYLE
    font: int | None = None
    color: int = 0
    background: int = 0
    revised: bool = False
    deleted: bool = False
    author: int = 0  # of the revision


class Para(NamedTuple):
    """How a paragraph is set, measures in twips."""

    style: int = 0
    left: int = 0
    right: int = 0
    first: int = 0  # relative to left
    before: int = 0
    after: int = 0
    align: Align | None = None
    tabs: tuple[int, ...] = ()
    new_page: bool = False
    outline: int | None = None
    in_table: bool = False


@dataclass(slots=True)
class Group:
    char: Char
    para: Para
    destination: str = "body"
    opens: bool = False  # its destination begins with it
    starred: bool = False  # \* stands at its start
    fallback: int = 1  # letters behind \u for those who do not know it


class SheetStyle(NamedTuple):
    name: str
    based_on: int | None
    char: Char
    para: Para


_LONGEST_CHAIN = 20


@dataclass(slots=True)
class Sheet:
    """The style sheet; numbers are the file's own."""

    styles: dict[int, SheetStyle] = field(default_factory=dict)

    def names(self, number: int) -> list[str]:
        """The names of a style and of those that it is built on."""
        names: list[str] = []
        seen: set[int] = set()
        at: int | None = number
        while at is not None and at in self.styles and at not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(at)
            names.append(self.styles[at].name)
            at = self.styles[at].based_on
        return names

    def char(self, number: int) -> Char:
        return self.styles[number].char if number in self.styles else Char()

    def para(self, number: int) -> Para:
        return self.styles[number].para if number in self.styles else Para()
