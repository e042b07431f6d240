"""The process that takes a PDF apart: bytes on stdin, one JSON object on stdout, shut in first.

A PDF that makes pypdf run wild or die ends this process and not the caller's; one that took it over would find nothing
to reach (converter.safe.cage).
"""

from __future__ import annotations

import codecs
import json
import os
import sys
from typing import Any

from converter.contract import ConverterError, Limits
from converter.records import fields
from converter.safe import cage

MEMORY = 1_000_000_000
PROCESSOR_SHARE = 0.5  # of the seconds that a conversion may take
# It tries these on the strings and names of a file, by their first bytes.
_CODECS_OF_PYPDF = ("utf-8", "utf-16", "utf-16be", "utf-16le", "latin1", "charmap", "gbk")


def main() -> None:
    os.environ.clear()
    cage.end_with_parent()
    limits = Limits(**json.loads(sys.argv[2]))
    import_everything()
    cage.lock(MEMORY, processor_seconds(limits))
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(json.dumps(answer(data, limits)).encode("utf-8"))
    sys.stdout.buffer.flush()
    os._exit(0)  # to take the document apart would take time, and the caller waits for the end


def processor_seconds(limits: Limits) -> int:
    return max(1, int(limits.max_seconds * PROCESSOR_SHARE))


def import_everything() -> None:
    """What reading may ask for; once shut in, nothing can be loaded any more."""
    for name in ("PIL", "fontTools"):  # pypdf goes without: no picture is decoded here, and no font drawn
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # this is how Python marks what is not there
    import converter.readers.pdf.document  # noqa: F401
    from converter.readers.pdf.fonts import CODECS

    for codec in (*_CODECS_OF_PYPDF, *(codec for _, codec in CODECS)):
        codecs.lookup(codec)


def answer(data: bytes, limits: Limits) -> dict[str, Any]:
    """The document, or the error by its class's name."""
    from converter.readers.pdf.document import extract

    try:
        document = extract(data, limits)
    except ConverterError as error:
        return {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    return {
        "sheets": document.sheets,
        "outline": document.outline,
        "pitch": document.pitch,
    }


def limits_as_json(limits: Limits) -> str:
    return json.dumps({one.name: getattr(limits, one.name) for one in fields(limits)})
