"""One worker process of the chaos test: drains through SMTP until it is killed.

Run as ``python -m tests.dispatch.worker <database> <mail port> <lease seconds>``.
"""

import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspr.settings")


def main(database: str, port: str, lease: str) -> None:
    from django.conf import settings  # noqa: PLC0415  the settings name the database before Django is set up

    settings.DATABASES["default"]["NAME"] = database
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", int(port), 2
    django.setup()
    from cspr.dispatch.channels import Smtp  # noqa: PLC0415
    from cspr.dispatch.services import delivery  # noqa: PLC0415

    delivery.LEASE = timedelta(seconds=float(lease))
    while True:
        delivery.drain(channel=Smtp())
        time.sleep(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
