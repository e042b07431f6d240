"""Many scripts with one process and with two: python -m benchmarks.many [SCRIPTS [ROUNDS]]

Scripts of 10 to 120 pages, one in fifty of them broken, become PDFs. Printed are the wall time of both, their ratio,
the peak memory of the command and of its largest worker, and whether both made the same files. On two idle cores the
ratio has a bar of 0.55.
"""

from __future__ import annotations

import hashlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.compare import BIN
from benchmarks.generate import script

BROKEN = (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"", b"<FinalDraft", b"%PDF-1.7 broken", b"PK\x03\x04 broken")


def main(scripts: int = 1000, rounds: int = 3) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        broken = _write_scripts(folder / "scripts", scripts)
        megabytes = sum(path.stat().st_size for path in (folder / "scripts").rglob("*.*")) / 1e6
        print(f"{scripts} scripts, {megabytes:.0f} MB, {broken} of them broken", flush=True)
        before = _digests(folder / "scripts")
        walls: dict[int, list[float]] = {1: [], 2: []}
        made: dict[int, dict[str, str]] = {}
        for turn in range(rounds):
            for jobs in walls:
                target = folder / f"pdf-{turn}-{jobs}"
                spent = _spent_by_children()
                wall, parent, worker = _converted(folder / "scripts", target, jobs, scripts - broken, broken)
                spent = _spent_by_children() - spent
                walls[jobs].append(wall)
                made[jobs] = _digests(target)
                sizes = f"command {parent:.0f} MB, worker {worker:.0f} MB"
                print(f"--jobs {jobs}: {wall:.1f} s, CPU {spent:.1f} s, {sizes}", flush=True)
        ratio = statistics.median(walls[2]) / statistics.median(walls[1])
        same = made[1] == made[2] and len(made[1]) == scripts - broken and _digests(folder / "scripts") == before
        print(f"ratio {ratio:.2f}, {'the same files' if same else 'OTHER FILES'}")
        return 0 if same else 1


def _spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _write_scripts(folder: Path, count: int) -> int:
    dice = random.Random(7)
    broken = 0
    for number in range(count):
        place = folder / f"{number // 100:02}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 50 == 49:
            kind = BROKEN[broken % len(BROKEN)]
            (place / f"{number:04}.{('fdx', 'pdf', 'docx')[broken % 3]}").write_bytes(kind or b"\0")
            broken += 1
        else:
            text = script(dice.triangular(0.08, 0.95, 0.25), number)
            (place / f"{number:04}.fountain").write_text(text, encoding="utf-8")
    return broken


def _converted(source: Path, target: Path, jobs: int, good: int, broken: int) -> tuple[float, float, float]:
    """Wall seconds, the peak megabytes of the command, those of its largest worker."""
    command = [str(BIN / "matchcut"), "convert", str(source), "--to", "pdf", "--out-dir", str(target)]
    start = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen([*command, "--jobs", str(jobs)], stderr=errors)
        parent = worker = 0.0
        while child.poll() is None:
            parent = max(parent, _peak(child.pid))
            worker = max([worker, *map(_peak, _children(child.pid))])
            time.sleep(0.2)
        wall = time.monotonic() - start
        errors.seek(0)
        lines = errors.read().decode().splitlines()
    assert child.returncode == 6, lines[-3:]
    assert lines[-1] == f"{good} converted, {broken} failed", lines[-1]
    assert sum(line.startswith("Error: ") for line in lines) == broken
    return wall, parent, worker


def _peak(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def _children(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
