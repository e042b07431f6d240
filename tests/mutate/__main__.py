"""python -m tests.mutate AREA: which small wrong changes to a part of the code do the tests notice?

Each change is made in a copy of the repository and meets the area's own tests, up to the first that fails; those that
live meet the quick suite. Code that no longer runs counts as noticed, and so does code that does not end. Tests that
fail without any change are named and left out. At the end stand the changes that nobody noticed, as differences.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import json
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.mutate.areas import AREAS, EVERYWHERE, ROOT, Area, files
from tests.mutate.changes import Change, chosen

FAILURES = 20  # more than so many without any change, and nothing can be said
PYTEST = ("-q", "--no-header", "--tb=line", "-rfE", "-p", "no:cacheprovider", "-n", "0")
QUICK = ("-m", "not (libreoffice or timing or long)")
NO_TESTS = 5  # pytest's exit code
FAILED = re.compile(r"^(?:FAILED|ERROR) (?P<test>.+?)(?: - .*)?$", re.MULTILINE)


class Suite(NamedTuple):
    name: str
    arguments: tuple[str, ...]
    seconds: float = 600  # of processor time that it takes when nothing is wrong


class Ended(NamedTuple):
    code: int
    seconds: float
    shown: str

    @property
    def passed(self) -> bool:
        return self.code in {0, NO_TESTS}


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
        self.all = [Copy(folder / str(number)) for number in range(count)]
        self.free: queue.Queue[Copy] = queue.Queue()
        for copy in self.all:
            self.free.put(copy)

    @contextlib.contextmanager
    def one(self) -> Iterator[Copy]:
        copy = self.free.get()
        try:
            yield copy
        finally:
            self.free.put(copy)

    def close(self) -> None:
        for copy in self.all:
            copy.close()


def main() -> int:
    asked = _asked()
    area = AREAS[asked.area]
    changes = chosen(ROOT, files(area), asked.seed, asked.count)
    living = changes
    with tempfile.TemporaryDirectory(prefix="matchcut-mutate-") as folder:
        copies = Copies(Path(folder), asked.jobs)
        for suite in _suites(area)[: -1 if asked.near else None]:
            if living:
                living = _living(copies, suite, living)
        copies.close()
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
    parser.add_argument("--near", action="store_true", help="only the area's own tests, not the quick suite after them")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once (one a core)")
    return parser.parse_args()


def _suites(area: Area) -> list[Suite]:
    cases = [Suite("its cases", ("tests/test_cases.py", "-k", area.cases))] if area.cases else []
    return [*cases, Suite("its tests", (*EVERYWHERE, *area.tests, *QUICK)), Suite("the quick suite", QUICK)]


def _living(copies: Copies, suite: Suite, changes: list[Change]) -> list[Change]:
    """The changes that the suite does not notice."""
    suite = _measured(copies, suite)
    print(f"{len(changes)} changes meet {suite.name}, which take {suite.seconds:.0f} s of processor time:", flush=True)
    living = []
    with ThreadPoolExecutor(len(copies.all)) as pool:
        for outcome in pool.map(lambda change: _tried(copies, suite, change), changes):
            print(outcome, flush=True)
            if not outcome.noticed:
                living.append(outcome.change)
    return living


def _measured(copies: Copies, suite: Suite) -> Suite:
    """With what it takes, and without the tests that fail here anyway."""
    with copies.one() as copy:
        ended = copy.run(suite)
    failed = FAILED.findall(ended.shown)
    if len(failed) > FAILURES or not (ended.passed or failed):
        sys.exit(f"{suite.name} fail without any change:\n{ended.shown[-3000:]}")
    for test in failed:
        print(f"left out, because it fails without any change: {test}")
    left_out = tuple(f"--deselect={test}" for test in failed)
    return Suite(suite.name, suite.arguments + left_out, ended.seconds)


def _tried(copies: Copies, suite: Suite, change: Change) -> Outcome:
    with copies.one() as copy:
        start = time.monotonic()
        file = copy.folder / change.path
        _rewrite(file, change.after())
        try:
            ended = copy.run(suite, "-x")
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


class Copy:
    """The repository, and a process beside it that runs its tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = _copied(folder)
        self._warm = subprocess.Popen(
            [sys.executable, "-m", "tests.mutate.warm"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "HYPOTHESIS_PROFILE": "quick"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, suite: Suite, *more: str) -> Ended:
        assert self._warm.stdin and self._warm.stdout
        arguments = (*PYTEST, *suite.arguments, *more)
        asked = {"arguments": arguments, "seconds": int(suite.seconds * 3) + 30}
        self._warm.stdin.write(json.dumps(asked) + "\n")
        self._warm.stdin.flush()
        return Ended(**json.loads(self._warm.stdout.readline()))

    def close(self) -> None:
        self._warm.communicate()


def _difference(change: Change) -> str:
    before, after = (text.splitlines(keepends=True) for text in (change.before(), change.after()))
    return "\n" + "".join(difflib.unified_diff(before, after, f"a/{change.path}", f"b/{change.path}", n=2))


if __name__ == "__main__":
    sys.exit(main())
