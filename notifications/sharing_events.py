"""Sentences of what is shared with other areas (rule 4.8). They name the area and the pieces, never what they say."""

SENTENCES = {
    "share.made": "Shared with {area}: {pieces}. Why: {reason}",
    "share.withdrawn": "No longer shared with {area}, what was shared on {shared_on}: {reason}",
    "share.received": "{area} recorded that it has read what was shared on {shared_on}",
    "area.answered": "{area} answered in writing",
    "area.answer_noted": "The answer of {area} was recorded as read",
}
