"""Runs one command with a complete environment, and with the servers it needs."""

import signal
from collections.abc import Sequence

from cspr.local import children, database
from cspr.local.environment import NO_SERVER, environment, production


def run(command: Sequence[str], *, servers: bool = True, as_production: bool = False) -> int:
    """Run `command` to its end and return what it returned."""
    if not servers:
        return _to_the_end(command, environment(NO_SERVER), as_production=as_production)
    with database.ready() as address:
        return _to_the_end(command, environment(address), as_production=as_production)


def _to_the_end(command: Sequence[str], env: dict[str, str], *, as_production: bool) -> int:
    """Ctrl-C reaches the command through the terminal; it decides when to end."""
    child = children.start(command, env=production(env) if as_production else env, own_session=False)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code = child.wait()
    except SystemExit:
        child.terminate()
        child.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code
