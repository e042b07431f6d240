"""Many scripts on a cluster: a real scheduler with two workers, all on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from converter import Job, Settings, convert_many
from tests.cli.conftest import ROOT, Command, environment

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(os.name != "posix", reason="processes are killed as POSIX does"),
]

# A dead worker is asked for what it holds for so long, 30 seconds unless said.
QUIET = {"DASK_LOGGING__DISTRIBUTED": "error", "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"}


class Cluster(NamedTuple):
    address: str
    workers: list[subprocess.Popen[bytes]]


def started(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=environment(**QUIET),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    from distributed import Client

    place = tmp_path_factory.mktemp("dask")
    file = str(place / "scheduler.json")
    here = ["--host", "127.0.0.1", "--scheduler-file", file]
    scheduler = started("distributed.cli.dask_scheduler", *here, "--port", "0", "--no-dashboard", "--no-show")
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(place)]
    workers = [started("distributed.cli.dask_worker", *here, *options, "--death-timeout", "60") for _ in range(2)]
    try:
        with Client(scheduler_file=file, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield Cluster(address, workers)
    finally:
        for process in (*workers, scheduler):
            process.terminate()
            process.wait(30)


def samples(folder: str, times: int) -> list[str]:
    paths = []
    for number in range(times):
        for sample in sorted((ROOT / "samples").glob("*.f*")):
            place = Path(folder) / str(number) / sample.suffix[1:]
            place.mkdir(parents=True, exist_ok=True)
            paths.append(str(shutil.copy(sample, place)))
    return paths


@pytest.mark.parametrize("flags", [[], ["--shared-files"]], ids=["bytes", "paths"])
def test_the_command_on_a_cluster(process: Command, cluster: Cluster, flags: list[str], folder: Path) -> None:
    samples("scripts", 1)
    Path("scripts/broken.fdx").write_bytes(b"<FinalDraft")
    here = "scripts" if not flags else str(folder / "scripts")  # the workers have another current folder
    results = str(folder / "results")
    command = ["convert", here, "--to", "text", "--out-dir", results, "--dask", cluster.address, *flags]
    ended = process(*command, **QUIET)
    assert ended.code == 6, ended.err
    count = len(list((ROOT / "samples").glob("*.f*")))
    assert ended.err.splitlines()[-1] == f"{count} converted, 1 failed"
    assert len([name for _, _, names in os.walk("results") for name in names]) == count


def test_a_worker_that_is_killed_half_way_costs_nothing(cluster: Cluster) -> None:
    from converter.cluster import cluster as workers_of

    sources = samples("scripts", 3)
    jobs = [Job(source, f"{source}.txt") for source in sources]
    with workers_of(cluster.address) as executor:
        outcomes = convert_many(jobs, executor=executor, same_files=False)
        first = [next(outcomes) for _ in range(3)]
        assert cluster.workers[0].poll() is None
        cluster.workers[0].send_signal(signal.SIGKILL)
        rest = list(outcomes)
    assert [outcome.source for outcome in first + rest] == sources
    assert [outcome.error for outcome in first + rest if outcome.error] == []
    for outcome in convert_many([Job(source, f"{source}.again.txt") for source in sources], Settings()):
        assert Path(outcome.target).read_bytes() == Path(f"{outcome.source}.txt").read_bytes()


def test_no_scheduler_there(process: Command) -> None:
    Path("a.toy").write_text("Rain.\n")
    command = ["convert", "a.toy", "--to", "text", "--out-dir", "results", "--dask", "127.0.0.1:1"]
    began = time.monotonic()
    ended = process(*command, **QUIET)
    assert ended.code == 2
    assert ended.err.splitlines()[-1].startswith("Error: there is no Dask scheduler at 127.0.0.1:1")
    assert time.monotonic() - began < 30
