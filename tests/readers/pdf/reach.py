"""What a PDF that took its process over would try; tests put it in the place of the reading (see test_cage.py)."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from converter.contract import Limits


def reach(data: bytes, limits: Limits) -> dict[str, Any]:
    """The names of what could be done; `data` names a file, a port that listens, and what is not tried."""
    known = json.loads(data)
    canary, port = Path(known["canary"]), known["port"]
    new = canary.with_name("new")
    tries: dict[str, Callable[[], object]] = {
        "read": canary.read_bytes,
        "write": lambda: new.write_text("mine"),
        "append": lambda: canary.open("a").close(),
        "list": lambda: list(canary.parent.iterdir()),
        "delete": new.with_name("prey").unlink,
        "rename": lambda: canary.rename(new),
        "make a folder": new.mkdir,
        "link": lambda: new.symlink_to(canary),
        "look": canary.stat,
        "read memory": Path(f"/proc/{os.getppid()}/mem").read_bytes,
        "connect": lambda: socket.create_connection(("127.0.0.1", port)),
        "listen": lambda: socket.create_server(("127.0.0.1", 0)),
        "send": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
        "local socket": socket.socketpair,
        "fork": _fork,
        "start": lambda: subprocess.run(["/bin/sh", "-c", ""], check=True),
        "spawn": lambda: os.posix_spawn("/bin/sh", ["sh", "-c", ""], {}),
        "become": lambda: os.execv("/bin/sh", ["sh", "-c", 'printf \'{"done": ["become"]}\'']),
        "thread": lambda: threading.Thread(target=int).start(),
        "signal": lambda: os.kill(os.getppid(), signal.SIGCONT),
        "signal all": lambda: os.kill(-1, 0),
        "environment": lambda: os.environ["PATH"],
    }
    return {"done": [name for name, one in tries.items() if name != known["but"] and _works(one)]}


def _works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except Exception:
        return False
    return True


def _fork() -> None:
    if not os.fork():
        os._exit(0)
