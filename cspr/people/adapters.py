"""How the sign-in library is told our rules: nobody signs up, and second-factor secrets are stored encrypted."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a manager or an administrator, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are useless to a reader of the database alone."""

    def _cipher(self) -> Fernet:
        key = salted_hmac(
            "cspr.second-factor", "key", secret=settings.SECRET_KEY, algorithm="sha256"
        ).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {"id": self.request.get_host().partition(":")[0], "name": settings.MFA_TOTP_ISSUER}
