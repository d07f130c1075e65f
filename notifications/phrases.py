"""The words of this stage's mails: what kind of thing waits, never what it says."""

from cspr.dispatch.phrases import phrase

REFERRAL_WAITS = phrase("A referral waits for the business unit")
VIEW_ASKED = phrase("Your view is asked on whether an incident is notifiable")
VIEW_TAKEN_BACK = phrase("A question to the partners was taken back")
VIEWS_COMPLETE = phrase("All views are given and a decision waits for you")
GLASS_BROKEN = phrase("Somebody broke the glass to open a case")
CASE_OPENED = phrase("A case was opened to you")
SHARED_WITH_AREA = phrase("Another area shares something of a case with you")
SHARED_NO_MORE = phrase("Another area no longer shares something of a case with you")
AREA_ANSWERED = phrase("Another area has answered on a case")
