"""How somebody gets in: by the form with password and code, or with a session made for them."""

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings

from cspr.people.models import Membership
from tests.factories.fixtures import sign_in

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = 30  # seconds
SOON = 6


def give_password(membership: Membership) -> None:
    """A password, and an authenticator app set up."""
    membership.user.set_password(PASSWORD)
    membership.user.save()
    TOTP.activate(membership.user, SECRET)


def code(secret: str = SECRET) -> str:
    """What the authenticator app shows now; waits for the next code rather than give one about to lapse."""
    left = STEP - time.time() % STEP
    if left < SOON:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time() // STEP)))


def signed_in_cookie(membership: Membership, site: str) -> dict[str, str]:
    """The session cookie of somebody who has signed in with both factors in this capacity."""
    client = sign_in(membership)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": site,
    }
