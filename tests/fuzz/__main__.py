"""Fuzz one reader, guided by what its code covers: `python -m tests.fuzz READER SECONDS [libFuzzer's flags]`.

Inputs that reach new code stay in fuzz/READER/corpus, and the next run goes on from there. A finding is written beside
them and ends the command with an error; it becomes a case. To see it again:
`python -m tests.fuzz READER 0 fuzz/READER/crash-...`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["converter", "writers", "pypdf", "zipfile"]):
    import converter.overview
    import converter.readers.adobestory
    import converter.readers.celtx
    import converter.readers.docx
    import converter.readers.fdx
    import converter.readers.fountain
    import converter.readers.highland
    import converter.readers.html
    import converter.readers.json
    import converter.readers.kit
    import converter.readers.osf
    import converter.readers.pdf.child
    import converter.readers.plain
    import converter.readers.scrite
    import converter.readers.starc
    import converter.readers.trelby
    import converter.recovery.pages.script  # noqa: F401
    import writers.docx
    import writers.fdx
    import writers.fountain
    import writers.html
    import writers.json
    import writers.osf
    import writers.pdf
    import writers.text
    import writers.trelby  # noqa: F401
    from tests.fuzz.targets import TARGETS


def main(name: str, seconds: str, *flags: str) -> None:
    target = TARGETS[name]
    found = Path("fuzz") / name
    corpus = found / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = found / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words))
    limits = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=65536", f"-dict={words}", f"-artifact_prefix={found}/"]
    places = [] if any(not flag.startswith("-") for flag in flags) else [str(corpus)]
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", *limits, *flags, *places], target.run)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
