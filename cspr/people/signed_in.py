"""What a request carries once the middleware has run: the person, and the capacity in which they act."""

from django.http import HttpRequest

from cspr.people.models import Membership, User


class SignedInRequest(HttpRequest):
    """A request past the sign-in checks. ``acting`` is None only for a person who has no role at present."""

    user: User  # type: ignore[assignment]
    acting: Membership
