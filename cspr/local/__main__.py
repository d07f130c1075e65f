"""python -m cspr.local run [--without-servers] [--production] -- COMMAND, or one of the words below."""

import argparse
import signal
import sys
from types import FrameType

from cspr.local import assets, demo
from cspr.local.places import Trouble
from cspr.local.run import run

COMMANDS = {
    "demo": demo.demo,
    "stop": demo.stop,
    "clean": demo.clean,
    "assets": assets.build,
    "modules": assets.modules,
    "lock": assets.lock,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m cspr.local", description=__doc__)
    parser.add_argument("what", choices=["run", *COMMANDS])
    parser.add_argument("--without-servers", action="store_true", help="the command needs no database")
    parser.add_argument("--production", action="store_true", help="with the settings of production")
    command: list[str] = []
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, command = arguments[:cut], arguments[cut + 1 :]
    given = parser.parse_args(arguments)
    if given.what == "run":
        return run(command, servers=not given.without_servers, as_production=given.production)
    COMMANDS[given.what]()
    return 0


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a script's "&" starts programs that are deaf to it
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGHUP, _end)
    try:
        code = main(sys.argv[1:])
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        code = 130
    except OSError as trouble:
        print(f"Stopped: {trouble.strerror or trouble} ({trouble.filename or 'no file'}).", file=sys.stderr)
        code = 1
    sys.exit(code)
