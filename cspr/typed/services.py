"""Keep, give back and drop what was typed; recognise a form that is sent twice."""

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.http import QueryDict

from cspr.now import now
from cspr.people.models import User
from cspr.typed.models import TypedWork, UsedPostToken

LARGEST = 300_000
MOST_PAGES = 200
SHORTEST_GIVEN_BACK = 25
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST_PATH = 300
NOT_KEPT = {"csrfmiddlewaretoken", "typed_by", "typed_path", "post_token", "password", "code"}
KEEP_DAYS = 30
TOKEN_HOURS = 12
POST_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Opened:
    """What a form says of itself under our signature: whose it is, of which page, in which capacity, since when."""

    user_id: str
    path: str
    acting_id: str
    at: float


def keep(user: User, *, path: str, fields: Mapping[str, list[str]]) -> TypedWork | None:
    """Keep the fields of the page at ``path`` for this person.

    None when they pass 300,000 characters with their names, or would be the 201st page kept.
    """
    kept = {_plain(name): [_plain(value) for value in values] for name, values in _answers(fields)}
    size = sum(len(name) + sum(len(value) for value in values) for name, values in kept.items())
    where = _plain(path)
    if size > LARGEST or len(where) > LONGEST_PATH:
        return None
    others = TypedWork.objects.filter(user=user).exclude(path=where)
    if others.count() >= MOST_PAGES:
        return None
    given = {"fields": kept, "saved_at": now(), "form": _form(fields)}
    row, _ = TypedWork.objects.update_or_create(user=user, path=where, defaults=given)
    return row


def _answers(fields: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """What a person answered, without tokens and secrets."""
    return (
        (name, values)
        for name, values in fields.items()
        if name not in NOT_KEPT and not name.startswith("password")
    )


def longer_texts(fields: Mapping[str, list[str]]) -> list[str]:
    """Answers of 25 characters or more, in the order of the page: what it would hurt to type again. An id is none."""
    given = (value.strip() for _, values in _answers(fields) for value in values)
    return [one for one in given if len(one) >= SHORTEST_GIVEN_BACK and not ID.fullmatch(one)]


def keep_after_sign_out(*, path: str, fields: Mapping[str, list[str]]) -> TypedWork | None:
    """Keep what a form posted after its session ended, for the person named in it under our signature.

    Nobody is signed in, so nobody vouches for the sender: the token must be of this very page, and work that the person
    kept from another form since it was opened stays as it is.
    """
    opened = read_token(next(iter(fields.get("typed_by", [])), ""))
    if opened is None or opened.path != path:
        return None
    user = User.objects.filter(pk=opened.user_id, is_active=True).first()
    if user is None:
        return None
    standing = typed(user, path)
    if standing is not None and standing.form != _form(fields) and standing.saved_at.timestamp() >= opened.at:
        return None
    return keep(user, path=path, fields=fields)


def _plain(text: str) -> str:
    """Text as the database can hold it: without NUL and halves of characters."""
    return text.replace("\x00", "").encode(errors="replace").decode()


def _form(fields: Mapping[str, list[str]]) -> str:
    """Which opening of the page was typed into: a digest of its token, empty where it had none."""
    token = next(iter(fields.get("typed_by", [])), "")
    return hashlib.sha256(token.encode(errors="replace")).hexdigest() if token else ""


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


def sign_typist(user: User, *, path: str, acting_id: object = "") -> str:
    """A token for the form that says who types where, so that a post after sign-out is kept for the right person."""
    content = [str(user.pk), path, str(acting_id or ""), now().timestamp()]
    return signing.dumps(content, salt="cspr.typed")


def read_token(token: str) -> Opened | None:
    """What a token not older than 12 hours says; None for any other text."""
    try:
        user_id, path, acting_id, at = signing.loads(token, salt="cspr.typed", max_age=TOKEN_HOURS * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Opened(user_id, path, acting_id, at)


def opened_in_another_capacity(token: str, *, acting_id: object) -> bool:
    """Whether the form was opened while its person acted in another capacity than now."""
    opened = read_token(token) if token else None
    return opened is not None and bool(opened.acting_id) and opened.acting_id != str(acting_id)


def new_post_token() -> str:
    """A token for a form that makes something new."""
    return secrets.token_urlsafe(24)


def post_token(given: str) -> str:
    """The token of a form as it came back; empty for anything that cannot be one of ours."""
    return given if POST_TOKEN.fullmatch(given) else ""


def result_of(user: User, token: str) -> str | None:
    """Where the same form led when it was sent before."""
    used = UsedPostToken.objects.filter(token=_own(user, token)).first()
    return used.result if used else None


def use_token(user: User, token: str, result: str) -> None:
    """Remember where a form led. Raises IntegrityError when the same form is being sent at the same moment."""
    UsedPostToken.objects.create(token=_own(user, token), user=user, result=result[:300], used_at=now())


def _own(user: User, token: str) -> str:
    """The token within this person's forms, so that nobody's form is taken for another's."""
    return hashlib.sha256(f"{user.pk}/{token}".encode()).hexdigest()
