"""Print the CPU seconds of one warm parse: python -m benchmarks.warm_parse FILE ours|screenplain"""

from __future__ import annotations

import sys
import time
from io import StringIO
from pathlib import Path


def main(path: str, side: str) -> float:
    text = Path(path).read_text(encoding="utf-8")
    if side == "ours":
        from converter.readers.fountain import from_text

        def parse() -> object:
            return from_text(text)
    else:
        from screenplain.parsers.fountain import parse as parse_stream

        def parse() -> object:
            return parse_stream(StringIO(text))

    best = float("inf")
    for _ in range(7):
        start = time.process_time()
        parse()
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
