"""The launcher, in checkouts of its own: what a stranger's machine may be like, and what may be killed."""

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from cspr.local import demo

ROOT = Path(__file__).resolve().parents[2]
SHOW = "import os; print(os.environ['DATABASE_URL'], os.environ['BROKER_URL'], os.environ['BROKER_FOLDER'])"
ASK = (
    "import os, environ, psycopg2; p = environ.Env.db_url_config(os.environ['DATABASE_URL']);"
    "c = psycopg2.connect(host=p['HOST'], user=p['USER'], dbname=p['NAME']).cursor();"
    "c.execute('SHOW server_version_num'); print(c.fetchone()[0])"
)
pytestmark = pytest.mark.embedded


def checkout_at(place: Path) -> Path:
    """The launcher alone, as if this were another checkout."""
    (place / "cspr").mkdir(parents=True)
    (place / "cspr" / "__init__.py").write_text("")
    shutil.copytree(
        ROOT / "cspr" / "local", place / "cspr" / "local", ignore=shutil.ignore_patterns("__pycache__")
    )
    return place


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A checkout whose path is longer than a socket's may be, with capitals, blanks and accents."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        place = checkout_at(Path(folder) / ("A long Folder é " * 8) / "cspr")
        yield place
        launch(place, "clean")


def environment(**given: str) -> dict[str, str]:
    bare = {"PATH": "/usr/bin:/bin", "HOME": ""}
    return bare | given


def launch(place: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cspr.local", *arguments],
        cwd=place, env=environment(**given), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def servers_of(place: Path) -> list[psutil.Process]:
    """Database servers that keep their data in this checkout."""
    data = f"{place}/.local/pg/data"
    return [each for each in psutil.process_iter(["cmdline"]) if data in " ".join(each.info["cmdline"] or [])]


def child_running(parent: subprocess.Popen[bytes], word: str) -> psutil.Process | None:
    """The child of a launcher in whose command the word stands; one that ends while it is read is none."""
    for child in psutil.Process(parent.pid).children():
        with contextlib.suppress(psutil.Error):
            if word in " ".join(child.cmdline()):
                return child
    return None


def until(holds: object, *, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


def test_a_command_gets_a_database_that_answers_and_leaves_no_server_behind(checkout: Path) -> None:
    done = launch(checkout, "run", "--", "python", "-c", ASK)
    assert done.stderr == ""
    assert int(done.stdout) >= 150000
    assert not servers_of(checkout)


def test_a_command_gives_its_own_result(checkout: Path) -> None:
    assert launch(checkout, "run", "--without-servers", "--", "sh", "-c", "exit 7").returncode == 7


def test_nothing_is_started_where_servers_are_named(checkout: Path) -> None:
    done = launch(checkout, "run", "--without-servers", "--", "python", "-c", SHOW)
    assert done.stdout.split()[1] == "filesystem://"
    shell = 'echo $REDIS_URL; test -z "$BROKER_URL"'
    done = launch(
        checkout, "run", "--without-servers", "--", "sh", "-c", shell, REDIS_URL="redis://127.0.0.1:6379/5"
    )
    assert (done.returncode, done.stdout.strip()) == (0, "redis://127.0.0.1:6379/5")


def test_an_unreachable_server_is_told_in_one_sentence(checkout: Path) -> None:
    done = launch(checkout, "run", "--", "true", DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stderr.startswith("The database server could not be reached:")
    assert len(done.stderr.strip().splitlines()) == 1


def test_two_commands_at_once_share_one_server_and_the_last_stops_it(checkout: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-m", "cspr.local", "run", "--", "sleep", "60"], cwd=checkout, env=environment()
    )
    status = checkout / ".local" / "pg" / "data" / "postmaster.pid"
    assert until(lambda: status.exists() and "ready" in status.read_text())
    server = status.read_text().split()[0]
    assert launch(checkout, "run", "--", "python", "-c", ASK).returncode == 0
    assert status.read_text().split()[0] == server
    first.send_signal(signal.SIGTERM)
    first.wait(30)
    assert not servers_of(checkout)


def test_after_a_launcher_was_killed_its_command_ends_and_the_next_start_cleans_up(checkout: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-m", "cspr.local", "run", "--", "sleep", "61.5"], cwd=checkout, env=environment()
    )
    assert until(lambda: child_running(launcher, "sleep 61.5"))
    command = child_running(launcher, "sleep 61.5")
    assert command is not None
    launcher.kill()
    launcher.wait()
    if sys.platform == "linux":
        assert until(lambda: not command.is_running() or command.status() == psutil.STATUS_ZOMBIE)
    assert launch(checkout, "run", "--", "python", "-c", ASK).returncode == 0
    assert not servers_of(checkout)


def test_a_database_whose_making_was_interrupted_is_made_again(checkout: Path) -> None:
    (checkout / ".local" / "pg" / "data" / "base").mkdir(parents=True)
    assert launch(checkout, "run", "--", "python", "-c", ASK).returncode == 0


def test_one_may_keep_the_checkout_where_nobody_else_may_look(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    place = checkout_at(tmp_path / "cspr")
    done = launch(place, "run", "--", "python", "-c", ASK)
    assert done.stderr == ""
    assert int(done.stdout) >= 150000
    launch(place, "clean")


def test_the_secret_is_made_once_and_is_its_owners_alone(checkout: Path) -> None:
    said = {
        launch(checkout, "run", "--without-servers", "--", "sh", "-c", "echo $SECRET_KEY").stdout
        for _ in "ab"
    }
    assert len(said) == 1
    assert len(said.pop().strip()) >= 50
    assert (checkout / ".local" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_port_that_is_taken_is_told_before_anything_starts(checkout: Path) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = str(door.getsockname()[1])
        done = launch(checkout, "demo", PORT=port)
    assert done.stderr == f"Port {port} is taken: choose another with PORT=, or leave it out.\n"
    assert not (checkout / ".local" / "pg").exists()


def test_a_demo_started_by_a_script_in_the_background_hears_ctrl_c_too(checkout: Path) -> None:
    (checkout / "manage.py").write_text("import time; time.sleep(60)")
    started = subprocess.Popen(
        [sys.executable, "-m", "cspr.local", "demo"],
        cwd=checkout,
        env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert until(lambda: child_running(started, "manage.py"))
    started.send_signal(signal.SIGINT)
    assert started.wait(30) == 130
    assert not servers_of(checkout)


def test_the_clocks_of_a_demo_are_looked_at_before_anybody_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the first page somebody sees says that reminders were not checked."""
    done: list[str] = []
    monkeypatch.setattr(demo, "_manage", lambda name, *rest, env, failed: done.append(name))
    demo._prepare({})
    assert done == ["migrate", "seed_demo", "sweep_deadlines"]
