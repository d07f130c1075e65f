"""How the sign-in library is told our rules: nobody signs up, its mails are ours, second factors are encrypted."""

import base64
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cspr.casework.people_pages import acts
from cspr.casework.people_pages.phrases import ACCOUNT_CHANGES
from cspr.now import now
from cspr.people.models import User
from cspr.security_log import account_key, security_event


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a manager or an administrator, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A closed account answers as an unknown one does (ASVS 6.3.8)."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords are refused unlooked at, and told to whoever watches."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            security_event("excess_rate_limit_exceeded", account=account_key(credentials.get("email", "")))
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted by account and address, so that nobody locks another out from elsewhere."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: that was the same proof (security.md 3.2, step-up)."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        proofs = get_authentication_records(self.request, self.request.user)
        oldest = now().timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(float(one.get("at", 0)) > oldest for one in proofs)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        acts.send_password_link(user, by=None)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if template_prefix in ACCOUNT_CHANGES:
            acts.tell_of_account(user, what=ACCOUNT_CHANGES[template_prefix])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The library's own texts are never sent: every mail of ours stands in the outbox, in fixed words."""


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
