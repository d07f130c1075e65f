"""The queue: a doorbell, never the truth.

A lost, late or doubled message does no harm, for every task asks the database.
"""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspr.settings")

MINUTE, HOUR, DAY = 60, 3600, 86_400

# What runs by itself: name, task, every so many seconds. No local times, so clock changes move nothing.
# A message that waited longer than its own interval is dropped: the next one does its work too.
RHYTHM = [
    ("sweep-deadlines", "cspr.deadlines.tasks.sweep", MINUTE),
    ("drain-outbox", "cspr.dispatch.tasks.drain", MINUTE // 2),
    ("refresh-bank-holidays", "cspr.deadlines.tasks.refresh_bank_holidays", DAY),
    ("drop-old-typing", "cspr.typed.tasks.drop_old", DAY),
    ("canary", "cspr.dispatch.tasks.canary", MINUTE),
    ("rescan-waiting-files", "cspr.documents.tasks.rescan_waiting", MINUTE),
    ("collect-orphaned-files", "cspr.documents.tasks.collect_orphans", DAY),
]


class Queue(Celery):
    """Reads where its messages go when first used, so that importing needs no settings."""

    def on_configure(self) -> None:  # type: ignore[override]
        self.conf.update(broker_url=settings.BROKER_URL, broker_transport_options=transport_options())


def transport_options() -> dict[str, object]:
    """Redis: offer a message again after an hour, never wait for ever. A folder: one for both ways."""
    if settings.BROKER_URL.startswith("filesystem:"):
        return {
            "data_folder_in": settings.BROKER_FOLDER,
            "data_folder_out": settings.BROKER_FOLDER,
            "control_folder": f"{settings.BROKER_FOLDER}/control",
        }
    return {
        "visibility_timeout": HOUR,
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "retry_on_timeout": True,
        "health_check_interval": 30,
    }


app = Queue("cspr")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_publish_retry=False,
    task_default_queue="cspr",
    task_soft_time_limit=4 * MINUTE,
    task_time_limit=5 * MINUTE,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_timeout=5,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_pool_limit=4,
    timezone="UTC",
    enable_utc=True,
    beat_max_loop_interval=10,
    beat_schedule={
        name: {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}
        for name, task, seconds in RHYTHM
    },
)
app.autodiscover_tasks()
