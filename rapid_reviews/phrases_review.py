"""The words of the review's mails: what kind of thing waits, never what it says."""

from cspr.dispatch.phrases import phrase

SIGNATURE_ASKED = phrase("A rapid review waits for your signature")
SIGNATURES_TAKEN_BACK = phrase("A rapid review changed and its signatures were taken back")
ESCALATED = phrase("A disagreement on a rapid review waits for the lead partners")
ALL_SIGNED = phrase("A rapid review is signed and can be sent to the Panel")
SENT_BACK = phrase("The lead partners sent a rapid review back")
SENT_TO_PANEL = phrase("A rapid review was sent to the Panel")
PANEL_QUESTION_ANSWERED = phrase("A question of the Panel was answered")
REVIEW_REOPENED = phrase("A rapid review that was closed is open again")
REVIEW_CLOSED = phrase("A rapid review was closed as not meeting the criteria")
PANEL_ANSWERED = phrase("The Panel has written about a rapid review")
