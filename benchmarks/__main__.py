"""`make bench`: what matchcut costs beside screenplain, as ratios of CPU time and peak memory.

Every pair is measured in turn on the same generated script (benchmarks/generate.py), so that the ratios hold on any
machine; absolute figures are printed for scale only. A row above its bar is marked, and the command then ends with 1.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import script
from benchmarks.measure import Cost, costs, in_process

BAR_GROWTH = 11.0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        print(f"{'':34}{'ours':>10}{'screenplain':>13}{'ratio':>8}{'bar':>7}")
        bench.warm_parse()
        bench.help()
        bench.conversions()
        bench.recovery()
        return bench.over


class Bench:
    """The rows of the table; `over` is 1 once a row was above its bar."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.over = 0
        self.fountain = self._write("script.fountain", 1)
        self.long_fountain = self._write("long.fountain", 10)
        self.python = sys.executable
        self.screenplain = shutil.which("screenplain", path=str(Path(sys.executable).parent)) or "screenplain"

    def _write(self, name: str, scale: int) -> Path:
        path = self.folder / name
        path.write_text(script(scale), encoding="utf-8")
        return path

    def warm_parse(self) -> None:
        ours, theirs = in_process("benchmarks.warm_parse", [(str(self.fountain), x) for x in ("ours", "screenplain")])
        self._row("warm parse of Fountain, s", ours, theirs, 0.6)

    def help(self) -> None:
        ours, theirs = costs([self._matchcut("--help"), [self.screenplain, "--help"]])
        self._row("--help, CPU s", ours.seconds, theirs.seconds, 2.0)

    def conversions(self) -> None:
        """Each direction that both can do, or ours against screenplain's nearest."""
        fdx = self.folder / "script.fdx"
        to_fdx = [self.screenplain, "--format", "fdx", str(self.fountain), str(self.folder / "theirs.fdx")]
        to_pdf = [self.screenplain, "--format", "pdf", str(self.fountain), str(self.folder / "theirs.pdf")]
        self._convert(self.fountain, fdx)
        fdx_cost, back, theirs = costs(
            [self._convert_command(self.fountain, fdx), self._convert_command(fdx, self.folder / "b.fountain"), to_fdx]
        )
        self._pair("Fountain to FDX", fdx_cost, theirs, 0.8, 1.5)
        self._pair("FDX to Fountain", back, theirs, 0.8, 1.5)
        self._growth("Fountain to FDX x10", "fdx", fdx_cost, BAR_GROWTH)
        if self._writes("pdf"):
            ours, theirs = costs([self._convert_command(self.fountain, self.folder / "ours.pdf"), to_pdf])
            self._pair("Fountain to PDF", ours, theirs, 0.30, 1.2)
            self._growth("Fountain to PDF x10, of theirs", "pdf", ours, 0.16, of=to_pdf)
        if self._writes("docx"):
            docx = self.folder / "ours.docx"
            ours, back, theirs = costs(
                [
                    self._convert_command(self.fountain, docx),
                    self._convert_command(docx, self.folder / "c.fountain"),
                    to_pdf,
                ],
                rounds=5,
            )
            self._pair("Fountain to DOCX (their PDF)", ours, theirs, 0.6, 1.5)
            self._pair("DOCX to Fountain (their PDF)", back, theirs, 0.6, 1.5)
            self._growth("Fountain to DOCX x10", "docx", ours, BAR_GROWTH)

    def recovery(self) -> None:
        """What no other converter reads: the bars are seconds."""
        pdf, flat = self.folder / "ours.pdf", self.folder / "flat.txt"
        tokens = re.findall(r"\w+|[^\w\s]", script(1).lower())[:24_000]
        flat.write_text(" ".join(tokens), encoding="utf-8")
        self._convert(self.fountain, pdf)
        of_pdf, of_flat = costs(
            [self._convert_command(source, self.folder / "d.fountain") for source in (pdf, flat)], rounds=5
        )
        self._row("our 126 PDF pages, CPU s to 1 s", of_pdf.seconds, 1.0, 2.5)
        self._row("24,000 flat words, CPU s to 1 s", of_flat.seconds, 1.0, 1.0)

    def _growth(self, label: str, suffix: str, small: Cost, bar: float, of: Sequence[str] | None = None) -> None:
        """Ten times the script: against one of ours, or against ten times the script in the command `of`."""
        target = self.folder / f"long.{suffix}"
        commands = [self._convert_command(self.long_fountain, target)]
        if of:
            commands.append([str(self.long_fountain) if part == str(self.fountain) else part for part in of])
        measured = costs(commands, rounds=5)
        self._row(f"{label}, CPU s", measured[0].seconds, measured[1].seconds if of else small.seconds, bar)

    def _pair(self, label: str, ours: Cost, theirs: Cost, cpu_bar: float, memory_bar: float) -> None:
        self._row(f"{label}, CPU s", ours.seconds, theirs.seconds, cpu_bar)
        self._row(f"{label}, peak MB", ours.megabytes, theirs.megabytes, memory_bar)

    def _row(self, label: str, ours: float, theirs: float, bar: float) -> None:
        ratio = ours / theirs
        mark = "  over" if ratio > bar else ""
        self.over |= ratio > bar
        print(f"{label:34}{ours:10.4f}{theirs:13.4f}{ratio:8.2f}{bar:7.2f}{mark}", flush=True)

    def _writes(self, name: str) -> bool:
        from converter.formats import FORMATS

        return any(row.name == name and row.writer for row in FORMATS)

    def _matchcut(self, *arguments: str) -> list[str]:
        """The installed command, as a person runs it; else the checkout."""
        installed = Path(sys.executable).with_name("matchcut")
        return [str(installed), *arguments] if installed.exists() else [self.python, "-m", "converter", *arguments]

    def _convert_command(self, source: Path, target: Path) -> list[str]:
        return self._matchcut("convert", str(source), str(target))

    def _convert(self, source: Path, target: Path) -> None:
        costs([self._convert_command(source, target)], rounds=1)


if __name__ == "__main__":
    sys.exit(main())
