"""The list of changes for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.records import fields

if TYPE_CHECKING:
    from converter.compare import Comparison

_VERSION = 1  # of the JSON


def as_json(found: Comparison) -> str:
    import json

    said = {
        "version": _VERSION,
        "scenes": [_fields(one) for one in found.scenes],
        "changes": [_fields(one) for one in found.changes],
        "apart": _fields(found.apart),
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
