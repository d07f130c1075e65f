"""Verbs of dispatch: post and deliver messages, tell recipients, settle what was told."""

from cspr.dispatch.services.delivery import Tally, drain
from cspr.dispatch.services.outbox import post, post_code, post_one_time_link, send_again
from cspr.dispatch.services.recipients import To
from cspr.dispatch.services.telling import retry, settle_tellings, stop_telling, tell, tell_by_hand

__all__ = [
    "Tally",
    "To",
    "drain",
    "post",
    "post_code",
    "post_one_time_link",
    "retry",
    "send_again",
    "settle_tellings",
    "stop_telling",
    "tell",
    "tell_by_hand",
]
