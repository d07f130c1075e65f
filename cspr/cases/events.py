"""Sentences of this app's events."""

SENTENCES = {
    "case.opened": "Case {reference} was opened",
    "case.closed": "The case was closed: {reason}",
    "case.merged": "The case was joined to {into}: {reason}",
    "access.partnership_given": "{name} may see the partnership's cases",
    "access.partnership_ended": "{name} may no longer see the partnership's cases",
    "access.granted": "The case was opened to {name}: {reason}",
    "access.ended": "The case is no longer open to {name}",
    "access.glass_broken": "{name} broke the glass to open the case: {reason}",
    "access.walled_off": "{name} was walled off the case: {reason}",
    "access.wall_lifted": "The wall against {name} was lifted: {reason}",
    "dialogue.to": "Said to the Panel by {person} ({how})",
    "dialogue.from": "Said by the Panel, {person} ({how})",
    "dialogue.further": "Further information on the notification was sent by {person} ({how})",
    "name.shown": "The names in the case were shown",
}
