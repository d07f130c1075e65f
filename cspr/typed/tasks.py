"""The daily clearing of what nobody came back for."""

from celery import shared_task

from cspr.typed import services


@shared_task
def drop_old() -> int:
    """Forget kept typing and post tokens of 30 days ago; answers how much typing went."""
    return services.drop_old()
