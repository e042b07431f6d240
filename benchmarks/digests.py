"""What every script becomes in every format, as digests, to show that a change of the code changes no result.

    python -m benchmarks.digests FOLDER ... > before.tsv

A line a result: the file, what it was made into, a digest of the bytes and one of the diagnostics, with their count.
Compare the lines of two versions with `diff`. A file that cannot be read gives a line with the error.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from converter import ConverterError, read_bytes, write_bytes
from converter.contract import Diagnostic

# A name for each way of writing, its format and its options.
WAYS: dict[str, tuple[str, dict[str, object]]] = {
    "outline": ("outline", {}),
    "fountain": ("fountain", {}),
    "fountain, carried": ("fountain", {"carry": True}),
    "fdx": ("fdx", {}),
    "fdx, lengths": ("fdx", {"lengths": True}),
    "docx": ("docx", {}),
    "docx, locked": ("docx", {"pagination": "locked", "paper": "a4"}),
    "text": ("text", {}),
    "pdf": ("pdf", {}),
    "pdf, a4": ("pdf", {"paper": "a4", "scene_numbers": "both", "scene_continued": True}),
}


def digests(path: Path) -> list[str]:
    """The lines of one file, in the order of WAYS."""
    try:
        result = read_bytes(path.read_bytes(), name=path.name)
    except ConverterError as error:
        return [f"{path.name}\tread\t{type(error).__name__}\t{error}"]
    lines = [f"{path.name}\tread\t{result.format}\t{_of_diagnostics(result.diagnostics)}"]
    for way, (format, options) in WAYS.items():
        try:
            written = write_bytes(result.screenplay, format=format, options=options)
        except ConverterError as error:
            lines.append(f"{path.name}\t{way}\t{type(error).__name__}\t{error}")
            continue
        lines.append(f"{path.name}\t{way}\t{_of(written.data)}\t{_of_diagnostics(written.diagnostics)}")
    return lines


def _of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _of_diagnostics(diagnostics: Iterable[Diagnostic]) -> str:
    told = [f"{one.kind.value} {one.code} {one.message} {one.at}" for one in diagnostics]
    return f"{len(told)} {_of(chr(10).join(told).encode('utf-8', 'surrogatepass'))}"


def scripts(folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in Path(folder).rglob("*") if path.is_file())


def main() -> None:
    with ProcessPoolExecutor() as pool:
        for lines in pool.map(digests, scripts(sys.argv[1:])):
            print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
