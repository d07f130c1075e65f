"""Jobs on documents: each calls one service."""

from celery import shared_task

from cspr.documents import services


@shared_task(name="cspr.documents.tasks.rescan_waiting")
def rescan_waiting() -> dict[str, int]:
    """Scan what is in quarantine."""
    return services.rescan_waiting()


@shared_task(name="cspr.documents.tasks.collect_orphans")
def collect_orphans() -> int:
    """Remove blobs that no row knows."""
    return services.collect_orphans()
