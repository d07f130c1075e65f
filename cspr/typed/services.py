"""Keep, give back and drop what was typed; recognise a form that is sent twice."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.core import signing
from django.http import QueryDict

from cspr.now import now
from cspr.people.models import User
from cspr.typed.models import TypedWork, UsedPostToken

LARGEST = 300_000
NOT_KEPT = {"csrfmiddlewaretoken", "typed_by", "post_token", "password", "code"}
KEEP_DAYS = 30


def keep(user: User, *, path: str, fields: Mapping[str, list[str]]) -> TypedWork | None:
    """Keep the fields of the page at ``path`` for this person; None when they pass 300,000 characters."""
    kept = {
        name: [value.replace("\x00", "") for value in values]
        for name, values in fields.items()
        if name not in NOT_KEPT and not name.startswith("password")
    }
    if sum(len(value) for values in kept.values() for value in values) > LARGEST or len(path) > 300:
        return None
    row, _ = TypedWork.objects.update_or_create(
        user=user, path=path, defaults={"fields": kept, "saved_at": now()}
    )
    return row


def typed(user: User, path: str) -> TypedWork | None:
    """What this person typed on this page and did not save."""
    return TypedWork.objects.filter(user=user, path=path).first()


def as_post(work: TypedWork) -> QueryDict:
    """The typed fields as a form would post them."""
    query = QueryDict(mutable=True)
    for name, values in work.fields.items():
        query.setlist(name, values)
    return query


def drop(user: User, path: str) -> None:
    """Forget what was typed on a page: it has been saved."""
    TypedWork.objects.filter(user=user, path=path).delete()


def drop_old() -> int:
    """Forget what nobody came back for in 30 days, and post tokens of the same age."""
    before = now() - timedelta(days=KEEP_DAYS)
    UsedPostToken.objects.filter(used_at__lt=before).delete()
    return TypedWork.objects.filter(saved_at__lt=before).delete()[0]


def sign_typist(user: User) -> str:
    """A token for the form that says who types, so that a post after sign-out can be kept for the right person."""
    return signing.dumps(str(user.pk), salt="cspr.typed")


def typist(token: str) -> User | None:
    """The person of a token not older than 12 hours."""
    try:
        user_id = signing.loads(token, salt="cspr.typed", max_age=12 * 3600)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=user_id, is_active=True).first()


def new_post_token() -> str:
    """A token for a form that makes something new."""
    return secrets.token_urlsafe(24)


def result_of(user: User, token: str) -> str | None:
    """Where the same form led when it was sent before."""
    used = UsedPostToken.objects.filter(user=user, token=token).first()
    return used.result if used else None


def use_token(user: User, token: str, result: str) -> None:
    """Remember where a form led. Raises IntegrityError when the same form is being sent at the same moment."""
    UsedPostToken.objects.create(user=user, token=token, result=result[:300], used_at=now())
