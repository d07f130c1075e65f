"""What the sign-in library tells of itself, as security events."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from cspr.people.models import User
from cspr.security_log import account_key, security_event


@receiver(user_logged_in)
def signed_in(user: User, **kwargs: Any) -> None:
    """Both factors were there, or the first where no second is set up yet."""
    security_event("authn_login_success", user=user.pk)


@receiver(user_login_failed)
def wrong_password(credentials: dict[str, Any], **kwargs: Any) -> None:
    security_event("authn_login_fail", account=account_key(str(credentials.get("email", ""))), factor="first")


@receiver(authentication_failed)
def wrong_second_factor(user: User, **kwargs: Any) -> None:
    security_event("authn_login_fail", user=user.pk, factor="second")


@receiver([password_changed, password_reset, password_set])
def new_password(user: User, **kwargs: Any) -> None:
    security_event("authn_password_change", user=user.pk)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def second_factor_changed(user: User, authenticator: Any, **kwargs: Any) -> None:
    security_event("user_updated", user=user.pk, factor=authenticator.type)
