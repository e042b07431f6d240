"""Tables of others' documents: headings parted over cells, and names with their words in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from converter.languages import caseless_intros, foreign_intros
from converter.patterns import pattern
from converter.records import replace
from converter.recovery.decoder.roles import PARENTHETICAL
from converter.recovery.documents.foreign import Foreign, cut
from converter.recovery.documents.names import Named
from converter.recovery.typed.labels import SENTENCE_ENDS, is_cast_head, is_name, key_of, may_speak
from converter.recovery.typed.script import spoken
from converter.tree import Action, CastList, Character, Dialogue, Parenthetical, Run

Cells = Sequence[Sequence[Foreign]]

_INTRO = pattern(rf"(?:INT|EXT|I/E|INT\.?\s?/\s?EXT|{foreign_intros()}|{caseless_intros()})\.?", re.IGNORECASE)
_NUMBER = pattern(r"[A-Z]{0,2}\d{1,4}[A-Z]{0,2}[.)]?")
# What stands over the columns of a script, in the languages that scripts with such tables were seen in.
_NAMES = frozenset(
    """character characters name speaker role who voice figur figuren rolle sprecher person personnage personnages
    rôle personaje personajes personaggio personaggi personagem personagens персонаж персонажи роль postać postacie
    rola karakter karakterler tokoh karakter pemeran rol personage postava герой 角色 人物 役名 名前 登場人物 배역 이름
    الشخصية المتحدث पात्र किरदार""".split()
)
_WORDS = frozenset(
    """line lines text dialogue dialog dialogs speech words script audio replik text réplique répliques dialogues
    diálogo diálogos texto battuta battute testo fala falas реплика реплики текст слова kwestia kwestie tekst
    replik replikler repliği metin teks kalimat 台词 台詞 对白 对话 セリフ 대사 النص الحوار संवाद""".split()
)
_FEWEST_ROWS = 3


def heading_row(cells: Cells) -> Foreign | None:
    """INT. or EXT., the place and the time in a cell each, with a number or none: one heading."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or not all(map(_may_be_of_heading, filled)):
        return None
    first = filled[0][0]
    number = first.said if _NUMBER.fullmatch(first.said) and _is_plain(first) else None
    rest = [cell[0] for cell in (filled if number is None else filled[1:])]
    if len(rest) < 2 or not _INTRO.fullmatch(rest[0].said):
        return None
    text = [inline for place, one in enumerate(rest) for inline in (*(_BLANK if place else ()), *one.text)]
    whole = replace(rest[0], text=tuple(text), number=number and number.rstrip(".)"), breaks=first.breaks)
    whole.said = " ".join(one.said for one in rest)
    return whole


def _may_be_of_heading(cell: Sequence[Foreign]) -> bool:
    return len(cell) == 1 and len(cell[0].said) <= _LONGEST_PLACE and not cell[0].number


_LONGEST_PLACE = 40
_BLANK = (Run(text=" "),)


def names_of(tables: Iterable[Sequence[Cells]]) -> Counter[str]:
    """How often each name stands before words in the tables of two columns; facts that come again are none."""
    names: Counter[str] = Counter()
    seen: dict[tuple[str, ...], int] = {}
    for rows in tables:
        keys = tuple(_key(row) for row in rows if len(row) == 2 and _is_name(row[0]) and row[1])
        names.update(filter(may_speak, keys))
        seen[keys] = seen.get(keys, 0) + 1
    for keys, count in seen.items():
        if count > 1 and len(keys) >= _FEWEST_FACTS and len(set(keys)) == len(keys):
            for key in keys:
                del names[key]
    return names


_FEWEST_FACTS = 3


def _key(row: Cells) -> str:
    return key_of(row[0][0].said.rstrip(":：. "))


def speech_columns(rows: Sequence[Cells], names: Counter[str] | None = None) -> tuple[int, int] | None:
    """Which columns hold names and their words: by their heads, or because the names come back in the document.

    `names`: those of all its tables; without, this is the only one.
    """
    names = names_of([rows]) if names is None else names
    if len(rows) >= _FEWEST_ROWS and (told := _told_columns(rows)) is not None:
        return told
    return (0, 1) if all(len(row) == 2 for row in rows) and _names_come_back(rows, names) else None


def _told_columns(rows: Sequence[Cells]) -> tuple[int, int] | None:
    """By their heads; Line may stand over the numbers, so the longest column holds the words."""
    heads = _heads(rows[0])
    names = next((place for place, head in enumerate(heads) if head in _NAMES), None)
    words = [place for place, head in enumerate(heads) if head in _WORDS and place != names]
    if names is None or not words:
        return None
    return names, max(words, key=lambda place: sum(len(one.said) for row in rows for one in _cell(row, place)))


