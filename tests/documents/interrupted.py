"""Uploads that are killed at random moments, each in a process of its own; the first three are let go, and timed.

Run as ``python -m tests.documents.interrupted <database> <folder> <case> <membership> <rounds>``.
"""

import os
import random
import signal
import sys
import time

import django
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

LET_GO = 3
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspr.settings")


def upload(case_id: str, membership_id: str) -> None:
    """One upload, begun in a fresh process."""
    from cspr.cases.models import Case  # noqa: PLC0415  models exist once Django is set up
    from cspr.documents.services import attach  # noqa: PLC0415
    from cspr.people.models import Membership  # noqa: PLC0415
    from tests.documents.other_files import png  # noqa: PLC0415

    case, by = Case.objects.get(pk=case_id), Membership.objects.get(pk=membership_id)
    content = png(3000, 50)
    print("begun", flush=True)
    attach(
        case, stream=f"case/{case.pk}", upload=SimpleUploadedFile("a.png", content), kind="evidence", by=by
    )


def main(database: str, folder: str, case_id: str, membership_id: str, rounds: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.PRIVATE_FILES = folder
    django.setup()
    chance = random.Random(7)
    whole = sorted(one_round(case_id, membership_id, kill_after=None) for _ in range(LET_GO))
    for _ in range(int(rounds)):
        one_round(case_id, membership_id, kill_after=chance.uniform(0, 1.2 * whole[1]))


def one_round(case_id: str, membership_id: str, *, kill_after: float | None) -> float:
    """One upload; answers the seconds from its beginning to its end, or to its kill."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        try:
            upload(case_id, membership_id)
        finally:
            os._exit(0)
    os.close(writing)
    os.read(reading, 5)
    began = time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    return time.monotonic() - began


if __name__ == "__main__":
    main(*sys.argv[1:])
