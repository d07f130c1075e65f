"""The words of the requests' mails: what kind of thing waits, never what it says."""

from cspr.dispatch.phrases import phrase

REQUEST_WAITS = phrase("An information request waits for your agency")
REQUEST_FOR_GUEST = phrase("An information request waits for you, without an account")
REQUEST_CHASED = phrase("The business unit waits for your agency’s return")
SIGN_OFF_CHASED = phrase("The business unit waits for the sign-off of your agency’s return")
NOBODY_TO_SIGN_OFF = phrase("An agency has nobody who can sign its return off")
REQUEST_WITHOUT_AUTHOR = phrase("An information request has nobody who writes the answer")
REQUEST_ASSIGNED = phrase("An information request was assigned to you")
REQUEST_WITHDRAWN = phrase("An information request was withdrawn")
RETURN_SENT_BACK = phrase("A return was sent back to your agency for correction")
REQUEST_ASKED_AGAIN = phrase("The business unit answers your agency’s refusal")
RETURN_HANDED_BACK = phrase("A return was handed back to you")
RETURN_TO_SIGN_OFF = phrase("A return waits for your sign-off")
RETURN_FOR_GUEST_TO_SIGN_OFF = phrase("A return waits for your sign-off, without an account")
REQUEST_TO_DECIDE = phrase("An information request waits for your decision, without an account")
RETURN_ARRIVED = phrase("An agency sent its return")
REQUEST_REFUSED = phrase("An agency refused an information request")
YOUR_CODE = phrase("Your code to open an information request")
