"""Verbs on an account: its sessions, its second factor, its first password, its closing."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db.models import F
from django.urls import reverse

from cspr.audit.recording import record, recorded
from cspr.people import selectors
from cspr.people.models import Membership, User
from cspr.people.workflow import NOT_YOURSELF
from cspr.permissions import Permission, Role, can
from cspr.workflow import Refused


@recorded
def end_sessions(user: User, *, by: Membership | None) -> None:
    """Sign a person out everywhere: every session they hold is refused at its next request (security.md, R12)."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    record("person.sessions_ended", by=by, subject=user, detail={"name": user.full_name})


@recorded
def reset_second_factor(user: User, *, by: Membership) -> None:
    """Take a person's second factors away, because they lost them; they set up a new one at the next sign-in."""
    _refuse(user, by=by)
    Authenticator.objects.filter(user=user).delete()
    record("person.second_factor_reset", by=by, subject=user, detail={"name": user.full_name})
    end_sessions(user, by=by)


@recorded
def password_link(user: User, *, by: Membership | None) -> str:
    """The path at which this person chooses a password, once, within three days."""
    record("person.password_link_sent", by=by, subject=user, detail={"name": user.full_name})
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)


@recorded
def deactivate(user: User, *, by: Membership) -> None:
    """Close an account: nobody signs in with it, and its sessions end. Its roles are ended by the caller."""
    _refuse(user, by=by, administrator=True)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        record("person.deactivated", by=by, subject=user, detail={"name": user.full_name})
        end_sessions(user, by=by)


@recorded
def reactivate(user: User, *, by: Membership) -> None:
    """Open a closed account again; it holds no role until one is given."""
    _refuse(user, by=by, administrator=True)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record("person.reactivated", by=by, subject=user, detail={"name": user.full_name})


def _refuse(user: User, *, by: Membership, administrator: bool = False) -> None:
    if not can(by, Permission.MANAGE_PEOPLE) or (administrator and by.role != Role.ADMINISTRATOR):
        raise Refused("This is not yours to do: it needs a system administrator.")
    if user.pk == by.user_id:
        raise Refused(NOT_YOURSELF)
    if not selectors.people_within(by).filter(user=user).exists():
        raise Refused("This person is not of your partnership.")
    if by.role != Role.ADMINISTRATOR and selectors.reaches_beyond(user, by):
        raise Refused("This person also has roles outside your partnership. Ask a system administrator.")
