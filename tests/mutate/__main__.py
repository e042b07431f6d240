"""python -m tests.mutate AREA: which small wrong changes to a part of the code do the tests notice?

Each change is made in a copy of the repository and meets the area's own tests, up to the first that fails; those that
live meet the quick suite. Code that no longer runs counts as noticed, and so does code that does not end. Tests that
fail without any change are named and left out. At the end stand the changes that nobody noticed, as differences.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import queue
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.mutate.areas import AREAS, ROOT, Area, files
from tests.mutate.changes import Change, chosen

MEMORY = 8 << 30  # bytes of addresses; a wrong change may ask for all there is
FAILURES = 20  # more than so many without any change, and nothing can be said
PYTEST = (sys.executable, "-m", "pytest", "-q", "--no-header", "--tb=line", "-rfE", "-p", "no:cacheprovider", "-n", "0")
QUICK = ("-m", "not (libreoffice or timing or long)")
NO_TESTS = 5  # pytest's exit code
FAILED = re.compile(r"^(?:FAILED|ERROR) (?P<test>.+?)(?: - .*)?$", re.MULTILINE)


class Suite(NamedTuple):
    name: str
    arguments: tuple[str, ...]
    seconds: float = 600  # of processor time that it takes when nothing is wrong


class Ended(NamedTuple):
    passed: bool
    shown: str


class Outcome(NamedTuple):
    change: Change
    noticed: bool
    seconds: float

    def __str__(self) -> str:
        verdict = "noticed" if self.noticed else "LIVES"
        return f"  {verdict:8} {self.change.path}:{self.change.line} ({self.seconds:.0f} s)"


class Copies:
    """The repository, as often as changes are tried at once."""

    def __init__(self, folder: Path, count: int) -> None:
        self.free: queue.Queue[Path] = queue.Queue()
        self.count = count
        for number in range(count):
            self.free.put(_copied(folder / str(number)))

    @contextlib.contextmanager
    def one(self) -> Iterator[Path]:
        copy = self.free.get()
        try:
            yield copy
        finally:
            self.free.put(copy)


def main() -> int:
    asked = _asked()
    area = AREAS[asked.area]
    changes = chosen(ROOT, files(area), asked.seed, asked.count)
    living = changes
    with tempfile.TemporaryDirectory(prefix="matchcut-mutate-") as folder:
        copies = Copies(Path(folder), asked.jobs)
        for suite in _suites(area):
            if living:
                living = _living(copies, suite, living)
    for change in living:
        print(_difference(change))
    noticed = len(changes) - len(living)
    print(f"\n{asked.area}: {noticed} of {len(changes)} changes were noticed ({noticed / max(1, len(changes)):.1%}).")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutate",
        description="Which small wrong changes to a part of the code do the tests notice?",
    )
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--count", type=int, default=60, help="how many changes (60)")
    parser.add_argument("--seed", type=int, default=1, help="another number chooses other changes (1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once (one a core)")
    return parser.parse_args()


def _suites(area: Area) -> list[Suite]:
    cases = [Suite("its cases", ("tests/test_cases.py", "-k", area.cases))] if area.cases else []
    return [*cases, Suite("its tests", (*area.tests, *QUICK)), Suite("the quick suite", QUICK)]


def _living(copies: Copies, suite: Suite, changes: list[Change]) -> list[Change]:
    """The changes that the suite does not notice."""
    suite = _measured(copies, suite)
    print(f"{len(changes)} changes meet {suite.name}, which take {suite.seconds:.0f} s of processor time:", flush=True)
    living = []
    with ThreadPoolExecutor(copies.count) as pool:
        for outcome in pool.map(lambda change: _tried(copies, suite, change), changes):
            print(outcome, flush=True)
            if not outcome.noticed:
                living.append(outcome.change)
    return living


def _measured(copies: Copies, suite: Suite) -> Suite:
    """With what it takes, and without the tests that fail here anyway."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with copies.one() as copy:
        ended = _run(copy, suite)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    failed = FAILED.findall(ended.shown)
    if len(failed) > FAILURES or not (ended.passed or failed):
        sys.exit(f"{suite.name} fail without any change:\n{ended.shown[-3000:]}")
    for test in failed:
        print(f"left out, because it fails without any change: {test}")
    return Suite(
        suite.name,
        suite.arguments + tuple(f"--deselect={test}" for test in failed),
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
    )


def _tried(copies: Copies, suite: Suite, change: Change) -> Outcome:
    with copies.one() as copy:
        start = time.monotonic()
        file = copy / change.path
        _rewrite(file, change.after())
        try:
            ended = _run(copy, suite, "-x")
        finally:
            _rewrite(file, change.before())
        return Outcome(change, not ended.passed, time.monotonic() - start)


# ---------------------------------------------------------------- copies and processes


def _copied(folder: Path) -> Path:
    """The repository as git sees it, with what is not committed yet."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _rewrite(file: Path, text: str) -> None:
    """With a later time than before, by which Python sees that what it compiled is out of date."""
    later = file.stat().st_mtime + 10
    file.write_text(text, encoding="utf-8")
    os.utime(file, (later, later))


def _run(copy: Path, suite: Suite, *more: str) -> Ended:
    allowed = int(suite.seconds * 3) + 30
    child = subprocess.Popen(
        [*PYTEST, *suite.arguments, *more],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "HYPOTHESIS_PROFILE": "quick"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=lambda: _limit(allowed),
    )
    try:
        shown, _ = child.communicate(timeout=allowed * 4)  # asleep, or the machine has much else to do
    except subprocess.TimeoutExpired:
        shown = b"it did not end"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # with all that its tests have started
        child.wait()
    return Ended(child.returncode in {0, NO_TESTS}, shown.decode("utf-8", "replace"))


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _difference(change: Change) -> str:
    before, after = (text.splitlines(keepends=True) for text in (change.before(), change.after()))
    return "\n" + "".join(difflib.unified_diff(before, after, f"a/{change.path}", f"b/{change.path}", n=2))


if __name__ == "__main__":
    sys.exit(main())
