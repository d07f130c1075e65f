"""Sentences of a referral's events. They name pages and counts, never what was answered."""

SENTENCES = {
    "referral.started": "A referral was started",
    "referral.answered": "The page “{page}” of the referral was answered",
    "referral.row_added": "A {noun} was added to the referral",
    "referral.row_answered": "A {noun} in the referral was changed",
    "referral.row_removed": "A {noun} was removed from the referral",
    "referral.lead_child_chosen": "Child {number} was chosen as the lead child of the referral",
    "referral.draft_deleted": "The draft of a referral was deleted",
    "referral.submit": "Referral {reference} was sent",
    "referral.added_to": "Something was added to referral {reference}",
    "referral.withdraw": "The referral was withdrawn: {reason}",
    "referral.decide": "The outcome was told to the referrer: {reason}",
    "referral.followed_to_case": "Referral {reference} joined this case, because it is about the same incident",
}
