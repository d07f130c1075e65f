"""The shared kernel and the settings. The queue is made known here, so that every task is sent through it."""

from cspr.celery import app as queue

__all__ = ["queue"]
