"""The process that takes a PDF apart: bytes on stdin, one JSON object on stdout, its own limits first.

A PDF that makes pypdf run wild or die ends this process and not the caller's.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from converter.contract import ConverterError, Limits
from converter.records import fields

MEMORY = 1_000_000_000
PROCESSOR_SHARE = 0.5  # of the seconds that a conversion may take


def main() -> None:
    limits = Limits(**json.loads(sys.argv[2]))
    lower_own_limits(limits)
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(json.dumps(answer(data, limits)).encode("utf-8"))


def lower_own_limits(limits: Limits) -> None:
    """Memory, processor time, no file larger than nothing, no core dump; where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    seconds = max(1, int(limits.max_seconds * PROCESSOR_SHARE))
    for what, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            hard = resource.getrlimit(what)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(what, (value, value))
        except (ValueError, OSError):
            pass  # macOS refuses RLIMIT_AS; the others still hold


def answer(data: bytes, limits: Limits) -> dict[str, Any]:
    """The document, or the error by its class's name."""
    from converter.readers.pdf.document import extract

    try:
        document = extract(data, limits)
    except ConverterError as error:
        return {"error": type(error).__name__, "message": error.message}
    return {
        "sheets": document.sheets,
        "outline": document.outline,
        "pitch": document.pitch,
    }


def limits_as_json(limits: Limits) -> str:
    return json.dumps({one.name: getattr(limits, one.name) for one in fields(limits)})
