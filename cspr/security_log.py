"""Security events as log lines, in the words of the OWASP logging vocabulary (ASVS 16.3).

Who and what are told by id: no name, no address, no text anybody typed. What happened is in the record; these lines are
for whoever watches the installation, and lie outside its database.
"""

import logging

from django.utils.crypto import salted_hmac

LOG = logging.getLogger("cspr.security")
ALARMING = frozenset({"authn_login_fail", "authz_fail", "break_glass", "excess_rate_limit_exceeded"})


def security_event(event: str, **about: object) -> None:
    """Write one event; a value of None is left out."""
    told = {name: str(value) for name, value in about.items() if value is not None}
    LOG.log(logging.WARNING if event in ALARMING else logging.INFO, event, extra={"about": told})


def account_key(email: str) -> str:
    """Tells the accounts of two attempts apart without saying whose they are, or whether there is one."""
    return salted_hmac("cspr.security-log", email.strip().lower(), algorithm="sha256").hexdigest()[:16]
