"""Every direction, ours and other converters', as a page: python -m benchmarks.compare docs/benchmarks.md

CPU seconds are medians of runs taken in turn, so that a busy machine hurts all alike; memory is the peak of the largest
process. Growth is the CPU time of four times the script, in times of the script.
"""

from __future__ import annotations

import cProfile
import os
import platform
import pstats
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path

from benchmarks.generate import script
from benchmarks.measure import Cost, costs, run
from benchmarks.peers import BIN, PEERS, Peer

READ = (".fountain", ".fdx", ".docx", ".txt", ".pdf")
WRITTEN = (*READ, ".outline")
LIBRARIES = ("click", "lxml", "reportlab", "python-docx", "pypdf", "fonttools")
FLOORS = {
    "a bare interpreter": "pass",
    "click": "import click",
    "lxml": "import lxml.etree",
    "reportlab": "import reportlab.pdfgen.canvas, reportlab.pdfbase.ttfonts",
    "pypdf": "import pypdf",
}
ROUNDS = 3


class Machine:
    """The scripts in every format, in a folder that goes."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.small = self._in_every_format("feature", 1)
        self.large = self._in_every_format("large", 4)

    def _in_every_format(self, name: str, scale: int) -> dict[str, Path]:
        first = self.folder / f"{name}.fountain"
        first.write_text(script(scale), encoding="utf-8")
        made = {".fountain": first}
        for suffix in READ[1:]:
            made[suffix] = first.with_suffix(suffix)
            subprocess.run(ours(first, made[suffix]), check=True, capture_output=True)
        return made


def ours(source: Path, target: Path) -> list[str]:
    installed = BIN / "matchcut"
    command = [str(installed)] if installed.exists() else [sys.executable, "-m", "converter"]
    more = ["--limit", "pdf-pages=20000"] if source.suffix == ".pdf" else []  # the long script has more
    same = ["--overwrite"] if source.suffix == target.suffix else []
    return [*command, "convert", str(source), str(target), *more, *same]


def main(path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        lines = [*_head(machine), *_floors(), *_pairs(machine), *_peers(machine), *_profile(machine)]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


# ---------------------------------------------------------------- the page


def _head(machine: Machine) -> Iterator[str]:
    feature = machine.small[".fountain"]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    yield "# Benchmarks"
    yield ""
    yield f"Made by `make bench` on {date.today():%-d %B %Y} with Python {platform.python_version()}, {versions},"
    yield f"on {os.cpu_count()} cores ({platform.system()}, {platform.machine()})."
    yield f"Seconds are CPU time, of user and system, child processes too, the median of {ROUNDS} runs taken in turn;"
    yield "memory is the peak of the largest process. Figures of another machine differ; the ratios hardly do."
    yield ""
    size = feature.stat().st_size // 1000
    yield f"The script is generated: a feature of {_pages(machine)} pages, {size} kB of Fountain."
    yield ""


def _pages(machine: Machine) -> int:
    return machine.small[".txt"].read_text(encoding="utf-8").count("\f") + 1


def _floors() -> Iterator[str]:
    yield "## Floors"
    yield ""
    yield "What starting costs before anything of ours runs."
    yield ""
    yield "| loaded | CPU s | MB |"
    yield "|---|---:|---:|"
    commands = [[sys.executable, "-c", code] for code in FLOORS.values()]
    for name, cost in zip(FLOORS, costs(commands, 9), strict=True):
        yield f"| {name} | {cost.seconds:.3f} | {cost.megabytes:.0f} |"
    yield ""


def _pairs(machine: Machine) -> Iterator[str]:
    yield "## Every direction"
    yield ""
    yield "CPU seconds and MB of the feature; below, how much longer four times the script takes."
    yield ""
    yield "| from, to | " + " | ".join(suffix[1:] for suffix in WRITTEN) + " |"
    yield "|---|" + "---:|" * len(WRITTEN)
    for source in READ:
        targets = [machine.folder / f"made{suffix}" for suffix in WRITTEN]
        small = costs([ours(machine.small[source], target) for target in targets], ROUNDS)
        large = costs([ours(machine.large[source], target) for target in targets], 1)
        yield f"| {source[1:]} | " + " | ".join(f"{one.seconds:.2f} s {one.megabytes:.0f} MB" for one in small) + " |"
        growth = [f"x{ten.seconds / one.seconds:.1f}" for one, ten in zip(small, large, strict=True)]
        yield "| | " + " | ".join(growth) + " |"
    yield ""


def _peers(machine: Machine) -> Iterator[str]:
    yield "## Beside other converters"
    yield ""
    yield "A ratio below 1 says that matchcut needs less. What was written is counted in kB, a PDF also in pages."
    yield ""
    there = [(peer, peer.version()) for peer in PEERS]
    yield "Versions: " + ", ".join(f"{peer.name} {version or 'not installed'}" for peer, version in there) + "."
    yield ""
    yield "| from, to | converter | CPU s | MB | growth | wrote | our CPU to its | our memory to its |"
    yield "|---|---|---:|---:|---:|---|---:|---:|"
    directions = dict.fromkeys(direction for peer, version in there if version for direction in peer.directions)
    for source, target in directions:
        peers = [peer for peer, version in there if version and (source, target) in peer.directions]
        yield from _direction(machine, source, target, peers)
    yield ""


def _direction(machine: Machine, source: str, target: str, peers: Sequence[Peer]) -> Iterator[str]:
    small = _measured(machine, "small", source, target, peers, ROUNDS)
    large = _measured(machine, "large", source, target, peers, 1)
    first = small["matchcut"]
    for name in ("matchcut", *(peer.name for peer in peers)):
        label = f"{source[1:]}, {target[1:]}" if name == "matchcut" else ""
        if name not in small:
            yield f"| {label} | {name} | fails | | | | | |"
            continue
        one, ten = small[name], large.get(name)
        growth = f"x{ten.seconds / one.seconds:.1f}" if ten else "fails"
        ratios = ("", "")
        if name != "matchcut":
            ratios = (f"{first.seconds / one.seconds:.2f}", f"{first.megabytes / one.megabytes:.2f}")
        wrote = _wrote(machine.folder / f"small-{name}{target}")
        cells = (label, name, f"{one.seconds:.2f}", f"{one.megabytes:.0f}", growth, wrote, *ratios)
        yield f"| {' | '.join(cells)} |"


def _measured(
    machine: Machine, size: str, source: str, target: str, peers: Sequence[Peer], rounds: int
) -> dict[str, Cost]:
    """Those that can do it, in turn; one that fails is left out."""
    script = (machine.small if size == "small" else machine.large)[source]
    commands = {"matchcut": ours(script, machine.folder / f"{size}-matchcut{target}")}
    commands |= {peer.name: peer.convert(script, machine.folder / f"{size}-{peer.name}{target}") for peer in peers}
    able = {name: command for name, command in commands.items() if _works(command)}
    return dict(zip(able, costs(list(able.values()), rounds), strict=True))


def _works(command: Sequence[str]) -> bool:
    try:
        run(command)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return False
    return True


def _wrote(path: Path) -> str:
    size = f"{path.stat().st_size / 1000:.0f} kB"
    if path.suffix != ".pdf":
        return size
    import pypdf

    return f"{size}, {len(pypdf.PdfReader(path).pages)} pages"


# ---------------------------------------------------------------- where the time goes


def _profile(machine: Machine) -> Iterator[str]:
    """Of Fountain to PDF, which people do most, and of PDF to Final Draft, the slowest."""
    yield "## Where the time goes"
    yield ""
    yield "Shares of the time under a profiler, which makes Python's functions look slower than those in C."
    yield ""
    yield "| from, to | where |"
    yield "|---|---|"
    for source, target in ((".fountain", ".pdf"), (".pdf", ".fdx")):
        shares = _shares(machine.small[source], machine.folder / f"profiled{target}")
        told = ", ".join(f"{name} {share:.0%}" for name, share in shares.most_common(9) if share >= 0.02)
        yield f"| {source[1:]}, {target[1:]} | {told} |"
    yield ""
    yield "PDF is the slowest source: it says no words, only which letter stands where, and each operator of each page"
    yield "passes through Python, in a process of its own (here in one, for the profiler's sake)."
    yield "Plain text comes next: every line is weighed by some hundred features, twice."
    yield "From the formats that name their elements nothing stands out;"
    yield "half of what is left is starting Python and loading libraries."


def _shares(source: Path, target: Path) -> Counter[str]:
    from converter import convert

    options = {"isolate": False} if source.suffix == ".pdf" else None
    profile = cProfile.Profile()
    profile.runcall(convert, source, target, read_options=options)
    seconds: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        seconds[_part(file, name)] += own
    total = sum(seconds.values())
    return Counter({part: own / total for part, own in seconds.items()})


def _part(file: str, name: str) -> str:
    parts = Path(file).with_suffix("").parts
    for package in ("converter", "writers", "reportlab", "fontTools", "pypdf", "lxml"):
        if package in parts:
            place = parts[parts.index(package) :]
            return ".".join(place[:3]) if package in ("converter", "writers") else package
    return "importing" if "importlib" in file else "built in, and the standard library"


if __name__ == "__main__":
    main(*sys.argv[1:])
