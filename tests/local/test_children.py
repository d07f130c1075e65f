"""Programs the launcher ends: its own, and nothing that merely got the number of one that is gone."""

import os
import subprocess
import sys
import time

import psutil

from cspr.local import children


def gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_what_an_ended_program_left_running_is_ended() -> None:
    leaves = "import subprocess, sys; print(subprocess.Popen(['sleep', '60']).pid, flush=True)"
    program = subprocess.Popen(
        [sys.executable, "-c", leaves],
        env={**os.environ, children.MARK: str(children.ROOT)},
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    with program:
        assert program.stdout is not None
        left = psutil.Process(int(program.stdout.readline()))
        program.wait(30)
        assert not gone(left)
        children.sweep_up(program)
    until = time.monotonic() + 10
    while not gone(left) and time.monotonic() < until:
        time.sleep(0.05)
    assert gone(left)


def test_a_stranger_with_the_number_of_an_ended_program_is_let_be() -> None:
    stranger = subprocess.Popen(["sleep", "60"], env={"PATH": os.defpath}, start_new_session=True)
    try:
        children.sweep_up(stranger)
        time.sleep(0.2)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
