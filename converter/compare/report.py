"""The list of changes as people read it, and as programs do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from converter.records import fields
from converter.terms import cue_name
from converter.tree import DualDialogue, Screenplay, Speech

if TYPE_CHECKING:
    from converter.compare import Comparison, SceneChange

_VERSION = 1  # of the JSON
_ORDER = ("new", "moved", "omitted", "cut", "changed", "renumbered")


def lines(
    found: Comparison, old: Screenplay, new: Screenplay, *, names: tuple[str, str], pages: tuple[int, int]
) -> Iterator[str]:
    before, after = names
    if found.is_equal:
        yield f"{after} says what {before} says."
        return
    counts: Counter[str] = Counter(one.what for one in found.scenes)
    scenes = ", ".join(f"{counts[what]} {what}" for what in _ORDER if counts[what])
    new_words, cut_words = (sum(getattr(one, name) for one in found.scenes) for name in ("words_new", "words_cut"))
    yield f"{after} compared with {before}"
    yield f"Scenes: {scenes}. Words: {new_words:,} new, {cut_words:,} cut. Pages: {pages[1]:,}, before {pages[0]:,}."
    yield from _table("Scenes", [_scene_row(one) for one in found.scenes])
    yield from _table("Speeches", list(_cast_rows(old, new)))


def _scene_row(one: SceneChange) -> tuple[str, ...]:
    what: str = one.what
    if what == "renumbered" or one.number != one.old_number and one.number and one.old_number:
        what = f"{what}, before {one.old_number or 'without number'}"
    words = " ".join(
        part for part in (f"+{one.words_new}" * bool(one.words_new), f"-{one.words_cut}" * bool(one.words_cut)) if part
    )
    heading = one.heading if one.heading is not None else one.old_heading
    return one.number or one.old_number or "", heading or "(before the first scene)", what, words


def _cast_rows(old: Screenplay, new: Screenplay) -> Iterator[tuple[str, ...]]:
    """Who speaks more or less often than before."""
    before, after = _speeches(old), _speeches(new)
    for name in sorted({*before, *after}, key=lambda one: (-abs(after[one] - before[one]), one)):
        if before[name] != after[name]:
            yield name, f"{after[name] - before[name]:+}", f"{after[name]}, before {before[name]}"


def _speeches(draft: Screenplay) -> Counter[str]:
    found: Counter[str] = Counter()
    for element in draft.body:
        speeches = (element.left, element.right) if isinstance(element, DualDialogue) else (element,)
        for one in speeches:
            if isinstance(one, Speech) and one.cue is not None:
                found[cue_name(one.cue)] += 1
    return found


def _table(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    widths = [min(60, max(map(len, column))) for column in zip(*rows, strict=True)]
    yield from ("", title)
    for row in rows:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


# ---------------------------------------------------------------- for programs


def as_json(found: Comparison) -> str:
    import json

    said = {
        "version": _VERSION,
        "scenes": [_fields(one) for one in found.scenes],
        "changes": [_fields(one) for one in found.changes],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _fields(one: Any) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(type(one))}


def as_csv(found: Comparison) -> str:
    """A row for each paragraph. What a spreadsheet would take for a formula stands behind an apostrophe."""
    import csv
    from io import StringIO

    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("scene", "what", "kind", "old", "new"))
    for one in found.changes:
        writer.writerow([_harmless(cell or "") for cell in (one.scene, one.what, one.kind, one.old, one.new)])
    return "\ufeff" + out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
