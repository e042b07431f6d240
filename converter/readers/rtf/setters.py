"""Control words that set one thing of the words or the paragraph that follow."""

from __future__ import annotations

from collections.abc import Callable

from converter.readers.rtf.state import Char, Group, Para
from converter.tree import Style
from converter.twips import FURTHEST


def _pard(group: Group, value: int, number: int | None) -> None:
    group.para = Para()


def _plain(group: Group, value: int, number: int | None) -> None:
    group.char = Char(revised=group.char.revised, deleted=group.char.deleted, author=group.char.author)


def _ulnone(group: Group, value: int, number: int | None) -> None:
    group.char = group.char._replace(style=group.char.style & ~Style.UNDERLINE)


def _uc(group: Group, value: int, number: int | None) -> None:
    group.fallback = min(max(value, 0), 100)


def _revised(group: Group, value: int, number: int | None) -> None:
    group.char = group.char._replace(revised=number != 0)


def _deleted(group: Group, value: int, number: int | None) -> None:
    group.char = group.char._replace(deleted=number != 0)


def _author(group: Group, value: int, number: int | None) -> None:
    group.char = group.char._replace(author=max(0, value))


def _new_page(group: Group, value: int, number: int | None) -> None:
    group.para = group.para._replace(new_page=number != 0)


def _in_table(group: Group, value: int, number: int | None) -> None:
    group.para = group.para._replace(in_table=number != 0)


def _outline(group: Group, value: int, number: int | None) -> None:
    group.para = group.para._replace(outline=number)


def _tab(group: Group, value: int, number: int | None) -> None:
    if 0 < value <= FURTHEST and len(group.para.tabs) < _MOST_TABS:
        group.para = group.para._replace(tabs=(*group.para.tabs, value))


_MOST_TABS = 64
SETTERS: dict[bytes, Callable[[Group, int, int | None], None]] = {
    b"pard": _pard,
    b"plain": _plain,
    b"ulnone": _ulnone,
    b"uc": _uc,
    b"revised": _revised,
    b"deleted": _deleted,
    b"revauth": _author,
    b"revauthdel": _author,
    b"pagebb": _new_page,
    b"intbl": _in_table,
    b"itap": _in_table,
    b"outlinelevel": _outline,
    b"tx": _tab,
}