def _cell(row: Cells, place: int) -> Sequence[Foreign]:
    return row[place] if place < len(row) else ()


def _names_come_back(rows: Sequence[Cells], names: Counter[str]) -> bool:
    """In half of the rows and more a name that stands first in others too, and not always the same."""
    again = [row for row in rows if _is_name(row[0]) and row[1] and names[_key(row)] > 1]
    several = sum(count > 1 for count in names.values()) > 1 or len(names) > 1 and len(again) >= _FEWEST_ROWS
    in_all = sum(count for count in names.values() if count > 1)
    return several and bool(again) and 2 * len(again) >= len(rows) and in_all >= _FEWEST_ROWS


def _is_name(cell: Sequence[Foreign]) -> bool:
    name = cell[0].said.rstrip(":： ") if len(cell) == 1 else ""
    return is_name(name) and name[-1] not in ".!?。！？"


def has_head(cells: Cells) -> bool:
    """Do the cells say what stands below them?"""
    heads = _heads(cells)
    return not _NAMES.isdisjoint(heads) and not _WORDS.isdisjoint(heads)


def _heads(cells: Cells) -> list[str]:
    return [" ".join(one.said for one in cell).casefold().strip(":： ") for cell in cells]


def speech_row(cells: Cells, names: int, words: int) -> list[Foreign]:
    """The name, what is said, and what else stands in the row; a number is the cue's."""
    if max(names, words) >= len(cells) or not cells[names] or not cells[words]:
        return [one for cell in cells for one in cell]
    numbers = [place for place, cell in enumerate(cells) if place not in (names, words) and _is_number(cell)]
    cue, *more = cells[names]
    cue = replace(cue, named=Named(Character), number=cells[numbers[0]][0].said if numbers else cue.number)
    said = [piece for one in (*more, *cells[words]) for piece in _spoken(one)]
    others = [
        replace(one, named=Named(Action))
        for place, cell in enumerate(cells)
        for one in cell
        if place not in (names, words, *numbers[:1])
    ]
    return [cue, *said, *others]


def _spoken(one: Foreign) -> Iterator[Foreign]:
    """What is said, and the tone in brackets before it."""
    for role, start, end in spoken(one.said, 0):
        piece = one if (start, end) == (0, len(one.said)) else _part(one, start, end)
        yield replace(piece, named=Named(Parenthetical if role == PARENTHETICAL else Dialogue))


def _part(one: Foreign, start: int, end: int) -> Foreign:
    return replace(one, text=cut(one.text, start, end), said=one.said[start:end], breaks=0 if start else one.breaks)


# ---------------------------------------------------------------- who plays


def is_cast(rows: Sequence[Cells], speakers: Container[str]) -> bool:
    """Each row begins with a name of its own, most of those speak in the script, and here they say no sentences."""
    said = sum(bool(row) and any(one.said[-1] in SENTENCE_ENDS for cell in row[1:] for one in cell) for row in rows)
    if 2 * said > len(rows) and not has_cast_head(rows[0]):
        return False
    names = [key_of(row[0][0].said) for row in rows if row and _is_name(row[0])]
    spoken_by = sum(name in speakers for name in names)
    begun = len(rows) - has_cast_head(rows[0])
    return len(names) >= begun and len(set(names)) == len(names) > 1 and 2 * spoken_by >= begun > 1


def has_cast_head(cells: Cells) -> bool:
    heads = _heads(cells)
    return bool(heads) and (is_cast_head(heads[0]) or heads[0] in _NAMES)


def cast_row(cells: Cells) -> Foreign | None:
    """The cells of a row beside each other, as one line of the cast list."""
    lines = [one for cell in cells for one in cell]
    if not lines:
        return None
    text = [inline for place, one in enumerate(lines) for inline in (*(_TAB if place else ()), *one.text)]
    said = "\t".join(one.said for one in lines)
    return replace(lines[0], text=tuple(text), said=said, named=Named(CastList), in_cell=True)


_TAB = (Run(text="\t"),)


def _is_number(cell: Sequence[Foreign]) -> bool:
    return len(cell) == 1 and _is_plain(cell[0]) and _NUMBER.fullmatch(cell[0].said) is not None


def _is_plain(one: Foreign) -> bool:
    """Words alone, so that nothing is lost when they become a number."""
    return not one.breaks and not one.break_behind and all(isinstance(inline, Run) for inline in one.text)
