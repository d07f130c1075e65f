"""Acts on a person that reach beyond their account: what they may open, and the mail that tells them."""

from datetime import date

from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.cases.services import end_case_access, end_partnership_access, give_partnership_access
from cspr.casework.people_pages.phrases import (
    ACCOUNT_MADE,
    CHOOSE_PASSWORD,
    ROLE_GIVEN,
    SECOND_FACTOR_RESET,
)
from cspr.dispatch.services import post, post_one_time_link
from cspr.people import selectors
from cspr.people import services as people
from cspr.people.models import Membership, User
from cspr.people.services import Place
from cspr.people.workflow import SEE_THE_PARTNERSHIP
from cspr.permissions import Role
from cspr.workflow import Refused


@recorded
def invite(
    *,
    email: str,
    full_name: str,
    role: Role,
    place: Place,
    by: Membership | None,
    title: str = "",
    delegation: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give a person a role, open what it opens, and tell them: a new person with a link to choose a password."""
    membership, _ = people.give_role(
        email=email,
        full_name=full_name,
        role=role,
        place=place,
        by=by,
        title=title,
        delegation=delegation,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    if role in SEE_THE_PARTNERSHIP:
        give_partnership_access(membership, by=by)
    if membership.user.has_usable_password():
        post(to=membership, subject=ROLE_GIVEN, link=reverse("board"), by=by)
    else:
        _send_first_link(membership, by=by)
    return membership


@recorded
def invite_again(membership: Membership, *, by: Membership) -> None:
    """Send the first link again to somebody who has not used theirs. Raises Refused once they have a password."""
    if not selectors.people_within(by).filter(pk=membership.pk).exists():
        raise Refused("This person is not of your partnership.")
    if membership.user.has_usable_password() or not membership.user.is_active:
        raise Refused("This person has chosen a password already.")
    _send_first_link(membership, by=by)


@recorded
def end_access(membership: Membership, *, by: Membership) -> None:
    """End a role now, with every grant it carried and every session of the person."""
    ended = people.end_role(membership, by=by)
    end_case_access(ended, by=by)
    if ended.partnership is not None and not selectors.still_sees(ended.user, ended.partnership):
        end_partnership_access(ended, by=by)


@recorded
def reset_second_factor(membership: Membership, *, by: Membership) -> None:
    """Take a person's second factors away and tell them so."""
    people.reset_second_factor(membership.user, by=by)
    post(to=membership, subject=SECOND_FACTOR_RESET, link=reverse("board"), by=by)


@recorded
def close_account(user: User, *, by: Membership) -> None:
    """Close an account and end every role of the person."""
    for membership in user.memberships.filter(ended_at__isnull=True):
        end_access(membership, by=by)
    people.deactivate(user, by=by)


@recorded
def send_password_link(user: User, *, by: Membership | None) -> None:
    """Answer a request for a new password: to the account's own address, whatever was typed."""
    link = people.password_link(user, by=by)
    post_one_time_link(to=user.email, subject=CHOOSE_PASSWORD, link=link, by=by)


@recorded
def tell_of_account(user: User, *, what: str) -> None:
    """Tell a person that their own account changed, so that they notice what they did not do themselves."""
    post(to=user.email, subject=what, link=reverse("board"), by=None)


def _send_first_link(membership: Membership, *, by: Membership | None) -> None:
    link = people.password_link(membership.user, by=by)
    post_one_time_link(to=membership, subject=ACCOUNT_MADE, link=link, by=by)
