"""Passwords and second factors of seeded people: derived, so that they can be shown again without being stored."""

import base64
import hashlib
import hmac

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth.hashers import make_password

from cspr.people.models import User

SOME_WORDS = (
    "amber", "basin", "cobble", "dapple", "ember", "fathom", "gravel", "hollow", "island", "jasper", "kettle",
    "lantern", "meadow", "nutshell", "orchard", "pebble", "quarry", "ripple", "saddle", "timber", "umber", "velvet",
    "wicket", "yarrow",
)  # fmt: skip


class Derived:
    """Credentials that follow from a key: one password for all, a TOTP secret for each address."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._encoded = ""

    def _drawn(self, what: str) -> bytes:
        return hmac.new(self._key, what.encode(), hashlib.sha256).digest()

    @property
    def password(self) -> str:
        return "-".join(SOME_WORDS[byte % len(SOME_WORDS)] for byte in self._drawn("password")[:5])

    def totp_secret(self, email: str) -> str:
        return base64.b32encode(self._drawn(f"totp {email}")[:20]).decode()

    def give(self, user: User) -> None:
        """Let this person sign in with both. The password is hashed once for all: hashing is slow on purpose."""
        self._encoded = self._encoded or make_password(self.password)
        user.password = self._encoded
        user.save(update_fields=["password"])
        TOTP.activate(user, self.totp_secret(user.email))


def of_the_demo() -> Derived:
    """The demonstration's: fixed for one installation, because they follow from its secret key."""
    return Derived(f"demonstration {settings.SECRET_KEY}")


def code_now(secret: str) -> str:
    """The code an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
