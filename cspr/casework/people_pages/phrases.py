"""The fixed words of mails about an account."""

from cspr.dispatch.phrases import phrase

ACCOUNT_MADE = phrase("An account was made for you, choose your password")
CHOOSE_PASSWORD = phrase("Choose a new password")
ROLE_GIVEN = phrase("You were given a role")
SECOND_FACTOR_RESET = phrase("Your second factor was reset, set up a new one at your next sign-in")
PASSWORD_CHANGED = phrase("Your password was changed")
APP_ADDED = phrase("An authenticator app was added to your account")
APP_REMOVED = phrase("The authenticator app of your account was removed")
CODES_MADE = phrase("New recovery codes were made for your account")
KEY_ADDED = phrase("A security key was added to your account")
KEY_REMOVED = phrase("A security key of your account was removed")

ACCOUNT_CHANGES = {
    "account/email/password_changed": PASSWORD_CHANGED,
    "account/email/password_reset": PASSWORD_CHANGED,
    "mfa/email/totp_activated": APP_ADDED,
    "mfa/email/totp_deactivated": APP_REMOVED,
    "mfa/email/recovery_codes_generated": CODES_MADE,
    "mfa/email/webauthn_added": KEY_ADDED,
    "mfa/email/webauthn_removed": KEY_REMOVED,
}
"""Which of our words stands for which mail of the sign-in library."""
