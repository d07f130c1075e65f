"""Becomes another program that the kernel (Linux) ends with its launcher, even if that is killed with -9.

Elsewhere the next start finds and stops what was left: see children.leftovers().
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    launcher, program = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != launcher:
        sys.exit("The launcher ended before its program began.")
    os.execvp(program[0], program)


if __name__ == "__main__":
    main()
