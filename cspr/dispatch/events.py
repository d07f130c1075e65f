"""Sentences of this app's events."""

SENTENCES = {
    "telling.asked": "{recipient} is to be told: {what}",
    "telling.sent": "{recipient} was told by email: {what}",
    "telling.told_by_hand": "{recipient} was told ({how}): {what}",
    "telling.failed": "{recipient} could not be told by email: {what}",
    "telling.retried": "{recipient} is to be told again by email: {what}",
    "telling.stopped": "{recipient} is no longer to be told: {what}. {reason}",
    "message.sent_again": "A message that could not be delivered was put back for sending: {subject}",
}
