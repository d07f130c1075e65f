"""Programs the launcher starts: tethered to it, marked, and stopped with everything they started."""

import contextlib
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import psutil

from cspr.local.places import LOCAL, ROOT, Trouble

MARK = "CSPR_STARTED_IN"
TETHER = ROOT / "cspr" / "local" / "tether.py"
GRACE_SECONDS = 15


def start(
    command: Sequence[str], *, env: Mapping[str, str], log: IO[bytes] | None = None, own_session: bool = True
) -> subprocess.Popen[bytes]:
    """Start `command`. With its own session, a Ctrl-C at the terminal reaches the launcher only."""
    return subprocess.Popen(
        [sys.executable, "-P", str(TETHER), str(os.getpid()), *command],
        cwd=ROOT,
        env={**env, MARK: str(ROOT)},
        stdin=None if log is None else subprocess.DEVNULL,
        stdout=log,
        stderr=None if log is None else subprocess.STDOUT,
        start_new_session=own_session,
    )


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, wait a little, then insist."""
    for child in children:
        child.terminate()  # it knows how to end its own: a worker lets its task finish
    until = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        sweep_up(child)


def sweep_up(ended: subprocess.Popen[bytes]) -> None:
    """End what a program that has ended left running in its session.

    Its number may belong to somebody else by now, so only what bears this checkout's mark is ended.
    """
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if os.getpgid(process.pid) == ended.pid and process.environ().get(MARK) == str(ROOT):
                process.kill()


@contextlib.contextmanager
def only_one(name: str) -> Iterator[None]:
    """Hold the lock `name` of this checkout; what an earlier, killed holder left behind is stopped first."""
    LOCAL.mkdir(parents=True, exist_ok=True)
    path: Path = LOCAL / f"{name}.lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(f"A {name} of this checkout is already running: stop it first.") from None
        end(leftovers(name))
        yield


def leftovers(name: str) -> list[psutil.Process]:
    """Programs that an earlier launcher of this kind started and could not stop."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            environ = process.environ()
            if (
                environ.get(MARK) == str(ROOT)
                and environ.get("CSPR_LAUNCH") == name
                and process.pid != os.getpid()
            ):
                found.append(process)
    return found


def end(processes: Sequence[psutil.Process]) -> None:
    """Stop processes that are not our children."""
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _, stubborn = psutil.wait_procs(processes, timeout=GRACE_SECONDS)
    for process in stubborn:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
