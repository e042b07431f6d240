"""Where the units of the new body begin, and where an anchor of the file stands now.

Offsets move with the words they stand at. An entry of the file that still stands in the same words of the same
paragraph keeps its distance from the paragraph's start, whatever odd place Final Draft gave it.
"""

from __future__ import annotations

from bisect import bisect_right

from converter.notation.fdx import units
from converter.records import dataclass, field
from converter.tree import Paragraph, Run
from writers.fdx.kept.file import File
from writers.fdx.kept.patch import Written
from writers.fdx.kept.same import bare_text, common_start
from writers.fdx.paragraphs import Offsets
from writers.fdx.units import Spot, Unit, text_length


@dataclass(slots=True)
class Moves:
    """Where units stand now."""

    file: File
    units: list[Unit]
    written: list[Written]
    starts: list[int] = field(default_factory=list)
    total: int = 0
    by_number: dict[int, int] = field(default_factory=dict)  # paragraph -> the unit that still has its words
    unit_of: dict[int, int] = field(default_factory=dict)  # paragraph -> the first unit that came from it

    def __post_init__(self) -> None:
        place = 0
        for index, one in enumerate(self.written):
            place += one.before
            self.starts.append(place)
            place += one.length
            if one.number is not None:
                self.by_number.setdefault(one.number, index)
        self.starts.append(place)
        self.total = place
        for index, unit in enumerate(self.units):
            number = self.file.number_of(unit)
            if number is not None:
                self.unit_of.setdefault(number, index)

    # -------- anchors

    def offset(self, spot: Spot, was: Spot | None, old_offset: int | None) -> int:
        if spot.unit >= len(self.units):
            return self.total + self._beyond(was, old_offset)
        start = self.starts[spot.unit]
        kept = self._kept_distance(spot, was, old_offset)
        if kept is not None:
            return start + kept
        if not spot.nested:
            return start + spot.character
        paragraph = self.units[spot.unit].paragraph
        return start + (text_length(paragraph.text) if paragraph is not None else 0)

    def _beyond(self, was: Spot | None, old_offset: int | None) -> int:
        """How far after the last word the file had it."""
        if was is None or old_offset is None or was.unit < len(self.file.units):
            return 0
        return max(0, old_offset - self.file.length)

    def nested(self, spot: Spot, was: Spot | None, old_offset: int | None, said: str | None) -> str | None:
        """Which paragraph inside a block is meant; what the file says of that, if only by silence, still holds."""
        kept = spot.unit < len(self.units) and self._kept_distance(spot, was, old_offset) is not None
        return said if kept else Offsets.nested(spot)

    def _kept_distance(self, spot: Spot, was: Spot | None, old_offset: int | None) -> int | None:
        """How far from the paragraph's start the file has it, if it stands in the same words still."""
        if was is None or old_offset is None or not self._has_same_words(spot, was):
            return None
        distance = old_offset - self.file.top_of_unit[was.unit].start
        last = spot.unit == len(self.units) - 1
        inside = 0 <= distance < self.written[spot.unit].length
        return distance if inside or last and distance > 0 else None

    def _has_same_words(self, spot: Spot, was: Spot) -> bool:
        top = self.file.top_of_unit.get(was.unit)
        if top is None or not top.regular or self.written[spot.unit].number != top.number:
            return False
        return (spot.nested, spot.character) == (was.nested, was.character)

    # -------- any place of the old file

    def moved(self, offset: int) -> int | None:
        """Where the place of an old offset is now; None if its words are gone."""
        if offset >= self.file.length:
            return self.total + offset - self.file.length
        at = bisect_right(self.file.tops, offset, key=lambda top: top.start)
        top = self.file.tops[max(0, at - 1)]
        distance = offset - top.start
        index = self.by_number.get(top.number)
        if index is not None:
            return self.starts[index] + distance
        return self._moved_in_changed(top.number, distance)

    def _moved_in_changed(self, number: int, distance: int) -> int | None:
        old = self.file.unit_at.get(number)
        index = self.unit_of.get(number)
        if old is None or index is None or old.paragraph is None:
            return None
        new = self.units[index].paragraph
        if new is None:
            return None
        was, now = _bare_words(old.paragraph), _bare_words(new)
        head = common_start(was, now)
        foot = common_start(was[head:][::-1], now[head:][::-1])
        if distance <= units(was[:head]):
            return self.starts[index] + distance
        if distance >= units(was[: len(was) - foot]):
            return self.starts[index] + distance + units(now) - units(was)
        return None


def _bare_words(paragraph: Paragraph) -> str:
    return "".join(one.text if isinstance(one, Run) else "\n" for one in bare_text(paragraph.text))
