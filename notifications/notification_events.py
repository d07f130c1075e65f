"""Sentences of a notification's events. They name pages, never what was answered."""

SENTENCES = {
    "notification.opened": "The notification pack was opened, route {route}, in edition {edition} of the national form",
    "notification.answered": "The page “{section}” of the notification pack was changed",
    "notification.children_chosen": "The children told of in the notification were chosen: {number}",
    "notification.record_sent": "The notification was recorded as sent, under the reference {system_reference}",
}
