"""Sentences of this app's events."""

SENTENCES = {
    "deadline.started": "Clock started: {title}, due {due_on}",
    "deadline.met": "Clock met: {title}",
    "deadline.withdrawn": "Clock withdrawn: {title} ({reason})",
    "deadline.moved": "Due date changed: {title}, from {before} to {due_on} ({reason})",
    "deadline.escalated": "Overdue, so brought to {to}: {title}, due {due_on}",
    "holiday.proclaimed": "{day}, {title}, is a bank holiday",
    "holiday.withdrawn": "{day}, {title}, is not a bank holiday",
    "settings.clocks_changed": "Numbers of {partnership} changed: {changes}",
    "feed.made": "A calendar address was made",
    "feed.revoked": "A calendar address was revoked",
}
