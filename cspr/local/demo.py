"""The whole system on this machine: database, web server, worker with its beat, and a second sweeper."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from cspr.local import children, database, postgres
from cspr.local.environment import environment
from cspr.local.places import LOCAL, Trouble

FIRST_PORT, PORTS = 8000, 50
READY_SECONDS = 60
SWEEP_SECONDS = 60
MANAGE = [sys.executable, "manage.py"]
PRIVATE = ("files", "outbox", "queue/demo")


@dataclass
class Part:
    """One program of the demo, started again if it ends before it is told to."""

    name: str
    command: list[str]
    log: Path
    program: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    def keep_going(self, env: dict[str, str]) -> None:
        """Start it, or start it again after at least five seconds, so that a broken one does not spin."""
        if self.program is not None:
            if self.program.poll() is None or time.monotonic() - self.started < 5:
                return
            children.sweep_up(self.program)
            code = self.program.returncode
            print(f"The {self.name} ended (code {code}) and is started again: see {self.log}.", flush=True)
        self.started = time.monotonic()
        with self.log.open("ab") as log:
            self.program = children.start(self.command, env=env, log=log)


def demo() -> None:
    """Start everything, say where it is, and stop everything at Ctrl-C or SIGTERM."""
    fresh = os.environ.get("FRESH", "") not in {"", "0"}
    with children.only_one("demo"):
        if fresh:
            for name in PRIVATE:
                shutil.rmtree(LOCAL / name, ignore_errors=True)
        port = free_port()
        print("Starting the database ...", flush=True)
        with database.ready(fresh=fresh) as address:
            env = environment(address, launch="demo") | {
                "CSPR_DEMO": "1",
                "CSPR_HTTPS": "0",
                "PUBLIC_URL": f"http://127.0.0.1:{port}",
            }
            _prepare(env)
            _serve(env, port=port)


def _prepare(env: dict[str, str]) -> None:
    print("Bringing its tables up to date ...", flush=True)
    _manage("migrate", "--verbosity", "0", env=env, failed="The tables could not be brought up to date")
    print("Making the invented cases, if there are none yet ...", flush=True)
    _manage("seed_demo", env=env, failed="The invented cases could not be made")
    _manage("sweep_deadlines", "--once", env=env, failed="The clocks could not be looked at")


def _manage(*arguments: str, env: dict[str, str], failed: str) -> None:
    program = children.start([*MANAGE, *arguments], env=env)
    try:
        code = program.wait()
    except BaseException:
        children.stop([program])
        raise
    if code:
        raise Trouble(f"{failed}: what {arguments[0]} said stands above.")


def parts(port: int) -> list[Part]:
    """What the demo keeps running."""
    logs = LOCAL / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    web = [
        "gunicorn", "cspr.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2",
        "--threads", "4", "--graceful-timeout", "5", "--timeout", "60", "--no-control-socket",
    ]  # fmt: skip
    worker = [
        "celery", "--app", "cspr", "worker", "--beat", "--schedule", str(LOCAL / "queue/demo/schedule"),
        "--concurrency", "1", "--loglevel", "WARNING", "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    return [
        Part("web server", _module(web), logs / "web.log"),
        Part("worker", _module(worker), logs / "worker.log"),
    ]


def _module(command: list[str]) -> list[str]:
    return [sys.executable, "-m", *command]


def _serve(env: dict[str, str], *, port: int) -> None:
    running = parts(port)
    try:
        for part in running:
            part.keep_going(env)
        _wait_until_ready(port, running[0])
        print(f"\nReady: http://127.0.0.1:{port}\n", flush=True)
        _manage("demo_people", env=env, failed="The people could not be listed")
        print("\nCtrl-C stops everything. FRESH=1 make demo starts anew.", flush=True)
        _watch(running, env)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        children.stop([part.program for part in running if part.program])


def _watch(running: list[Part], env: dict[str, str]) -> None:
    """Keep every part going; once a minute sweep the clocks without the queue, as a second starter."""
    sweeper = Part("sweep", [*MANAGE, "sweep_deadlines", "--once"], LOCAL / "logs" / "sweep.log")
    running.append(sweeper)
    swept = time.monotonic()
    while True:
        time.sleep(1)
        for part in running:
            if part is not sweeper:
                part.keep_going(env)
        idle = sweeper.program is None or sweeper.program.poll() is not None
        if idle and time.monotonic() - swept >= SWEEP_SECONDS:
            sweeper.program, swept = None, time.monotonic()
            sweeper.keep_going(env)


def free_port() -> int:
    """PORT if given, else 8000 or the next free one."""
    wanted = os.environ.get("PORT")
    if wanted:
        if not wanted.isdigit() or not 0 < int(wanted) < 65536:
            raise Trouble(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
        if not _free(int(wanted)):
            raise Trouble(f"Port {wanted} is taken: choose another with PORT=, or leave it out.")
        return int(wanted)
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        if _free(port):
            return port
    raise Trouble(f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS - 1} is free: choose one with PORT=.")


def _free(port: int) -> bool:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _wait_until_ready(port: int, web: Part) -> None:
    """Ask the system itself whether it is ready."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if web.program is not None and web.program.poll() is not None:
            raise Trouble(f"The web server did not start: see {web.log}.")
        if _answers(port):
            return
        time.sleep(0.2)
    raise Trouble(f"The system was not ready after {READY_SECONDS} seconds: see {web.log}.")


def _answers(port: int) -> bool:
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asking.request("GET", "/health/ready")
        return asking.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()


def stop() -> None:
    """Stop what an earlier demo left behind, and the embedded server."""
    children.end(children.leftovers("demo"))
    postgres.stop(postgres.cluster())


def clean() -> None:
    """Stop everything and remove what stands outside this folder."""
    stop()
    postgres.remove_away()
